"""Information requests: what another organisation knows of a person comes here when she wishes it."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    """Declares permissions, words, kinds of messages, a panel, clocks, and two entries under More."""

    name = "waystation.casework.requests"
    label = "requests"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework import clocks
        from waystation.casework.followups.kinds import FollowUpKind, register
        from waystation.casework.requests import (  # noqa: F401
            answering,
            asking,
            erasure,
            keeping,
            messages,
            panels,
            policies,
        )
        from waystation.casework.requests.codes import OF_THEIRS, RequestClock
        from waystation.people import permission
        from waystation.web import navigation

        words.register(LOG)
        words.register_reasons(REASONS)
        words.register_parts(PARTS)
        messages.declare()
        panels.declare()
        erasure.declare()
        for one in keeping.CLOCKS:
            clocks.register(one)
        permission.when_withdrawn(asking.consent_withdrawn)
        permission.when_withdrawn(answering.consent_withdrawn)
        for kind in RequestClock:
            page = "requests:theirs" if kind in OF_THEIRS else "requests:ours"
            register(FollowUpKind(code=kind.value, says=kind.label, page=page, permission="requests.work"))
        navigation.add(
            navigation.Entry(
                label=_("Asked of us"),
                url="requests:theirs-list",
                permission="requests.view",
                order=46,
                group="people",
                says=_("What other organisations wish to know of people who were helped here."),
            )
        )
        navigation.add(
            navigation.Entry(
                label=_("Asked by us"),
                url="requests:ours-list",
                permission="requests.view",
                order=48,
                group="people",
                says=_("What we ask other organisations about people whom they helped before."),
            )
        )


PARTS: dict[str, Any] = {
    "requests_ourrequest": _("what is asked of another organisation"),
    "requests_theirrequest": _("what another organisation asks, and whom it means"),
    "requests_found": _("what another organisation told"),
}
REASONS: dict[str, Any] = {
    "unknown-request": _("about a request that is not known here"),
    "too-many": _("after more questions than one organisation may ask"),
}
LOG: dict[str, Any] = {
    "requests.begin": _("Began to ask another organisation what it knows"),
    "requests.ours.agree": _("Recorded that a person agreed to a request"),
    "requests.ours.revoke": _("A consent was taken back: its request was stopped"),
    "requests.ours.ask": _("Asked another organisation, without a name"),
    "requests.ours.accept": _("Another organisation will look for what it knows"),
    "requests.ours.refuse": _("Another organisation does not look"),
    "requests.ours.name": _("Told another organisation how to find a person in its book"),
    "requests.ours.tell": _("Another organisation told what it knows"),
    "requests.ours.nothing": _("Another organisation had nothing to tell"),
    "requests.ours.withdraw": _("Took a request back"),
    "requests.ours.lapse": _("A request was not answered in time"),
    "requests.ours.fail": _("A request did not reach the other organisation"),
    "requests.theirs.accept": _("Said that we will look for what another organisation asks"),
    "requests.theirs.refuse": _("Declined a request of another organisation"),
    "requests.theirs.name": _("Another organisation said whom it means"),
    "requests.theirs.tell": _("Told another organisation what it asked"),
    "requests.theirs.nothing": _("Told another organisation that there is nothing to tell"),
    "requests.theirs.recall": _("A consent was taken back: what was to be told did not leave"),
    "requests.theirs.withdraw": _("Another organisation took its request back"),
    "requests.theirs.lose": _("Answered a request too late"),
    "requests.theirs.lapse": _("A request of another organisation ran out"),
    "requests.theirs.seen_to": _("Saw to what was left of a request"),
    "requests.heard.ask": _("Another organisation asked what we know"),
    "requests.heard.asked_back": _("Another organisation asked about a request"),
    "requests.heard.reply": _("Another organisation answered a question about its request"),
    "requests.heard.withdraw": _("A request was taken back before it came"),
    "requests.asked_back": _("Asked about a request of another organisation"),
    "requests.reply": _("Answered a question about a request"),
    "requests.found.use": _("Took over what another organisation told"),
    "requests.found.leave": _("Left aside what another organisation told"),
    "requests.let_go": _("A consent was taken back: what came and was not used was deleted"),
    "requests.recall": _("A consent was taken back after another organisation was told"),
    "requests.seen_to": _("Read what another organisation answered"),
    "requests.untold": _("Could not tell another organisation that a request had ended"),
}
