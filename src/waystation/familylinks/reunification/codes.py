"""Lists, states and clocks of bringing a family together, as data (DOMAIN.md row 86)."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waystation.kernel.states import StateTable


class Side(TextChoices):
    """Whose yes it is."""

    PERSON = "person", _("The person who asks")
    OTHER = "other", _("The other member of the family")


class ProofKind(TextChoices):
    """By what it is shown that they are family."""

    RECORDS = "records", _("Records of a birth or a marriage, a family book")
    DNA = "dna", _("A test of blood or saliva (DNA)")
    WITNESSES = "witnesses", _("People who know them both")
    PHOTOS = "photos", _("Photos and letters")
    NONE = "none", _("Nothing but their word")


class State(TextChoices):
    """Where it stands."""

    OPENED = "opened", _("Opened")
    PROVED = "proved", _("It is shown that they are family")
    AGREED = "agreed", _("Both want it")
    BEST = "best", _("Best for the child")
    SUBMITTED = "submitted", _("With the authority")
    GRANTED = "granted", _("The authority said yes")
    REFUSED = "refused", _("The authority said no")
    ARRANGED = "arranged", _("The journey is arranged")
    REUNITED = "reunited", _("Together again")
    FOLLOWED = "followed", _("Together, and asked how it goes")
    CLOSED = "closed", pgettext_lazy("a reunion", "Closed")


class Act(TextChoices):
    """What moves it on."""

    PROVE = "prove", _("It is shown that they are family")
    AGREE = "agree", _("Both want it")
    WEIGH = "weigh", _("It was decided what is best for the child")
    SUBMIT = "submit", _("It went to the authority")
    GRANT = "grant", _("The authority said yes")
    REFUSE = "refuse", _("The authority said no")
    APPEAL = "appeal", _("It went to the authority again")
    ARRANGE = "arrange", _("The journey is arranged")
    MEET = "meet", _("They are together again")
    FOLLOW = "follow", _("We asked how it goes")
    WITHDRAW = "withdraw", _("One of them wants it no more")
    CLOSE = "close", _("Close")


S = State
OPEN = frozenset(set(State) - {State.CLOSED})
BEFORE_MEETING = (S.OPENED, S.PROVED, S.AGREED, S.BEST, S.SUBMITTED, S.GRANTED, S.REFUSED, S.ARRANGED)
TABLE = StateTable(
    states=State.values,
    first=S.OPENED,
    steps=[
        (Act.PROVE, S.OPENED, S.PROVED),
        (Act.AGREE, S.PROVED, S.AGREED),
        (Act.WEIGH, S.AGREED, S.BEST),
        (Act.SUBMIT, (S.AGREED, S.BEST), S.SUBMITTED),
        (Act.GRANT, S.SUBMITTED, S.GRANTED),
        (Act.REFUSE, S.SUBMITTED, S.REFUSED),
        (Act.APPEAL, S.REFUSED, S.SUBMITTED),
        (Act.ARRANGE, (S.GRANTED, S.ARRANGED), S.ARRANGED),
        (Act.MEET, S.ARRANGED, S.REUNITED),
        (Act.FOLLOW, (S.REUNITED, S.FOLLOWED), S.FOLLOWED),
        (Act.WITHDRAW, tuple(OPEN), S.CLOSED),
        (Act.CLOSE, tuple(OPEN), S.CLOSED),
    ],
)
NEEDS_BOTH = frozenset({Act.AGREE, Act.WEIGH, Act.SUBMIT, Act.APPEAL, Act.ARRANGE, Act.MEET})
"""What does not happen unless both want it on that day. That an authority answered is written down in any case."""
NEEDS_BEST = frozenset({Act.SUBMIT, Act.APPEAL, Act.ARRANGE, Act.MEET})
"""What does not happen to a child before it was decided that it is best."""
LINE = (S.OPENED, S.PROVED, S.AGREED, S.BEST, S.SUBMITTED, S.GRANTED, S.ARRANGED, S.REUNITED, S.FOLLOWED)
"""The road as it should go; `BEST` is a child's."""


class Submitter(TextChoices):
    """Who brings it before the authority."""

    FAMILY = "family", _("The family themselves")
    LAWYER = "lawyer", _("A lawyer or another helper of theirs")
    US = "us", _("We, as they asked us to")


class Refusal(TextChoices):
    """Why an authority said no."""

    PROOF = "proof", _("It was not convinced that they are family")
    MISSING = "missing", _("Something that it asked for was missing")
    MEANS = "means", _("Not enough room or income")
    LATE = "late", _("It was asked too late")
    NOT_CLOSE = "not_close", _("It does not count them as close family")
    OTHER = "other", _("Another reason")
    NOT_TOLD = "not_told", _("No reason was told")


class Ending(TextChoices):
    """Why it is closed."""

    TOGETHER = "together", _("They live together and need us no more")
    WITHDRAWN = "withdrawn", _("One of them wants it no more")
    REFUSED = "refused", _("The authority said no for good")
    NOT_SHOWN = "not_shown", _("It could not be shown that they are family")
    NOT_BEST = "not_best", _("It is not best for the child")
    OTHER_WAY = "other_way", _("They came together in another way")
    APART = "apart", _("They met, and live apart")
    NOT_REACHED = "not_reached", _("They can no longer be reached")
    DIED = "died", _("One of them died")


AFTER_MEETING = frozenset({Ending.TOGETHER, Ending.APART})
BY_HAND = tuple(one for one in Ending if one != Ending.WITHDRAWN)
"""That one of them wants it no more is an act of its own, which says who."""


class ReunionClock(TextChoices):
    """Follow-ups that it opens by itself: always one, for what comes next."""

    PROVE = "reunification.prove", _("Gather what shows that they are family")
    AGREE = "reunification.agree", _("Ask both whether they want to live together")
    WEIGH = "reunification.weigh", _("Have it decided what is best for the child")
    SUBMIT = "reunification.submit", _("Bring it before the authority")
    ASK = "reunification.ask", _("Ask the authority how far it is")
    APPEAL = "reunification.appeal", _("The authority said no: ask again in time")
    ARRANGE = "reunification.arrange", _("Arrange the journey")
    MEET = "reunification.meet", _("Did they arrive?")
    FOLLOW = "reunification.follow", _("Ask how it goes since they are together")
    END = "reunification.end", _("A year together: close it, or say what is still needed")


NEXT: Mapping[str, tuple[ReunionClock, timedelta]] = {
    S.OPENED: (ReunionClock.PROVE, timedelta(days=30)),
    S.PROVED: (ReunionClock.AGREE, timedelta(days=14)),
    S.AGREED: (ReunionClock.SUBMIT, timedelta(days=30)),
    S.BEST: (ReunionClock.SUBMIT, timedelta(days=30)),
    S.SUBMITTED: (ReunionClock.ASK, timedelta(days=60)),
    S.GRANTED: (ReunionClock.ARRANGE, timedelta(days=14)),
    S.REFUSED: (ReunionClock.APPEAL, timedelta(days=14)),
}
"""What comes next, and within how long after the last step; the others hang on a day of their own."""
WEIGH_WITHIN = timedelta(days=30)
ASK_AFTER = (timedelta(days=30), timedelta(days=91), timedelta(days=365))
"""One, three and twelve months after they met."""
END_WITHIN = timedelta(days=14)
