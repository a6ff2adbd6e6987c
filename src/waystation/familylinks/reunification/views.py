"""Pages of bringing a family together: the list, beginning, one with its line, each step, the sheet."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from waystation.familylinks.reunification import actions, clocks, guards, queries, showing
from waystation.familylinks.reunification.codes import OPEN, TABLE, Act, ReunionClock, Side, State
from waystation.familylinks.reunification.forms import (
    FORMS,
    BeginForm,
    KnownForm,
    ListForm,
    ProofForm,
    YesForm,
)
from waystation.familylinks.reunification.models import Reunification
from waystation.familylinks.tracing import queries as tracing
from waystation.kernel import journal
from waystation.kernel.actors import Compartment
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.organisations.queries import own_organisation
from waystation.people import queries as people
from waystation.people.forms import FindForm
from waystation.people.models import Person
from waystation.people.panels import readers_of
from waystation.people.views.common import found_others
from waystation.web.forms import mend, status_of

PER_PAGE = 25


@page("reunification.work")
def pairs(request: StaffRequest) -> HttpResponse:
    """The list: filter, turn pages."""
    form = ListForm(request.GET)
    form.is_valid()
    answers = getattr(form, "cleaned_data", {})
    rows = queries.visible_to(request.actor).select_related("person")
    rows = rows.filter(state=answers["state"]) if answers.get("state") else rows.filter(state__in=OPEN)
    if answers.get("mine"):
        rows = rows.filter(owner=request.actor.account_id)
    shown = Paginator(rows.order_by("state_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    names = queries.names_of(shown, by=request.actor)
    texts = queries.documents_of(shown, by=request.actor)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "lines": [showing.line(row, texts.get(row.pk), names) for row in shown],
        "page": shown,
        "form": form,
        "query": f"{query.urlencode()}&" if query else "",
    }
    return render(request, "reunification/list.html", context)


@page("reunification.work")
def begin(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Who wants to live with whom; the other is found in the book or said in words. The search is posted, so that no
    name stands in an address."""
    person = people.get_for_page(request.actor, person_id)
    searching = "q" in request.POST
    find = FindForm(request.POST if searching else None)
    context: dict[str, Any] = {"find": find, "searched": False}
    if searching and find.is_valid():
        others, problem = found_others(find.cleaned_data["q"], person, by=request.actor)
        context |= {"others": others, "problem": problem, "searched": True}
    chosen = _chosen(request)
    sent = request.POST if request.method == "POST" and "relation" in request.POST else None
    form = BeginForm(sent, requests=_requests(request, person), initial=_initial(request, chosen))
    if sent is not None and form.is_valid():
        try:
            made = actions.open_pair(by=request.actor, person_id=person.pk, draft=form.draft())
        except Invalid as problem:
            _mend(form, problem)
        else:
            return redirect("reunification:pair", made.pk)
    context |= {**_about(request, person), "form": form, "chosen": chosen}
    return render(request, "reunification/begin.html", context, status=status_of(form))


@page("reunification.work")
def pair(request: StaffRequest, row_id: UUID) -> HttpResponse:
    """One, with its line, both wishes, what is gathered, and what may be done now."""
    row = queries.get_for(request.actor, row_id)
    whole = queries.whole(row, by=request.actor)
    acts = [act for act in TABLE.acts(row.state) if act != Act.AGREE and _fits(act, whole)]
    following = clocks.upcoming(row, whole.said)
    onward = next((act for act in acts if act in showing.ONWARD), "")
    context = {
        **_of(request, whole),
        "line": showing.road(whole),
        "sides": showing.sides(whole),
        "proofs": showing.proofs(whole),
        "steps": showing.steps(whole),
        "acts": [(act, Act(act).label, act == onward) for act in acts],
        "missing": guards.against(row, whole.said, onward, [yes for yes, _text in whole.agreements]) if onward else [],
        "next": ReunionClock(following[0]).label if following else "",
        "due": following[1] if following else None,
        "child": queries.has_child(row, whole.said),
        "is_open": row.state in OPEN,
    }
    return render(request, "reunification/pair.html", context)


@page("reunification.work")
def change(request: StaffRequest, row_id: UUID) -> HttpResponse:
    """What became known since."""

    def save(form: KnownForm) -> None:
        actions.rewrite(by=request.actor, row_id=row_id, document=form.document())

    said = queries.document_of(queries.get_for(request.actor, row_id), by=request.actor)
    initial = {name: getattr(said, name) for name in KnownForm.base_fields}
    form = KnownForm(request.POST if request.method == "POST" else None, initial=initial)
    return _form_page(request, row_id, form, _("Change what is known"), save)


@page("reunification.work")
def proof(request: StaffRequest, row_id: UUID) -> HttpResponse:
    """One more thing by which it is shown."""

    def save(form: ProofForm) -> None:
        actions.add_proof(by=request.actor, row_id=row_id, **form.cleaned_data)

    form = ProofForm(request.POST if request.method == "POST" else None)
    return _form_page(request, row_id, form, _("Write down what shows it"), save)


@page("reunification.work")
def say_yes(request: StaffRequest, row_id: UUID, side: str) -> HttpResponse:
    """One side says yes."""
    if side not in Side.values:
        raise NotFound

    def save(form: YesForm) -> None:
        actions.agree(by=request.actor, row_id=row_id, side=side, document=form.document(), on=form.cleaned_data["on"])

    form = YesForm(request.POST if request.method == "POST" else None)
    return _form_page(request, row_id, form, _("Write down the yes"), save, side=side, yes=True)


@page("reunification.work")
def go_on(request: StaffRequest, row_id: UUID, act: str) -> HttpResponse:
    """One step, with its day and what belongs to it."""
    if act not in FORMS:
        raise NotFound

    def save(form: Any) -> None:
        actions.go_on(by=request.actor, row_id=row_id, draft=form.draft())

    row = queries.get_for(request.actor, row_id)
    form = FORMS[act](request.POST if request.method == "POST" else None, initial=_known(request, row, act))
    form.act = act
    return _form_page(request, row_id, form, str(Act(act).label), save, act=act)


@page("reunification.work")
def sheet(request: StaffRequest, row_id: UUID) -> HttpResponse:
    """On one sheet, for the family and who travels along: who, how far it is, the journey."""
    row = queries.get_for(request.actor, row_id)
    whole = queries.whole(row, by=request.actor)
    printed = journal.Entry(action="reunification.print", subject=row.pk, person=row.person_id)
    journal.note_read(request.actor, printed)
    context = {
        **_of(request, whole),
        "sides": showing.sides(whole),
        "steps": showing.steps(whole),
        "organisation": own_organisation(),
    }
    return render(request, "reunification/sheet.html", context)


def _fits(act: str, whole: queries.Pair) -> bool:
    """Whether an act belongs here: weighing to a child, and a child's does not go past it."""
    child = queries.has_child(whole.row, whole.said)
    if act == Act.WEIGH:
        return child
    return not (act == Act.SUBMIT and child and whole.row.state == State.AGREED)


def _known(request: StaffRequest, row: Reunification, act: str) -> dict[str, Any]:
    if act not in {Act.SUBMIT, Act.APPEAL, Act.ARRANGE}:
        return {}
    said = queries.document_of(row, by=request.actor)
    travel = {name: getattr(said.travel, name) for name in ("route", "escort", "tickets", "met_by")}
    return {"authority": said.authority, "submitter": said.submitter, "travel_on": said.travel.on, **travel}


def _chosen(request: StaffRequest) -> Any:
    """Who was chosen from the book, with their name."""
    number = request.POST.get("other_id", "")
    try:
        other = people.get_for(request.actor, UUID(number)) if number else None
    except ValueError:
        return None
    return (other, people.identity_of(other, by=request.actor)) if other else None


def _initial(request: StaffRequest, chosen: Any) -> dict[str, Any]:
    return {"request": request.GET.get("request", ""), "other_id": chosen[0].pk if chosen else None}


def _requests(request: StaffRequest, person: Person) -> list[tuple[str, Any]]:
    rows = tracing.visible_to(request.actor).filter(person__in=people.one_person_ids(person))
    return [(str(row.pk), f"{row.number} · {row.get_relation_display()}") for row in rows]


def _about(request: StaffRequest, person: Person) -> dict[str, Any]:
    return {
        "person": person,
        "identity": people.identity_of(person, by=request.actor),
        "readers": readers_of("reunification.work", Compartment.FAMILY_LINKS, person),
    }


def _of(request: StaffRequest, whole: queries.Pair) -> dict[str, Any]:
    row = whole.row
    names = whole.names
    return {
        "row": row,
        "said": whole.said,
        "person": row.person,
        "identity": names.get(row.person_id) or people.identity_of(row.person, by=request.actor),
        "other_name": whole.other_name,
        "readers": readers_of("reunification.work", Compartment.FAMILY_LINKS, row.person),
    }


def _form_page(
    request: StaffRequest,
    row_id: UUID,
    form: Any,
    title: str,
    save: Callable[[Any], None],
    **more: Any,
) -> HttpResponse:
    row = queries.get_for(request.actor, row_id)
    if request.method == "POST" and form.is_valid():
        try:
            save(form)
        except Invalid as problem:
            _mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect("reunification:pair", row.pk)
    context = {**_about(request, row.person), "row": row, "form": form, "title": title, **more}
    return render(request, "reunification/part.html", context, status=status_of(form))


def _mend(form: forms.Form, problem: Invalid) -> None:
    mend(form, problem)
    if not problem.fields:
        form.add_error(None, str(problem))
