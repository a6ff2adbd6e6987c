"""States of who gives and who takes, what may be told, reasons and clocks, as data.

Order and ends follow EXCHANGE.md section 2 (offer, accept, owner changes) and the threads on case transfer in SORMAS
that issue 4 names: who is asked may refuse, one case is offered once, what comes back has one owner, nothing newer is
overwritten.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.casework.handover.enclosures.codes import FILES
from waystation.exchange.kinds import Field
from waystation.kernel.states import StateTable


class Giving(TextChoices):
    """Where a handover stands with who gives."""

    DRAFT = "draft", _("Draft")
    AGREED = "agreed", _("The person agreed")
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted by them")
    SENT = "sent", _("On its way")
    TAKEN = "taken", _("Taken over by them")
    BACK = "back", _("Given back")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Offer taken back")
    FAILED = "failed", _("Did not reach them")


class GiverAct(TextChoices):
    """What happens to a handover at who gives."""

    AGREE = "agree", _("Record the consent")
    REVOKE = "revoke", _("The consent was taken back")
    OFFER = "offer", _("Offer it, without a name")
    ACCEPT = "accept", _("They accept")
    REFUSE = "refuse", _("They decline")
    SEND = "send", _("Send what was agreed")
    TAKE = "take", _("They have taken over")
    BACK = "back", _("They give it back")
    WITHDRAW = "withdraw", _("Take the offer back")
    FAIL = "fail", _("It did not reach them")


G = Giving
GIVER = StateTable(
    states=Giving.values,
    first=G.DRAFT,
    steps=[
        (GiverAct.AGREE, G.DRAFT, G.AGREED),
        (GiverAct.REVOKE, G.AGREED, G.DRAFT),
        (GiverAct.OFFER, G.AGREED, G.OFFERED),
        (GiverAct.ACCEPT, G.OFFERED, G.ACCEPTED),
        (GiverAct.REFUSE, (G.OFFERED, G.ACCEPTED), G.REFUSED),
        (GiverAct.SEND, G.ACCEPTED, G.SENT),
        (GiverAct.TAKE, G.SENT, G.TAKEN),
        (GiverAct.BACK, (G.SENT, G.TAKEN), G.BACK),
        (GiverAct.WITHDRAW, (G.DRAFT, G.AGREED, G.OFFERED, G.ACCEPTED, G.SENT), G.WITHDRAWN),
        (GiverAct.FAIL, (G.OFFERED, G.SENT), G.FAILED),
    ],
)
"""Whoever gives decides in which order things happened: an acceptance that comes after the offer was taken back, was
refused or was given up is answered `too-late`, and both sides end the same. Out of SENT it is taken back only where the
message was given up and nobody knows whether it came.

Who gives stays responsible, and has the case open, until TAKEN is known here: while a confirmation travels both are,
and never nobody. Coming back it is the same the other way round (GIVING_BACK)."""
LEFT = (G.SENT, G.TAKEN)
"""States in which what was agreed has left."""
STANDING = (G.DRAFT, G.AGREED, G.OFFERED, G.ACCEPTED, *LEFT)
"""States of which one case can be in one only."""


class Taking(TextChoices):
    """Where a handover stands with who is asked."""

    OFFERED = "offered", _("Offered to us")
    ACCEPTED = "accepted", _("Accepted, nothing told yet")
    TAKEN = "taken", _("Taken over by us")
    REFUSED = "refused", _("Refused")
    GIVING_BACK = "giving_back", _("On its way back")
    GIVEN_BACK = "given_back", _("Given back")
    WITHDRAWN = "withdrawn", _("Taken back by them")


class TakerAct(TextChoices):
    """What happens to a handover at who is asked."""

    ACCEPT = "accept", _("Accept")
    REFUSE = "refuse", _("Decline")
    TAKE = "take", _("What was agreed has come")
    GIVE_BACK = "give_back", _("Give it back")
    CONFIRM = "confirm", _("They have it again")
    KEEP = "keep", _("They cannot take it back")
    LOSE = "lose", _("The acceptance came too late")
    WITHDRAW = "withdraw", _("They take the offer back")


T = Taking
TAKER = StateTable(
    states=Taking.values,
    first=T.OFFERED,
    steps=[
        (TakerAct.ACCEPT, T.OFFERED, T.ACCEPTED),
        (TakerAct.REFUSE, (T.OFFERED, T.ACCEPTED), T.REFUSED),
        (TakerAct.TAKE, T.ACCEPTED, T.TAKEN),
        (TakerAct.GIVE_BACK, T.TAKEN, T.GIVING_BACK),
        (TakerAct.CONFIRM, T.GIVING_BACK, T.GIVEN_BACK),
        (TakerAct.KEEP, T.GIVING_BACK, T.TAKEN),
        (TakerAct.LOSE, T.ACCEPTED, T.WITHDRAWN),
        (TakerAct.WITHDRAW, (T.OFFERED, T.ACCEPTED, T.REFUSED, T.TAKEN, T.GIVING_BACK, T.GIVEN_BACK), T.WITHDRAWN),
    ],
)
ENDED = (T.REFUSED, T.GIVEN_BACK, T.WITHDRAWN)
"""States after which nothing more is heard of it."""
WITH_US = (T.TAKEN, T.GIVING_BACK)
"""States in which we are responsible for what was offered to us."""


class Refusal(TextChoices):
    """Why a case is not taken over."""

    FULL = "full", _("No place or no time")
    NOT_OURS = "not_ours", _("Not what we do")
    NOT_HERE = "not_here", _("Too far away from us")
    SAFETY = "safety", _("We could not keep them safe")
    OTHER = "other", _("Something else")


class BackFor(TextChoices):
    """Why a case is given back."""

    NOT_ARRIVED = "not_arrived", _("The person did not arrive")
    WISH = "wish", _("The person wished it")
    TURNED_BACK = "turned_back", _("The person went back to them")
    CANNOT = "cannot", _("We cannot give the help needed")
    OTHER = "other", _("Something else")


class News(TextChoices):
    """What comes back when the person agreed to it."""

    ARRIVED = "arrived", _("The person has arrived")
    SEEN = "seen", _("We have met the person")
    CLOSED = "closed", _("The help has ended")


class Told(TextChoices):
    """What a handover may tell. Only what the person agreed to leaves."""

    NAME = "name", _("Name")
    ALIAS = "alias", _("A name to be called by")
    BORN = "born", _("Born")
    ORIGIN = "origin", _("Comes from")
    LANGUAGES = "languages", _("Languages")
    PHONE = "phone", _("Telephone")
    CONTACT = "contact", _("How to reach them safely")
    KNOW = "know", _("What whoever meets them next must know")
    SPEAK_WITH = "speak_with", _("Would rather speak with")
    REASON = "reason", _("Why there is a case")
    WISHES = "wishes", _("What the person wishes")
    ASSESSMENT = "assessment", _("Assessment")
    PLAN = "plan", _("Plan")
    FILES = "files", _("Papers and pictures")


NAME, NOTE = Field("text", most=200, needed=False), Field("text", most=4000, needed=False)
WIRE: Mapping[str, Mapping[str, Field]] = {
    Told.NAME: {"given_name": NAME, "family_name": NAME, "names": Field("texts", most=20, needed=False)},
    Told.ALIAS: {"alias": NAME},
    Told.BORN: {"birth_year": Field("number", most=9999, needed=False), "birth_date": Field("text", 10, needed=False)},
    Told.ORIGIN: {"origin": Field("text", most=2, needed=False)},
    Told.LANGUAGES: {"languages": Field("texts", most=10, needed=False)},
    Told.PHONE: {"phone": Field("text", most=20, needed=False)},
    Told.CONTACT: {"contact_note": NOTE},
    Told.KNOW: {"know_now": NOTE},
    Told.SPEAK_WITH: {"speak_with": Field("text", most=10, needed=False)},
    Told.REASON: {"reason": NOTE},
    Told.WISHES: {"wishes": NOTE},
    Told.ASSESSMENT: {"assessment": NOTE},
    Told.PLAN: {"plan": Field("texts", most=100, needed=False)},
    Told.FILES: FILES,
}
"""By which fields of a message each is told; no field stands under two."""
RECORD: Mapping[str, Mapping[str, Field]] = {told: fields for told, fields in WIRE.items() if told != Told.FILES}
"""Those of a record, which may be corrected later."""
FIELDS: Mapping[str, Field] = {name: one for fields in RECORD.values() for name, one in fields.items()}


class HandoverClock(TextChoices):
    """Follow-ups that a handover opens by itself."""

    ANSWER = "handover.answer", _("Answer to a handover")
    QUESTION = "handover.question", _("Answer their question about a handover")
    SEND = "handover.send", _("Accepted: send what was agreed")
    ARRIVAL = "handover.arrival", _("Did the other organisation get what was sent?")
    TELL = "handover.tell", _("Tell the other organisation that the consent was taken back")
    BACK = "handover.back", _("A case has come back to us")
    DECIDE = "handover.decide", _("Decide on a case offered to us")
    CONTENT = "handover.content", _("The other organisation owes us what was agreed")
    CORRECTION = "handover.correction", _("Look at a correction")
    RECALLED = "handover.recalled", _("The consent was taken back there: speak with the person")
    GONE = "handover.gone", _("They took back a case that we had accepted: ask them why, and the person what they need")
    ENCLOSURE = "handover.enclosure", _("A paper did not arrive whole: hand it over in another way")


GAP, GAP_SAYS = "handover.gap", _("Messages are missing: ask the organisation whether a stick was lost")
CIRCLE, CIRCLE_SAYS = "handover.circle", _("A circle waits: read it, then sign it, or join it")
ANSWER_WITHIN = timedelta(days=14)
QUESTION_WITHIN = timedelta(hours=48)
SEND_WITHIN = timedelta(hours=24)
ARRIVAL_WITHIN = timedelta(hours=72)
TELL_WITHIN = timedelta(hours=24)
BACK_WITHIN = timedelta(hours=24)
CORRECTION_WITHIN = timedelta(days=7)
ENCLOSURE_WITHIN = timedelta(days=7)
LONGEST_OFFER = timedelta(days=90)
"""By then no key it was sealed to can still be opened (`exchange.codes.GIVE_UP_AFTER`)."""
KEPT_DAYS = 365
"""How long the words of an ended handover are kept, and offers that we never took over."""
OF_OFFERS = frozenset(
    {HandoverClock.DECIDE, HandoverClock.CONTENT, HandoverClock.CORRECTION, HandoverClock.RECALLED, HandoverClock.GONE}
)
"""Clocks that run for what is offered to us; all others for what we give."""


class CorrectionState(TextChoices):
    """What became of a correction."""

    WAITING = "waiting", _("To be looked at")
    USED = "used", _("Written into the record")
    LEFT = "left", _("Left as it was here")


CORRECTION_TABLE = StateTable(
    states=CorrectionState.values,
    first=CorrectionState.WAITING,
    steps=[
        ("use", CorrectionState.WAITING, CorrectionState.USED),
        ("leave", CorrectionState.WAITING, CorrectionState.LEFT),
    ],
)
