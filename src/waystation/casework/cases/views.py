"""Pages of cases: the list, one case, and each act upon it."""

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
from waystation.casework.cases import actions, listing, panels, queries
from waystation.casework.cases.codes import KINDS, TABLE, Act, CaseKind
from waystation.casework.cases.documents import GoalDocument
from waystation.casework.cases.forms import (
    AskForm,
    CloseForm,
    DecideForm,
    GoalForm,
    HandForm,
    NoteForm,
    OpenForm,
    TaskForm,
    WriteForm,
)
from waystation.casework.cases.models import Case, Review
from waystation.casework.followups import queries as followups
from waystation.kernel.actors import Compartment
from waystation.kernel.errors import Conflict, Invalid, NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.people.panels import readers_of
from waystation.web.forms import mend, status_of

PER_PAGE = 25


@page("cases.view")
def cases(request: StaffRequest) -> HttpResponse:
    """The list: filter, order, turn pages."""
    form = listing.ListForm(request.GET)
    form.is_valid()
    rows = listing.narrowed(queries.visible_to(request.actor), form, by=request.actor)
    page_of = Paginator(rows.values_list("pk", flat=True), PER_PAGE).get_page(request.GET.get("page"))
    shown = queries.in_turn(page_of)
    names = queries.names_of(shown, by=request.actor)
    owners = handles({case.owner for case in shown if case.owner})
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "lines": [(case, names.get(case.pk, ""), owners.get(case.owner, "") if case.owner else "") for case in shown],
        "page": page_of,
        "form": form,
        "query": f"{query.urlencode()}&" if query else "",
    }
    return render(request, "cases/list.html", context)


@page("cases.work")
def open_case(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Open a case for a person."""
    person = people.get_for(request.actor, person_id)
    form = OpenForm(request.POST or None, by=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            case = actions.open_case(
                by=request.actor, person_id=person.pk, draft=actions.CaseDraft(**form.cleaned_data)
            )
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("The case is open, and its clocks are running."))
            return redirect("cases:case", case.pk)
    identity = people.identity_of(person, by=request.actor)
    return render(request, "cases/open.html", {"form": form, "person": person, "identity": identity})


@page("cases.view")
def case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """One case, with what is open in it and what may be done now."""
    row = queries.get_for(request.actor, case_id)
    return _show(request, row)


@page("cases.work")
def write(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Change what the case says."""
    row = queries.get_for(request.actor, case_id)
    document = queries.whole(row, by=request.actor).document
    told = {name: getattr(document, name) for name in ("reason", "wishes", "assessment")}
    form = WriteForm(request.POST or None, initial={**told, "risk": row.risk, "revision": row.revision})
    if request.method == "POST" and form.is_valid():
        texts = {name: form.cleaned_data[name] for name in told}
        try:
            actions.write(
                by=request.actor,
                case_id=row.pk,
                revision=form.cleaned_data["revision"],
                texts=texts,
                risk=form.cleaned_data["risk"],
            )
        except Invalid as problem:
            mend(form, problem)
        except Conflict as problem:
            form.add_error(None, str(problem))
            form.data = {**request.POST.dict(), "revision": str(row.revision)}
            return _part(request, row, form, _("What the case says"), now_written=document)
        else:
            return _done(request, row.pk)
    return _part(request, row, form, _("What the case says"))


@page("cases.work")
@require_POST
def go_on(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """One act of the table that needs no words."""
    act = request.POST.get("act", "")
    if act not in Act.values or act == Act.CLOSE:
        raise NotFound
    try:
        actions.go_on(by=request.actor, case_id=case_id, act=act)
    except actions.NotYet as problem:
        return _show(request, queries.get_for(request.actor, case_id), missing=problem.missing)
    return _done(request, case_id)


@page("cases.work")
def close(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Close with a reason; what is missing is said."""
    row = queries.get_for(request.actor, case_id)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.go_on(by=request.actor, case_id=row.pk, act=Act.CLOSE, **form.cleaned_data)
        except Invalid as problem:
            mend(form, problem)
        except actions.NotYet as problem:
            for text in problem.missing:
                form.add_error(None, str(text))
        else:
            return _done(request, row.pk)
    return _part(request, row, form, _("Close the case"), button=_("Close the case"))


@page("cases.work")
def ask(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Put something before the supervisor."""
    row = queries.get_for(request.actor, case_id)
    form = AskForm(request.POST or None, initial={name: request.GET.get(name, "") for name in ("of", "closing")})
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_supervisor(by=request.actor, case_id=row.pk, **form.cleaned_data)
        except Invalid as problem:
            mend(form, problem)
        except actions.NotYet as problem:
            for text in problem.missing:
                form.add_error(None, str(text))
        else:
            return _done(request, row.pk)
    return _part(request, row, form, _("Ask the supervisor"), button=_("Ask the supervisor"))


@page("cases.decide")
def decide(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """The supervisor reads the case and says yes, or gives it back with a word why."""
    review = Review.objects.select_related("case").filter(pk=review_id).first()
    if review is None:
        raise NotFound
    row = queries.get_for(request.actor, review.case_id)
    form = DecideForm(request.POST or None, initial={"as_read": queries.as_read(row)})
    if request.method == "POST" and form.is_valid():
        try:
            act = "approve" if "approve" in request.POST else "return"
            actions.decide(by=request.actor, review_id=review.pk, act=act, **form.cleaned_data)
        except Invalid as problem:
            mend(form, problem)
        except Conflict as problem:
            form = DecideForm({**request.POST.dict(), "as_read": queries.as_read(row)})
            form.add_error(None, str(problem))
        else:
            return _done(request, row.pk)
    view = queries.whole(row, by=request.actor)
    asked = next((text for one, text in view.reviews if one.pk == review.pk), None)
    context = {**_base(request, row), "form": form, "review": review, "asked": asked, "view": view}
    return render(request, "cases/decide.html", context)


@page("cases.work")
def goal(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Add a line to the plan."""
    row = queries.get_for(request.actor, case_id)
    form = GoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        by_when = answers.pop("by_when")
        try:
            actions.add_goal(by=request.actor, case_id=row.pk, document=GoalDocument(**answers), by_when=by_when)
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk)
    return _part(request, row, form, _("Add a goal to the plan"))


@page("cases.work")
@require_POST
def goal_state(request: StaffRequest, goal_id: UUID) -> HttpResponse:
    """One tap: what became of a goal."""
    done = actions.set_goal(by=request.actor, goal_id=goal_id, state=request.POST.get("state", ""))
    return _done(request, done.case_id)


@page("cases.work")
def note(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Write something down."""
    row = queries.get_for(request.actor, case_id)
    form = NoteForm(request.POST or None, places=_places(request, row))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_note(by=request.actor, case_id=row.pk, **form.cleaned_data)
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk)
    return _part(request, row, form, _("Write a note"))


@page("cases.work")
def task(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Something to do."""
    row = queries.get_for(request.actor, case_id)
    form = TaskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            actions.add_task(
                by=request.actor,
                case_id=row.pk,
                text=answers["text"],
                due_at=form.due_at(),
                immediate=answers["immediate"],
            )
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk)
    return _part(request, row, form, _("Add a task"))


@page("cases.work")
def hand(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Give the case to a colleague."""
    row = queries.get_for(request.actor, case_id)
    form = HandForm(request.POST or None, colleagues=listing.colleagues(row))
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_to(by=request.actor, case_id=row.pk, owner=UUID(form.cleaned_data["owner"]))
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk)
    return _part(request, row, form, _("Hand the case to a colleague"), button=_("Hand to a colleague"))


@page("cases.work")
@require_POST
def reviewed(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """One tap: the plan was looked at together."""
    actions.reviewed(by=request.actor, case_id=case_id)
    return _done(request, case_id)


def _show(request: StaffRequest, row: Case, missing: list[Any] | None = None) -> HttpResponse:
    view = queries.whole(row, by=request.actor)
    todo = list(followups.of_subject(request.actor, row.pk))
    texts = followups.texts(todo, by=request.actor)
    accounts = {row.owner, *(one.by for one, _text in view.notes), *(one.asked_by for one, _text in view.reviews)}
    context = {
        **_base(request, row),
        "view": view,
        "todo": [(one, texts.get(one.pk, "")) for one in todo],
        "acts": [(act, Act(act).label) for act in TABLE.acts(row.state) if act != Act.CLOSE],
        "may_close": TABLE.allows(row.state, Act.CLOSE),
        "missing": missing or [],
        "handles": handles({account for account in accounts if account}),
        "panels": panels.shown_on(request, row),
        "decidable": {one.pk for one, _text in view.reviews if queries.may_decide(request.actor, one)},
    }
    return render(request, "cases/case.html", context, status=409 if missing else 200)


def _base(request: StaffRequest, row: Case) -> dict[str, Any]:
    identity = people.identity_of(row.person, by=request.actor)
    readers = readers_of("cases.view", KINDS[CaseKind(row.kind)].compartment, row.person)
    return {"case": row, "person": row.person, "identity": identity, "readers": readers}


def _part(request: StaffRequest, row: Case, form: BaseForm, title: str, **more: Any) -> HttpResponse:
    context = {**_base(request, row), "form": form, "part_title": title, **more}
    return render(request, "cases/part.html", context, status=status_of(form))


def _done(request: StaffRequest, case_id: UUID) -> HttpResponse:
    messages.success(request, _("Recorded."))
    return redirect("cases:case", case_id)


def _places(request: StaffRequest, row: Case) -> list[tuple[str, str]]:
    """Where a note may go: the case's own compartment first."""
    own = row.compartment_of_row
    others = [place for place in Compartment if request.actor.opens(place) and place != own]
    places: dict[str, str] = {}
    for place in (own, *others):  # two compartments with the same readers are one answer
        places.setdefault(readers_of("cases.view", place, row.person), place.value)
    return [(value, readers) for readers, value in places.items()]
