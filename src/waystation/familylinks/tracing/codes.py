"""Lists, states and clocks of tracing requests (DOMAIN.md 2.2)."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waystation.kernel.states import StateTable


class NameKind(TextChoices):
    """What a part of a name is. Parts are a set: in which order they are said differs from country to country."""

    GIVEN = "given", _("Given name")
    FATHER = "father", _("Father's name")
    GRANDFATHER = "grandfather", _("Grandfather's name")
    FAMILY = "family", _("Family name")
    MOTHER = "mother", _("Mother's name")
    NICKNAME = "nickname", _("Nickname")
    VARIANT = "variant", _("Also written")


class Relation(TextChoices):
    """What the person sought is to the enquirer."""

    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    DAUGHTER = "daughter", _("Daughter")
    SON = "son", _("Son")
    SISTER = "sister", _("Sister")
    BROTHER = "brother", _("Brother")
    PARTNER = "partner", _("Wife, husband or partner")
    GRANDPARENT = "grandparent", _("Grandmother or grandfather")
    GRANDCHILD = "grandchild", _("Grandchild")
    AUNT_OR_UNCLE = "aunt-uncle", _("Aunt or uncle")
    NIECE_OR_NEPHEW = "niece-nephew", _("Niece or nephew")
    COUSIN = "cousin", _("Cousin")
    WARD = "ward", _("A child they cared for, or who cared for them")
    OTHER = "other", _("Another relation")


class Cause(TextChoices):
    """How they lost each other (list of Primero, as DOMAIN.md 2.2 has it)."""

    CONFLICT = "conflict", _("Fighting")
    JOURNEY = "migration", _("On the way to another country")
    AT_SEA = "at-sea", _("At sea")
    ARREST = "arrest", _("One of them was arrested or held")
    MOVEMENT = "population-movement", _("Many people moved at once")
    RETURN = "repatriation", _("One of them was sent back")
    DISASTER = "natural-disaster", _("A disaster of nature")
    POVERTY = "poverty", _("There was not enough to live on")
    FAMILY = "family-abuse", _("Violence in the family")
    SICKNESS = "sickness", _("Sickness, a hospital")
    LEFT = "abandonment", _("One of them was left behind")
    OTHER = "other", _("Something else")
    NOT_KNOWN = "not-known", _("Not known")


class Ask(TextChoices):
    """Who may be asked, or told that somebody is sought. Each needs the enquirer's word; authorities never are."""

    OWN = "own", _("Our own posts and branches")
    SOCIETIES = "societies", _("Other Red Cross and Red Crescent societies, and the ICRC")
    NODES = "nodes", _("The nodes of our circles, without saying who is sought")
    LISTS = "lists", _("Lists that others gave us")
    PARTNERS = "partners", _("Other organisations that look for people")
    PHOTO = "photo", _("The page of photos, with the family link alone")


class State(TextChoices):
    """Where a request stands."""

    DRAFT = "draft", _("Being written")
    ASSESSED = "assessed", _("Assessed")
    ACCEPTED = "accepted", pgettext_lazy("a request", "Accepted")
    REFUSED = "refused", _("Not taken up")
    SENT = "sent", _("With another society")
    SEARCHING = "searching", _("Being looked for")
    MATCH = "match", _("Somebody may be the one")
    VERIFYING = "verifying", _("Being verified")
    FOUND = "found", _("Found alive")
    FOUND_DEAD = "found-dead", _("Found to have died")
    NO_TRACE = "no-trace", _("No trace after a full search")
    CLOSED = "closed", pgettext_lazy("a request", "Closed")


class Act(TextChoices):
    """What moves a request on."""

    ASSESS = "assess", _("It was assessed with the enquirer")
    ACCEPT = "accept", _("Take it up")
    REFUSE = "refuse", _("Do not take it up")
    SEND = "send", _("It went to another society")
    SEARCH = "search", _("Look for the person")
    PROPOSE = "propose", _("Somebody may be the one")
    VERIFY = "verify", _("Verify")
    GO_ON = "go-on", _("Go on looking")
    FIND = "find", _("Found alive, and agrees to be in touch")
    FIND_DEAD = "find-dead", _("Found to have died")
    GIVE_UP = "give-up", _("No trace after a full search")
    CLOSE = "close", _("Close")
    REOPEN = "reopen", _("Look again")


LOOKING = (State.ACCEPTED, State.SENT, State.SEARCHING)
OPEN = frozenset(set(State) - {State.REFUSED, State.CLOSED})
"""States in which the enquirer is owed news."""
AT_WORK = (*LOOKING, State.MATCH, State.VERIFYING)
NEARLY = (State.SEARCHING, State.MATCH, State.VERIFYING)
"""An officer may do the same in all of them: what a page offers must not tell that somebody may have been found."""
TABLE = StateTable(
    states=State.values,
    first=State.DRAFT,
    steps=[
        (Act.ASSESS, State.DRAFT, State.ASSESSED),
        (Act.ACCEPT, State.ASSESSED, State.ACCEPTED),
        (Act.REFUSE, [State.DRAFT, State.ASSESSED], State.REFUSED),
        (Act.SEARCH, [State.ACCEPTED, State.SENT], State.SEARCHING),
        (Act.SEND, [State.ACCEPTED, *NEARLY], State.SENT),
        (Act.PROPOSE, State.SEARCHING, State.MATCH),
        (Act.VERIFY, State.MATCH, State.VERIFYING),
        (Act.GO_ON, [State.MATCH, State.VERIFYING], State.SEARCHING),
        (Act.FIND, [*LOOKING, State.MATCH, State.VERIFYING, State.NO_TRACE], State.FOUND),
        (Act.FIND_DEAD, [*LOOKING, State.VERIFYING], State.FOUND_DEAD),
        (Act.GIVE_UP, [State.SENT, *NEARLY], State.NO_TRACE),
        (
            Act.CLOSE,
            [State.DRAFT, *AT_WORK, State.ASSESSED, State.FOUND, State.FOUND_DEAD, State.NO_TRACE],
            State.CLOSED,
        ),
        (Act.REOPEN, [State.REFUSED, State.CLOSED, State.NO_TRACE], State.SEARCHING),
    ],
)
"""That somebody was found and declined stands in no state: the request goes on as if nobody were known (decision
0028). `PROPOSE`, `VERIFY`, `GO_ON` and `FIND` belong to possible matches, `FIND_DEAD` to who tells of a death."""
BY_HAND = (Act.ASSESS, Act.ACCEPT, Act.REFUSE, Act.SEARCH, Act.SEND, Act.GIVE_UP, Act.CLOSE, Act.REOPEN)
"""Acts that an officer does on the request's own page."""


def coarse(state: str) -> State:
    """Where it stands for whoever is no officer, or sits beside one: that somebody may have been found is no news
    before that person says so."""
    return State.SEARCHING if state in AT_WORK else State(state)


OF_A_MATCH = (Act.PROPOSE, Act.VERIFY, Act.GO_ON, Act.FIND)
"""Acts by which one could know that somebody may have been found."""
WORDED_ACTS = (Act.REFUSE, Act.SEND, Act.CLOSE)
"""Those of them that need a reason."""


class Refusal(TextChoices):
    """Why a request is not taken up; other help is named in words."""

    NO_FAMILY = "no-family", _("It is not about a member of the family")
    NOT_LOST = "not-lost", _("They know how to reach each other")
    CAN_ASK = "can-ask", _("They have not yet tried what they can do themselves")
    OTHER_WISH = "other-wish", _("It is about something else than being in touch again")
    MAY_HARM = "may-harm", _("Looking could harm somebody")
    NO_WISH = "no-wish", _("The enquirer no longer wishes it")


class Ending(TextChoices):
    """Why a request is closed."""

    IN_TOUCH = "in-touch", _("They are in touch again")
    TOLD = "told", _("The family was told what is known")
    NO_TRACE = "no-trace", _("Everything was tried")
    WITHDRAWN = "withdrawn", _("The enquirer no longer wishes it")
    NOT_REACHED = "not-reached", _("The enquirer can no longer be reached")
    TWICE = "twice", _("The same person is looked for in another request")


class News(TextChoices):
    """What an enquirer was told. Of somebody who was found only what they allowed, and never that they declined."""

    RECEIVED = "received", _("That we received the request")
    REFUSED = "refused", _("That we cannot take it up, and who else can help")
    LOOKING = "looking", _("That we are still looking")
    FOUND = "found", _("Words of the person sought")
    NO_TRACE = "no-trace", _("That everything was tried, without a trace")
    CLOSED = "closed", _("That the request is closed")


BY_OFFICER = (News.RECEIVED, News.REFUSED, News.LOOKING, News.NO_TRACE, News.CLOSED)
"""What may be told on any day; words of somebody found come from the possible match alone."""


class How(TextChoices):
    """How the enquirer was told."""

    FACE = "face", _("Face to face")
    PHONE = "phone", _("By telephone")
    LETTER = "letter", _("By letter")
    VISIT = "visit", _("In a visit")
    MESSAGE = "message", _("By a message")


class TracingClock(TextChoices):
    """What is owed to an enquirer, and by when."""

    ACKNOWLEDGE = "tracing.acknowledge", _("Tell the enquirer that the request was received")
    REPORT = "tracing.report", _("Tell the enquirer where the search stands")


ACKNOWLEDGE_WITHIN = timedelta(days=14)
REPORT_EVERY = timedelta(days=182)
