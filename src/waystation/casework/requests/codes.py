"""States of who asks and who is asked, what may be asked and told, reasons, limits and clocks, as data.

A request takes the steps of a handover (EXCHANGE.md section 2): a question without a name, an acceptance, then who it
is about. Unlike a handover nobody becomes responsible, and the two answers "we know nobody" and "nothing may be told"
are one and the same to who asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.casework.handover.codes import RECORD, Told
from waystation.exchange.kinds import Field
from waystation.kernel.states import StateTable


class Asking(TextChoices):
    """Where a request stands with who asks."""

    DRAFT = "draft", _("Draft")
    AGREED = "agreed", _("The person agreed")
    ASKED = "asked", _("Asked, without a name")
    ACCEPTED = "accepted", _("They will look")
    NAMED = "named", _("They know whom we mean")
    TOLD = "told", _("They told us")
    NOTHING = "nothing", _("Nothing to tell")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back")
    LAPSED = "lapsed", _("No answer in time")
    FAILED = "failed", _("Did not reach them")


class AskerAct(TextChoices):
    """What happens to a request at who asks."""

    AGREE = "agree", _("Record the consent")
    REVOKE = "revoke", _("The consent was taken back")
    ASK = "ask", _("Ask, without a name")
    ACCEPT = "accept", _("They will look")
    REFUSE = "refuse", _("They decline")
    NAME = "name", _("Say who it is")
    TELL = "tell", _("They tell us")
    NOTHING = "nothing", _("They have nothing to tell")
    WITHDRAW = "withdraw", _("Take the question back")
    LAPSE = "lapse", _("The time has run out")
    FAIL = "fail", _("It did not reach them")


A = Asking
ASKER = StateTable(
    states=Asking.values,
    first=A.DRAFT,
    steps=[
        (AskerAct.AGREE, A.DRAFT, A.AGREED),
        (AskerAct.REVOKE, A.AGREED, A.DRAFT),
        (AskerAct.ASK, A.AGREED, A.ASKED),
        (AskerAct.ACCEPT, A.ASKED, A.ACCEPTED),
        (AskerAct.REFUSE, A.ASKED, A.REFUSED),
        (AskerAct.NAME, A.ACCEPTED, A.NAMED),
        (AskerAct.TELL, A.NAMED, A.TOLD),
        (AskerAct.NOTHING, A.NAMED, A.NOTHING),
        (AskerAct.WITHDRAW, (A.DRAFT, A.AGREED, A.ASKED, A.ACCEPTED, A.NAMED), A.WITHDRAWN),
        (AskerAct.LAPSE, (A.ASKED, A.ACCEPTED, A.NAMED), A.LAPSED),
        (AskerAct.FAIL, (A.ASKED, A.NAMED), A.FAILED),
    ],
)
"""Whoever asks decides in which order things happened: an answer to what was taken back, or what ran out, is refused as
`too-late`, and nothing of it is kept."""
ON_THE_ROAD = (A.ASKED, A.ACCEPTED, A.NAMED)
GOING_ON = (A.DRAFT, A.AGREED, *ON_THE_ROAD)
OVER = (A.WITHDRAWN, A.LAPSED, A.FAILED, A.REFUSED)


class Answering(TextChoices):
    """Where a request stands with who is asked."""

    ASKED = "asked", _("Asked of us")
    ACCEPTED = "accepted", _("We will look")
    NAMED = "named", _("We know whom they mean")
    TOLD = "told", _("We told them")
    NOTHING = "nothing", _("We said there is nothing to tell")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back by them")
    LAPSED = "lapsed", _("No answer in time")


class AnswererAct(TextChoices):
    """What happens to a request at who is asked."""

    ACCEPT = "accept", _("We will look")
    REFUSE = "refuse", _("Decline")
    NAME = "name", _("They say who it is")
    TELL = "tell", _("Tell them")
    NOTHING = "nothing", _("Nothing to tell")
    RECALL = "recall", _("What was to be told never left")
    WITHDRAW = "withdraw", _("They take the question back")
    LOSE = "lose", _("Our answer came too late")
    LAPSE = "lapse", _("The time has run out")


B = Answering
ANSWERER = StateTable(
    states=Answering.values,
    first=B.ASKED,
    steps=[
        (AnswererAct.ACCEPT, B.ASKED, B.ACCEPTED),
        (AnswererAct.REFUSE, B.ASKED, B.REFUSED),
        (AnswererAct.NAME, B.ACCEPTED, B.NAMED),
        (AnswererAct.TELL, B.NAMED, B.TOLD),
        (AnswererAct.NOTHING, B.NAMED, B.NOTHING),
        (AnswererAct.RECALL, B.TOLD, B.NOTHING),
        (AnswererAct.WITHDRAW, (B.ASKED, B.ACCEPTED, B.NAMED, B.TOLD, B.NOTHING, B.REFUSED, B.LAPSED), B.WITHDRAWN),
        (AnswererAct.LOSE, (B.ACCEPTED, B.TOLD, B.NOTHING), B.WITHDRAWN),
        (AnswererAct.LAPSE, (B.ASKED, B.ACCEPTED, B.NAMED), B.LAPSED),
    ],
)
WAITING = (B.ASKED, B.ACCEPTED, B.NAMED)
"""States in which something is still open with who is asked; in all others what it was told is forgotten."""


class Why(TextChoices):
    """Why it is asked. Nothing else may be done with what comes."""

    GO_ON = "go_on", _("To go on with help that was begun there")
    HEALTH = "health", _("For treatment now")
    SAFETY = "safety", _("To keep the person safe")
    FAMILY = "family", _("To look for family")
    WISH = "wish", _("The person wants to have what is written there")


class Refusal(TextChoices):
    """Why nobody looks. It is said before they know who is meant, so it says nothing about anybody."""

    FULL = "full", _("No time")
    NOT_OURS = "not_ours", _("Not what we do")
    NOT_KEPT = "not_kept", _("We keep nothing from that time")
    OTHER = "other", _("Something else")


PLACE = "place"
FIND_BY = (Told.NAME, Told.ALIAS, Told.BORN, Told.ORIGIN, Told.PHONE)
FIND_CHOICES = (*((code.value, code.label) for code in FIND_BY), (PLACE, _("Where they were helped")))
FIND_CODES = tuple(code for code, _label in FIND_CHOICES)
FIND_WIRE: Mapping[str, Mapping[str, Field]] = {
    **{code: RECORD[code] for code in FIND_BY},
    PLACE: {"place": Field("text", most=200, needed=False)},
}
"""By which fields of a message they may find the person."""

MET = "met"
DAY = Field("text", most=10, needed=False)
PARTS = (*((code, Told(code).label) for code in RECORD), (MET, _("When they first and last met")))
PART_CODES = tuple(code for code, _label in PARTS)
TELL_WIRE: Mapping[str, Mapping[str, Field]] = {**RECORD, MET: {"first_met": DAY, "last_met": DAY}}
"""By which fields of a message each part is told; no field stands under two."""
FIND_FIELDS: Mapping[str, Field] = {name: one for fields in FIND_WIRE.values() for name, one in fields.items()}
TELL_FIELDS: Mapping[str, Field] = {name: one for fields in TELL_WIRE.values() for name, one in fields.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How much one organisation may ask: requests open at once, and new ones within a day."""

    open_at_once: int
    a_day: int


LIMITS = Limits(open_at_once=20, a_day=10)
"""So that nobody goes through a book by asking. Above it a question is refused as `too-many`."""


class RequestClock(TextChoices):
    """Follow-ups that a request opens by itself."""

    ANSWER = "requests.answer", _("Answer to what we asked another organisation")
    QUESTION = "requests.question", _("Answer their question about a request")
    WHO = "requests.who", _("They will look: say who it is")
    RESULT = "requests.result", _("What another organisation knows")
    LOOK = "requests.look", _("Look at what another organisation answered")
    DECIDE = "requests.decide", _("Decide whether we look for what another organisation asks")
    NAME = "requests.name", _("The other organisation has yet to say who it is")
    FIND = "requests.find", _("Look for the person, and decide what is told")
    TELL = "requests.tell", _("Tell the other organisation that the consent was taken back")


ANSWER_WITHIN = timedelta(days=14)
QUESTION_WITHIN = timedelta(hours=48)
WHO_WITHIN = timedelta(hours=48)
LOOK_WITHIN = timedelta(days=7)
NAME_WITHIN = timedelta(days=7)
FIND_WITHIN = timedelta(days=14)
TELL_WITHIN = timedelta(hours=24)
LONGEST = timedelta(days=90)
"""By then no key it was sealed to can still be opened (`exchange.codes.GIVE_UP_AFTER`)."""
KEPT_DAYS = 365
"""How long the words of an ended request are kept, and that somebody asked."""
OF_THEIRS = frozenset({RequestClock.DECIDE, RequestClock.NAME, RequestClock.FIND, RequestClock.TELL})
"""Clocks that run for what is asked of us; all others for what we ask."""


class FoundState(TextChoices):
    """What became of one field that came."""

    WAITING = "waiting", _("To be looked at")
    USED = "used", _("Written into the record")
    LEFT = "left", _("Left as it was here")


FOUND_TABLE = StateTable(
    states=FoundState.values,
    first=FoundState.WAITING,
    steps=[
        ("use", FoundState.WAITING, FoundState.USED),
        ("leave", FoundState.WAITING, FoundState.LEFT),
    ],
)
