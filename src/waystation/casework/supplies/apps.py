"""Supplies: what a post has to give out."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SuppliesConfig(AppConfig):
    """Declares permissions, words, clocks, what a closing post hands over, and an entry under More."""

    name = "waystation.casework.supplies"
    label = "supplies"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework import clocks
        from waystation.casework.followups.kinds import FollowUpKind, register
        from waystation.casework.supplies import (
            keeping,
            policies,  # noqa: F401 - declares permissions
            queries,
        )
        from waystation.casework.supplies.codes import SupplyClock
        from waystation.organisations import closing
        from waystation.web import navigation

        words.register(LOG)
        for kind in SupplyClock:
            register(
                FollowUpKind(
                    code=kind.value,
                    says=kind.label,
                    page="supplies:item",
                    permission="supplies.manage",
                    names=queries.names,
                )
            )
        clocks.register(keeping.CLOCK)
        closing.register(closing.Kept(count=keeping.kept_at, says=keeping.in_words, hand_over=keeping.hand_over))
        navigation.add(
            navigation.Entry(
                label=_("Stock"),
                url="supplies:stock",
                permission="supplies.view",
                order=46,
                group="post",
                says=_("What is there to give out, what comes and goes, and what runs low."),
            )
        )


LOG: dict[str, Any] = {
    "supplies.item": _("Said what there is to give out"),
    "supplies.receipt": _("Received a delivery"),
    "supplies.issue": _("Gave something out of stock"),
    "supplies.sent": _("Sent something to another post"),
    "supplies.arrived": _("Received what another post sent"),
    "supplies.count": _("Counted what is on the shelf"),
    "supplies.loss": _("Wrote something off"),
    "supplies.take_back": _("Took a line of the stock book back"),
    "supplies.hand_over": _("Handed the stock of a closing post over"),
}
