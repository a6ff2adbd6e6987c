"""What other rooms show on a person's page: each registers its panels when it is ready."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Text
from waystation.people.models import Person

Context = Mapping[str, Any]
LATER = 50
"""From this order on, a panel stands on the page of what was before, so that the person's page stays quick."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """One part of a person's page.

    `template` is included with what `context` gives (None: nothing to show); `permission` decides who sees it;
    smaller `order` stands higher.
    """

    key: str
    title: Text
    order: int
    permission: str
    template: str
    context: Callable[[HttpRequest, Person], Context | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A panel with its content: `{% include shown.panel.template with panel=shown.context %}`."""

    panel: Panel
    context: Context


_panels: dict[str, Panel] = {}


def register_panel(panel: Panel) -> None:
    """Add a panel to every person's page. A key registered again replaces the panel."""
    _panels[panel.key] = panel


def panels_for(actor: Actor) -> tuple[Panel, ...]:
    """The panels this actor may see, in order."""
    allowed = [panel for panel in _panels.values() if policies.permits(actor, panel.permission)]
    return tuple(sorted(allowed, key=lambda panel: (panel.order, panel.key)))


def shown_on(request: HttpRequest, actor: Actor, person: Person, *, later: bool = False) -> tuple[Shown, ...]:
    """The panels that have something to show to this actor: of the person's page, or (`later`) of what was before."""
    here = [panel for panel in panels_for(actor) if (panel.order >= LATER) is later]
    filled = ((panel, panel.context(request, person)) for panel in here)
    return tuple(Shown(panel=panel, context=context) for panel, context in filled if context is not None)
