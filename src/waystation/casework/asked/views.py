"""Pages of what is referred to us: the list, and one with all its acts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from waystation.accounts.queries import handles
from waystation.accounts.roles import CARDS, Role, readers
from waystation.casework.asked import answering, queries, words
from waystation.casework.asked.codes import OPEN, TABLE, Act, AskedClock, State
from waystation.casework.asked.forms import AskForm, DeclineForm, FeedbackForm, NewsForm
from waystation.casework.asked.models import Asked
from waystation.casework.followups import queries as followups
from waystation.casework.referrals import telling
from waystation.kernel.errors import Invalid, NotFound, Problem, Text
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.web.forms import mend, status_of

PER_PAGE = 25


@page("asked.view")
def asked(request: StaffRequest) -> HttpResponse:
    """Referred to us: what goes on, the newest first; everything on request."""
    everything = request.GET.get("which") == "all"
    rows = queries.visible_to(request.actor).select_related("peer").order_by("-came_at", "pk")
    shown = Paginator(rows if everything else rows.filter(state__in=OPEN), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": shown,
        "page": shown,
        "everything": everything,
        "query": "which=all&" if everything else "",
    }
    return render(request, "asked/list.html", context)


@page("asked.view")
def one(request: StaffRequest, asked_id: UUID) -> HttpResponse:
    """One referral to us: who is responsible, what is asked, what was told, what may be done now."""
    return _show(request, queries.get_for(request.actor, asked_id))


@page("asked.work")
@require_POST
def go_on(request: StaffRequest, asked_id: UUID) -> HttpResponse:
    """One tap for what needs no words."""
    act = AT_ONCE.get(request.POST.get("act", ""))
    if act is None:
        raise NotFound
    try:
        act(request, asked_id)
    except NotFound:
        raise
    except Problem as problem:
        return _show(request, queries.get_for(request.actor, asked_id), problem=str(problem))
    return _done(request, asked_id)


@page("asked.work")
def answer(request: StaffRequest, asked_id: UUID, act: str) -> HttpResponse:
    """What needs words: declining, asking, what came of it, what the person says."""
    row = queries.get_for(request.actor, asked_id)
    if act not in WORDED:
        raise NotFound
    worded = WORDED[act]
    form = worded.form(request.POST if request.method == "POST" else None, **_in_words(act, row))
    if request.method == "POST" and form.is_valid():
        try:
            worded.act(by=request.actor, asked_id=row.pk, **worded.more, **form.cleaned_data)
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk)
    return _part(request, row, form, worded.title)


@dataclass(frozen=True, kw_only=True)
class Worded:
    """An act that a form belongs to."""

    title: Text
    form: Callable[..., BaseForm]
    act: Callable[..., object]
    more: dict[str, str]


WORDED = {
    "decline": Worded(title=Act.DECLINE.label, form=DeclineForm, act=answering.decline, more={}),
    "ask": Worded(title=gettext_lazy("Ask them something"), form=AskForm, act=answering.ask, more={}),
    "complete": Worded(title=Act.COMPLETE.label, form=NewsForm, act=answering.go_on, more={"act": Act.COMPLETE}),
    "fail": Worded(title=Act.FAIL.label, form=NewsForm, act=answering.go_on, more={"act": Act.FAIL}),
    "feedback": Worded(
        title=gettext_lazy("What the person says of it"), form=FeedbackForm, act=answering.tell_feedback, more={}
    ),
}
AT_ONCE: dict[str, Callable[[StaffRequest, UUID], object]] = {
    "accept": lambda request, number: answering.accept(by=request.actor, asked_id=number),
    "start": lambda request, number: answering.go_on(by=request.actor, asked_id=number, act=Act.START),
    "seen-to": lambda request, number: answering.seen_to(by=request.actor, asked_id=number),
}


def _in_words(act: str, row: Asked) -> dict[str, Any]:
    return {"in_words": row.tell_back} if WORDED[act].form is NewsForm else {}


def _show(request: StaffRequest, row: Asked, problem: str = "") -> HttpResponse:
    by, acts = request.actor, TABLE.acts(row.state)
    ended = row.state in {State.COMPLETED, State.FAILED}
    owed = {one.kind for one in followups.of_subject(by, row.pk)} if row.state == State.WITHDRAWN else set()
    context = {
        **_base(request, row),
        "identity": people.identities([row.person], by=by).get(row.person.pk) if row.person else None,
        "next": words.NEXT[row.state],
        "handles": handles({row.accepted_by}) if row.accepted_by else {},
        "may": {
            "accept": Act.ACCEPT in acts,
            "ask": row.state in OPEN,
            "start": Act.START in acts,
            "complete": Act.COMPLETE in acts,
            "fail": Act.FAIL in acts,
            "feedback": ended and row.tell_back and not row.verdict and bool(row.sealed),
            "seen_to": AskedClock.GONE in owed,
        },
        "problem": problem,
    }
    return render(request, "asked/one.html", context, status=409 if problem else 200)


def _base(request: StaffRequest, row: Asked) -> dict[str, Any]:
    said = queries.document_of(row, by=request.actor)
    seen_by = readers("asked.view", row.compartment_of_row)
    return {
        "asked": row,
        "said": said,
        "preview": telling.preview_lines(queries.preview_of(row, said)),
        "told": telling.lines(queries.told_in(said)),
        "responsible": words.RESPONSIBLE,
        "readers": _(", ").join(str(CARDS[role].label) for role in Role if role in seen_by),
    }


def _part(request: StaffRequest, row: Asked, form: BaseForm, title: Text) -> HttpResponse:
    context = {**_base(request, row), "form": form, "part_title": title}
    return render(request, "asked/part.html", context, status=status_of(form))


def _done(request: StaffRequest, asked_id: UUID) -> HttpResponse:
    messages.success(request, _("Recorded."))
    return redirect("asked:one", asked_id)
