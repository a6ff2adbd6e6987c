"""Missing on the way and the dead."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MissingConfig(AppConfig):
    """Declares permissions, words, and the entry under More."""

    name = "waystation.familylinks.missing"
    label = "missing"

    def ready(self) -> None:
        """Connect this noun with the others."""
        from waystation.audit import words
        from waystation.familylinks.missing import policies  # noqa: F401 - declares permissions
        from waystation.web import navigation

        words.register(LOG)
        navigation.add(
            navigation.Entry(
                label=_("Missing on the way"),
                url="missing:totals",
                permission="missing.view",
                order=32,
                group="overview",
                says=_("Where people died or went missing on a route, by year, route and cause."),
            )
        )


LOG: dict[str, Any] = {
    "missing.take": _("Read a file about people who died or went missing on routes"),
    "missing.record": _("Wrote down what happened on a route"),
    "missing.correct": _("Corrected what happened on a route"),
}
