"""Handovers: one person's help goes on with another organisation."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HandoverConfig(AppConfig):
    """Declares permissions, words, kinds of messages, panels, clocks, and the entry under More."""

    name = "waystation.casework.handover"
    label = "handover"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework import clocks
        from waystation.casework.cases import guards as of_cases
        from waystation.casework.files import keeping as of_files
        from waystation.casework.followups.kinds import FollowUpKind, register
        from waystation.casework.handover import erasure, giving, guards, keeping, messages, notices, panels, policies  # noqa: F401
        from waystation.casework.handover.codes import OF_OFFERS, HandoverClock
        from waystation.casework.handover.enclosures import keeping as enclosures
        from waystation.people import permission
        from waystation.web import navigation

        words.register(LOG)
        words.register_reasons(REASONS)
        words.register_parts(PARTS)
        messages.declare()
        panels.declare()
        erasure.declare()
        clocks.register(keeping.CLOCK)
        clocks.register(enclosures.CLOCK)
        clocks.register_block(enclosures.COMING)
        of_files.register_owner(enclosures.owned)
        clocks.register_block(keeping.ON_ITS_WAY)
        of_cases.register(guards.against)
        permission.when_withdrawn(giving.consent_withdrawn)
        for kind in HandoverClock:
            page = "handover:offered" if kind in OF_OFFERS else "handover:given"
            register(FollowUpKind(code=kind.value, says=kind.label, page=page, permission="handover.work"))
        for one in notices.NOTICES:
            register(one.kind)
        navigation.add(
            navigation.Entry(
                label=_("Offered to us"),
                url="handover:offers",
                permission="handover.view",
                order=42,
                group="people",
                says=_("Cases that other organisations ask us to take over."),
            )
        )
        navigation.add(
            navigation.Entry(
                label=_("Handed over"),
                url="handover:given-list",
                permission="handover.view",
                order=44,
                group="people",
                says=_("Cases that we ask other organisations to take over, and who is responsible now."),
            )
        )


PARTS: dict[str, Any] = {
    "handover_given": _("what may be told in a handover"),
    "handover_offered": _("what an offer of another organisation says"),
    "handover_correction": _("a correction of another organisation"),
    "handover_enclosurecoming": _("a paper or picture that another organisation sends along"),
}
REASONS: dict[str, Any] = {
    "unknown-handover": _("about a handover that is not known here"),
    "recalled": _("the person took the consent back"),
    "not-announced": _("about a file that no handover names"),
}
LOG: dict[str, Any] = {
    "handover.begin": _("Began to hand a case over"),
    "handover.give.agree": _("Recorded that a person agreed to a handover"),
    "handover.give.revoke": _("A consent was taken back: its handover was stopped"),
    "handover.give.offer": _("Offered a case to another organisation, without a name"),
    "handover.give.accept": _("Another organisation accepted a case"),
    "handover.give.refuse": _("Another organisation refused a case"),
    "handover.give.send": _("Sent what was agreed to another organisation"),
    "handover.give.take": _("Another organisation has taken a case over"),
    "handover.give.back": _("Another organisation gave a case back"),
    "handover.give.withdraw": _("Took an offer of a case back"),
    "handover.give.fail": _("A handover did not reach the other organisation"),
    "handover.take.accept": _("Accepted a case of another organisation"),
    "handover.take.refuse": _("Refused a case of another organisation"),
    "handover.take.take": _("Took a case over from another organisation"),
    "handover.take.give_back": _("Gave a case back to another organisation"),
    "handover.take.confirm": _("Another organisation has a case again that was given back"),
    "handover.take.keep": _("A case given back could not be taken back"),
    "handover.take.lose": _("Accepted a case too late"),
    "handover.take.withdraw": _("Another organisation took its offer back"),
    "handover.heard.offer": _("Another organisation offered a case"),
    "handover.heard.ask": _("Another organisation asked about an offer"),
    "handover.heard.reply": _("Another organisation answered a question"),
    "handover.heard.recall": _("Another organisation told that a consent was taken back"),
    "handover.heard.correct": _("Another organisation sent a correction"),
    "handover.heard.feedback": _("Another organisation told how a person fares"),
    "handover.heard.withdraw": _("An offer was taken back before it came"),
    "handover.ask": _("Asked about an offer of another organisation"),
    "handover.reply": _("Answered a question about an offer"),
    "handover.correct": _("Sent a correction to another organisation"),
    "handover.correction.use": _("Took a correction over"),
    "handover.correction.leave": _("Left a correction aside"),
    "handover.news": _("Told another organisation how a person fares"),
    "handover.enclosure.keep": _("A paper that went along has arrived whole"),
    "handover.enclosure.wrong": _("A paper did not arrive as it was sent"),
    "handover.enclosure.fail": _("A paper that went along did not arrive whole"),
    "handover.enclosure.stop": _("A paper on its way was stopped"),
    "handover.recall": _("A consent was taken back after a handover"),
    "handover.seen_to": _("Saw to what was left of a handover"),
    "handover.untold": _("Could not tell another organisation that an offer was taken back"),
}
