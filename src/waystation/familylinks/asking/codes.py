"""Lists, states and clocks of asking the road (EXCHANGE.md section 3)."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waystation.kernel.states import StateTable

PUBLICATION, PART, QUERY, ANSWER, CLAIM, WORD, WARNING = (
    f"trace.{code}" for code in ("publication", "part", "query", "answer", "claim", "word", "warning")
)
PART_BYTES = 1024 * 1024 - 1024
"""Of a set of tags in one message: 1 MiB would be padded to two."""
CLAIMED = 12
"""Tags in every claim, filled up with random ones: how many hit is not to be seen by its size."""
LASTS, LASTS_IN_DANGER = timedelta(days=30), timedelta(days=7)
"""How long a publication and its key live, and where they do while somebody may come and take the node."""
LONGEST = timedelta(days=31)
"""The longest life of anybody's publication that is taken here."""
APART, AHEAD = timedelta(days=1), timedelta(hours=25)
"""How far apart the publications of one node in one circle are dated at least, and how far ahead one may be: what is
made anew in an emergency is dated a day after the one before; and clocks differ."""
LONGEST_WORDS = 2000
ASKED_A_DAY = 5
"""Questions of one account in a day; more need a second officer."""
DECIDE_WITHIN, READ_WITHIN = timedelta(days=14), timedelta(days=3)
LAPSES_AFTER_DAYS, KEPT_DAYS = 90, 400


class AskingState(TextChoices):
    """Whether the road is asked about somebody."""

    WAITING = "waiting", _("Waits for a second officer")
    ASKED = "asked", pgettext_lazy("a question", "Asked")
    STOPPED = "stopped", _("No longer asked")


class QuestionState(TextChoices):
    """Where a question to one node stands. Whether it found anybody stands nowhere."""

    ASKED = "asked", pgettext_lazy("a question", "Asked")
    LATER = "later", _("Later")
    OVER = "over", _("Over")


class CheckedBy(TextChoices):
    """How it was checked who the enquirer is."""

    DOCUMENT = "document", _("By a document with a photo")
    KNOWN = "known", _("They have been known to us for long")
    RELATIVE = "relative", _("A relative who is known to us vouches for them")
    ANSWERS = "answers", _("By what only the family knows")
    NOT_CHECKED = "not-checked", _("Not checked yet")


class ClaimState(TextChoices):
    """Where it stands when another node may look for somebody of our book."""

    WAITING = "waiting", _("Waits for an officer")
    ASKED = "asked", _("The person is being asked")
    AGREED = "agreed", _("The person answered in their own words")
    DECLINED = "declined", _("The person does not wish it")
    DISMISSED = "dismissed", _("It is somebody else")
    LAPSED = "lapsed", _("Nobody could be asked in time")


class ClaimAct(TextChoices):
    """What moves it on."""

    ASK = "ask", _("The person is being asked")
    AGREE = "agree", _("Yes: send their own words")
    DECLINE = "decline", _("No, they do not wish it")
    DISMISS = "dismiss", _("It is somebody else")
    LAPSE = "lapse", _("Nobody could be asked in time")
    TAKE_BACK = "take_back", _("The person does not wish it")


BY_ITSELF = (ClaimAct.LAPSE, ClaimAct.TAKE_BACK)
"""What no officer chooses: words that wait are called back where the yes to them is over."""


CLAIMS = StateTable(
    states=ClaimState.values,
    first=ClaimState.WAITING,
    steps=[
        (ClaimAct.ASK, ClaimState.WAITING, ClaimState.ASKED),
        (ClaimAct.AGREE, ClaimState.ASKED, ClaimState.AGREED),
        (ClaimAct.DECLINE, (ClaimState.WAITING, ClaimState.ASKED), ClaimState.DECLINED),
        (ClaimAct.DISMISS, ClaimState.WAITING, ClaimState.DISMISSED),
        (ClaimAct.TAKE_BACK, ClaimState.AGREED, ClaimState.DECLINED),
        (ClaimAct.LAPSE, (ClaimState.WAITING, ClaimState.ASKED), ClaimState.LAPSED),
    ],
)
LOGGED_AS = {ClaimAct.ASK: "claim_ask", ClaimAct.TAKE_BACK: "decline"}
"""What the log calls an act on a claim where another act has its name."""
OPEN_CLAIMS = (ClaimState.WAITING, ClaimState.ASKED)


class Never(TextChoices):
    """Whom a person bars for ever."""

    NOBODY = "nobody", _("Nobody: they may be asked again")
    ASKER = "asker", _("This organisation")
    COUNTRY = "country", _("Every organisation of this country")


class Suspension(TextChoices):
    """Why a node is answered no more."""

    AT_QUOTA = "at-quota", _("It asked as much as it may on three days running")
    NO_CLAIMS = "no-claims", _("It asked much in a month, and hardly anybody was meant")


class AskingClock(TextChoices):
    """What asking the road asks of an officer."""

    DECIDE = "asking.decide", _("Another organisation may look for somebody of our book: decide whether to ask them")
    READ = "asking.read", _("Words of a person sought have come: read them, and tell the enquirer")
    SUSPENDED = "asking.suspended", _("A node asks so much that it is answered no more: look at it")
