"""One person's page: who, the road, with whom, what other rooms show, what was allowed and what left."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.pages import StaffRequest, page
from waystation.people import actions, facts, panels, queries
from waystation.people.models import Person
from waystation.people.queries import Stop
from waystation.people.views.common import opened, show
from waystation.people.views.household import lines


@page("people.view")
def person(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Who, the road, with whom, and what is needed now."""
    by = request.actor
    found = queries.get_for_page(by, person_id)
    households = queries.households_of(found, by=by)
    identity = queries.identity_of(found, by=by)
    context: dict[str, Any] = {
        "facts": facts.identity_facts(found, identity),
        "age": facts.age(found, identity),
        "languages": facts.languages(identity),
        "stops": stops_for_line(queries.journey_of(found, by=by)),
        "households": [lines(view) for view in households],
        "panels": panels.shown_on(request, by, found),
        "joined": len(queries.one_person_ids(found)) > 1,
        "may": {name: policies.permits(by, f"people.{name}") for name in ("disclose", "merge", "erase")},
    }
    return show(request, "person", found, identity, context)


@page("people.view")
def before(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """What was allowed and what left, the notice, joined records, and what other rooms tell of earlier days."""
    found, identity = opened(request, person_id)
    by = request.actor
    context: dict[str, Any] = {
        "panels": panels.shown_on(request, by, found, later=True),
        **_allowed_and_left(found, by),
        "notices": queries.notices_of(found),
        "merges": queries.merges_of(found, by=by),
        "may": {name: policies.permits(by, f"people.{name}") for name in ("disclose", "merge", "erase")},
    }
    return show(request, "before", found, identity, context)


@page("people.keep-to-post")
@require_POST
def keep(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Keep the record to the reader's post, or open it to every post."""
    kept = request.POST.get("kept") == "yes"
    found = actions.keep_to_post(by=request.actor, person_id=person_id, kept=kept)
    said = _("Only this post sees this person now.") if kept else _("Every post of this organisation sees this person.")
    messages.success(request, said)
    return redirect("people:person", found.pk)


def _allowed_and_left(person: Person, by: Actor) -> dict[str, Any]:
    """Consents, and what left, each with the day on which it was allowed."""
    consents = queries.consents_of(person, by=by)
    given = {consent.row.pk: consent.row.given_at for consent in consents}
    left = [
        {
            "row": item.row,
            "document": item.document,
            "allowed_at": given.get(item.row.consent_id) if item.row.consent_id else None,
        }
        for item in queries.disclosures_of(person, by=by)
    ]
    return {"consents": consents, "disclosures": left}


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
