"""Safety: risks, plans to stay safe, time to think."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafetyConfig(AppConfig):
    """Declares permissions, words, panels, clocks, guards, and the entry under More."""

    name = "waystation.casework.safety"
    label = "safety"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework import clocks
        from waystation.casework.cases import guards as of_cases
        from waystation.casework.followups.kinds import FollowUpKind, register
        from waystation.casework.safety import (  # noqa: F401 - declares permissions
            erasure,
            guards,
            keeping,
            panels,
            policies,
        )
        from waystation.casework.safety.actions import times
        from waystation.casework.safety.codes import SafetyClock
        from waystation.people import permission
        from waystation.web import navigation

        words.register(LOG)
        words.register_parts(PARTS)
        panels.declare()
        erasure.declare()
        clocks.register(keeping.CLOCK)
        of_cases.register(guards.against)
        of_cases.when_opened(times.when_opened)
        permission.register_objection(guards.own_yes)
        navigation.add(
            navigation.Entry(
                label=_("Risks on the road"),
                url="safety:figures",
                permission="safety.figures",
                order=30,
                group="overview",
                says=_("What people lived through and fear, by part of the road, without names."),
            )
        )
        for kind in SafetyClock:
            url = OF_CASE if kind in {SafetyClock.PLAN, SafetyClock.OFFER, SafetyClock.TIME_ENDS} else OF_PERSON
            register(FollowUpKind(code=kind.value, says=kind.label, page=url, permission="safety.work"))


OF_CASE, OF_PERSON = "safety:of-case", "safety:person"


PARTS: dict[str, Any] = {
    "safety_riskevent": _("what a person lived through or fears"),
    "safety_safetyplan": _("a plan to stay safe"),
    "safety_timetothink": _("what was said about time to think"),
}
LOG: dict[str, Any] = {
    "safety.risk": _("Wrote down what a person lived through or fears"),
    "safety.risk_corrected": _("Wrote anew what a person lived through or fears"),
    "safety.risk_struck": _("Struck out what stood there about a risk"),
    "safety.write": _("Wrote a safety plan"),
    "safety.read_back": _("Read a safety plan back"),
    "safety.refuse": _("Recorded that a person wants no safety plan"),
    "safety.look_again": _("Looked at a safety plan together again"),
    "safety.end": _("Recorded that a safety plan is no longer needed"),
    "safety.print": _("Printed a safety plan, as the person wished"),
    "safety.time_offered": _("Offered time to think"),
    "safety.time_accepted": _("Recorded that a person wants time to think"),
    "safety.time_declined": _("Recorded that a person does not want time to think"),
    "safety.time_started": _("Let time to think begin"),
    "safety.time_lengthened": _("Made time to think longer"),
    "safety.time_ended": _("Ended time to think"),
    "safety.figures": _("Looked at risks on the road in numbers"),
}
