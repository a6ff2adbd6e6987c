"""Families who are brought together."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReunificationConfig(AppConfig):
    """Declares permissions, words, panels, clocks, what goes with a person, and the entry under More."""

    name = "waystation.familylinks.reunification"
    label = "reunification"

    def ready(self) -> None:
        """Connect this noun with the others."""
        from waystation.audit import words
        from waystation.casework.followups.kinds import register_all
        from waystation.familylinks.reunification import (  # noqa: F401 - declares permissions
            actions,
            erasure,
            panels,
            policies,
        )
        from waystation.familylinks.reunification.codes import ReunionClock
        from waystation.people import permission
        from waystation.web import navigation

        words.register(LOG)
        words.register_parts(PARTS)
        panels.declare()
        erasure.declare()
        permission.when_withdrawn(actions.when_withdrawn)
        register_all(ReunionClock, page="reunification:pair", permission="reunification.work")
        navigation.add(
            navigation.Entry(
                label=_("Bringing families together"),
                url="reunification:pairs",
                permission="reunification.work",
                order=54,
                group="people",
                says=_("Who wants to live with whom again, and how far it is."),
            )
        )


PARTS: dict[str, Any] = {
    "reunification_reunification": _("what is known of a family being brought together"),
    "reunification_reunificationstep": _("what was said at a step of bringing a family together"),
    "reunification_agreement": _("how somebody said yes to living with the family"),
}
LOG: dict[str, Any] = {
    "reunification.open": _("Began to bring a family together"),
    "reunification.rewrite": _("Changed what is known of a family being brought together"),
    "reunification.proof": _("Wrote down what shows that two people are family"),
    "reunification.yes": _("Wrote down that somebody wants to live with the family"),
    "reunification.print": _("Printed the sheet of a family being brought together"),
    "reunification.prove": _("Recorded that two people are shown to be family"),
    "reunification.agree": _("Both of a family want to live together"),
    "reunification.weigh": _("Recorded that a reunion was found best for a child"),
    "reunification.submit": _("Recorded that a reunion was brought before an authority"),
    "reunification.grant": _("Recorded that an authority allowed a reunion"),
    "reunification.refuse": _("Recorded that an authority did not allow a reunion"),
    "reunification.appeal": _("Recorded that a reunion was brought before the authority again"),
    "reunification.arrange": _("Arranged the journey of a family"),
    "reunification.meet": _("Recorded that a family is together again"),
    "reunification.follow": _("Asked a family how it goes since they are together"),
    "reunification.withdraw": _("Recorded that somebody no longer wants to live with the family"),
    "reunification.close": _("Closed the work on bringing a family together"),
}
