"""Kinds, states, clocks and reasons of cases, as data.

States follow the workflow of Primero's child protection modules (new, assessment, case plan, service provision,
services implemented, closed, reopened; DOMAIN.md 2.3), clocks the response times given there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import Role
from waystation.kernel.actors import Compartment
from waystation.kernel.states import StateTable


class CaseKind(TextChoices):
    """What a case is about."""

    GENERAL = "general", _("General protection")
    CHILD = "child", _("Protection of a child")
    HEALTH = "health", _("Health")
    LEGAL = "legal", _("Legal help")
    TRAFFICKING = "trafficking", _("Trafficking")
    RETURN = "return", _("Return")
    FAMILY_LINK = "family_link", _("Family link")
    DETENTION = "detention", _("Detention")


@dataclass(frozen=True, kw_only=True, slots=True)
class KindCard:
    """Whose compartment a kind of case is sealed in, and who decides as supervisor."""

    compartment: Compartment
    supervisors: frozenset[str]


_COORDINATOR = frozenset({Role.COORDINATOR})
KINDS: Mapping[CaseKind, KindCard] = {
    CaseKind.GENERAL: KindCard(compartment=Compartment.PROTECTION, supervisors=_COORDINATOR),
    CaseKind.CHILD: KindCard(compartment=Compartment.CHILD, supervisors=_COORDINATOR),
    CaseKind.TRAFFICKING: KindCard(compartment=Compartment.PROTECTION, supervisors=_COORDINATOR),
    CaseKind.RETURN: KindCard(compartment=Compartment.PROTECTION, supervisors=_COORDINATOR),
    CaseKind.HEALTH: KindCard(compartment=Compartment.HEALTH, supervisors=frozenset({Role.HEALTH})),
    CaseKind.LEGAL: KindCard(compartment=Compartment.LEGAL, supervisors=frozenset({Role.CASEWORKER})),
    CaseKind.FAMILY_LINK: KindCard(compartment=Compartment.FAMILY_LINKS, supervisors=frozenset({Role.FAMILY_LINKS})),
    CaseKind.DETENTION: KindCard(compartment=Compartment.DETENTION, supervisors=frozenset({Role.DETENTION})),
}


class Risk(TextChoices):
    """How soon someone must be there."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class CaseState(TextChoices):
    """Where the work stands."""

    NEW = "new", _("New")
    ASSESSMENT = "assessment", _("Assessment")
    PLAN = "plan", _("Plan")
    SERVICES = "services", _("Help under way")
    IMPLEMENTED = "implemented", _("Help given")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Reopened")


class Act(TextChoices):
    """What may be done with a case."""

    ASSESS = "assess", _("Begin the assessment")
    PLAN = "plan", _("Go on to the plan")
    SERVE = "serve", _("Begin the help planned")
    IMPLEMENT = "implement", _("All planned help was given")
    CLOSE = "close", _("Close the case")
    REOPEN = "reopen", _("Open it again")


OPEN_STATES = tuple(state for state in CaseState if state != CaseState.CLOSED)
TABLE = StateTable(
    states=CaseState.values,
    first=CaseState.NEW,
    steps=[
        (Act.ASSESS, (CaseState.NEW, CaseState.REOPENED), CaseState.ASSESSMENT),
        (Act.PLAN, (CaseState.ASSESSMENT, CaseState.SERVICES, CaseState.IMPLEMENTED), CaseState.PLAN),
        (Act.SERVE, CaseState.PLAN, CaseState.SERVICES),
        (Act.IMPLEMENT, CaseState.SERVICES, CaseState.IMPLEMENTED),
        (Act.CLOSE, OPEN_STATES, CaseState.CLOSED),
        (Act.REOPEN, CaseState.CLOSED, CaseState.REOPENED),
    ],
)


class Closing(TextChoices):
    """Why a case ended."""

    HELPED = "helped", _("The plan was fulfilled")
    WISH = "wish", _("The person wished it")
    MOVED_ON = "moved_on", _("Travelled on")
    HANDED_OVER = "handed_over", _("Someone else has taken over")
    REUNITED = "reunited", _("Reunited with family")
    RETURNED = "returned", _("Returned home")
    GROWN_UP = "grown_up", _("Has come of age")
    LOST_CONTACT = "lost_contact", _("No contact any more")
    DUPLICATE = "duplicate", _("The same case was opened twice")
    DIED = "died", _("Has died")


class ReviewOf(TextChoices):
    """What a supervisor decides on."""

    ASSESSMENT = "assessment", _("Assessment")
    PLAN = "plan", _("Plan")
    CLOSURE = "closure", _("Closing")


class ReviewState(TextChoices):
    """What became of it."""

    ASKED = "asked", _("Waits for the supervisor")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Given back")


REVIEW_TABLE = StateTable(
    states=ReviewState.values,
    first=ReviewState.ASKED,
    steps=[
        ("approve", ReviewState.ASKED, ReviewState.APPROVED),
        ("return", ReviewState.ASKED, ReviewState.RETURNED),
    ],
)
NEEDS_REVIEW: Mapping[tuple[str, str], ReviewOf] = {
    (Act.PLAN, CaseState.ASSESSMENT): ReviewOf.ASSESSMENT,
    (Act.SERVE, CaseState.PLAN): ReviewOf.PLAN,
    **{(Act.CLOSE, state): ReviewOf.CLOSURE for state in OPEN_STATES},
}
"""What a supervisor must have approved before an act in a state (DOMAIN.md 2.3: assessment, case plan, closure)."""
WITHOUT_REVIEW = frozenset({Closing.DUPLICATE})
"""Reasons for which closing needs no supervisor: there was nothing to close."""


class GoalState(TextChoices):
    """Whether a goal of the plan was reached."""

    OPEN = "open", _("Not yet")
    ACHIEVED = "achieved", _("Achieved")
    PARTLY = "partly", _("Partly")
    GIVEN_UP = "given_up", _("Given up")


class CaseClock(TextChoices):
    """Follow-ups that a case opens by itself."""

    FIRST_CONTACT = "case.first_contact", _("First contact")
    ASSESSMENT = "case.assessment", _("Finish the assessment")
    PLAN = "case.plan", _("Finish the plan")
    REVIEW = "case.review", _("Look at the plan together again")
    SUPERVISOR = "case.supervisor", _("Decide as supervisor")
    TASK = "case.task", _("Task")


FIRST_CONTACT_WITHIN: Mapping[str, timedelta] = {
    Risk.HIGH: timedelta(hours=24),
    Risk.MEDIUM: timedelta(hours=72),
    Risk.LOW: timedelta(days=7),
}
"""DOMAIN.md 2.3: high within 24 hours, medium 72 hours, low 7 days."""
ASSESSMENT_WITHIN = timedelta(days=7)
PLAN_WITHIN = timedelta(days=14)
REVIEW_EVERY = timedelta(days=30)
SUPERVISOR_WITHIN = timedelta(hours=48)
