"""A person's safety on one page; a plan written, read back, looked at again, printed."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from waystation.accounts.queries import handles
from waystation.casework.cases import queries as cases
from waystation.casework.cases.codes import OPEN_STATES
from waystation.casework.safety import panels, queries
from waystation.casework.safety.actions import plans as actions
from waystation.casework.safety.codes import OPEN_TIMES, TIME_TABLE, ActorKind, Ending, Lived, Paper, TimeAct
from waystation.casework.safety.documents import PlanDocument, RiskDocument
from waystation.casework.safety.forms import PaperForm, PlanForm, ReadBackForm, WordsForm, plan_initial
from waystation.casework.safety.models import RiskEvent, SafetyPlan
from waystation.casework.safety.views.common import base, form_page
from waystation.kernel.errors import Invalid
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.web.forms import mend, status_of


@page("safety.work")
def person(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The plan, time to think, and what the person lived through and fears."""
    found = people.get_for_page(request.actor, person_id)
    context = {**base(request, found), **_plans(request, found), **_times(request, found)}
    pairs = queries.risks_of(found, by=request.actor)
    context["risks"] = [_risk(row, said) for row, said in pairs]
    context["line"] = [_stop(row, said) for row, said in queries.standing_risks(pairs)]
    return render(request, "safety/person.html", context)


@page("safety.work")
def of_case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """From a clock of a case to the person's safety."""
    return redirect("safety:person", cases.get_for(request.actor, case_id).person_id)


@page("safety.work")
def write(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Write a plan together; it begins with what the version before says."""
    found = people.get_for(request.actor, person_id)
    form = PlanForm(request.POST or None, initial=_before(request, found))

    def save(answers: dict[str, Any]) -> None:
        risk, no_contact = answers.pop("risk"), answers.pop("no_contact")
        draft = actions.PlanDraft(risk=risk, no_contact=no_contact, document=PlanDocument(**answers))
        actions.write_plan(by=request.actor, person_id=found.pk, draft=draft)

    return form_page(
        request, found, form, _("A plan to stay safe"), save, template="safety/write.html", groups=form.groups()
    )


@page("safety.work")
def refuse(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The person wants no plan."""
    found = people.get_for(request.actor, person_id)
    form = WordsForm(request.POST or None)

    def save(answers: dict[str, Any]) -> None:
        actions.refuse_plan(by=request.actor, person_id=found.pk, words=answers["words"])

    return form_page(request, found, form, _("The person wants no plan"), save)


@page("safety.work")
def plan(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """One version, as it was."""
    row, said = _opened(request, plan_id)
    context = {**base(request, row.person), "plan": row, "said": said, "handles": handles({row.by})}
    return render(request, "safety/plan.html", context)


@page("safety.work")
def read_back(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """The plan, to read out slowly; then what the person says to it."""
    row, said = _opened(request, plan_id)

    def save(answers: dict[str, Any]) -> None:
        actions.read_back(by=request.actor, plan_id=row.pk, words=answers["words"])

    form = ReadBackForm(request.POST or None)
    title, template = _("Read it back"), "safety/with_plan.html"
    return form_page(request, row.person, form, title, save, template=template, plan=row, said=said)


@page("safety.work")
def look_again(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Does it still hold?"""
    row, said = _opened(request, plan_id)

    def save(answers: dict[str, Any]) -> None:
        actions.look_again(by=request.actor, plan_id=row.pk, words=answers["words"])

    form = WordsForm(request.POST or None)
    title, template = _("Look at it together again"), "safety/with_plan.html"
    return form_page(request, row.person, form, title, save, template=template, plan=row, said=said)


@page("safety.work")
def end(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """The person says that it is no longer needed."""
    row, _said = _opened(request, plan_id)

    def save(answers: dict[str, Any]) -> None:
        actions.end_plan(by=request.actor, plan_id=row.pk, words=answers["words"])

    return form_page(request, row.person, WordsForm(request.POST or None), _("No longer needed"), save)


@page("safety.work")
def paper(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """First the warning and the wish; then the paper itself."""
    row, said = _opened(request, plan_id)
    form = PaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["paper"]
        try:
            said = actions.print_plan(
                by=request.actor, plan_id=row.pk, paper=wanted, wished=form.cleaned_data["wished"]
            )
        except Invalid as problem:
            mend(form, problem)
        else:
            template = "safety/slip.html" if wanted == Paper.POCKET else "safety/sheet.html"
            return render(request, template, {"said": said, "plan": row, "back_to": row.person_id})
    context = {**base(request, row.person), "form": form, "title": _("Print it"), "plan": row, "said": said}
    return render(request, "safety/paper.html", context, status=status_of(form))


def _opened(request: StaffRequest, plan_id: UUID) -> tuple[SafetyPlan, PlanDocument]:
    row = queries.plan_for(request.actor, plan_id)
    return row, queries.plan_texts([row], by=request.actor).get(row.pk, PlanDocument())


def _before(request: StaffRequest, found: Person) -> dict[str, Any]:
    plans = queries.plans_of(found, by=request.actor)
    latest = plans.draft or plans.standing
    if latest is None:
        return {}
    said = queries.plan_texts([latest], by=request.actor).get(latest.pk, PlanDocument())
    return plan_initial(said, risk=latest.risk, no_contact=latest.no_contact)


def _plans(request: StaffRequest, found: Person) -> dict[str, Any]:
    plans = queries.plans_of(found, by=request.actor)
    texts = queries.plan_texts([row for row in (plans.draft, plans.standing) if row], by=request.actor)
    standing = plans.standing
    return {
        "draft": plans.draft,
        "plan": standing,
        "said": texts.get(standing.pk, PlanDocument()) if standing else None,
        "reach": panels.reach(texts[standing.pk]) if standing and standing.pk in texts else "",
        "no_contact": plans.no_contact,
        "earlier": plans.earlier,
    }


def _times(request: StaffRequest, found: Person) -> dict[str, Any]:
    of_person = queries.trafficking_cases(found, by=request.actor)
    shown = queries.times_of([case.pk for case in of_person], by=request.actor)
    waiting = {row.case_id for row, _said in shown if row.state in OPEN_TIMES}
    return {
        "times": [(row, said, Ending(row.ending).label if row.ending else "", _acts(row.state)) for row, said in shown],
        "offers": [case for case in of_person if case.state in OPEN_STATES and case.pk not in waiting],
        "has_case": bool(of_person),
    }


def _acts(state: str) -> list[tuple[str, Any]]:
    return [(act, TimeAct(act).label) for act in TIME_TABLE.acts(state)]


def _stop(row: RiskEvent, said: RiskDocument) -> dict[str, Any]:
    """One entry as the line of a road takes it: when, what, where on the road."""
    when = " – ".join(part for part in (said.since, said.until) if part)
    return {
        "label": when or _("Time not told"),
        "place": row.get_risk_display(),
        "when": row.get_stage_display() if row.stage else "",
    }


def _risk(row: RiskEvent, said: RiskDocument) -> dict[str, Any]:
    return {
        "row": row,
        "said": said,
        "lived": Lived(said.lived).label if said.lived else "",
        "actor": ActorKind(said.actor).label if said.actor else "",
        "stands": row.state == "stands",
    }
