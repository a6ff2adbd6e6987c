"""Pages of what we ask: beginning, asking the person, asking without a name, naming, looking at what came."""

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
from waystation.casework.handover import told
from waystation.casework.referrals.forms import AgreeForm
from waystation.casework.requests import asking, queries, telling, words
from waystation.casework.requests.codes import (
    ANSWER_WITHIN,
    ASKER,
    GOING_ON,
    AskerAct,
    Asking,
    FoundState,
)
from waystation.casework.requests.forms import BeginForm, WordsForm
from waystation.casework.requests.models import OurRequest
from waystation.casework.requests.showing import question_lines
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Conflict, Invalid, NotFound, Problem
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.people.actions import AuthorityRefused
from waystation.people.codes import CHILDREN, USUAL_CONSENT, GivenBy
from waystation.people.panels import readers_of
from waystation.people.views.common import suggested_languages
from waystation.web.forms import mend, status_of

PER_PAGE = 25
AT_ONCE = {
    AskerAct.ASK: asking.ask,
    AskerAct.NAME: asking.name,
    AskerAct.WITHDRAW: asking.withdraw,
    "seen-to": asking.seen_to,
}
ANSWERED = (Asking.TOLD, Asking.NOTHING, Asking.REFUSED, Asking.LAPSED, Asking.FAILED)


@page("requests.view")
def ours_list(request: StaffRequest) -> HttpResponse:
    """What we ask, the newest first; what has ended on request."""
    everything = request.GET.get("which") == "all"
    rows = queries.ours(request.actor).select_related("person", "peer").order_by("-made_at", "pk")
    shown = Paginator(rows if everything else rows.filter(state__in=[*GOING_ON, Asking.TOLD]), PER_PAGE).get_page(
        request.GET.get("page")
    )
    names = queries.names_of(shown, by=request.actor)
    context = {
        "lines": [(row, names.get(row.pk, ""), words.OURS[row.state]) for row in shown],
        "page": shown,
        "everything": everything,
        "query": "which=all&" if everything else "",
    }
    return render(request, "requests/ours_list.html", context)


@page("requests.work")
def begin(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Whom we ask, and what; nothing leaves yet."""
    person = people.get_for(request.actor, person_id)
    form = BeginForm(
        request.POST if request.method == "POST" else None,
        by=request.actor,
        initial={"until": clock.today() + ANSWER_WITHIN},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = asking.begin(by=request.actor, person_id=person.pk, draft=form.draft())
        except Invalid as problem:
            mend(form, problem)
        except AuthorityRefused as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("requests:ours", made.pk)
    identity = people.identity_of(person, by=request.actor)
    context = {
        "form": form,
        "person": person,
        "identity": identity,
        "before": queries.of_person(person, by=request.actor),
    }
    return render(request, "requests/begin.html", context, status=status_of(form))


@page("requests.view")
def ours(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """One request: exactly what leaves or left, what came beside our own record, what may be done now."""
    return _show(request, queries.ours_for(request.actor, request_id))


@page("requests.work")
def agree(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """What would leave and what would come, to read out; then the person's answer."""
    row = queries.ours_for(request.actor, request_id)
    decides = GivenBy.GUARDIAN if row.person.age_band in CHILDREN else GivenBy.SELF
    initial = {"given_by": decides, "expires_on": clock.today() + USUAL_CONSENT}
    form = AgreeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            asking.agree(
                by=request.actor,
                request_id=row.pk,
                document=form.document(),
                expires_on=form.cleaned_data["expires_on"],
            )
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk)
    more = {
        "question": question_lines(queries.question(row, by=request.actor)),
        "leaving": telling.lines(queries.leaving(row, by=request.actor)),
        "suggestions": suggested_languages(),
        "reading": True,
    }
    return _part(request, row, form, _("Ask the person"), **more)


@page("requests.work")
def reply(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Answer their question."""
    row = queries.ours_for(request.actor, request_id)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            asking.reply(by=request.actor, request_id=row.pk, words=form.cleaned_data["words"])
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk)
    return _part(request, row, form, _("Answer their question"), talk=queries.asked_of(row, by=request.actor).talk)


@page("requests.work")
@require_POST
def go_on(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """One tap for what the page has shown: ask, say who it is, take back, it was read."""
    act = AT_ONCE.get(request.POST.get("act", ""))
    if act is None:
        raise NotFound
    try:
        act(by=request.actor, request_id=request_id)
    except NotFound:
        raise
    except Problem as problem:
        return _show(request, queries.ours_for(request.actor, request_id), problem=str(problem))
    return _done(request, request_id)


@page("requests.work")
@require_POST
def found(request: StaffRequest, found_id: UUID) -> HttpResponse:
    """One tap: take a field over, or leave what stands here."""
    said = request.POST.get("revision", "")
    revision = int(said) if said.isascii() and said.isdigit() else 0
    try:
        done = asking.decide(by=request.actor, found_id=found_id, act=request.POST.get("act", ""), revision=revision)
    except (Invalid, Conflict) as problem:
        row = queries.found_for(request.actor, found_id).request
        says = next(iter(getattr(problem, "fields", {}).values()), problem)
        return _show(request, queries.ours_for(request.actor, row.pk), problem=str(says))
    return _done(request, done.request_id)


def _show(request: StaffRequest, row: OurRequest, problem: str = "") -> HttpResponse:
    by, acts = request.actor, ASKER.acts(row.state)
    document = queries.asked_of(row, by=by) if row.sealed else None
    talk = document.talk if document else ()
    before = row.state in {Asking.DRAFT, Asking.AGREED, Asking.ASKED, Asking.ACCEPTED}
    context = {
        **_base(request, row),
        "says": words.OURS[row.state],
        "why_not": words.why_not(row),
        "talk": talk,
        "question": question_lines(queries.question(row, by=by)) if document and row.state in GOING_ON else [],
        "labels": [telling.LABELS[code] for code in document.find_by] if document else [],
        "leaving": telling.lines(queries.leaving(row, by=by)) if document and before else [],
        "before": before,
        "sent": telling.lines(told.remembered(document.sent)) if document else [],
        "found": _found(by, row) if row.state == Asking.TOLD else [],
        "handles": handles({row.made_by}),
        "may": {
            "agree": AskerAct.AGREE in acts,
            "ask": AskerAct.ASK in acts,
            "name": AskerAct.NAME in acts,
            "reply": row.state in {Asking.ASKED, Asking.ACCEPTED} and any(line.theirs for line in talk),
            "withdraw": AskerAct.WITHDRAW in acts,
            "seen_to": row.state in ANSWERED,
        },
        "problem": problem,
    }
    return render(request, "requests/ours.html", context, status=409 if problem else 200)


def _found(by: Actor, row: OurRequest) -> list[dict[str, Any]]:
    """Each field that came: its label, what stands here now, what they say, what may be done with it."""
    came = queries.found_of(row, by=by)
    if not came:
        return []
    case = queries.open_case_about(row, row.person, by=by)
    known = queries.known(row, row.person, by=by)
    lines = []
    for one, value in came:
        own = told.of_identity(one.name)
        here = None if one.name in {"first_met", "last_met"} else told.present(one.name, known.record)
        revision = row.person.revision if own else case.revision if case else 0
        lines.append(
            {
                "row": one,
                "label": telling.label_of(one.name),
                "here": telling.in_words(one.name, here) if here else "",
                "theirs": telling.in_words(one.name, value),
                "waits": one.state == FoundState.WAITING,
                "same": here == value,
                "usable": one.name not in {"first_met", "last_met"} and (own or case is not None),
                "revision": "" if one.name == "plan" else revision,
            }
        )
    return lines


def _base(request: StaffRequest, row: OurRequest) -> dict[str, Any]:
    return {
        "asked": row,
        "person": row.person,
        "identity": people.identity_of(row.person, by=request.actor),
        "readers": readers_of("requests.view", row.compartment_of_row, row.person),
    }


def _part(request: StaffRequest, row: OurRequest, form: BaseForm, title: str, **more: Any) -> HttpResponse:
    context = {**_base(request, row), "form": form, "part_title": title, **more}
    return render(request, "requests/part.html", context, status=status_of(form))


def _done(request: StaffRequest, request_id: UUID) -> HttpResponse:
    messages.success(request, _("Recorded."))
    return redirect("requests:ours", request_id)
