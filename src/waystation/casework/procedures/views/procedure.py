"""One procedure: beginning it, its steps, who represents, who interprets, whose it is."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.accounts.models import Account
from waystation.accounts.queries import handles
from waystation.accounts.roles import readers
from waystation.casework.procedures import actions, queries
from waystation.casework.procedures.codes import (
    AHEAD,
    ASKS_FOR,
    DAY_TABLE,
    TABLE,
    Act,
    DayAct,
    DayKind,
    DayState,
    Interpreter,
    ProcedureClock,
    ProcedureKind,
    Step,
    Work,
)
from waystation.casework.procedures.documents import DayDocument, Representative, StepTaken
from waystation.casework.procedures.forms import (
    BackForm,
    HandForm,
    InterpretForm,
    OpenForm,
    RepresentForm,
    StepForm,
    WriteForm,
)
from waystation.casework.procedures.guidance import FOR_ALL, GUIDANCE
from waystation.casework.procedures.models import Day, Procedure
from waystation.casework.procedures.panels import PERMISSION
from waystation.kernel import clock, policies
from waystation.kernel.actors import Compartment
from waystation.kernel.errors import Conflict, Invalid, NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.people.panels import readers_of
from waystation.people.tongues import language_name
from waystation.people.views.common import suggested_languages
from waystation.web.forms import mend, status_of

PLAIN = (DayAct.KEEP, DayAct.AGAIN)
WRITTEN = ("kind", "authority", "reference", "about")
NEAR_DAYS = AHEAD[ProcedureClock.WEEK].days + 1
Save = Callable[[dict[str, Any]], Any]


@page(PERMISSION)
def of_person(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """A person's procedures with the next day of each; `case` in the address is the case a new one will hang on."""
    person = people.get_for(request.actor, person_id)
    told = queries.opened(queries.of_person(person, by=request.actor), by=request.actor)
    lines = [
        {
            "row": each.row,
            "kind": ProcedureKind(each.said.kind).label,
            "step": each.said.step.label,
            "next": _line(*each.to_come[0]) if each.to_come else None,
        }
        for each in told
    ]
    context = {**_base(request, person), "procedures": lines, "case_id": as_uuid(request.GET.get("case", ""))}
    return render(request, "procedures/of_person.html", context)


@page(PERMISSION)
def begin(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Begin to follow a procedure; `case` in the address hangs it on a case."""
    person = people.get_for(request.actor, person_id)
    form = OpenForm(request.POST or None, initial={"step": Step.PREPARING})
    if request.method == "POST" and form.is_valid():
        draft = actions.ProcedureDraft(**form.cleaned_data)
        case_id = as_uuid(request.GET.get("case", ""))
        try:
            made = actions.open_procedure(by=request.actor, person_id=person.pk, draft=draft, case_id=case_id)
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Now write down the days that must not be missed."))
            return redirect("procedures:procedure", made.pk)
    title, to = _("Follow a procedure"), reverse("procedures:of", args=[person.pk])
    return part(request, person, form, title, to, template="procedures/begin.html")


@page(PERMISSION)
def one(request: StaffRequest, procedure_id: UUID) -> HttpResponse:
    """One procedure: days first, then where it stands, who helps, its history and what to see to."""
    row = queries.get_for(request.actor, procedure_id)
    told = queries.opened([row], by=request.actor)[0]
    kind = ProcedureKind(told.said.kind)
    is_open = row.state == Work.OPEN
    whose = {row.owner, *(step.by for step in told.said.steps)}
    context = {
        **_base(request, row.person),
        "procedure": row,
        "said": told.said,
        "kind": kind.label,
        "days": [_line(day, text) for day, text in told.days],
        "is_open": is_open,
        "acts": [(act, Act(act).label) for act in TABLE.acts(told.said.step)],
        "may_go_back": bool(told.said.standing and told.said.standing[-1].act),
        "steps": [_in_words(step) for step in reversed(told.said.steps)],
        "interpreter": Interpreter(told.said.interpreter).label if told.said.interpreter else "",
        "language": language_name(told.said.interpreter_language) if told.said.interpreter_language else "",
        "interpreter_missing": is_open and _interpreter_missing(told),
        "handles": handles({account for account in whose if account}),
        "guidance": GUIDANCE[kind],
        "for_all": FOR_ALL,
        "may_refer": policies.permits(request.actor, "referrals.work"),
        "may_hand": bool(_colleagues(row)),
    }
    return render(request, "procedures/procedure.html", context)


@page(PERMISSION)
def write(request: StaffRequest, procedure_id: UUID) -> HttpResponse:
    """Change what it says."""
    row = queries.get_for(request.actor, procedure_id)
    said = queries.document_of(row, by=request.actor)
    told = {name: getattr(said, name) for name in WRITTEN}
    form = WriteForm(request.POST or None, initial={**told, "revision": row.revision})
    if request.method == "POST" and form.is_valid():
        texts = {name: form.cleaned_data[name] for name in WRITTEN}
        revision = form.cleaned_data["revision"]
        try:
            actions.write(by=request.actor, procedure_id=row.pk, revision=revision, texts=texts)
        except Invalid as problem:
            mend(form, problem)
        except Conflict as problem:
            form.add_error(None, str(problem))
            form.data = {**request.POST.dict(), "revision": str(row.revision)}
        else:
            return done(request, row.pk)
    return of_procedure(request, row, form, _("What it says"), more={"now": said if form.errors else None})


@page(PERMISSION)
def step(request: StaffRequest, procedure_id: UUID, act: str) -> HttpResponse:
    """Write down what happened; what a step calls for is asked right after."""
    row = queries.get_for(request.actor, procedure_id)
    if act not in Act.values:
        raise NotFound
    form = StepForm(request.POST or None)

    def save(answers: dict[str, Any]) -> None:
        actions.take_step(by=request.actor, procedure_id=row.pk, happened=actions.Happened(act=act, **answers))

    if saved(request, form, save):
        if act in ASKS_FOR:
            messages.success(request, _("Recorded. Is there a day that must not be missed?"))
            return redirect(f"{reverse('procedures:add-day', args=[row.pk])}?kind={ASKS_FOR[Act(act)]}")
        return done(request, row.pk)
    return of_procedure(request, row, form, str(Act(act).label))


@page(PERMISSION)
def back(request: StaffRequest, procedure_id: UUID) -> HttpResponse:
    """Take the last step back."""
    row = queries.get_for(request.actor, procedure_id)
    form = BackForm(request.POST or None)

    def save(answers: dict[str, Any]) -> None:
        actions.step_back(by=request.actor, procedure_id=row.pk, **answers)

    return answer(request, row, form, _("Take the last step back"), save)


@page(PERMISSION)
def represent(request: StaffRequest, procedure_id: UUID) -> HttpResponse:
    """Who represents the person."""
    row = queries.get_for(request.actor, procedure_id)
    form = RepresentForm(request.POST or None)

    def save(answers: dict[str, Any]) -> None:
        actions.represent(by=request.actor, procedure_id=row.pk, representative=Representative(**answers))

    return answer(request, row, form, _("Who represents the person?"), save)


@page(PERMISSION)
@require_POST
def unrepresented(request: StaffRequest, procedure_id: UUID) -> HttpResponse:
    """Nobody represents the person any more."""
    actions.represent(by=request.actor, procedure_id=procedure_id, representative=None)
    return done(request, procedure_id)


@page(PERMISSION)
def interpret(request: StaffRequest, procedure_id: UUID) -> HttpResponse:
    """Whether somebody interprets."""
    row = queries.get_for(request.actor, procedure_id)
    said = queries.document_of(row, by=request.actor)
    identity = people.identity_of(row.person, by=request.actor)
    first = identity.languages[0] if identity.languages else ""
    initial = {"interpreter": said.interpreter, "language": said.interpreter_language or first}
    form = InterpretForm(request.POST or None, initial=initial)

    def save(answers: dict[str, Any]) -> None:
        actions.interpret(by=request.actor, procedure_id=row.pk, **answers)

    more = {"suggestions": suggested_languages()}
    return answer(request, row, form, _("Interpreter"), save, more=more)


@page(PERMISSION)
def hand(request: StaffRequest, procedure_id: UUID) -> HttpResponse:
    """Give it to a colleague."""
    row = queries.get_for(request.actor, procedure_id)
    form = HandForm(request.POST or None, colleagues=_colleagues(row))

    def save(answers: dict[str, Any]) -> None:
        actions.hand_to(by=request.actor, procedure_id=row.pk, owner=UUID(answers["owner"]))

    return answer(request, row, form, _("Hand to a colleague"), save)


def _colleagues(row: Procedure) -> list[tuple[str, str]]:
    roles = readers(PERMISSION, Compartment.LEGAL)
    accounts = Account.objects.filter(is_active=True, role__in=roles).order_by("handle")
    return [(str(account.pk), account.handle) for account in accounts if account.pk != row.owner]


def _line(day: Day, text: DayDocument) -> dict[str, Any]:
    acts = [act for act in DAY_TABLE.acts(text.state) if act != DayAct.MOVE]
    left = (text.day - clock.today()).days if text.day else 0
    return {
        "day": day,
        "text": text,
        "kind": DayKind(text.kind).label,
        "state": DayState(text.state).label,
        "first": [(act, DayAct(act).label) for act in acts if act in PLAIN],
        "others": [(act, DayAct(act).label) for act in acts if act not in PLAIN],
        "may_move": DAY_TABLE.allows(text.state, DayAct.MOVE),
        "is_open": text.state == DayState.OPEN,
        "is_near": left <= NEAR_DAYS,
        "left": left,
    }


def _in_words(taken: StepTaken) -> dict[str, Any]:
    return {"taken": taken, "step": Step(taken.step).label}


def _interpreter_missing(told: queries.Told) -> bool:
    """Somebody is to interpret on a day to come and has not said yes."""
    spoken = {DayKind.HEARING, DayKind.INTERVIEW}
    needed = told.said.interpreter in {Interpreter.NEEDED, Interpreter.ASKED}
    return needed and any(DayKind(text.kind) in spoken for _day, text in told.to_come)


def _base(request: StaffRequest, person: Person) -> dict[str, Any]:
    return {
        "person": person,
        "identity": people.identity_of(person, by=request.actor),
        "readers": readers_of(PERMISSION, Compartment.LEGAL, person),
    }


def saved(request: StaffRequest, form: forms.Form, save: Save) -> bool:
    """Whether a form was sent and kept; what it refuses stands beside its fields."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        save(dict(form.cleaned_data))
    except Invalid as problem:
        mend(form, problem)
        if not problem.fields:
            form.add_error(None, str(problem))
        return False
    return True


def answer(
    request: StaffRequest, row: Procedure, form: forms.Form, title: str, save: Save, more: dict[str, Any] | None = None
) -> HttpResponse:
    """A form about a procedure, and what follows when it is sent."""
    if saved(request, form, save):
        return done(request, row.pk)
    return of_procedure(request, row, form, title, more=more)


def of_procedure(
    request: StaffRequest, row: Procedure, form: forms.Form, title: str, more: dict[str, Any] | None = None
) -> HttpResponse:
    """A form about a procedure."""
    to = reverse("procedures:procedure", args=[row.pk])
    return part(request, row.person, form, title, to, more={"procedure": row, **(more or {})})


def part(
    request: StaffRequest,
    person: Person,
    form: forms.Form,
    title: str,
    to: str,
    *,
    template: str = "procedures/part.html",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """A form on a page about a person."""
    context = {**_base(request, person), "form": form, "title": title, "back": to, **(more or {})}
    return render(request, template, context, status=status_of(form))


def done(request: StaffRequest, procedure_id: UUID) -> HttpResponse:
    """Back to the procedure."""
    messages.success(request, _("Recorded."))
    return redirect("procedures:procedure", procedure_id)


def as_uuid(text: str) -> UUID | None:
    """What an address says, if it is a number of a row."""
    try:
        return UUID(text)
    except ValueError:
        return None
