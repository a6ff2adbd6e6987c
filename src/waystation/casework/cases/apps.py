"""Cases: following one person over time."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """Declares permissions, words, panels, clocks, and the entry in the frame."""

    name = "waystation.casework.cases"
    label = "cases"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework.cases import erasure, panels, policies  # noqa: F401 - declares permissions
        from waystation.casework.cases.codes import CaseClock
        from waystation.casework.followups.kinds import register_all
        from waystation.web import navigation

        words.register(LOG)
        words.register_parts(PARTS)
        panels.declare()
        erasure.declare()
        navigation.add(navigation.Entry(label=_("Cases"), url="cases:cases", permission="cases.view", order=25))
        register_all(CaseClock, page="cases:case", permission="cases.work")


PARTS: dict[str, Any] = {
    "cases_case": _("what a case says"),
    "cases_goal": _("a goal of a plan"),
    "cases_note": _("a note of a case"),
    "cases_review": _("a question to a supervisor"),
}
LOG: dict[str, Any] = {
    "cases.open": _("Opened a case"),
    "cases.write": _("Changed what a case says"),
    "cases.assess": _("Began an assessment"),
    "cases.plan": _("Went on to the plan of a case"),
    "cases.serve": _("Began the help planned in a case"),
    "cases.implement": _("Said that all planned help was given"),
    "cases.close": _("Closed a case"),
    "cases.reopen": _("Opened a case again"),
    "cases.ask": _("Asked a supervisor to decide on a case"),
    "cases.decide.approve": _("Approved as supervisor of a case"),
    "cases.decide.return": _("Gave something back as supervisor of a case"),
    "cases.goal": _("Added a goal to a plan"),
    "cases.goal_state": _("Said what became of a goal"),
    "cases.note": _("Wrote a note in a case"),
    "cases.hand": _("Handed a case to a colleague"),
    "cases.reviewed": _("Looked at a plan together again"),
}
