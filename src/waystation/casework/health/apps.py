"""Health: contacts, screening, support, calls, the summary handed on."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HealthConfig(AppConfig):
    """Declares permissions, words, panels, clocks, and entries under More."""

    name = "waystation.casework.health"
    label = "health"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework import clocks
        from waystation.casework.followups.kinds import FollowUpKind, register
        from waystation.casework.health import erasure, keeping, panels, policies  # noqa: F401 - declares permissions
        from waystation.casework.health.codes.care import HealthClock
        from waystation.web import navigation

        words.register(LOG)
        words.register_parts(PARTS)
        panels.declare()
        erasure.declare()
        for one in keeping.CLOCKS:
            clocks.register(one)
        for kind in HealthClock:
            unseen = kind == HealthClock.UNSEEN
            register(
                FollowUpKind(
                    code=kind.value,
                    says=kind.label,
                    page=PAGES[kind.value],
                    permission="health.unseen" if unseen else "health.work",
                    only_when_late=unseen,
                )
            )
        for entry in _entries():
            navigation.add(entry)


def _entries() -> list[Any]:
    from waystation.web.navigation import Entry

    return [
        Entry(
            label=_("Health and support"),
            url="health:desk",
            permission="health.work",
            order=40,
            group="post",
            says=_("Who was called for, what was done today, sessions with groups."),
        ),
        Entry(
            label=_("Screened and treated"),
            url="health:coverage",
            permission="health.coverage",
            order=30,
            group="overview",
            says=_("How many were asked, tested and treated, by place and disease, without a name."),
        ),
    ]


PAGES = {
    "health.step": "health:screening",
    "health.again": "health:found",
    "health.talk": "health:found",
    "health.lent": "health:found",
    "health.call": "health:called",
    "health.plan": "health:called",
    "health.unseen": "health:call",
}
PARTS: dict[str, Any] = {
    f"health_{table}": _("what is written about health")
    for table in (
        "call", "callwords", "contact", "diseasescreening", "lent", "line", "received", "session",
    )
}  # fmt: skip
LOG: dict[str, Any] = {
    "health.contact": _("Wrote down that somebody was seen about their health"),
    "health.lend": _("Wrote down something lent or given"),
    "health.lent": _("Said what became of something lent"),
    "health.screening": _("Asked somebody about a screening for disease"),
    "health.screening_step": _("Wrote down a step of a screening"),
    "health.session": _("Wrote down a session of support"),
    "health.call": _("Called health staff to somebody"),
    "health.see": _("Went to somebody for whom health staff were called"),
    "health.plan": _("Made a plan with somebody"),
    "health.close": _("Closed a call to health staff"),
    "health.line": _("Wrote a line of a health summary"),
    "health.line_end": _("Ended a line of a health summary"),
    "health.received": _("Read a health summary of another post"),
    "health.coverage": _("Looked at how many were screened"),
}
