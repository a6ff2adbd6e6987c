"""Lists and states of possible matches (DOMAIN.md 2.2): two verify, who was found decides, then the enquirer hears."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.kernel.states import StateTable


class State(TextChoices):
    """Where a possible match stands."""

    PROPOSED = "proposed", _("Being looked into")
    CONFIRMED = "confirmed", _("One officer holds them to be the same")
    VERIFIED = "verified", _("Verified by two")
    ASKED = "asked", _("The person found is being asked")
    AGREED = "agreed", _("The person found agrees to be in touch")
    DECLINED = "declined", _("The person found does not wish it")
    TOLD = "told", _("The enquirer was told")
    DISMISSED = "dismissed", _("Not the same person")


class Act(TextChoices):
    """What moves a possible match on."""

    PROPOSE = "propose", _("Look into it")
    CONFIRM = "confirm", _("It is the same person")
    VERIFY = "verify", _("It is the same person, seen by a second")
    DISMISS = "dismiss", _("It is not the same person")
    ASK = "ask", _("The person found is being asked")
    AGREE = "agree", _("Yes, they agree to be in touch")
    DECLINE = "decline", _("No, they do not wish it")
    TELL = "tell", _("Tell the enquirer what was allowed")


NONE = "none"
"""Before anybody looked into it; never stored."""
TABLE = StateTable(
    states=[NONE, *State.values],
    first=NONE,
    steps=[
        (Act.PROPOSE, [NONE, State.DISMISSED], State.PROPOSED),
        (Act.CONFIRM, State.PROPOSED, State.CONFIRMED),
        (Act.VERIFY, State.CONFIRMED, State.VERIFIED),
        (Act.DISMISS, [State.PROPOSED, State.CONFIRMED, State.VERIFIED, State.ASKED], State.DISMISSED),
        (Act.ASK, State.VERIFIED, State.ASKED),
        (Act.AGREE, [State.ASKED, State.DECLINED], State.AGREED),
        (Act.DECLINE, [State.ASKED, State.AGREED, State.TOLD], State.DECLINED),
        (Act.TELL, State.AGREED, State.TOLD),
    ],
)
AT_WORK = (State.PROPOSED, State.CONFIRMED, State.VERIFIED, State.ASKED, State.AGREED)
"""States in which somebody has something to do."""


class Allowed(TextChoices):
    """What the person found allows us to tell the enquirer. Nothing else of them is told."""

    ALIVE = "alive", _("That they are alive and well")
    WORDS = "words", _("Words of their own")
    PHONE = "phone", _("A telephone number they choose")
    COUNTRY = "country", _("Where they are")
    MESSAGE = "message", _("That a Red Cross message may reach them through us")


class Why(TextChoices):
    """What speaks for or against somebody, beside the parts of the name."""

    YEAR = "birth_year", _("Year of birth")
    SEX = "sex", _("Sex")
    COUNTRY = "country", _("Comes from")
    PLACE = "place", _("Was in the same place")
    RELATIVE = "relative", _("A relative's name")
    LEFT_OVER = "", _("Other parts of their name")


class MatchClock(TextChoices):
    """What a possible match asks for."""

    LOOK = "match.look", _("Somebody new may be the person sought: look")
    VERIFY = "match.verify", _("Verify with a second officer whether it is the same person")
    ASK = "match.ask", _("Ask the person found whether they wish to be in touch")
    TELL = "match.tell", _("Tell the enquirer what the person found allowed")
