"""States, reasons and clocks of family news, as data (DOMAIN.md 2.2 and rows 21, 25)."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waystation.casework.codes import Service
from waystation.casework.followups.codes import WaitingOn
from waystation.kernel.states import StateTable

LONGEST_WORDS = 2000
"""About one page by hand: more does not fit on the form."""
MOST_OFFICES = 8
"""Through so many offices a message may go; then it goes round in a circle."""
MOST_BEFORE = 200
"""Of what one office takes back before it came, so many are kept."""


class State(TextChoices):
    """Where a message stands. Every office keeps the same table for it."""

    DRAFT = "draft", _("Being written")
    WRITTEN = "written", _("Waits to be checked")
    CHECKED = "checked", _("Checked")
    RETURNED = "returned", _("Given back to its writer")
    SENT = "sent", _("On its way to an office")
    ARRIVED = "arrived", _("Arrived at an office")
    DELIVERING = "delivering", _("Being delivered")
    DELIVERED = "delivered", _("Delivered")
    UNDELIVERED = "undelivered", _("Could not be delivered")
    REPLIED = "replied", _("Answered by the family")
    TAKEN_BACK = "taken-back", _("Taken back by its writer")
    CLOSED = "closed", pgettext_lazy("a message", "Closed")


class Act(TextChoices):
    """What happens to a message, here or at an office further on."""

    HAND_IN = "hand_in", _("Hand it in to be checked")
    CHECK = "check", _("Nothing stands against it")
    RETURN = "return", _("Give it back to its writer")
    SEND = "send", _("Send it on to an office")
    ARRIVE = "arrive", _("It arrived")
    DELIVER = "deliver", _("We deliver it")
    HAND_OVER = "hand_over", _("It was delivered")
    FAIL = "fail", _("It could not be delivered")
    REPLY = "reply", _("An answer came")
    LOSE = "lose", _("It did not reach the next office")
    STALL = "stall", _("It did not reach the next office, and lies here again")
    WITHDRAW = "withdraw", _("The writer takes it back")
    CLOSE = "close", pgettext_lazy("a message", "Close it")


S = State
TABLE = StateTable(
    states=State.values,
    first=S.DRAFT,
    steps=[
        (Act.HAND_IN, S.DRAFT, S.WRITTEN),
        (Act.CHECK, S.WRITTEN, S.CHECKED),
        (Act.RETURN, S.WRITTEN, S.RETURNED),
        (Act.SEND, (S.CHECKED, S.ARRIVED, S.SENT), S.SENT),
        (Act.ARRIVE, (S.SENT, S.ARRIVED), S.ARRIVED),
        (Act.DELIVER, (S.CHECKED, S.ARRIVED, S.SENT), S.DELIVERING),
        (Act.HAND_OVER, (S.DELIVERING, S.ARRIVED, S.SENT), S.DELIVERED),
        (Act.FAIL, (S.DELIVERING, S.ARRIVED, S.SENT), S.UNDELIVERED),
        (Act.REPLY, (S.DELIVERED, S.DELIVERING, S.ARRIVED, S.SENT), S.REPLIED),
        (Act.LOSE, S.SENT, S.CHECKED),
        (Act.STALL, S.SENT, S.ARRIVED),
        (Act.WITHDRAW, (S.DRAFT, S.WRITTEN, S.CHECKED, S.SENT, S.ARRIVED, S.DELIVERING), S.TAKEN_BACK),
        (Act.CLOSE, (S.RETURNED, S.DELIVERED, S.UNDELIVERED, S.REPLIED, S.TAKEN_BACK), S.CLOSED),
    ],
)
"""What an office further on says may skip a state, as messages between nodes come in any order."""
OVER = (S.DELIVERED, S.UNDELIVERED, S.REPLIED, S.RETURNED, S.TAKEN_BACK, S.CLOSED)
"""Nothing more is to be done with the words."""
READ_WHERE_DELIVERED = (S.DELIVERING, S.DELIVERED, S.REPLIED)
BY_NEWS: Mapping[str, Act] = {
    S.ARRIVED: Act.ARRIVE,
    S.SENT: Act.SEND,
    S.DELIVERING: Act.DELIVER,
    S.DELIVERED: Act.HAND_OVER,
    S.UNDELIVERED: Act.FAIL,
}
"""What an office further on may say of a message, and what that does here."""
PLACE: Mapping[str, int] = {S.ARRIVED: 1, S.DELIVERING: 2, S.SENT: 8, S.DELIVERED: 9, S.UNDELIVERED: 9}
"""How far along one office's part of the road a state is."""
PER_OFFICE = 10


class Forbidden(TextChoices):
    """Why a message may not go: family news is private and open, and takes nobody's side."""

    POLITICAL = "political", _("It speaks of politics")
    MILITARY = "military", _("It speaks of military matters")
    PLACES = "places", _("It tells places of detention, or movements")
    CODED = "coded", _("It holds coded words or numbers")
    INSULTING = "insulting", _("It insults somebody")
    OTHER = "other", _("Something else that is not family news")


class NotDelivered(TextChoices):
    """Why a message did not reach the family."""

    NOT_FOUND = "not-found", _("Nobody of this name was found there")
    MOVED = "moved", _("They have moved, and nobody knows where to")
    NO_WAY = "no-way", _("The place cannot be reached now")
    REFUSED = "refused", _("They did not want to receive it")
    CONTENT = "content", _("It holds what may not be carried")
    OTHER = "other", _("Something else")


class NewsClock(TextChoices):
    """Follow-ups that family news opens by itself."""

    CHECK = "news.check", _("Check a family message")
    SEND = "news.send", _("Send a checked family message on, or deliver it")
    DECIDE = "news.decide", _("A family message came: deliver it or send it on")
    DELIVER = "news.deliver", _("Deliver a family message")
    AWAITED = "news.awaited", _("Nothing is known yet of a family message that was sent on")
    TELL = "news.tell", _("Tell somebody what became of their family message")


WITHIN: Mapping[str, timedelta] = {
    NewsClock.CHECK: timedelta(days=2),
    NewsClock.SEND: timedelta(days=2),
    NewsClock.DECIDE: timedelta(days=2),
    NewsClock.DELIVER: timedelta(days=14),
    NewsClock.AWAITED: timedelta(days=30),
    NewsClock.TELL: timedelta(days=7),
}
WAITING: Mapping[str, str] = {NewsClock.AWAITED: WaitingOn.PARTNER}
HERE: Mapping[str, NewsClock] = {
    Act.HAND_IN: NewsClock.CHECK,
    Act.CHECK: NewsClock.SEND,
    Act.LOSE: NewsClock.SEND,
    Act.STALL: NewsClock.DECIDE,
    Act.ARRIVE: NewsClock.DECIDE,
    Act.DELIVER: NewsClock.DELIVER,
    Act.RETURN: NewsClock.TELL,
}
"""The clock an act starts while the message lies here; every act stops those before."""
OURS_AWAY: Mapping[str, NewsClock] = dict.fromkeys([Act.SEND, Act.ARRIVE, Act.DELIVER], NewsClock.AWAITED)
"""The clock of a message written here that has left."""
OURS_ENDED = (Act.HAND_OVER, Act.FAIL)
"""After these the writer is told."""
TOLD = (S.DELIVERED, S.UNDELIVERED, S.REPLIED, S.RETURNED)
"""In these the writer can be told."""


class Contact(TextChoices):
    """By what people reach their families at a post; counted without names, as in the day's tally."""

    PHONE = Service.PHONE.value, Service.PHONE.label
    WIFI = Service.WIFI.value, Service.WIFI.label
    CHARGING = Service.CHARGING.value, Service.CHARGING.label


class Reached(TextChoices):
    """Whether somebody of the family was reached."""

    YES = "yes", _("Yes, they reached somebody")
    NO = "no", _("No, nobody answered")
    NOT_SAID = "not-said", _("Not asked, or not said")


LONGEST_CALL = 240
WEEKS_SHOWN = 8


class Audience(TextChoices):
    """To whom it may be told that somebody is safe and well."""

    ANYONE = "anyone", _("Anyone of the family who looks for them")
    NAMED = "named", _("Only relatives whom they name")
    NOBODY = "nobody", _("Nobody")


class WellState(TextChoices):
    """Whether such a word still holds. That its last day has passed is no state but a date."""

    STANDS = "stands", pgettext_lazy("a notice", "Holds")
    REPLACED = "replaced", pgettext_lazy("a notice", "Said anew")
    WITHDRAWN = "withdrawn", pgettext_lazy("a notice", "Taken back")


class WellAct(TextChoices):
    """What may be done with it."""

    REPLACE = "replace", _("Say it anew")
    WITHDRAW = "withdraw", pgettext_lazy("a notice", "Take it back")


WELL_TABLE = StateTable(
    states=WellState.values,
    first=WellState.STANDS,
    steps=[
        (WellAct.REPLACE, WellState.STANDS, WellState.REPLACED),
        (WellAct.WITHDRAW, WellState.STANDS, WellState.WITHDRAWN),
    ],
)


class AskerKnown(TextChoices):
    """How it was checked who asks for somebody."""

    SHOWN = "shown", _("They showed who they are")
    KNOWS = "knows", _("They know what only the family knows")
    CALLED_BACK = "called-back", _("We called them on the number that the person gave us")


AGAIN = "news.again"
ASK_AGAIN_BEFORE = timedelta(days=7)
"""So long before its last day the person is asked whether it still holds."""
KEPT_DAYS = 180
"""How long a message that has ended stays, with its addresses."""
NOTICE_KEPT_DAYS = 30
"""How long the words of a notice stay that is over or taken back."""
