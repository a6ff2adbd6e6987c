"""One person's page: who, the road, with whom, what other rooms show, what was allowed and what left."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.pages import StaffRequest, page
from waystation.people import facts, knowing, panels, queries
from waystation.people.models import Person
from waystation.people.parts import parts_of
from waystation.people.queries import Stop
from waystation.people.views.common import opened, show
from waystation.people.views.household import lines


@page("people.view")
def person(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Who, the road, with whom, what is needed now, what was allowed and what left."""
    by = request.actor
    found = queries.get_for_page(by, person_id)
    households = queries.households_of(found, by=by)
    identity = queries.identity_of(found, by=by)
    context: dict[str, Any] = {
        **_own_parts(found, by),
        "facts": facts.identity_facts(found, identity),
        "age": facts.age(found, identity),
        "languages": facts.languages(identity),
        "households": [lines(view) for view in households],
        "panels": panels.shown_on(request, by, found),
        "may": {name: policies.permits(by, f"people.{name}") for name in ("disclose", "merge", "erase")},
    }
    return show(request, "person", found, identity, context)


@page("people.view")
def before(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """What other rooms tell of earlier days."""
    found, identity = opened(request, person_id)
    later = panels.shown_on(request, request.actor, found, later=True)
    return show(request, "before", found, identity, {"panels": later})


def _own_parts(person: Person, by: Actor) -> dict[str, Any]:
    """What this room keeps about the person; what left stands with the day on which it was allowed."""
    parts = parts_of(queries.one_person_ids(person))
    given = {consent.pk: consent.given_at for consent in parts.consents}
    left = [
        {"row": item.row, "document": item.document, "allowed_at": given.get(item.row.consent_id or item.row.pk)}
        for item in queries.opened_disclosures(parts.disclosures, by=by)
    ]
    return {
        "stops": stops_for_line(queries.opened_stops(parts.stops, by=by)),
        "consents": queries.opened_consents(parts.consents, by=by),
        "disclosures": left,
        "notices": parts.notices,
        "merges": queries.opened_merges(parts.merges, by=by),
        "to_know": knowing.lines(by, person, parts.known),
    }


def stops_for_line(stops: tuple[Stop, ...]) -> list[dict[str, Any]]:
    """Stops as the journey component takes them."""
    return [
        {
            "id": stop.row.pk,
            "label": facts.stage_words(stop.row.stage),
            "kind": stop.row.stage,
            "country": stop.document.country,
            "place": stop.document.place,
            "when": stop.document.when,
            "note": stop.document.note,
        }
        for stop in stops
    ]
