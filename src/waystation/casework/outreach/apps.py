"""Outreach: going where people are."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutreachConfig(AppConfig):
    """Declares permissions, words, clocks, and entries under More."""

    name = "waystation.casework.outreach"
    label = "outreach"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework.followups.kinds import FollowUpKind, register
        from waystation.casework.outreach import policies  # noqa: F401 - declares permissions
        from waystation.casework.outreach.codes import OutreachClock
        from waystation.web import navigation

        words.register(LOG)
        words.register_parts(PARTS)
        register(
            FollowUpKind(
                code=OutreachClock.ROUND.value,
                says=OutreachClock.ROUND.label,
                page="outreach:round",
                permission="outreach.go",
            )
        )
        register(
            FollowUpKind(
                code=OutreachClock.VISIT.value,
                says=OutreachClock.VISIT.label,
                page="outreach:doors",
                of_one=False,
                permission="outreach.plan",
            )
        )
        navigation.add(
            navigation.Entry(
                label=_("Rounds"),
                url="outreach:rounds",
                permission="outreach.go",
                order=50,
                group="post",
                says=_("Going where people work, rest and pass; who opens doors, and what people fear."),
            )
        )


PARTS: dict[str, Any] = {
    "outreach_door": _("who opens doors for us"),
    "outreach_place": _("a place where people are"),
    "outreach_round": _("what a round is for"),
}
LOG: dict[str, Any] = {
    "outreach.door": _("Wrote down who opens a door for us"),
    "outreach.look_in": _("Looked in on who opens a door for us"),
    "outreach.pause_door": _("Recorded that somebody opens no door for now"),
    "outreach.place": _("Wrote down where people are"),
    "outreach.plan": _("Planned a round"),
    "outreach.set_out": _("Set out on a round"),
    "outreach.end": _("Came back from a round"),
    "outreach.call_off": _("Called a round off"),
}
