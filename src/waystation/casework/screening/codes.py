"""Domains, ratings, states and clocks of screening, as data.

The five domains, the steps in each and the three ratings are those of the Vulnerability Screening Tool of UNHCR and the
International Detention Coalition (2016); the prompts are said in our own words. Vulnerability lies in the situation,
not in the person, so every screening has a day to look again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Text
from waystation.kernel.states import StateTable


class Domain(TextChoices):
    """What is looked at, one after the other."""

    CHILD = "child", _("Being a child")
    GENDER = "gender", _("Sex, gender, and whom one loves")
    HEALTH = "health", _("Health and welfare")
    PROTECTION = "protection", _("Danger and protection")
    OTHER = "other", _("Anything else")


class Rating(TextChoices):
    """How much must be done, and how soon."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


RATINGS = (Rating.LOW, Rating.MEDIUM, Rating.HIGH)
"""From the least to the most."""


class State(TextChoices):
    """Where a screening stands."""

    BEGUN = "begun", _("Begun")
    FINISHED = "finished", _("Finished")
    STOPPED = "stopped", _("Stopped, as the person wished")


class Act(TextChoices):
    """What may be done with a screening."""

    RATE = "rate", _("Look at a domain")
    FINISH = "finish", _("Finish")
    STOP = "stop", _("Stop here")


TABLE = StateTable(
    states=State.values,
    first=State.BEGUN,
    steps=[
        (Act.RATE, State.BEGUN, State.BEGUN),
        (Act.FINISH, State.BEGUN, State.FINISHED),
        (Act.STOP, State.BEGUN, State.STOPPED),
    ],
)


class Need(TextChoices):
    """What a person asks to be protected from, heard before anything else."""

    RETURN = "return", _("Is afraid of being sent back")
    ALONE = "alone", _("Is a child who travels without a parent")
    FORCED = "forced", _("Says that somebody forces or controls them")
    TORTURE = "torture", _("Speaks of torture or of violence that was meant for them")
    FAMILY = "family", _("Has lost family on the way")


class Immediate(TextChoices):
    """What cannot wait until the talk is over."""

    DANGER = "danger", _("Somebody threatens them, here and now")
    ILL = "ill", _("Is ill, hurt, or about to give birth")
    SELF_HARM = "self_harm", _("Thinks of ending their life or hurting themselves")
    CHILD_GONE = "child_gone", _("A child is missing")
    BASIC = "basic", _("Has no food, water, or place for tonight")


@dataclass(frozen=True, kw_only=True, slots=True)
class Help:
    """One kind of help to ask for: `service` as referrals name it, and words for its button."""

    service: str
    says: Text


LEGAL = Help(service="legal", says=_("Ask for legal advice"))
CARE = Help(service="health", says=_("Ask for health care"))
SUPPORT = Help(service="psychosocial", says=_("Ask for psychosocial support"))
SAFETY = Help(service="protection", says=_("Ask for protection and safety"))
SHELTER = Help(service="shelter", says=_("Ask for shelter"))
FOR_CHILD = Help(service="child", says=_("Ask for care for the child"))
TRACING = Help(service="tracing", says=_("Ask to find family"))
SOCIAL = Help(service="social", says=_("Ask for social support"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One domain: `prompts` to look out for, `questions` to ask gently, and the help that a high rating suggests."""

    prompts: Mapping[str, Text]
    questions: tuple[Text, ...]
    helps: tuple[Help, Help]


CARDS: Mapping[Domain, Card] = {
    Domain.CHILD: Card(
        prompts={
            "alone": _("Travels without a parent or guardian"),
            "relatives": _("Is with relatives or others who are not the parents"),
            "parent_child": _("Is a mother or a father and still a child"),
            "age_doubted": _("Somebody doubts the age told"),
            "works": _("Works, or is sent to work"),
            "no_school": _("Has not been to school for long"),
            "held": _("Is or was held with grown men or women"),
        },
        questions=(
            _("Who looks after you, and do you like to be with them?"),
            _("Where did you sleep these last nights?"),
            _("Is there somebody you would like us to tell where you are?"),
        ),
        helps=(FOR_CHILD, TRACING),
    ),
    Domain.GENDER: Card(
        prompts={
            "pregnant": _("Is expecting a child, or nurses one"),
            "alone_with_children": _("Cares for small children alone"),
            "alone": _("Travels alone among strangers"),
            "violence": _("Has lived through violence because of sex or gender"),
            "marriage": _("Fears a marriage, or what a family calls honour"),
            "cutting": _("Was cut, or fears it for a daughter"),
            "loves": _("Is in danger for whom they love or who they are"),
        },
        questions=(
            _("Would you rather talk with a woman or with a man?"),
            _("Do you feel safe where you sleep and where you wash?"),
            _("Is there anybody here you are afraid of?"),
        ),
        helps=(SAFETY, SUPPORT),
    ),
    Domain.HEALTH: Card(
        prompts={
            "illness": _("Has an illness that needs care or medicine"),
            "mind": _("Is in deep distress, or hears or sees what others do not"),
            "self_harm": _("Thinks of hurting themselves"),
            "disability": _("Lives with a disability"),
            "old": _("Is old and frail"),
            "substances": _("Cannot do without alcohol or a drug"),
            "destitute": _("Has nothing to live on"),
        },
        questions=(
            _("Do you take any medicine, and for how long will it last?"),
            _("How do you sleep and eat?"),
            _("What helps you on bad days?"),
        ),
        helps=(CARE, SUPPORT),
    ),
    Domain.PROTECTION: Card(
        prompts={
            "return": _("Fears what would happen at home"),
            "torture": _("Has lived through torture"),
            "controlled": _("Is controlled, in debt, or made to work by somebody"),
            "witness": _("Saw a crime, or spoke against somebody powerful"),
            "no_country": _("No country takes them as its own"),
            "threatened": _("Was threatened on the way or here"),
            "followed": _("Somebody looks for them"),
        },
        questions=(
            _("What are you most afraid of?"),
            _("Does anybody keep your telephone, your money or your things?"),
            _("Has anybody explained to you what you can ask for here?"),
        ),
        helps=(LEGAL, SAFETY),
    ),
    Domain.OTHER: Card(
        prompts={
            "no_language": _("Nobody near speaks their language"),
            "nobody": _("Has nobody here"),
            "waiting": _("Has waited or been held for long"),
            "family_lost": _("Does not know where the family is"),
            "hated": _("Was insulted or attacked for where they come from or what they believe"),
            "cannot_read": _("Cannot read what they are given to sign"),
        },
        questions=(
            _("What worries you that we have not asked about?"),
            _("Whom would you call if you needed something tonight?"),
        ),
        helps=(SOCIAL, SHELTER),
    ),
}


class Screened(TextChoices):
    """Follow-ups that screening opens by itself."""

    IMMEDIATE = "screening.immediate", _("Help at once: heard in a screening")
    ACT = "screening.act", _("Do what a screening suggests")
    AGAIN = "screening.again", _("Look again at what makes someone easy to harm")
    SIGNS = "screening.signs", _("Signs that somebody controls this person")


ACT_WITHIN: Mapping[Rating, timedelta] = {Rating.HIGH: timedelta(hours=24), Rating.MEDIUM: timedelta(hours=72)}
AGAIN_AFTER: Mapping[Rating, timedelta] = {
    Rating.HIGH: timedelta(days=14),
    Rating.MEDIUM: timedelta(days=30),
    Rating.LOW: timedelta(days=90),
}
SIGNS_WITHIN = timedelta(hours=24)
