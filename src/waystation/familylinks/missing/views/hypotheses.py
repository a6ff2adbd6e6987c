"""Pages of hypotheses: raise one, lay both sides beside each other, move it on; then the telling of a death."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waystation.accounts.queries import handles
from waystation.familylinks.missing import queries
from waystation.familylinks.missing.actions import hypotheses as actions
from waystation.familylinks.missing.actions import tellings
from waystation.familylinks.missing.codes import HYPOTHESES, STANDING, TELLINGS, Act, BodyState, State, TellingAct
from waystation.familylinks.missing.documents import (
    AnteMortemDocument,
    BodyDocument,
    HypothesisDocument,
    TellingDocument,
)
from waystation.familylinks.missing.forms.families import MoveForm, RaiseForm, SeekForm, TellingForm, ToldForm, WhyForm
from waystation.familylinks.missing.models import Hypothesis, Incident, Telling
from waystation.familylinks.missing.showing import contradict, side_by_side
from waystation.familylinks.missing.views.common import form_page, of_request
from waystation.familylinks.tracing import queries as tracing
from waystation.familylinks.tracing.codes import OPEN
from waystation.familylinks.tracing.documents import RequestDocument
from waystation.kernel import clock
from waystation.kernel.errors import NotFound
from waystation.kernel.ids import read_id
from waystation.kernel.pages import StaffRequest, page
from waystation.people.views.common import suggested_languages
from waystation.vault import open_documents
from waystation.web.components.cldr import day

MOST_OFFERED = 40
YEAR = timedelta(days=365)


@page("missing.work")
def may(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """What may have happened to one person sought, and the telling of a death: for officers alone."""
    row = tracing.get_for(request.actor, request_id)
    found = list(queries.hypotheses(request.actor).filter(request=row))
    texts = queries.hypotheses_opened(found, by=request.actor)
    of_death = queries.tellings_of(row, by=request.actor)
    standing = any(one.state in STANDING for one, _said in of_death)
    context = {
        **of_request(request, row),
        "is_open": row.state in OPEN,
        "hypotheses": [(one, texts.get(one.pk, HypothesisDocument())) for one in found],
        "tellings": of_death,
        "may_plan_telling": [one for one in found if one.state == State.CONFIRMED and not standing],
        "handles": handles({one.told_by or one.by for one, _said in of_death}),
    }
    return render(request, "missing/may.html", context)


@page("missing.work")
def add(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Raise one: choose an incident of the time, or somebody found dead."""
    row = tracing.get_for(request.actor, request_id)
    context = of_request(request, row)
    seek = SeekForm(request.GET or _since(context["said"]))
    incidents, bodies = _incidents(request, seek), _bodies(request)
    form = RaiseForm(request.POST or None, incidents=incidents, bodies=bodies)

    def save(filled: Any) -> Any:
        answers = filled.cleaned_data
        chosen = {name: read_id(answers[name]) for name in ("incident_id", "body_id")}
        return actions.raise_hypothesis(by=request.actor, request_id=row.pk, why=answers["why"], **chosen)

    context |= {"title": _("Raise a hypothesis"), "seek": seek, "back": _to_family(row.pk)(None), "none": not incidents}
    return form_page(request, form, save, context, template="missing/raise.html", then=_to_hypothesis)


@page("missing.work")
def hypothesis(request: StaffRequest, hypothesis_id: UUID) -> HttpResponse:
    """One: why, what was found, both sides beside each other, every step."""
    row = queries.hypothesis_for(request.actor, hypothesis_id)
    said = queries.hypotheses_opened([row], by=request.actor).get(row.pk, HypothesisDocument())
    steps = list(row.steps.all())
    told = queries.ante_mortem_of(row.request, by=request.actor)
    family = told[1] if told else AnteMortemDocument()
    context = {
        **of_request(request, row.request),
        "hypothesis": row,
        "text": said,
        "acts": [(act, Act(act).label) for act in HYPOTHESES.acts(row.state) if not _needs_body(row, act)],
        "steps": [(one, Act(one.act).label, State(one.state).label) for one in steps],
        "handles": handles({row.by, *(one.by for one in steps)}),
        "has_told": told is not None,
        "may_tell": row.state == State.CONFIRMED and not queries.is_to_be_told(row),
    }
    if row.body is not None:
        found = queries.bodies_opened([row.body], by=request.actor).get(row.body.pk, BodyDocument())
        born = context["said"].birth_year
        both = (family.features, found.features, row.request, born)
        context |= {"found": found, "lines": side_by_side(*both), "contradict": contradict(*both, found.found_on)}
    return render(request, "missing/hypothesis.html", context)


def _needs_body(row: Hypothesis, act: str) -> bool:
    """Only somebody found can be confirmed: where it is about an incident alone, it is not offered."""
    return act == Act.CONFIRM and row.body_id is None


@page("missing.work")
def move(request: StaffRequest, hypothesis_id: UUID, act: str) -> HttpResponse:
    """One act, with its reason."""
    row = queries.hypothesis_for(request.actor, hypothesis_id)
    if not HYPOTHESES.allows(row.state, act):
        raise NotFound

    def save(filled: Any) -> Any:
        draft = actions.MoveDraft(act=act, **filled.cleaned_data)
        return actions.move(by=request.actor, hypothesis_id=row.pk, draft=draft)

    form = MoveForm(request.POST if request.method == "POST" else None, act=act)
    return _page(request, row, form, save, str(Act(act).label), then=_to_hypothesis, back=_to_hypothesis(row))


@page("missing.notify")
def plan_telling(request: StaffRequest, hypothesis_id: UUID) -> HttpResponse:
    """Plan how the family is told."""
    row = queries.hypothesis_for(request.actor, hypothesis_id)
    plan = queries.plan_of(row.request, by=request.actor)
    form = TellingForm(request.POST or None, initial={"language": plan[1].language} if plan else None)

    def save(filled: Any) -> Any:
        return tellings.plan_telling(by=request.actor, hypothesis_id=row.pk, draft=filled.draft())

    more = {"agreed": plan[1] if plan else None, "suggestions": suggested_languages(), "confirmed": row.state}
    return _page(request, row, form, save, _("Plan how the family is told"), **more)


@page("missing.notify")
def told(request: StaffRequest, telling_id: UUID) -> HttpResponse:
    """The family was told."""
    row = queries.telling_for(request.actor, telling_id)
    if not TELLINGS.allows(row.state, TellingAct.TELL):
        raise NotFound
    said = _said(request, row)
    before = {name: getattr(said, name) for name in ("second", "place", "language", "support")}
    form = ToldForm(request.POST or None, initial={"on": min(row.planned_on, clock.today()), **before})

    def save(filled: Any) -> Any:
        return tellings.told(by=request.actor, telling_id=row.pk, draft=filled.draft())

    title = _("Record that the family was told")
    return _page(request, row, form, save, title, suggestions=suggested_languages())


@page("missing.notify")
def call_off(request: StaffRequest, telling_id: UUID) -> HttpResponse:
    """It is not told."""
    row = queries.telling_for(request.actor, telling_id)
    if not TELLINGS.allows(row.state, TellingAct.CALL_OFF):
        raise NotFound

    def save(filled: Any) -> Any:
        return tellings.call_off(by=request.actor, telling_id=row.pk, words=filled.cleaned_data["words"])

    form = WhyForm(request.POST if request.method == "POST" else None)
    return _page(request, row, form, save, _("Call it off"))


def _to_family(request_id: UUID) -> Callable[[Any], str]:
    """Back to what may have happened."""
    return lambda _made: reverse("missing:may", args=[request_id])


def _to_hypothesis(row: Hypothesis) -> str:
    return reverse("missing:hypothesis", args=[row.pk])


def _said(request: StaffRequest, row: Telling) -> TellingDocument:
    return open_documents([row], TellingDocument, by=request.actor).get(row.pk, TellingDocument())


def _page(request: StaffRequest, row: Any, form: Any, save: Any, title: str, **more: Any) -> HttpResponse:
    """A form about a hypothesis or a telling; afterwards back to the family's page."""
    then = more.pop("then", _to_family(row.request_id))
    back = _to_family(row.request_id)(None)
    context = {**of_request(request, row.request), "title": title, "back": back, **more}
    return form_page(request, form, save, context, template="missing/part_of_request.html", then=then)


def _since(said: RequestDocument) -> dict[str, Any]:
    """From the last news on, for a year; nothing where nobody knows when that was."""
    told = said.last_on or said.lost_on
    try:
        first = date.fromisoformat(f"{told}-01-01"[:10] if len(told) == 4 else f"{told}-01"[:10])
    except ValueError:
        return {}
    return {"since": first, "until": first + YEAR}


def _incidents(request: StaffRequest, seek: SeekForm) -> list[tuple[str, str]]:
    """Incidents to choose from; one that the address names stands among them."""
    answers = seek.cleaned_data if seek.is_valid() else {}
    rows = queries.near(request.actor, answers.get("since"), answers.get("until"), answers.get("words", ""))
    return [(str(row.pk), _named(row)) for row in rows[:MOST_OFFERED]]


def _named(row: Incident) -> str:
    many = ngettext("%(many)d dead or missing", "%(many)d dead or missing", row.total) % {"many": row.total}
    when = day(row.day) if row.day else str(row.year)
    return " · ".join(part for part in (when, (row.place or row.country)[:80], row.route, many) if part)


def _bodies(request: StaffRequest) -> list[tuple[str, str]]:
    rows = list(queries.bodies(request.actor).filter(state=BodyState.UNIDENTIFIED)[:MOST_OFFERED])
    texts = queries.bodies_opened(rows, by=request.actor)
    found = ((row, texts.get(row.pk, BodyDocument())) for row in rows)
    return [(str(row.pk), " · ".join([row.number, said.found_on, said.found_at[:80]])) for row, said in found]
