"""The day of a post."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TallyConfig(AppConfig):
    """Declares permissions, words, a clock, and entries under More."""

    name = "waystation.casework.tally"
    label = "tally"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework import clocks
        from waystation.casework.tally import keeping, policies  # noqa: F401 - declares permissions
        from waystation.web import navigation

        words.register(LOG)
        clocks.register(keeping.CLOCK)
        for entry in (
            navigation.Entry(
                label=_("The day's tally"),
                url="tally:day",
                permission="tally.view",
                order=44,
                group="post",
                says=_("When the post was open, who was served without a name, and the weeks before."),
            ),
            navigation.Entry(
                label=_("Count without a line"),
                url="tally:phone",
                permission="casework.count",
                order=45,
                group="post",
                says=_("For a phone: counts stay on it until there is a line, and count once."),
            ),
        ):
            navigation.add(entry)


LOG: dict[str, Any] = {
    "tally.open": _("Opened a post for the day"),
    "tally.close": _("Closed a post for the day"),
    "tally.not_opened": _("Said that a post is not opened"),
    "tally.reopen": _("Opened a post again that was closed for the day"),
    "tally.count": _("Counted people without a name, with what they were given"),
    "tally.take_back": _("Took a count and what was given back"),
}
