"""Retention: how long everything is kept, what is sealed away, what stands against it, and who asked for it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    """Declares permissions, clocks, panels, what two decide, and the entries of the page "More"."""

    name = "waystation.casework.retention"
    label = "retention"

    def ready(self) -> None:
        """Connect this room with the others."""

        from waystation.audit import words
        from waystation.casework.followups.kinds import FollowUpKind, register
        from waystation.casework.retention import (
            approvals,
            erasure,
            own_clocks,
            panels,
            policies,  # noqa: F401 - declares permissions
        )
        from waystation.casework.retention.actions.holding import WISH
        from waystation.casework.retention.words import LOG, PARTS
        from waystation.web import navigation
        from waystation.web.navigation import Entry

        kind = FollowUpKind(
            code=WISH,
            says=_("Erase, as the person asked: the hold is over"),
            page="people:erase",
            permission="retention.review",
        )
        register(kind)
        words.register(LOG)
        words.register_parts(PARTS)
        words.register_reasons({one.code: one.says for one in own_clocks.CLOCKS})
        own_clocks.declare()
        erasure.declare()
        approvals.declare()
        panels.declare()
        for place, (label, url, permission, says) in enumerate(ENTRIES, 60):
            navigation.add(Entry(label=label, url=url, permission=permission, order=place, group="keeping", says=says))


ENTRIES = (
    (
        _("Due for review"),
        "retention:due",
        "retention.review",
        _("Records whose time is over: keep, seal away, or ask to erase."),
    ),
    (
        _("How long records are kept"),
        "retention:clocks",
        "retention.clocks",
        _("The clock of every kind of record."),
    ),
    (
        _("Sealed away"),
        "retention:away",
        "retention.bring-back",
        _("Records that only the organisation's offline key opens."),
    ),
    (
        _("Proofs of erasure"),
        "retention:proofs",
        "retention.proofs",
        _("A page without a name, for a person whose record was erased."),
    ),
    (
        _("An authority asks"),
        "retention:add-request",
        "retention.record-request",
        _("Write down what police, border or court asked for. It is refused."),
    ),
    (
        _("What authorities asked"),
        "retention:requests",
        "retention.requests",
        _("Every request, what was answered, and whether the person knows."),
    ),
)
