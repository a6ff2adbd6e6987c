"""The family news of one person: where messages stand, and to whom it may be told that they are well."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from waystation.familylinks.news import panels
from waystation.kernel.actors import Compartment
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.people.panels import readers_of


@page("news.view")
def person(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Nothing sealed of it is opened."""
    by = request.actor
    found = people.get_for_page(by, person_id)
    context = {
        "person": found,
        "identity": people.identity_of(found, by=by),
        "panel": panels.messages_of(request, found) | panels.well_of(request, found),
        "readers": readers_of("news.view", Compartment.BASIC, found),
    }
    return render(request, "news/person.html", context)
