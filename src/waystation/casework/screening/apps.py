"""Screening: what makes someone easy to harm."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScreeningConfig(AppConfig):
    """Declares permissions, words, panels and clocks."""

    name = "waystation.casework.screening"
    label = "screening"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework.followups.kinds import FollowUpKind, register
        from waystation.casework.screening import erasure, panels, policies  # noqa: F401 - declares permissions
        from waystation.casework.screening.codes import Screened

        words.register(LOG)
        words.register_parts(PARTS)
        panels.declare()
        erasure.declare()
        for kind in Screened:
            url = PAGES.get(kind, "screening:screening")
            register(FollowUpKind(code=kind.value, says=kind.label, page=url, permission="screening.work"))


PAGES = {"screening.again": "screening:begin", "screening.signs": "screening:sign"}
PARTS: dict[str, Any] = {
    "screening_screening": _("what a talk about danger began with and came to"),
    "screening_domainview": _("what was found in one part of such a talk"),
    "screening_signs": _("signs passed on to protection"),
}
LOG: dict[str, Any] = {
    "screening.begin": _("Began a talk about what puts a person in danger"),
    "screening.rate": _("Wrote down a part of such a talk"),
    "screening.finish": _("Finished such a talk"),
    "screening.stop": _("Stopped such a talk, as the person wished"),
    "screening.signs": _("Passed on signs to protection"),
}
