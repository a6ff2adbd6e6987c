"""Asking the road."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AskingConfig(AppConfig):
    """Declares permissions, words, kinds of messages, a panel, clocks, what needs two, and an entry under More."""

    name = "waystation.familylinks.asking"
    label = "asking"

    def ready(self) -> None:
        """Connect this noun with the others."""
        from waystation.audit import words
        from waystation.casework import clocks
        from waystation.casework.followups.kinds import FollowUpKind, register
        from waystation.familylinks.asking import (  # noqa: F401 - declares permissions
            approvals,
            deciding,
            erasure,
            keeping,
            messages,
            panels,
            policies,
        )
        from waystation.familylinks.asking.codes import AskingClock
        from waystation.people import permission
        from waystation.web import navigation

        words.register(LOG)
        words.register_reasons(REASONS)
        words.register_parts(PARTS)
        messages.declare()
        panels.declare()
        erasure.declare()
        approvals.declare()
        permission.when_withdrawn(deciding.consent_withdrawn)
        for one in keeping.CLOCKS:
            clocks.register(one)
        for kind, page, may in WORK:
            names = panels.askers if kind == AskingClock.DECIDE else None
            register(FollowUpKind(code=kind, says=AskingClock(kind).label, page=page, permission=may, names=names))
        navigation.add(
            navigation.Entry(
                label=_("Who may be looked for"),
                url="asking:claims",
                permission="asking.answer",
                order=50,
                group="people",
                says=_("People of our book whom other nodes may be looking for, and who may be found here."),
            )
        )


WORK = (
    ("asking.decide", "asking:claim", "asking.answer"),
    ("asking.read", "asking:word", "asking.ask"),
    ("asking.suspended", "asking:suspect", "asking.publish"),
)
"""What is to be done: its clock, the page where, who may."""
PARTS: dict[str, Any] = {
    "asking_ownpublication": _("the key of a publication"),
    "asking_owntags": _("whose tags are whose"),
    "asking_question": _("what hides a question on the road"),
    "asking_word": _("words of a person sought"),
    "asking_answered": _("what was written when another node may look for a person"),
    "asking_claim": _("what was written when another node may look for a person"),
    "asking_bars": _("by whom a person never wants to be found"),
}
REASONS: dict[str, Any] = {
    "publication-over": _("about a publication that is over"),
    "quota-spent": _("after more questions than such a table answers"),
    "asking-suspended": _("of a node whose questions are answered no more"),
    "not-of-circle": _("for a circle to which not both organisations belong"),
    "wrong-publication": _("holding a publication that is not as it must be"),
    "no-sodium": _("while a library is missing"),
    "at-quota": _("it asked as much as it may on three days running"),
    "no-claims": _("it asked much in a month, and hardly anybody was meant"),
}
LOG: dict[str, Any] = {
    "asking.ask": _("Asked the road about a person sought"),
    "asking.stop_asking": _("Asked the road no more about a person sought"),
    "asking.allow": _("Allowed more questions on the road than usual"),
    "asking.keep_back": _("Did not allow more questions on the road than usual"),
    "asking.tell": _("Told an enquirer the words of a person sought"),
    "asking.publish": _("Let people who said yes be found through a circle"),
    "asking.made": _("Made a publication of people who may be found"),
    "asking.stop": _("Let nobody be found through a circle any more"),
    "asking.suspend": _("Answers a node's questions no more"),
    "asking.lift": _("Answers a node's questions again"),
    "asking.claim_ask": _("Recorded that a person found by the road is being asked"),
    "asking.dismiss": _("Found that another node looks for somebody else"),
    "asking.agree": _("A person sent words to the family"),
    "asking.decline": _("A person does not wish to be found by who asks"),
    "asking.lapse": _("A person could not be asked in time whether they wish to be found"),
    "asking.heard.published": _("Another node published whom one may ask it about"),
    "asking.heard.query": _("Another node asked blindly"),
    "asking.heard.answer": _("Another node answered a question on the road"),
    "asking.heard.forged": _("Another node's answer was not made with its published key"),
    "asking.heard.claim": _("Another node said by tags whom it may mean, or nobody"),
    "asking.heard.word": _("Words of a person sought came"),
    "asking.heard.warning": _("Another node warned of one that tries out names"),
}
