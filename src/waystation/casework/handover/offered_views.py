"""Pages of what is offered to us: the list, one offer with all its acts, corrections side by side."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.accounts.queries import handles
from waystation.accounts.roles import readers
from waystation.casework.followups import queries as followups
from waystation.casework.handover import queries, taking, told, words
from waystation.casework.handover.codes import TAKER, CorrectionState, HandoverClock, News, TakerAct, Taking
from waystation.casework.handover.enclosures import showing as enclosures
from waystation.casework.handover.forms import BackForm, RefuseForm, WordsForm
from waystation.casework.handover.models import Correction, Offered
from waystation.casework.handover.showing import preview_lines
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Conflict, Invalid, NotFound, Problem
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.web.forms import mend, status_of

PER_PAGE = 25
OPEN = (Taking.OFFERED, Taking.ACCEPTED)
FORMS: dict[str, Any] = {"refuse": RefuseForm, "ask": WordsForm, "give-back": BackForm}
ACTS: dict[str, Any] = {"refuse": taking.refuse, "ask": taking.ask, "give-back": taking.give_back}


@page("handover.view")
def offers(request: StaffRequest) -> HttpResponse:
    """Offered to us: what waits for a decision first; everything on request."""
    everything = request.GET.get("which") == "all"
    rows = queries.offered(request.actor).select_related("peer").order_by("-came_at", "pk")
    shown = Paginator(rows if everything else rows.filter(state__in=OPEN), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "lines": [(row, words.of_offered(row)) for row in shown],
        "page": shown,
        "everything": everything,
        "query": "which=all&" if everything else "",
    }
    return render(request, "handover/offers.html", context)


@page("handover.view")
def offered(request: StaffRequest, offered_id: UUID) -> HttpResponse:
    """One offer: who is responsible, what is said without a name, what may be done now."""
    return _show(request, queries.offered_for(request.actor, offered_id))


@page("handover.work")
@require_POST
def accept(request: StaffRequest, offered_id: UUID) -> HttpResponse:
    """We take it over."""
    try:
        taking.accept(by=request.actor, offered_id=offered_id)
    except NotFound:
        raise
    except Problem as problem:
        return _show(request, queries.offered_for(request.actor, offered_id), problem=str(problem))
    messages.success(request, _("Accepted. What they know comes next; until then they stay responsible."))
    return redirect("handover:offered", offered_id)


@page("handover.work")
def answer(request: StaffRequest, offered_id: UUID, act: str) -> HttpResponse:
    """Refuse, ask, or give back."""
    row = queries.offered_for(request.actor, offered_id)
    if act not in FORMS:
        raise NotFound
    form = FORMS[act](request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ACTS[act](by=request.actor, offered_id=row.pk, **form.cleaned_data)
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk)
    return _part(request, row, form, str(_titles()[act]))


@page("handover.work")
@require_POST
def news(request: StaffRequest, offered_id: UUID) -> HttpResponse:
    """One tap: how the person fares, to who handed them over."""
    taking.tell_news(by=request.actor, offered_id=offered_id, news=request.POST.get("news", ""))
    return _done(request, offered_id)


@page("handover.work")
@require_POST
def seen_to(request: StaffRequest, offered_id: UUID) -> HttpResponse:
    """One tap: somebody looked at a case that they took back."""
    taking.seen_to(by=request.actor, offered_id=offered_id)
    return _done(request, offered_id)


@page("handover.work")
@require_POST
def correction(request: StaffRequest, correction_id: UUID) -> HttpResponse:
    """One tap: take a correction over, or leave what stands here."""
    try:
        done = taking.decide(by=request.actor, correction_id=correction_id, act=request.POST.get("act", ""))
    except (Invalid, Conflict) as problem:
        row = queries.correction_for(request.actor, correction_id).offered
        return _show(request, queries.offered_for(request.actor, row.pk), problem=str(problem))
    return _done(request, done.offered_id)


def _titles() -> dict[str, str]:
    return {"refuse": _("Decline"), "ask": _("Ask them something"), "give-back": _("Give it back")}


def _show(request: StaffRequest, row: Offered, problem: str = "") -> HttpResponse:
    by, acts = request.actor, TAKER.acts(row.state)
    owed = {one.kind for one in followups.of_subject(by, row.pk)} if row.state == Taking.WITHDRAWN else set()
    context = {
        **_base(request, row),
        "identity": people.identities([row.person], by=by).get(row.person.pk) if row.person else None,
        "may": {
            "accept": TakerAct.ACCEPT in acts,
            "ask": row.state in OPEN,
            "give_back": TakerAct.GIVE_BACK in acts,
            "seen_to": HandoverClock.GONE in owed,
        },
        "news": [(one.value, one.label, one.value in row.told_back) for one in News]
        if row.tell_back and row.state == Taking.TAKEN
        else [],
        "corrections": _corrections(by, row),
        "enclosures": enclosures.coming(row, by=by),
        "handles": handles({row.accepted_by}) if row.accepted_by else {},
        "gone": HandoverClock.GONE.label,
        "problem": problem,
    }
    return render(request, "handover/offered.html", context, status=409 if problem else 200)


def _corrections(by: Actor, row: Offered) -> list[tuple[Correction, Any, str, str]]:
    """Each with its label, what stands here now, and what they say."""
    found = [(one, value) for one, value in queries.corrections_of(row, by=by) if one.state == CorrectionState.WAITING]
    if not found or row.case is None:
        return []
    known = queries.known(row.case, by=by)
    shown = []
    for one, value in found:
        here = told.present(one.name, known)
        now = told.in_words(one.name, here) if here else ""
        shown.append((one, told.label_of(one.name), now, told.in_words(one.name, json.loads(value))))
    return shown


def _base(request: StaffRequest, row: Offered) -> dict[str, Any]:
    said = queries.preview_of(row, by=request.actor)
    plain = {name: getattr(row, name) for name in ("case_kind", "risk", "age_band", "sex", "until")}
    lists = {name: getattr(said, name) for name in ("languages", "needs", "asked")}
    return {
        "offered": row,
        "preview": preview_lines({**plain, **lists}),
        "talk": said.talk,
        "responsible": words.of_offered(row),
        "readers": words.roles(readers("handover.view", row.compartment_of_row)),
    }


def _part(request: StaffRequest, row: Offered, form: BaseForm, title: str) -> HttpResponse:
    context = {**_base(request, row), "form": form, "part_title": title}
    return render(request, "handover/offered_part.html", context, status=status_of(form))


def _done(request: StaffRequest, offered_id: UUID) -> HttpResponse:
    messages.success(request, _("Recorded."))
    return redirect("handover:offered", offered_id)
