"""The road between nodes."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from waystation.exchange.circles.problems import REFUSED


class ExchangeConfig(AppConfig):
    """Declares permissions, words and the exchange's own kinds; makes this node's keys at unlocking."""

    name = "waystation.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.exchange import identity, messages, policies, receipts, relaying  # noqa: F401 - declare
        from waystation.exchange.circles import messages as _circles  # noqa: F401 - declares
        from waystation.vault import node
        from waystation.web import navigation

        node.on_unlock(identity.ensure_at_unlock)
        words.register(LOG)
        words.register_reasons(REASONS)
        navigation.add(
            navigation.Entry(
                label=_("Other nodes"),
                url="exchange:nodes",
                permission="exchange.view",
                order=46,
                group="people",
                says=_("Organisations with whom sealed messages are exchanged: by the line or on a stick."),
            )
        )


LOG: dict[str, Any] = {
    "exchange.send": _("Sealed a message for another node"),
    "exchange.take_back": _("Took a message back before it left"),
    "exchange.take": _("Took a message of another node"),
    "exchange.meet": _("Wrote down another node"),
    "exchange.trust": _("Trusted another node"),
    "exchange.suspend": _("Suspended another node"),
    "exchange.route": _("Said who holds a node's mail"),
    "exchange.announce": _("Said where this node is reached"),
    "exchange.rotate": _("Made a new key for other nodes to seal to"),
    "exchange.carry_out": _("Put sealed messages on a stick"),
    "exchange.carry_in": _("Took sealed messages from a stick"),
    "exchange.circle_draft": _("Drafted a circle of organisations, or its next version"),
    "exchange.circle_take": _("Took a circle of organisations that another node tells of"),
    "exchange.circle_hold": _("Enough stewards have signed a version of a circle: it holds"),
    "exchange.circle_sign": _("Signed a circle of organisations as its steward"),
    "exchange.circle_join": _("Joined a circle of organisations"),
    "exchange.circle_leave": _("Left a circle of organisations"),
    "exchange.circle_tell": _("Sent a circle to its members again"),
    "exchange.circle_forget": _("Threw away a circle that does not bind this node"),
    "exchange.circle_drop": _("Threw away a version of a circle that does not hold"),
    "exchange.throw_away": _("Threw away a file that could not be taken"),
}
REASONS: dict[str, Any] = {
    "unknown-kind": _("of a kind this node does not know yet"),
    "too-much-unknown": _("of a kind this node does not know yet, and it keeps no more of such"),
    "undeclared-field": _("holding more than its kind declares"),
    "missing-field": _("holding less than its kind declares"),
    "wrong-circle": _("beginning what no circle of both organisations allows its sender now"),
    **{f"circle-{reason}": says for reason, says in REFUSED.items()},
    "wrong-field": _("holding something in another form than its kind declares"),
}
