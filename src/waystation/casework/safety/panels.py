"""What safety shows: the way to it on a person's page and a case's, and on top of the person's what to know now."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from waystation.casework.cases.models import Case
from waystation.casework.cases.panels import CasePanel, register_case_panel
from waystation.casework.safety import queries
from waystation.casework.safety.codes import CURRENT, PlanState
from waystation.casework.safety.documents import PlanDocument
from waystation.casework.safety.models import SafetyPlan
from waystation.kernel import policies
from waystation.kernel.actors import Actor, Compartment
from waystation.people import knowing
from waystation.people.models import Person
from waystation.people.panels import Panel, readers_of, register_panel

Context = Mapping[str, Any]


def of_person(_request: HttpRequest, person: Person) -> Context:
    """The way there; what is written stands on a page of its own."""
    return {"person": person}


def of_case(request: HttpRequest, case: Case) -> Context | None:
    """The same beside a case, for who may know."""
    actor = request.actor  # type: ignore[attr-defined]
    return {"person": case.person} if may_read(actor) else None


def may_read(actor: Actor) -> bool:
    """Whether this actor works on safety and opens what is sealed in it."""
    return policies.permits(actor, "safety.work") and actor.opens(Compartment.PROTECTION)


def current() -> "QuerySet[SafetyPlan]":
    """Versions that matter to whoever is about to contact someone."""
    return SafetyPlan.objects.filter(state__in=CURRENT)


def to_know(by: Actor, person: Person, rows: Sequence[SafetyPlan]) -> list[knowing.Line]:
    """For everybody whether the person may be contacted at all; for who opens protection, how."""
    lines = []
    if any(row.no_contact for row in rows):
        lines.append(knowing.Line(says=_("Do not call, write or visit. Ask a caseworker first.")))
    agreed = sorted((row for row in rows if row.state == PlanState.AGREED), key=lambda row: row.at, reverse=True)[:1]
    if agreed and may_read(by):
        for said in queries.plan_texts(agreed, by=by).values():
            lines += _how(said, person)
    return lines


def _how(said: PlanDocument, person: Person) -> list[knowing.Line]:
    how = reach(said)
    readers = readers_of("safety.work", Compartment.PROTECTION, person)
    return [knowing.Line(says=_("How to reach them safely"), words=how, readers=readers)] if how else []


def reach(said: PlanDocument) -> str:
    """The one line of a plan that who opens protection reads at once."""
    words = gettext("say “%(words)s”") % {"words": said.reach_say} if said.reach_say else ""
    return " · ".join(part for part in (said.reach_number, said.reach_when, words) if part)


def declare() -> None:
    """Register all three."""
    title = _("Staying safe")
    register_panel(
        Panel(
            key="safety",
            title=title,
            order=48,
            permission="safety.work",
            template="safety/panel.html",
            context=of_person,
            compartment=Compartment.PROTECTION,
        )
    )
    register_case_panel(CasePanel(key="safety", title=title, order=20, template="safety/panel.html", context=of_case))
    knowing.register(
        knowing.ToKnow(
            key="safety",
            rows=current,
            fields={
                "person_id": "id_1",
                "state": "code_1",
                "no_contact": "yes",
                "at": "at_1",
                "sealed": "sealed_bytes",
            },
            lines=to_know,
        )
    )
