"""The few entries of the frame: each room registers its own; who may not go there does not see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Text

MOST, WIDEST = 5, 6
"""So many fit beside "More" on a phone, and on wider screens (PAGES.md: never more than seven); the rest is there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One entry: words, where it leads, whose it is, its place (small comes first), its icon's name.

    With a `group` it stands under that heading on the page "More" instead of in the frame; `says` explains it there.
    Of the group FOR_ALL it stands in the frame of who is not signed in.
    """

    label: Text
    url: str
    permission: str
    order: int
    icon: str = ""
    group: str = ""
    says: Text = ""


GROUPS: dict[str, Text] = {
    "post": _("This post"),
    "people": _("People and partners"),
    "overview": _("Overview and reports"),
    "keeping": _("Keeping and erasing"),
}
FOR_ALL = "for-all"
MORE = Entry(label=_("More"), url="web:more", permission="", order=99)
_entries: list[Entry] = []
_providers: list[Callable[[HttpRequest], dict[str, Any]]] = []


def add(entry: Entry) -> None:
    """Register an entry; called when a room is ready."""
    if entry not in _entries:
        _entries.append(entry)


def provide(provider: Callable[[HttpRequest], dict[str, Any]]) -> None:
    """Register what a room adds to every page's frame (the post one works at, say)."""
    if provider not in _providers:
        _providers.append(provider)


def shown_to(actor: Actor | None, path: str) -> list[dict[str, Any]]:
    """The entries this actor sees, in order, with which one is open."""
    allowed = _allowed(actor) if actor else _for_all()
    plain = [entry for entry in allowed if not entry.group or actor is None]
    more = [MORE] if len(allowed) > MOST else []
    return [
        {
            "label": entry.label,
            "url": reverse(entry.url),
            "icon": entry.icon,
            "here": _is_here(reverse(entry.url), path),
        }
        for entry in (*plain[:WIDEST], *more)
    ]


def grouped_for(actor: Actor) -> list[tuple[Text, list[Entry]]]:
    """What stands on the page "More" for this actor: headings with their entries, empty ones left out."""
    allowed = _allowed(actor)
    beyond: list[tuple[Text, list[Entry]]] = [(_("Also"), [entry for entry in allowed if not entry.group][MOST:])]
    groups = [(title, [entry for entry in allowed if entry.group == group]) for group, title in GROUPS.items()]
    return [(title, entries) for title, entries in groups + beyond if entries]


def _allowed(actor: Actor) -> list[Entry]:
    return [entry for entry in _in_order() if entry.group != FOR_ALL and policies.permits(actor, entry.permission)]


def _for_all() -> list[Entry]:
    return [entry for entry in _in_order() if entry.group == FOR_ALL]


def _in_order() -> list[Entry]:
    return sorted(_entries, key=lambda entry: entry.order)


def provided(request: HttpRequest) -> dict[str, Any]:
    """What the rooms add to the frame of this page."""
    context: dict[str, Any] = {}
    for provider in _providers:
        context.update(provider(request))
    return context


def _is_here(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
