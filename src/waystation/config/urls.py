"""Every address of a node, room by room."""

from django.conf import settings
from django.urls import include, path

from waystation.config.api import api

urlpatterns = [
    path("", include("waystation.casework.urls")),
    path("keeping/", include("waystation.casework.retention.urls")),
    path("", include("waystation.accounts.urls")),
    path("", include("waystation.organisations.urls")),
    path("work/", include("waystation.casework.followups.urls")),
    path("cases/", include("waystation.casework.cases.urls")),
    path("children/", include("waystation.casework.children.urls")),
    path("alike/", include("waystation.casework.disparity.urls")),
    path("", include("waystation.casework.feedback.urls")),
    path("", include("waystation.directory.urls")),
    path("rounds/", include("waystation.casework.outreach.urls")),
    path("health/", include("waystation.casework.health.urls")),
    path("stock/", include("waystation.casework.supplies.urls")),
    path("tally/", include("waystation.casework.tally.urls")),
    path("files/", include("waystation.casework.files.urls")),
    path("barriers/", include("waystation.casework.barriers.urls")),
    path("procedures/", include("waystation.casework.procedures.urls")),
    path("screening/", include("waystation.casework.screening.urls")),
    path("plans/", include("waystation.casework.safety.urls")),
    path("referrals/", include("waystation.casework.referrals.urls")),
    path("", include("waystation.exchange.urls")),
    path("asked/", include("waystation.casework.asked.urls")),
    path("family/asking/", include("waystation.familylinks.asking.urls")),
    path("lists/", include("waystation.familylinks.lists.urls")),
    path("family/matches/", include("waystation.familylinks.matches.urls")),
    path("family/", include("waystation.familylinks.tracing.urls")),
    path("registries/", include("waystation.familylinks.pfif.urls")),
    path("handover/", include("waystation.casework.handover.urls")),
    path("requests/", include("waystation.casework.requests.urls")),
    path("missing/", include("waystation.familylinks.missing.urls")),
    path("news/", include("waystation.familylinks.news.urls")),
    path("", include("waystation.familylinks.photos.urls")),
    path("reunions/", include("waystation.familylinks.reunification.urls")),
    path("people/", include("waystation.people.urls")),
    path("log/", include("waystation.audit.urls")),
    path("api/v1/", api.urls),
    path("", include("waystation.web.urls")),
]
if settings.DEMO_ROAD:
    urlpatterns.append(path("demo/", include("waystation.demo.road.urls")))
handler400 = "waystation.web.views.bad_request"
handler403 = "waystation.web.views.not_allowed"
handler404 = "waystation.web.views.not_found"
handler500 = "waystation.web.views.went_wrong"
