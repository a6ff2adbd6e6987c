"""What a child's case needs besides."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChildrenConfig(AppConfig):
    """Declares permissions, words, the panel, clocks, and what a child's case must not go on without."""

    name = "waystation.casework.children"
    label = "children"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework.cases import guards as of_cases
        from waystation.casework.children import actions, guards, panels, policies  # noqa: F401 - declares permissions
        from waystation.casework.children.codes import ChildClock
        from waystation.casework.followups.kinds import register_all

        words.register(LOG)
        words.register_parts(PARTS)
        panels.declare()
        of_cases.register(guards.against)
        of_cases.when_opened(actions.when_opened)
        register_all(ChildClock, page="children:child", permission="children.work")


PARTS: dict[str, Any] = {
    "children_guardian": _("who speaks for a child"),
    "children_carearrangement": _("who cares for a child"),
    "children_bestinterests": _("what is best for a child"),
}
LOG: dict[str, Any] = {
    "children.guardian": _("Named a guardian"),
    "children.guardian_ended": _("Recorded that a child has no guardian any more"),
    "children.care": _("Recorded who cares for a child"),
    "children.best_interests": _("Began to weigh what is best for a child"),
    "children.panel": _("Called a panel on what is best for a child"),
    "children.decided": _("Recorded what is best for a child"),
    "children.reviewed": _("Looked again at what is best for a child"),
}
