"""Signs that somebody is being trafficked, and what they come to, as data.

Dimensions, strength and the rule are those of ILO and the European Commission, "Operational indicators of trafficking
in human beings" (2009); here only the signs that an early look can see or hear, in our own words.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Text


class Dimension(TextChoices):
    """Of what a sign speaks."""

    DECEIT = "deceit", _("Lured by a lie")
    FORCE = "force", _("Taken by force")
    USE = "use", _("Used in their need")
    WORK = "work", _("How they are made to work or live")
    CONTROL = "control", _("How somebody holds them")


class Strength(StrEnum):
    """How much a sign weighs in its dimension."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


class Found(TextChoices):
    """What signs come to. None of these is a finding about anybody: they say who should talk with the person."""

    NONE = "none", _("Nothing seen today")
    WATCH = "watch", _("Some signs: talk again, alone, with somebody trained")
    LIKELY = "likely", _("Strong signs: offer a safe place and help now")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """One sign; `exploits` marks what alone is enough for a child, however the child came into it."""

    says: Text
    dimension: Dimension
    strength: Strength
    exploits: bool = False


D, S, M, W = Dimension, Strength.STRONG, Strength.MEDIUM, Strength.WEAK
SIGNS: Mapping[str, Sign] = {
    "lied_work": Sign(says=_("Was promised another work, pay or place"), dimension=D.DECEIT, strength=S),
    "lied_road": Sign(says=_("Was lied to about the journey or its price"), dimension=D.DECEIT, strength=M),
    "lied_family": Sign(says=_("Was lied to about marriage, school or family"), dimension=D.DECEIT, strength=M),
    "taken": Sign(says=_("Was taken, sold or handed over"), dimension=D.FORCE, strength=S),
    "violence_before": Sign(says=_("Was beaten or threatened to come along"), dimension=D.FORCE, strength=S),
    "debt_before": Sign(says=_("Owes somebody for the journey more than can be paid"), dimension=D.FORCE, strength=M),
    "young": Sign(says=_("Is young, alone, and was approached on the road"), dimension=D.USE, strength=M),
    "no_language": Sign(says=_("Does not know where they are or where they go"), dimension=D.USE, strength=W),
    "hunger": Sign(says=_("Took the offer because the family had nothing"), dimension=D.USE, strength=M),
    "sex": Sign(says=_("Has to offer sex for somebody else's gain"), dimension=D.WORK, strength=S, exploits=True),
    "hours": Sign(says=_("Works day and night, or without a free day"), dimension=D.WORK, strength=S, exploits=True),
    "unpaid": Sign(says=_("Is not paid, or the pay is kept"), dimension=D.WORK, strength=M, exploits=True),
    "begs": Sign(says=_("Is sent to beg, steal or carry things"), dimension=D.WORK, strength=M, exploits=True),
    "lives_there": Sign(says=_("Has to sleep where they work"), dimension=D.WORK, strength=W),
    "documents_kept": Sign(says=_("Somebody keeps what belongs to them"), dimension=D.CONTROL, strength=S),
    "watched": Sign(says=_("Is never alone; somebody speaks for them"), dimension=D.CONTROL, strength=S),
    "locked": Sign(says=_("May not leave, or is locked in"), dimension=D.CONTROL, strength=S),
    "threats": Sign(says=_("Somebody threatens them or the family at home"), dimension=D.CONTROL, strength=M),
    "injuries": Sign(says=_("Has injuries that nobody explains"), dimension=D.CONTROL, strength=M),
    "same_words": Sign(says=_("Tells a story that sounds learned by heart"), dimension=D.CONTROL, strength=W),
    "afraid": Sign(says=_("Looks afraid, or waits for a sign before answering"), dimension=D.CONTROL, strength=W),
}


def found(signs: Collection[str], *, is_child: bool) -> Found:
    """What signs come to.

    A dimension counts with two strong signs, one strong and another, three medium, or two medium and a weak one (ILO
    2009, "How to use the indicators"). For a child one sign of exploitation is enough: the means do not matter
    (Palermo Protocol, article 3 c). Codes that nobody knows are left aside.
    """
    seen = [SIGNS[code] for code in signs if code in SIGNS]
    if is_child and any(sign.exploits for sign in seen):
        return Found.LIKELY
    if any(_counts([sign.strength for sign in seen if sign.dimension is one]) for one in Dimension):
        return Found.LIKELY
    return Found.WATCH if seen else Found.NONE


def _counts(strengths: list[Strength]) -> bool:
    have = Counter(strengths)
    if have[S]:
        return len(strengths) > 1
    return have[M] > 2 or (have[M] > 1 and have[W] > 0)
