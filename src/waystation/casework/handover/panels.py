"""Who was asked to help and who is responsible now, on a case's page and on a person's page.

Referrals and handovers stand together there, read in one query: the panel of referrals is replaced by this one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Q, QuerySet, TextChoices, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.casework.asked import queries as referred
from waystation.casework.asked.codes import State as AskedState
from waystation.casework.cases.codes import CaseState
from waystation.casework.cases.models import Case
from waystation.casework.cases.panels import CasePanel, register_case_panel
from waystation.casework.handover import queries, words
from waystation.casework.handover.codes import STANDING, Giving, Taking
from waystation.casework.referrals import queries as referrals
from waystation.casework.referrals.codes import Service, State
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Text
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel

Context = Mapping[str, Any]
GIVEN, OFFERED, REFERRAL, ASKED = "given", "offered", "referral", "asked"

STATES: Mapping[str, type[TextChoices]] = {REFERRAL: State, ASKED: AskedState, GIVEN: Giving, OFFERED: Taking}
COLUMNS_ASKED = ("peer__name", "came_at", "service", "priority")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A referral or a handover: its page, the other organisation, where it stands."""

    kind: str
    number: UUID
    state: str
    name: str
    at: datetime
    service: str
    priority: str

    @property
    def label(self) -> Text:
        """Where it stands, in words."""
        return STATES[self.kind](self.state).label

    @property
    def asked(self) -> Text:
        """What a referral asks for."""
        return Service(self.service).label

    @property
    def responsible(self) -> Text:
        """Who is responsible now, in words."""
        return words.GIVEN[self.state] if self.kind == GIVEN else words.OFFERED[self.state]


def lines(by: Actor, which: Q, asked: Q | None = None) -> list[Line]:
    """Referrals and handovers either way, the newest first; `asked`: which referrals to us, where any. One query."""
    rows = _columns(queries.given(by).filter(which), GIVEN, "peer__name", "made_at", Value(""), Value(""))
    name = Coalesce("partner__name", "to_post__name", "peer__name")
    rows = rows.union(
        _columns(queries.offered(by).filter(which), OFFERED, "peer__name", "came_at", Value(""), Value("")),
        _columns(referrals.visible_to(by).filter(which), REFERRAL, name, "made_at", "service", "priority"),
        *([_columns(referred.visible_to(by).filter(asked), ASKED, *COLUMNS_ASKED)] if asked else []),
        all=True,
    )
    found = [
        Line(kind=kind, number=pk, state=state, name=name, at=at, service=service, priority=priority)
        for pk, kind, state, name, at, service, priority in rows
    ]
    return sorted(found, key=lambda line: line.at, reverse=True)


def _columns(rows: "QuerySet[Any]", kind: str, *others: Any) -> Any:
    name, at, service, priority = (Value(one.value, CharField()) if isinstance(one, Value) else one for one in others)
    kept = rows.order_by().annotate(line_kind=Value(kind, CharField()))
    return kept.values_list("pk", "line_kind", "state", name, at, service, priority)


def of_case(request: HttpRequest, case: Case) -> Context | None:
    """What goes out of a case, and whence it came."""
    actor = request.actor  # type: ignore[attr-defined]
    if not policies.permits(actor, "handover.view"):
        return None
    found = lines(actor, Q(case=case))
    stands = any(line.kind == GIVEN and line.state in STANDING for line in found)
    return {
        "lines": found,
        "person": case.person,
        "case": case,
        "begin": case if case.state != CaseState.CLOSED and not stands else None,
    }


def of_person(request: HttpRequest, person: Person) -> Context:
    """The same of a person."""
    actor = request.actor  # type: ignore[attr-defined]
    which = Q(person__in=people.one_person_ids(person))
    return {"lines": lines(actor, which, which), "person": person}


def declare() -> None:
    """Register both, in the place of those of referrals."""
    register_panel(
        Panel(
            key="referrals",
            title=_("Referrals and handovers"),
            order=45,
            permission="handover.view",
            template="handover/panel.html",
            context=of_person,
        )
    )
    register_case_panel(
        CasePanel(
            key="referrals",
            title=_("Referrals and handovers"),
            order=40,
            template="handover/panel.html",
            context=of_case,
        )
    )
