"""Tracing requests."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TracingConfig(AppConfig):
    """Declares permissions, words, panels, clocks, and the entry in the frame."""

    name = "waystation.familylinks.tracing"
    label = "tracing"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework.followups.kinds import register_all
        from waystation.familylinks.tracing import erasure, panels, policies  # noqa: F401 - declares permissions
        from waystation.familylinks.tracing.codes import TracingClock
        from waystation.web import navigation

        words.register(LOG)
        words.register_parts(PARTS)
        panels.declare()
        erasure.declare()
        register_all(TracingClock, page="tracing:request", permission="tracing.work")
        navigation.add(
            navigation.Entry(label=_("Family links"), url="tracing:requests", permission="tracing.work", order=25)
        )


PARTS: dict[str, Any] = {
    "tracing_tracingrequest": _("whom a person looks for"),
    "tracing_told": _("what an enquirer was told"),
}
LOG: dict[str, Any] = {
    "tracing.open": _("Wrote down that a person looks for somebody"),
    "tracing.rewrite": _("Changed what is known of a person sought"),
    "tracing.take": _("Took over a tracing request"),
    "tracing.tell": _("Recorded what an enquirer was told"),
    "tracing.assess": _("Assessed a tracing request"),
    "tracing.accept": _("Took up a tracing request"),
    "tracing.refuse": _("Did not take up a tracing request"),
    "tracing.send": _("Recorded that a tracing request went to another society"),
    "tracing.search": _("Began to look for a person sought"),
    "tracing.propose": _("Somebody may be a person sought"),
    "tracing.verify": _("Began to verify whether somebody is the person sought"),
    "tracing.go-on": _("Goes on looking for a person sought"),
    "tracing.find": _("A person sought was found, and agreed to be in touch"),
    "tracing.find-dead": _("Recorded that a person sought has died"),
    "tracing.give-up": _("Found no trace of a person sought"),
    "tracing.close": _("Closed a tracing request"),
    "tracing.reopen": _("Looks again for a person sought"),
}
