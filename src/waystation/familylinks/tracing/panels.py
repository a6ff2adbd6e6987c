"""What tracing shows on a person's page, and what other rooms show on a request's page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.tracing import queries
from waystation.familylinks.tracing.codes import coarse
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import policies
from waystation.kernel.errors import Text
from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel

Context = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestPanel:
    """One part of a request's page that another noun fills. `context` gives None where it has nothing to show."""

    key: str
    title: Text
    order: int
    template: str
    context: Callable[[HttpRequest, TracingRequest], Context | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonPanel:
    """One part of the page of a person's family links, for whoever has its permission."""

    key: str
    title: Text
    order: int
    permission: str
    template: str
    context: Callable[[HttpRequest, Person], Context | None]


_panels: dict[str, RequestPanel] = {}
_of_person: dict[str, PersonPanel] = {}


def register(panel: RequestPanel) -> None:
    """Add a part to every request's page. A key registered again replaces the part."""
    _panels[panel.key] = panel


def register_for_person(panel: PersonPanel) -> None:
    """Add a part to the page of everybody's family links. A key registered again replaces the part."""
    _of_person[panel.key] = panel


def shown_for(request: HttpRequest, person: Person) -> list[tuple[PersonPanel, Context]]:
    """The parts of a person's family links that have something to show to this actor, in order."""
    actor = request.actor  # type: ignore[attr-defined]
    allowed = (panel for panel in _of_person.values() if policies.permits(actor, panel.permission))
    filled = ((panel, panel.context(request, person)) for panel in sorted(allowed, key=lambda one: one.order))
    return [(panel, context) for panel, context in filled if context is not None]


def shown_on(request: HttpRequest, row: TracingRequest) -> list[tuple[RequestPanel, Context]]:
    """The parts that have something to show, in order."""
    filled = ((panel, panel.context(request, row)) for panel in sorted(_panels.values(), key=lambda one: one.order))
    return [(panel, context) for panel, context in filled if context is not None]


def requests_of(request: HttpRequest, person: Person) -> Context:
    """Whom a person looks for."""
    rows = queries.of_person(person, by=request.actor)  # type: ignore[attr-defined]
    return {"lines": [(row, coarse(row.state).label) for row in rows], "officer": True, "person": person}


def way_there(_request: HttpRequest, person: Person) -> Context:
    """The way to a person's family links. Nothing is asked of the database: the page of a person stays quick."""
    return {"person": person}


def known_of_person(request: HttpRequest, person: Person) -> Context | None:
    """That somebody is looked for, and coarsely how far it is: for all who help; whom, only officers see."""
    actor = request.actor  # type: ignore[attr-defined]
    if policies.permits(actor, "tracing.work"):
        return None
    rows = queries.of_person(person, by=actor)
    lines = [(row, coarse(row.state).label) for row in rows]
    return {"lines": lines, "officer": False, "person": person} if lines else None


def declare() -> None:
    """Register them: who is no officer sees how far it is on the page of what was before."""
    register_panel(
        Panel(
            key="tracing",
            title=_("Family links"),
            order=44,
            permission="tracing.work",
            template="tracing/way_there.html",
            context=way_there,
        )
    )
    register_panel(
        Panel(
            key="tracing-known",
            title=_("Family sought"),
            order=62,
            permission="tracing.known",
            template="tracing/panel.html",
            context=known_of_person,
        )
    )
    register_for_person(
        PersonPanel(
            key="tracing",
            title=_("Family sought"),
            order=10,
            permission="tracing.work",
            template="tracing/panel.html",
            context=requests_of,
        )
    )
