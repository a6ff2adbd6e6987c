"""Referrals to us: another organisation asks us to help somebody with one thing."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AskedConfig(AppConfig):
    """Declares permissions, words, kinds of messages, clocks, and the entry under More."""

    name = "waystation.casework.asked"
    label = "asked"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework import clocks
        from waystation.casework.asked import erasure, keeping, messages, policies  # noqa: F401 - declares permissions
        from waystation.casework.asked.codes import AskedClock
        from waystation.casework.followups.kinds import register_all
        from waystation.web import navigation

        words.register(LOG)
        words.register_parts({"asked_asked": _("what another organisation asks of us")})
        messages.declare()
        erasure.declare()
        clocks.register(keeping.CLOCK)
        register_all(AskedClock, page="asked:one", permission="asked.work")
        navigation.add(
            navigation.Entry(
                label=_("Referred to us"),
                url="asked:asked",
                permission="asked.view",
                order=43,
                group="people",
                says=_("People whom other organisations ask us to help with one thing."),
            )
        )


LOG: dict[str, Any] = {
    "asked.accept": _("Said that we would help somebody referred to us"),
    "asked.decline": _("Declined a referral of another organisation"),
    "asked.tell": _("Registered somebody referred to us"),
    "asked.start": _("Said that our help has begun"),
    "asked.complete": _("Said that our help was given"),
    "asked.fail": _("Said that our help did not work out"),
    "asked.lose": _("Answered a referral too late"),
    "asked.withdraw": _("Another organisation took its referral back"),
    "asked.ask": _("Asked about a referral of another organisation"),
    "asked.feedback": _("Told another organisation what a person says of our help"),
    "asked.seen_to": _("Saw to what was left of a referral taken back"),
    "asked.untold": _("Could not answer a referral of another organisation"),
    "asked.heard.offer": _("Another organisation referred somebody to us"),
    "asked.heard.reply": _("Another organisation answered a question about its referral"),
    "asked.heard.withdraw": _("A referral was taken back before it came"),
}
