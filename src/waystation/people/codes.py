"""What may be chosen in this room: every list of codes, with words for people, declared once."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.kernel.states import StateTable


class AgeBand(TextChoices):
    """Coarse enough to count by, fine enough to help by (ages in AGES)."""

    INFANT = "0-4", _("0 to 4 years")
    CHILD = "5-11", _("5 to 11 years")
    ADOLESCENT = "12-17", _("12 to 17 years")
    YOUTH = "18-24", _("18 to 24 years")
    ADULT = "25-59", _("25 to 59 years")
    OLDER = "60+", _("60 years and over")
    NOT_KNOWN = "not-known", _("Age not known")


AGES: Mapping[AgeBand, tuple[int, int]] = {
    AgeBand.INFANT: (0, 4),
    AgeBand.CHILD: (5, 11),
    AgeBand.ADOLESCENT: (12, 17),
    AgeBand.YOUTH: (18, 24),
    AgeBand.ADULT: (25, 59),
    AgeBand.OLDER: (60, 200),
}
"""First and last completed year of life of each band."""

CHILDREN: frozenset[str] = frozenset({AgeBand.INFANT, AgeBand.CHILD, AgeBand.ADOLESCENT})


class Sex(TextChoices):
    """As the person says it; never asked twice."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Another")
    NOT_KNOWN = "not-known", _("Not known")
    NOT_SAID = "not-said", _("Prefers not to say")


class InterviewerSex(TextChoices):
    """With whom the person would rather speak."""

    FEMALE = "female", _("A woman")
    MALE = "male", _("A man")


class Stage(TextChoices):
    """Where on the trail someone is or was (DOMAIN.md 1.3, trail stages)."""

    ORIGIN = "origin", _("Origin")
    TRANSIT = "transit", _("In transit")
    DESTINATION = "destination", _("Destination")
    INTERCEPTED_SEA = "intercepted-sea", _("Intercepted at sea")
    INTERCEPTED_LAND = "intercepted-land", _("Intercepted on land")
    THIRD_COUNTRY = "third-country", _("Held offshore or in a third country")
    DETENTION = "detention", _("In detention")
    DIVERTED = "diverted", _("Diverted to a third country")
    RETURNED = "returned", _("Returned")
    REINTEGRATION = "reintegration", _("Settling in again")


class Relation(TextChoices):
    """What someone is to the first person of the household."""

    FIRST = "first", _("First person of the household")
    PARTNER = "partner", _("Husband, wife or partner")
    CHILD = "child", _("Child")
    PARENT = "parent", _("Parent")
    SIBLING = "sibling", _("Brother or sister")
    GRANDCHILD = "grandchild", _("Grandchild")
    GRANDPARENT = "grandparent", _("Grandparent")
    NIECE_NEPHEW = "niece-nephew", _("Niece or nephew")
    AUNT_UNCLE = "aunt-uncle", _("Aunt or uncle")
    COUSIN = "cousin", _("Cousin")
    WARD = "ward", _("Child in their care")
    GUARDIAN = "guardian", _("Guardian")
    IN_LAW = "in-law", _("Family by marriage")
    FAMILY = "family", _("Other family")
    COMPANION = "companion", _("Travels with them")
    NOT_KNOWN = "not-known", _("Relation not known")


INVERSE: Mapping[str, Relation] = {
    Relation.PARTNER: Relation.PARTNER,
    Relation.CHILD: Relation.PARENT,
    Relation.PARENT: Relation.CHILD,
    Relation.SIBLING: Relation.SIBLING,
    Relation.GRANDCHILD: Relation.GRANDPARENT,
    Relation.GRANDPARENT: Relation.GRANDCHILD,
    Relation.NIECE_NEPHEW: Relation.AUNT_UNCLE,
    Relation.AUNT_UNCLE: Relation.NIECE_NEPHEW,
    Relation.COUSIN: Relation.COUSIN,
    Relation.WARD: Relation.GUARDIAN,
    Relation.GUARDIAN: Relation.WARD,
    Relation.IN_LAW: Relation.IN_LAW,
    Relation.FAMILY: Relation.FAMILY,
    Relation.COMPANION: Relation.COMPANION,
    Relation.NOT_KNOWN: Relation.NOT_KNOWN,
}
"""What the first person of a household is to someone with this relation."""

BETWEEN: Mapping[tuple[str, str], Relation] = {
    (Relation.CHILD, Relation.CHILD): Relation.SIBLING,
    (Relation.SIBLING, Relation.SIBLING): Relation.SIBLING,
    (Relation.PARENT, Relation.CHILD): Relation.GRANDPARENT,
    (Relation.CHILD, Relation.PARENT): Relation.GRANDCHILD,
    (Relation.PARENT, Relation.SIBLING): Relation.PARENT,
    (Relation.SIBLING, Relation.PARENT): Relation.CHILD,
    (Relation.SIBLING, Relation.CHILD): Relation.AUNT_UNCLE,
    (Relation.CHILD, Relation.SIBLING): Relation.NIECE_NEPHEW,
}
"""What one person is to another, by what each is to the household's first person, where that is sure."""


def relation_between(one: str, other: str) -> Relation:
    """What a person is to another of the same household, from what both are to its first person.

    Says FAMILY or NOT_KNOWN rather than guess: a partner's child may not be the first person's.
    """
    if other == Relation.FIRST:
        return Relation(one)
    if one == Relation.FIRST:
        return INVERSE.get(other, Relation.NOT_KNOWN)
    if Relation.NOT_KNOWN in {one, other}:
        return Relation.NOT_KNOWN
    if Relation.COMPANION in {one, other}:
        return Relation.COMPANION
    return BETWEEN.get((one, other), Relation.FAMILY)


class Purpose(TextChoices):
    """What a consent is about (DOMAIN.md 2.1)."""

    SERVICES = "services", _("Getting services")
    TRACING = "tracing", _("Looking for family")
    PHOTO = "photo", _("Publishing a photo")
    REFERRAL = "referral", _("Referral to a named agency")
    STATISTICS = "statistics", _("Statistics without a name")
    STORY = "story", _("A story told in public")


ASKED = "asked"
"""Where each answer begins; never stored."""


class ConsentState(TextChoices):
    """Where a consent stands."""

    GIVEN = "given", _("Given")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ConsentAct(TextChoices):
    """What may be done with a question put to a person."""

    GIVE = "give", _("Say yes")
    REFUSE = "refuse", _("Say no")
    WITHDRAW = "withdraw", _("Take it back")


CONSENT_TABLE = StateTable(
    states=[ASKED, *ConsentState.values],
    first=ASKED,
    steps=[
        (ConsentAct.GIVE, ASKED, ConsentState.GIVEN),
        (ConsentAct.REFUSE, ASKED, ConsentState.REFUSED),
        (ConsentAct.WITHDRAW, ConsentState.GIVEN, ConsentState.WITHDRAWN),
    ],
)
"""A no stays a no and what was taken back stays so: to change an answer, ask again. That the last day has passed is no
state but a date, so that nothing needs to run for it to be over."""
LONGEST_CONSENT = timedelta(days=2 * 365)
USUAL_CONSENT = timedelta(days=180)


class Basis(TextChoices):
    """Why data may be used at all (RFL Code of Conduct on Data Protection; DOMAIN.md 2.1)."""

    CONSENT = "consent", _("The person's consent")
    VITAL_INTEREST = "vital-interest", _("Vital interest of the person or another")
    PUBLIC_INTEREST = "public-interest", _("Important grounds of public interest")
    LEGITIMATE_INTEREST = "legitimate-interest", _("Legitimate interest")
    CONTRACT = "contract", _("Contract")
    LEGAL_DUTY = "legal-duty", _("Duty under law")


class RecipientKind(TextChoices):
    """To whom something may go. Authorities are a kind of their own, so that they can be refused as one."""

    SOCIETY = "society", _("Red Cross or Red Crescent society")
    HEALTH = "health", _("Hospital or health worker")
    SHELTER = "shelter", _("Shelter")
    LEGAL_HELP = "legal-help", _("Lawyer or legal help")
    UN_AGENCY = "un-agency", _("United Nations agency")
    NGO = "ngo", _("Non-governmental organisation")
    FAMILY = "family", _("Family")
    PUBLIC = "public", _("The public")
    AUTHORITY = "authority", _("Public authority")
    OTHER = "other", _("Someone else")


class Told(TextChoices):
    """What a list for a partner may tell of each person."""

    NAME = "name", _("Name")
    AGE = "age", _("Age")
    SEX = "sex", _("Sex")
    LANGUAGES = "languages", _("Languages")
    PHONE = "phone", _("Telephone")
    CONTACT = "contact", _("How to reach them")


class GivenBy(TextChoices):
    """Who decided."""

    SELF = "self", _("The person")
    GUARDIAN = "guardian", _("A parent or guardian")


class DisclosureKind(TextChoices):
    """By which way something left."""

    SPOKEN = "spoken", _("Told in person")
    TELEPHONE = "telephone", _("Told by telephone")
    PAPER = "paper", _("Handed over on paper")
    LETTER = "letter", _("Sent by post or e-mail")
    MESSAGE = "message", _("Sent to another node")
    PUBLISHED = "published", _("Shown in public")


class NoticeVia(TextChoices):
    """How the notice of who sees what reached the person."""

    READ_ALOUD = "read-aloud", _("Read aloud")
    PRINTED = "printed", _("Printed")
    INTERPRETER = "interpreter", _("Through an interpreter")


class ErasureReason(TextChoices):
    """Why a person's record is destroyed."""

    ASKED = "person-asked", _("The person asked for it")
    RETENTION_OVER = "retention-over", _("The time for keeping it is over")
    REGISTERED_IN_ERROR = "registered-in-error", _("It was registered in error")


OLDEST = 120
"""No one has been registered older; a birth year before that is a slip of the pen."""


def band_of_age(age: int) -> AgeBand:
    """The band of an age in completed years."""
    return next((band for band, (first, last) in AGES.items() if first <= age <= last), AgeBand.NOT_KNOWN)


def age_on(day: date, born: date) -> int:
    """Completed years of life."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def band_of_birth(day: date, *, born: date | None, year: int | None, said: str) -> AgeBand:
    """The age band on a day.

    A birth date decides. A birth year leaves two ages: the band that was said stands if either age fits it, else the
    younger counts, so that doubt never makes a child an adult. Without either, what was said.
    """
    if born is not None:
        return band_of_age(age_on(day, born))
    if year is None:
        return AgeBand(said)
    fitting = [band_of_age(max(0, day.year - year - 1)), band_of_age(day.year - year)]
    return next((band for band in fitting if band == said), fitting[0])
