"""What other rooms show on a person's page: each registers its panels when it is ready."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from waystation.accounts import roles
from waystation.kernel import policies
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Text
from waystation.people import facts
from waystation.people.models import Person

Context = Mapping[str, Any]
LATER = 50
"""From this order on, a panel stands on the page of what was before, so that the person's page stays quick."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """One part of a person's page.

    `template` is included with what `context` gives (None: nothing to show); `permission` and `compartment` decide who
    sees it, and its head says so; smaller `order` stands higher.
    """

    key: str
    title: Text
    order: int
    permission: str
    template: str
    context: Callable[[HttpRequest, Person], Context | None]
    compartment: Compartment = Compartment.BASIC


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A panel with its content, and in words who else sees it (`people/panel.html` draws it)."""

    panel: Panel
    context: Context
    readers: str


_panels: dict[str, Panel] = {}


def register_panel(panel: Panel) -> None:
    """Add a panel to every person's page. A key registered again replaces the panel."""
    _panels[panel.key] = panel


def panels_for(actor: Actor) -> tuple[Panel, ...]:
    """The panels this actor may see, in order."""
    allowed = [
        panel
        for panel in _panels.values()
        if policies.permits(actor, panel.permission) and actor.opens(panel.compartment)
    ]
    return tuple(sorted(allowed, key=lambda panel: (panel.order, panel.key)))


def readers_of(permission: str, compartment: Compartment, person: Person) -> str:
    """Who sees what stands on a person's page under a permission and in a compartment, in words."""
    return facts.readers(person, roles.readers(permission, compartment) & policies.roles("people.view"))


def shown_on(request: HttpRequest, actor: Actor, person: Person, *, later: bool = False) -> tuple[Shown, ...]:
    """The panels that have something to show to this actor: of the person's page, or (`later`) of what was before."""
    here = [panel for panel in panels_for(actor) if (panel.order >= LATER) is later]
    filled = ((panel, panel.context(request, person)) for panel in here)
    return tuple(
        Shown(panel=panel, context=context, readers=readers_of(panel.permission, panel.compartment, person))
        for panel, context in filled
        if context is not None
    )
