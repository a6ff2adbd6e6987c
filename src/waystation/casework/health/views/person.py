"""The desk of health, and one person's health."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from waystation.casework.followups import queries as to_do
from waystation.casework.followups.codes import State
from waystation.casework.health import queries
from waystation.casework.health.codes.care import SHAPES, Colour, Complaint, Done, HealthClock, Thing, ThingState
from waystation.casework.health.codes.diseases import Disease
from waystation.casework.health.codes.diseases import State as ScreeningState
from waystation.casework.health.codes.summary import WRITTEN
from waystation.casework.health.codes.support import CallState, Topic
from waystation.casework.health.models import (
    Call,
    Contact,
    ContactDocument,
    DiseaseDocument,
    Lent,
    LentDocument,
    Session,
    SessionDocument,
)
from waystation.casework.health.policies import require_trained
from waystation.casework.health.views.common import base, home, patient
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people

GROUPS_SHOWN = 10


@page("health.work")
def desk(request: StaffRequest) -> HttpResponse:
    """Who was called for, what was done today, sessions with groups."""
    by = request.actor
    require_trained(by)
    calls = list(queries.open_calls(by)[: queries.MOST])
    names = people.identities({row.person for row in calls}, by=by)
    today = queries.colours_today(by)
    planned = to_do.visible_to(by).filter(kind=HealthClock.TALK, person__isnull=True, state=State.OPEN)
    context = {
        "calls": [(row, names.get(row.person_id)) for row in calls],
        "today": [(colour, SHAPES[colour], today.get(colour, 0)) for colour in Colour],
        "planned": planned.order_by("due_at"),
        "groups": [
            (row, topics_of(text))
            for row, text in queries.pairs(queries.groups(by)[:GROUPS_SHOWN], SessionDocument, by=by)
        ],
    }
    return render(request, "health/desk.html", context)


@page("health.work")
def health(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The summary, screenings, and when somebody was seen; what cannot wait stands on top."""
    person, by = patient(request, person_id), request.actor
    lines = queries.lines_of(person, by=by)
    notices = queries.notices_of(person, by=by)
    context = {
        **base(request, person),
        "sections": [(kind, *_section(kind, lines)) for kind in WRITTEN],
        "contacts": [
            (row, SHAPES[row.colour], _contact(text))
            for row, text in queries.newest(by, Contact, person, ContactDocument)
        ],
        "screenings": [
            (row, disease_of(text), ScreeningState(text.state).label)
            for row, text in queries.screenings_of(person, by=by)[: queries.MOST]
        ],
        "calls": [(CallState(what).label, key, at) for what, key, at in notices if what != queries.RECEIVED],
        "received": [(key, at) for what, key, at in notices if what == queries.RECEIVED],
    }
    return render(request, "health/person.html", context)


@page("health.work")
def support(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Talks of support, things lent or given, what is planned, and earlier calls."""
    person, by = patient(request, person_id), request.actor
    waits = to_do.visible_to(by).filter(
        person__in=people.one_person_ids(person), state=State.OPEN, kind__in=[HealthClock.AGAIN, HealthClock.TALK]
    )
    context = {
        **base(request, person),
        "sessions": [
            (row, topics_of(text), text) for row, text in queries.newest(by, Session, person, SessionDocument)
        ],
        "things": [
            (row, Thing(text.thing).label, text) for row, text in queries.newest(by, Lent, person, LentDocument)
        ],
        "calls": queries.of_person(by, Call, person)[: queries.MOST],
        "waits": waits.order_by("due_at"),
        "lent_state": ThingState.LENT,
    }
    return render(request, "health/support.html", context)


@page("health.work")
def found(request: StaffRequest, subject: UUID) -> HttpResponse:
    """Where the work on something to do is done: a call, a screening, a group, else the person's health page."""
    by = request.actor
    if queries.visible_to(by, Call).filter(pk=subject).exists():
        return redirect("health:called", subject)
    lent = queries.visible_to(by, Lent).filter(pk=subject).first()
    if lent is not None:
        return redirect("health:support", lent.person_id)
    if queries.groups(by).filter(pk=subject).exists():
        return redirect(f"{reverse('health:group')}?after={subject}")
    return redirect(home(people.get_for(by, subject).pk))


def _section(kind: Any, lines: list[tuple[Any, Any]]) -> tuple[list[Any], bool]:
    """The lines of a kind, and whether the person says that there is none."""
    own = [(row, text) for row, text in lines if text.kind == kind]
    return [pair for pair in own if not pair[1].none], any(text.none for _row, text in own)


def _contact(text: ContactDocument) -> dict[str, Any]:
    return {
        "complaints": [Complaint(code).label for code in text.complaints],
        "done": [Done(code).label for code in text.done],
        "text": text,
    }


def disease_of(text: DiseaseDocument) -> str:
    """The disease in words."""
    return text.other if text.disease == Disease.OTHER else str(Disease(text.disease).label)


def topics_of(text: SessionDocument) -> list[Any]:
    """What a session was about, in words."""
    return [Topic(code).label for code in text.topics]
