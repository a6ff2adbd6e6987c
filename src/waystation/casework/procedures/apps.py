"""Procedures: what is being done with an office or a court, and by when."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    """Declares permissions, words, panels, clocks, what a legal case waits for, and the entry under More."""

    name = "waystation.casework.procedures"
    label = "procedures"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework.cases import guards as of_cases
        from waystation.casework.followups.kinds import register_all
        from waystation.casework.procedures import (
            erasure,
            guards,
            keeping,
            panels,
            policies,  # noqa: F401 - declares permissions
        )
        from waystation.casework.procedures.codes import ProcedureClock
        from waystation.web import navigation

        words.register(LOG)
        words.register_parts(PARTS)
        panels.declare()
        erasure.declare()
        keeping.declare()
        of_cases.register(guards.against)
        navigation.add(
            navigation.Entry(
                label=_("Days not to be missed"),
                url="procedures:days",
                permission="procedures.work",
                order=45,
                group="people",
                says=_("Appeals, hearings, interviews: what comes when, for whom."),
            )
        )
        register_all(ProcedureClock, page="procedures:of-day", permission="procedures.work")


PARTS: dict[str, Any] = {
    "procedures_procedure": _("what a procedure says"),
    "procedures_day": _("a day that must not be missed"),
}
LOG: dict[str, Any] = {
    "procedures.open": _("Began to follow a procedure"),
    "procedures.write": _("Changed what a procedure says"),
    "procedures.lodge": _("Recorded that something was lodged"),
    "procedures.register": _("Recorded that a procedure was registered"),
    "procedures.summon": _("Recorded that an interview was set"),
    "procedures.hear": _("Recorded that a person was heard"),
    "procedures.decide": _("Recorded that something was decided"),
    "procedures.appeal": _("Recorded that an appeal was lodged"),
    "procedures.end": _("Recorded that a procedure is over"),
    "procedures.step_back": _("Took a step of a procedure back"),
    "procedures.represent": _("Recorded who represents a person"),
    "procedures.unrepresented": _("Recorded that nobody represents a person any more"),
    "procedures.interpret": _("Recorded who interprets in a procedure"),
    "procedures.hand": _("Handed a procedure to a colleague"),
    "procedures.day": _("Wrote down a day that must not be missed"),
    "procedures.day_moved": _("Corrected or moved a day"),
    "procedures.day_keep": _("Recorded that a day was kept"),
    "procedures.day_miss": _("Recorded that a day was missed"),
    "procedures.day_call_off": _("Recorded that a day was called off"),
    "procedures.day_again": _("Opened a day again"),
    "procedures.day_seen_to": _("Saw to a day ahead of time"),
    "procedures.export": _("Kept the list of days as a file"),
}
