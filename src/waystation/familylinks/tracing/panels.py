"""What tracing shows on a person's page, and what other rooms show on a request's page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.tracing import queries
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


_panels: dict[str, RequestPanel] = {}


def register(panel: RequestPanel) -> None:
    """Add a part to every request's page. A key registered again replaces the part."""
    _panels[panel.key] = panel


def shown_on(request: HttpRequest, row: TracingRequest) -> list[tuple[RequestPanel, Context]]:
    """The parts that have something to show, in order."""
    filled = ((panel, panel.context(request, row)) for panel in sorted(_panels.values(), key=lambda one: one.order))
    return [(panel, context) for panel, context in filled if context is not None]


def of_person(request: HttpRequest, person: Person) -> Context | None:
    """That somebody is looked for, and how far it is; whom, only to an officer, on the request's own page."""
    actor = request.actor  # type: ignore[attr-defined]
    officer = policies.permits(actor, "tracing.work")
    rows = list(queries.of_person(person, by=actor))
    return {"requests": rows, "officer": officer, "person": person} if rows or officer else None


def declare() -> None:
    """Register the panel."""
    register_panel(
        Panel(
            key="tracing",
            title=_("Family sought"),
            order=44,
            permission="tracing.known",
            template="tracing/panel.html",
            context=of_person,
        )
    )
