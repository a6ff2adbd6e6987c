"""Who opened and changed a person's record."""

from uuid import UUID

from django.http import HttpResponse

from waystation.audit.queries import history_of, place
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries
from waystation.people.views.common import opened, show

MOST = 50


@page("people.view")
def history(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The log's lines about this person, newest first; reading them is logged like any reading."""
    before = place(request.GET.get("before", ""))
    found, identity = opened(request, person_id)
    lines = history_of(queries.one_person_ids(found), request.actor, before=before, most=MOST)
    full = sum(line.times for line in lines) == MOST
    return show(request, "history", found, identity, {"lines": lines, "older": lines[-1].first if full else None})
