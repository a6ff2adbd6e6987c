"""The disparity report."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisparityConfig(AppConfig):
    """Declares its permission, words, and the entry under More."""

    name = "waystation.casework.disparity"
    label = "disparity"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework.disparity import policies  # noqa: F401 - declares permissions
        from waystation.web import navigation

        words.register(LOG)
        navigation.add(
            navigation.Entry(
                label=_("Alike for everyone?"),
                url="disparity:report",
                permission="disparity.view",
                order=10,
                group="overview",
                says=_("Who is accepted, who waits, how cases end: by sex, age, origin and language."),
            )
        )


LOG: dict[str, Any] = {"disparity.view": _("Looked at whether help comes to everyone alike")}
