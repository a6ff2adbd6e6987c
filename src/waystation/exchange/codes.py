"""States of peers and of what is sent, roads and clocks, as data (EXCHANGE.md section 2)."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.kernel.states import StateTable

KEY_LASTS = timedelta(days=30)
KEY_KEPT = timedelta(days=60)
"""After its last day, until the private half is destroyed: mail on a late stick can still be opened."""
GAP_OLD = timedelta(days=14)
GIVE_UP_AFTER = timedelta(days=90)
"""By then every key it may be sealed to is destroyed: nobody can open it any more."""
RELAYED_KEPT = timedelta(days=60)
KEPT = timedelta(days=400)
"""How long the list of what left and came goes back. By then the words of every handover that it carried are gone."""
MOST_CIRCLES, MOST_DRAFTS = 200, 8
"""Circles known, and versions of one that do not hold yet."""
MOST_HELD = 500
MOST_UNKNOWN_BYTES = 64 * 1024 * 1024
"""Of messages of one peer that are kept because nobody here knows their kind yet."""
MOST_RELAYED, MOST_RELAYED_BYTES = 10_000, 512 * 1024 * 1024


class PeerState(TextChoices):
    """Whether we hear a node."""

    MET = "met", _("Not trusted yet")
    TRUSTED = "trusted", _("Trusted")
    SUSPENDED = "suspended", _("Suspended")


class PeerAct(TextChoices):
    """What may be done with a peer."""

    TRUST = "trust", _("Trust this organisation")
    SUSPEND = "suspend", _("Suspend")


PEERS = StateTable(
    states=PeerState.values,
    first=PeerState.MET,
    steps=[
        (PeerAct.TRUST, (PeerState.MET, PeerState.SUSPENDED), PeerState.TRUSTED),
        (PeerAct.SUSPEND, (PeerState.MET, PeerState.TRUSTED), PeerState.SUSPENDED),
    ],
)


class CircleState(TextChoices):
    """Whether a circle binds this node."""

    APART = "apart", _("Not joined")
    JOINED = "joined", _("Joined")


class CircleAct(TextChoices):
    """What may be done with a circle as its member."""

    JOIN = "join", _("Join")
    LEAVE = "leave", _("Leave")


CIRCLES = StateTable(
    states=CircleState.values,
    first=CircleState.APART,
    steps=[
        (CircleAct.JOIN, CircleState.APART, CircleState.JOINED),
        (CircleAct.LEAVE, CircleState.JOINED, CircleState.APART),
    ],
)


class SentState(TextChoices):
    """Where a message of ours stands."""

    WAITING = "waiting", _("Waiting to leave")
    LEFT = "left", _("Left, no receipt yet")
    RECEIVED = "received", _("Received")
    REFUSED = "refused", _("Refused")
    GIVEN_UP = "given_up", _("Given up")


class SentAct(TextChoices):
    """What happens to a message of ours."""

    LEAVE = "leave", _("It leaves")
    STAY = "stay", _("It surely did not leave")
    RECEIVE = "receive", _("The receipt comes back")
    REFUSE = "refuse", _("It is refused")
    GIVE_UP = "give_up", _("Nobody can open it any more")


OPEN = (SentState.WAITING, SentState.LEFT)
SENT = StateTable(
    states=SentState.values,
    first=SentState.WAITING,
    steps=[
        (SentAct.LEAVE, OPEN, SentState.LEFT),
        (SentAct.STAY, SentState.LEFT, SentState.WAITING),
        (SentAct.RECEIVE, (*OPEN, SentState.GIVEN_UP), SentState.RECEIVED),
        (SentAct.REFUSE, (*OPEN, SentState.GIVEN_UP), SentState.REFUSED),
        (SentAct.GIVE_UP, OPEN, SentState.GIVEN_UP),
    ],
)


class Road(TextChoices):
    """How a file came."""

    HTTPS = "https", _("By the line")
    STICK = "stick", _("On a stick")


class LogProblem(TextChoices):
    """What is wrong between two logs."""

    REWRITTEN = "rewritten", _("Their log is not the one they showed us before")
    RESTORED = "restored", _("They hold a sign of our log that our log does not have")


DONE, UNKNOWN_KIND, TOO_MUCH_UNKNOWN = "done", "unknown-kind", "too-much-unknown"
"""Outcomes of what came; any other is the code of a refusal."""
