"""Barriers: what help was denied to people."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BarriersConfig(AppConfig):
    """Declares permissions, words, panels, the clock, and entries under More."""

    name = "waystation.casework.barriers"
    label = "barriers"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework import clocks
        from waystation.casework.barriers import erasure, keeping, panels, policies  # noqa: F401 - declares permissions
        from waystation.casework.barriers.codes import BarrierClock
        from waystation.casework.followups.kinds import register_all
        from waystation.web import navigation

        words.register(LOG)
        words.register_parts({"barriers_barrier": _("what help was denied")})
        panels.declare()
        erasure.declare()
        clocks.register(keeping.CLOCK)
        register_all(BarrierClock, page="barriers:barrier", permission="barriers.follow")
        navigation.add(
            navigation.Entry(
                label=_("They were turned away"),
                url="barriers:add",
                permission="barriers.record",
                order=55,
                group="post",
                says=_("Help that was denied to people whose names nobody needs."),
            )
        )
        navigation.add(
            navigation.Entry(
                label=_("What keeps people from help"),
                url="barriers:figures",
                permission="barriers.figures",
                order=20,
                group="overview",
                says=_("What stood in the way, by country, by help denied, by month."),
            )
        )


LOG: dict[str, Any] = {
    "barriers.record": _("Wrote down that help was denied"),
    "barriers.take_back": _("Took back that help was denied"),
    "barriers.correct": _("Corrected what help was denied"),
    "barriers.done": _("Wrote down what was done when help was denied"),
}
