"""Addresses of possible matches. None of them says whom they are about."""

from django.urls import path

from waystation.familylinks.matches import views
from waystation.familylinks.matches.codes import Act

app_name = "matches"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("for/<uuid:request_id>/", views.candidates, name="candidates"),
    path("for/<uuid:request_id>/look/", views.propose, name="propose"),
    path("for/<uuid:request_id>/<uuid:other_id>/", views.compare, name="compare"),
    path("<uuid:match_id>/", views.match, name="match"),
    path("<uuid:match_id>/agree/", views.agree, name=Act.AGREE),
    path("<uuid:match_id>/decline/", views.decline, name=Act.DECLINE),
    path("<uuid:match_id>/tell/", views.tell, name=Act.TELL),
    path("<uuid:match_id>/<slug:act>/", views.go_on, name="go-on"),
]
