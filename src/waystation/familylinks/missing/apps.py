"""Missing on the way and the dead."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MissingConfig(AppConfig):
    """Declares permissions, words, the panel on tracing requests, clocks, and entries under More."""

    name = "waystation.familylinks.missing"
    label = "missing"

    def ready(self) -> None:
        """Connect this noun with the others."""
        from waystation.audit import words
        from waystation.casework import clocks
        from waystation.casework.followups.kinds import FollowUpKind, register
        from waystation.familylinks.missing import erasure, keeping, panels, policies  # noqa: F401 - permissions
        from waystation.familylinks.missing.codes import MissingClock
        from waystation.familylinks.tracing.queries import numbers
        from waystation.web import navigation

        words.register(LOG)
        words.register_parts(PARTS)
        panels.declare()
        erasure.declare()
        for one in keeping.CLOCKS:
            clocks.register(one)
        for kind in MissingClock:
            page, permission = OF_CLOCK[kind]
            kind_of = FollowUpKind(code=kind.value, says=kind.label, page=page, permission=permission, names=numbers)
            register(kind_of)
        navigation.add(
            navigation.Entry(
                label=pgettext_lazy("people", "Missing on the way"),
                url="missing:totals",
                permission="missing.view",
                order=32,
                group="overview",
                says=_("Where people died or went missing on a route, by year, route and cause."),
            )
        )
        navigation.add(
            navigation.Entry(
                label=_("Families who wait"),
                url="missing:owed",
                permission="missing.work",
                order=44,
                group="people",
                says=_("Families of missing people who are to hear from us, and when."),
            )
        )


OF_CLOCK = {
    "missing.update": ("missing:of", "missing.work"),
    "missing.tell": ("missing:may", "missing.notify"),
}
"""Where the work of each clock is done, and who does it."""
PARTS: dict[str, Any] = {
    "missing_aboard": _("who was aboard"),
    "missing_unidentifiedbody": _("somebody found dead"),
    "missing_antemortem": _("what a family tells of a missing person"),
    "missing_hypothesis": _("a hypothesis about a missing person"),
    "missing_contactplan": _("how a family is kept told"),
    "missing_telling": _("the telling of a death"),
}
LOG: dict[str, Any] = {
    "missing.take": _("Read a file about people who died or went missing on routes"),
    "missing.record": _("Wrote down what happened on a route"),
    "missing.correct": _("Corrected what happened on a route"),
    "missing.aboard": _("Wrote down who was aboard"),
    "missing.aboard_mended": _("Mended what is known of somebody who was aboard"),
    "missing.outcome": _("Recorded what became of somebody who was aboard"),
    "missing.body": _("Described somebody found dead"),
    "missing.body_mended": _("Mended the description of somebody found dead"),
    "missing.ante_mortem": _("Wrote down what a family tells of a missing person"),
    "missing.raise": _("Raised a hypothesis about a missing person"),
    "missing.examine": _("Began to examine a hypothesis about a missing person"),
    "missing.reject": _("Held a hypothesis about a missing person unlikely"),
    "missing.support": _("Held a hypothesis about a missing person supported"),
    "missing.confirm": _("Took up what a forensic authority confirmed"),
    "missing.doubt": _("Put a hypothesis about a missing person in doubt again"),
    "missing.plan": _("Agreed with a family how they are kept told"),
    "missing.asked": _("Recorded that a family wishes to hear sooner"),
    "missing.told": _("Told a family of a missing person where things stand"),
    "missing.plan_telling": _("Planned how a family is told of a death"),
    "missing.tell": _("Told a family that somebody has died"),
    "missing.call_off": _("Called off that a family is told of a death"),
}
