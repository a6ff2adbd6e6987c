"""Pages of possible matches: the queue, who may be the one, side by side, one that is being looked into."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.accounts.queries import with_handles
from waystation.familylinks.matches import actions, comparing, queries, showing
from waystation.familylinks.matches.codes import AT_WORK, TABLE, Act, Allowed, State
from waystation.familylinks.matches.forms import AgreeForm, DeclineForm, WordsForm
from waystation.familylinks.matches.index import service
from waystation.familylinks.matches.models import Match
from waystation.familylinks.tracing import queries as requests
from waystation.familylinks.tracing.codes import LOOKING, Relation
from waystation.familylinks.tracing.forms import TellForm
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import clock
from waystation.kernel.actors import Compartment
from waystation.kernel.errors import ConsentMissing, Invalid, NotFound
from waystation.kernel.ids import read_id
from waystation.kernel.pages import StaffRequest, page
from waystation.people.codes import USUAL_CONSENT
from waystation.people.panels import readers_of
from waystation.people.views.common import suggested_languages
from waystation.web.forms import mend, status_of

PER_PAGE = 25
WORTH_A_LOOK = 0.05
"""From which probability a request stands in the queue."""
Save = Callable[..., Match]
WORDED: Mapping[str, Save] = {
    Act.CONFIRM: actions.confirm,
    Act.VERIFY: actions.verify,
    Act.DISMISS: actions.dismiss,
    Act.ASK: actions.ask,
}


@page("matches.work")
def queue(request: StaffRequest) -> HttpResponse:
    """What is being looked into, and requests for which somebody may be the one, the most probable first."""
    rows = queries.visible_to(request.actor).filter(state__in=AT_WORK).select_related("request__person")
    index = service.ready()
    waiting = list(requests.visible_to(request.actor).filter(state__in=LOOKING).select_related("person"))
    texts = requests.documents_of({*waiting, *(row.request for row in rows)}, by=request.actor)
    ranked = []
    if index is not None:
        known = queries.looked_into(waiting)
        best = [(comparing.best(index, row, texts[row.pk], known[row.pk]), row) for row in waiting if row.pk in texts]
        ranked = sorted(((chance, row) for chance, row in best if chance >= WORTH_A_LOOK), key=lambda one: -one[0])
    shown = Paginator(ranked, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [(row, texts.get(row.request_id), Relation(row.request.relation).label) for row in rows],
        "lines": [(showing.percent(chance), row, texts[row.pk], Relation(row.relation).label) for chance, row in shown],
        "page": shown,
        "reading": _reading() if index is None else "",
    }
    return render(request, "matches/queue.html", context)


@page("matches.work")
def candidates(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Who may be the one sought, with why."""
    row = requests.get_for(request.actor, request_id)
    index = service.ready()
    said = requests.document_of(row, by=request.actor)
    found = comparing.candidates(index, row, said, by=request.actor) if index else []
    matches = list(queries.of_request(row, by=request.actor))
    known = {one.person_id or one.listed_id: one for one in matches}
    context = {
        **_base(row),
        "said": said,
        "lines": [(one, showing.percent(one.probability), known.get(one.side.id), showing.why(one)) for one in found],
        "matches": matches,
        "reading": _reading() if index is None else "",
    }
    return render(request, "matches/candidates.html", context)


@page("matches.work")
def compare(request: StaffRequest, request_id: UUID, other_id: UUID) -> HttpResponse:
    """Side by side with somebody whom nobody has looked into yet."""
    row = requests.get_for(request.actor, request_id)
    index = service.ready()
    said = requests.document_of(row, by=request.actor)
    found = comparing.candidates(index, row, said, by=request.actor, only=other_id) if index else []
    if not found:
        raise NotFound
    context = {
        **_base(row),
        "said": said,
        "other": found[0].side,
        "lines": showing.beside(row, said, found[0].side),
        "why": showing.why(found[0]),
        "percent": showing.percent(found[0].probability),
    }
    return render(request, "matches/compare.html", context)


@page("matches.work")
@require_POST
def propose(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Look into it."""
    made = actions.propose(
        by=request.actor,
        request_id=request_id,
        person_id=read_id(request.POST.get("person", "")),
        listed_id=read_id(request.POST.get("listed", "")),
    )
    messages.success(request, _("Recorded. Now compare, and say what you find."))
    return redirect("matches:match", made.pk)


@page("matches.work")
def match(request: StaffRequest, match_id: UUID) -> HttpResponse:
    """One that is being looked into: side by side, what two officers found, what the person found says."""
    row = queries.get_for(request.actor, match_id)
    asked = row.request
    said, side = requests.document_of(asked, by=request.actor), queries.side_of(row, by=request.actor)
    steps = with_handles(row.steps.all())
    written = queries.document_of(row, by=request.actor)
    context = {
        **_base(asked),
        "match": row,
        "said": said,
        "other": side,
        "lines": showing.beside(asked, said, side),
        "percent": showing.percent(row.probability),
        "written": written,
        "allowed": [Allowed(code).label for code in written.allowed],
        "steps": [(one, Act(one.act).label, State(one.state).label) for one in steps],
        "acts": [(act, Act(act).label) for act in TABLE.acts(row.state) if not _is_out(row, act)],
        "mine_first": row.confirmed_by == request.actor.account_id,
        "hides_first": row.state == State.CONFIRMED and row.confirmed_by != request.actor.account_id,
    }
    return render(request, "matches/match.html", context)


@page("matches.work")
def go_on(request: StaffRequest, match_id: UUID, act: str) -> HttpResponse:
    """What two officers find, and how the person is asked."""
    row = _allowing(request, match_id, act)
    if act not in WORDED:
        raise NotFound
    form = WordsForm(request.POST if request.method == "POST" else None, act=act)
    return _form(request, row, form, Act(act).label, lambda: WORDED[act](**_of(request, row), **form.cleaned_data))


@page("matches.work")
def agree(request: StaffRequest, match_id: UUID) -> HttpResponse:
    """Yes, and to what."""
    row = _allowing(request, match_id, Act.AGREE)
    initial = {"until": clock.today() + USUAL_CONSENT}
    form = AgreeForm(request.POST if request.method == "POST" else None, initial=initial)
    more = {"suggestions": suggested_languages()}
    save = lambda: actions.agree(**_of(request, row), answer=form.answer())  # noqa: E731
    return _form(request, row, form, Act.AGREE.label, save, **more)


@page("matches.work")
def decline(request: StaffRequest, match_id: UUID) -> HttpResponse:
    """No."""
    row = _allowing(request, match_id, Act.DECLINE)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    save = lambda: actions.decline(**_of(request, row), answer=form.answer())  # noqa: E731
    return _form(request, row, form, Act.DECLINE.label, save, declining=True)


@page("matches.work")
def tell(request: StaffRequest, match_id: UUID) -> HttpResponse:
    """Exactly what the enquirer hears; then how they were told."""
    row = _allowing(request, match_id, Act.TELL)
    form = TellForm(request.POST if request.method == "POST" else None, initial={"on": clock.today()})
    words = actions.told_words(queries.document_of(row, by=request.actor))
    save = lambda: actions.tell(**_of(request, row), **form.cleaned_data)  # noqa: E731
    return _form(request, row, form, Act.TELL.label, save, words=words)


def _is_out(row: Match, act: str) -> bool:
    return act == Act.PROPOSE or (act == Act.AGREE and row.never)


def _of(request: StaffRequest, row: Match) -> dict[str, Any]:
    return {"by": request.actor, "match_id": row.pk}


def _allowing(request: StaffRequest, match_id: UUID, act: str) -> Match:
    row = queries.get_for(request.actor, match_id)
    if not TABLE.allows(row.state, act):
        raise NotFound
    return row


def _form(
    request: StaffRequest, row: Match, form: forms.Form, title: Any, save: Callable[[], Match], **more: Any
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except Invalid as problem:
            mend(form, problem)
        except ConsentMissing as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Recorded."))
            return redirect("matches:match", row.pk)
    context = {**_base(row.request), "match": row, "form": form, "title": title, **more}
    return render(request, "matches/part.html", context, status=status_of(form))


def _base(row: TracingRequest) -> dict[str, Any]:
    return {
        "row": row,
        "relation": Relation(row.relation).label,
        "readers": readers_of("matches.work", Compartment.FAMILY_LINKS, row.person),
    }


def _reading() -> str:
    done, total = service.progress()
    return _("The names are still being read: %(done)d of %(total)d. Load this page again in a minute.") % {
        "done": done,
        "total": total,
    }
