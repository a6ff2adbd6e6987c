"""Pages of what is asked of us: the list, one request, finding the person by hand, deciding what is told."""

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
from waystation.casework.handover import told
from waystation.casework.handover import words as roles
from waystation.casework.referrals.queries import kind_of_node
from waystation.casework.requests import answering, queries, telling, words
from waystation.casework.requests.codes import ANSWERER, WAITING, AnswererAct, Answering
from waystation.casework.requests.documents import TheirDocument
from waystation.casework.requests.forms import RefuseForm, TellForm, WordsForm
from waystation.casework.requests.models import TheirRequest
from waystation.casework.requests.showing import consent_lines, question_lines
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound, Problem
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.people import search
from waystation.people.codes import RecipientKind
from waystation.people.forms import FindForm
from waystation.people.models import Person
from waystation.web.forms import mend, status_of

PER_PAGE, MOST_FOUND = 25, 8
FORMS: dict[str, Any] = {"refuse": RefuseForm, "ask": WordsForm}
ACTS: dict[str, Any] = {"refuse": answering.refuse, "ask": answering.ask}
AT_ONCE: dict[str, Any] = {
    "accept": answering.accept,
    "nothing": answering.nothing,
    "seen-to": answering.seen_to,
}


@page("requests.view")
def theirs_list(request: StaffRequest) -> HttpResponse:
    """Asked of us: what waits for us; everything on request."""
    everything = request.GET.get("which") == "all"
    rows = queries.theirs(request.actor).select_related("peer").order_by("-came_at", "pk")
    shown = Paginator(rows if everything else rows.filter(state__in=WAITING), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "lines": [(row, words.THEIRS[row.state]) for row in shown],
        "page": shown,
        "everything": everything,
        "query": "which=all&" if everything else "",
    }
    return render(request, "requests/theirs_list.html", context)


@page("requests.view")
def theirs(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """One request to us: what is asked, whom they mean, what may be done now."""
    return _show(request, queries.theirs_for(request.actor, request_id))


@page("requests.work")
@require_POST
def go_on(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """One tap: we will look, there is nothing to tell, it was seen to."""
    act = AT_ONCE.get(request.POST.get("act", ""))
    if act is None:
        raise NotFound
    try:
        act(by=request.actor, request_id=request_id)
    except NotFound:
        raise
    except Problem as problem:
        return _show(request, queries.theirs_for(request.actor, request_id), problem=str(problem))
    return _done(request, request_id)


@page("requests.work")
def answer(request: StaffRequest, request_id: UUID, act: str) -> HttpResponse:
    """Refuse, or ask something."""
    row = queries.theirs_for(request.actor, request_id)
    if act not in FORMS:
        raise NotFound
    form = FORMS[act](request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ACTS[act](by=request.actor, request_id=row.pk, **form.cleaned_data)
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk)
    titles = {"refuse": _("Decline"), "ask": _("Ask them something")}
    return _part(request, row, form, titles[act])


@page("requests.work")
def find(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Look for the person in our own book. The search is posted, so that no name stands in an address."""
    row = _named(request.actor, request_id)
    form = FindForm(request.POST if request.method == "POST" else None)
    found: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            found = search.find(form.cleaned_data["q"], by=request.actor, limit=MOST_FOUND)
        except Invalid as problem:
            form.add_error("q", str(next(iter(problem.fields.values()))))
    context = {
        **_base(row, queries.said_by(row, by=request.actor)),
        "form": form,
        "found": found,
        "searched": request.method == "POST",
    }
    return render(request, "requests/find.html", context, status=status_of(form))


@page("requests.work")
def tell(request: StaffRequest, request_id: UUID, person_id: UUID) -> HttpResponse:
    """What is asked, field by field, as it stands in the record of whom the officer found; then what is told."""
    by = request.actor
    row, person = _named(by, request_id), people.get_for_page(by, person_id)
    kind = kind_of_node(row.peer, request.POST.get("recipient_kind") or RecipientKind.SOCIETY)
    standing = queries.standing(row, person, kind, by=by)
    said = queries.said_by(row, by=by)
    known = queries.known(row, person, by=by)
    lines = telling.lines(telling.to_tell(known, said.parts))
    choices = _ticks(lines, said.parts)
    form = TellForm(request.POST if request.method == "POST" else None, parts=choices, stands=standing is not None)
    if request.method == "POST" and form.is_valid():
        try:
            answering.tell(by=by, request_id=row.pk, person_id=person.pk, **form.cleaned_data)
        except Invalid as problem:
            mend(form, problem)
        except NotFound:
            raise
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            return _done(request, row.pk)
    context = {
        **_base(row, said),
        "person": person,
        "identity": known.record.identity,
        "standing": standing,
        "standing_says": queries.words_of(standing, by=by) if standing else "",
        "known": lines,
        "form": form,
    }
    return render(request, "requests/tell.html", context, status=status_of(form))


def _ticks(lines: list[tuple[str, Any, str]], parts: tuple[str, ...]) -> list[tuple[str, Any]]:
    """The parts that are asked and known, each once."""
    known = {code if code in telling.LABELS else telling.part_of(code) for code, _label, _value in lines}
    return [(code, telling.LABELS[code]) for code in parts if code in known]


def _named(by: Actor, request_id: UUID) -> TheirRequest:
    """A request of which we know whom it means. Raises NotFound."""
    row = queries.theirs_for(by, request_id)
    if row.state != Answering.NAMED:
        raise NotFound
    return row


def _show(request: StaffRequest, row: TheirRequest, problem: str = "") -> HttpResponse:
    by, acts = request.actor, ANSWERER.acts(row.state)
    context = {
        **_base(row, queries.said_by(row, by=request.actor)),
        "person": row.person,
        "identity": _identity(by, row.person),
        "says": words.THEIRS[row.state],
        "may": {
            "accept": AnswererAct.ACCEPT in acts,
            "ask": row.state in {Answering.ASKED, Answering.ACCEPTED},
            "find": row.state == Answering.NAMED,
            "seen_to": row.state == Answering.TOLD and queries.owes_word(row),
        },
        "handles": handles({row.accepted_by}) if row.accepted_by else {},
        "problem": problem,
    }
    return render(request, "requests/theirs.html", context, status=409 if problem else 200)


def _identity(by: Actor, person: Person | None) -> Any:
    return people.identities([person], by=by).get(person.pk) if person else None


def _base(row: TheirRequest, said: TheirDocument) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("case_kind", "why", "age_band", "sex", "until")}
    lists = {name: getattr(said, name) for name in ("languages", "parts", "when")}
    who = told.remembered(said.who)
    return {
        "asked": row,
        "question": question_lines({**plain, **lists}),
        "who": telling.lines(who),
        "consent": consent_lines(who),
        "talk": said.talk,
        "readers": roles.roles(readers("requests.view", row.compartment_of_row)),
    }


def _part(request: StaffRequest, row: TheirRequest, form: BaseForm, title: str) -> HttpResponse:
    context = {**_base(row, queries.said_by(row, by=request.actor)), "form": form, "part_title": title}
    return render(request, "requests/their_part.html", context, status=status_of(form))


def _done(request: StaffRequest, request_id: UUID) -> HttpResponse:
    messages.success(request, _("Recorded."))
    return redirect("requests:theirs", request_id)
