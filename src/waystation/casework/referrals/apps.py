"""Referrals: asking someone else to help."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferralsConfig(AppConfig):
    """Declares permissions, words, panels, clocks, and the entry under More."""

    name = "waystation.casework.referrals"
    label = "referrals"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework.followups.kinds import register_all
        from waystation.casework.referrals import erasure, panels, policies, road  # noqa: F401 - declares permissions
        from waystation.casework.referrals.codes import ReferralClock
        from waystation.people import permission
        from waystation.web import navigation

        words.register(LOG)
        words.register_reasons({"unknown-referral": _("about a referral that is not known here")})
        words.register_parts({"referrals_referral": _("what a referral says")})
        panels.declare()
        erasure.declare()
        permission.when_withdrawn(road.consent_withdrawn)
        navigation.add(
            navigation.Entry(
                label=_("Referrals"),
                url="referrals:referrals",
                permission="referrals.view",
                order=40,
                group="people",
                says=_("Who was asked to help, and what came of it."),
            )
        )
        register_all(ReferralClock, page="referrals:referral", permission="referrals.work")


LOG: dict[str, Any] = {
    "referrals.draft": _("Began a referral"),
    "referrals.write": _("Changed a referral"),
    "referrals.consent": _("Recorded that a person agreed to a referral"),
    "referrals.send": _("Sent a referral"),
    "referrals.acknowledge": _("Recorded that a referral was received"),
    "referrals.will": _("Another organisation would help"),
    "referrals.tell": _("Told another organisation what a person agreed to"),
    "referrals.accept": _("Recorded that a referral was accepted"),
    "referrals.decline": _("Recorded that a referral was declined"),
    "referrals.start": _("Recorded that a partner's help has begun"),
    "referrals.complete": _("Recorded that a partner's help was given"),
    "referrals.fail": _("Recorded that a referral did not work out"),
    "referrals.feedback": _("Recorded what a person says of a referral"),
    "referrals.withdraw": _("A consent was taken back: its referral was stopped"),
    "referrals.close": _("Closed a referral"),
    "referrals.escalate": _("Put a referral without answer before a coordinator"),
    "referrals.reply": _("Answered a question about a referral"),
    "referrals.heard.ask": _("Another organisation asked about a referral"),
    "referrals.untold": _("Could not tell another organisation that a referral was taken back"),
}
