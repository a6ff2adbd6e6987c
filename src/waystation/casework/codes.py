"""What may be missing, what may be given, and how pressing it is: every list of this room, declared once.

Needs follow the source document's list (P1.4, DOMAIN.md 1.3) and what posts are asked for every day.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waystation.kernel.actors import Compartment

BASIC, HEALTH = Compartment.BASIC, Compartment.HEALTH


class Service(TextChoices):
    """What was given."""

    FOOD = "food", _("Food")
    WATER = "water", _("Water")
    CLOTHING = "clothing", _("Clothing, shoes or blankets")
    HYGIENE = "hygiene", _("Hygiene items or a shower")
    SHELTER = "shelter", _("A place to sleep")
    PHONE = "phone", _("Phone call")
    CHARGING = "charging", _("Charging a phone")
    WIFI = "wifi", _("Wi-Fi")
    INFORMATION = "information", _("Information")
    FIRST_AID = "first_aid", _("First aid")
    HEALTH_CARE = "health_care", _("Health care")
    NUTRITION = "nutrition", _("Food for a small child")
    SUPPORT = "support", _("Someone to talk to")
    CHILD_SPACE = "child_safe_space", _("A safe place for children")
    INTERPRETER = "interpreter", _("Interpreter")
    TRANSPORT = "transport", _("Transport")
    LEGAL_HELP = "legal_help", _("Legal advice")
    EDUCATION = "education", _("School or course")
    CASH = "cash", _("Cash or voucher")
    FAMILY_NEWS = "family_news", _("News to or from family")


@dataclass(frozen=True, kw_only=True, slots=True)
class NeedCard:
    """One need: words, what answers it, whose compartment its note is sealed in, and who may know that it exists."""

    label: Promise
    services: tuple[Service, ...] = ()
    note: Compartment = BASIC
    seen: Compartment = BASIC
    chosen: bool = True
    """Whether it is offered; the others only stand for one that is sealed."""
    first: bool = False
    """Whether it stands on the short list of a registration."""


S = Service
NEEDS: Mapping[str, NeedCard] = {
    "food": NeedCard(label=_("Food"), services=(S.FOOD,), first=True),
    "water": NeedCard(label=_("Water"), services=(S.WATER,), first=True),
    "clothing": NeedCard(label=_("Clothing"), services=(S.CLOTHING,), first=True),
    "hygiene": NeedCard(label=_("Hygiene"), services=(S.HYGIENE,), first=True),
    "shelter": NeedCard(label=_("A place to sleep tonight"), services=(S.SHELTER,), first=True),
    "health": NeedCard(label=_("Health problem"), services=(S.FIRST_AID, S.HEALTH_CARE), note=HEALTH, first=True),
    "phone": NeedCard(label=_("Phone or charging"), services=(S.PHONE, S.CHARGING, S.WIFI), first=True),
    "information": NeedCard(label=_("Information"), services=(S.INFORMATION,), first=True),
    "separated_family": NeedCard(
        label=_("Separated from family"),
        services=(S.FAMILY_NEWS, S.PHONE, S.WIFI),
        note=Compartment.FAMILY_LINKS,
        first=True,
    ),
    "child_safe_space": NeedCard(
        label=_("A safe place for a child"), services=(S.CHILD_SPACE,), note=Compartment.CHILD, first=True
    ),
    "interpreter": NeedCard(label=_("Interpreter"), services=(S.INTERPRETER,)),
    "transport": NeedCard(label=_("Transport"), services=(S.TRANSPORT,)),
    "legal_help": NeedCard(label=_("Legal advice"), services=(S.LEGAL_HELP,), note=Compartment.LEGAL),
    "low_income": NeedCard(label=_("Low income"), services=(S.CASH, S.INFORMATION)),
    "housing": NeedCard(label=_("Poor housing"), services=(S.SHELTER, S.INFORMATION)),
    "education": NeedCard(label=_("School or training"), services=(S.EDUCATION,)),
    "nutrition": NeedCard(label=_("Nutrition"), services=(S.NUTRITION, S.FOOD), note=HEALTH),
    "mental_health": NeedCard(label=_("Mental health"), services=(S.SUPPORT, S.HEALTH_CARE), note=HEALTH),
    "effects_of_journey": NeedCard(
        label=_("Effects of a long, dangerous journey"), services=(S.FIRST_AID, S.SUPPORT), note=HEALTH
    ),
    "tuberculosis": NeedCard(label=_("Tuberculosis"), services=(S.HEALTH_CARE,), note=HEALTH, seen=HEALTH),
    "hiv": NeedCard(label=_("HIV or AIDS"), services=(S.HEALTH_CARE,), note=HEALTH, seen=HEALTH),
    "other_disease": NeedCard(label=_("Another disease"), services=(S.HEALTH_CARE,), note=HEALTH, seen=HEALTH),
    "smuggler_harm": NeedCard(
        label=_("Harmed by smugglers or traffickers"),
        services=(S.SUPPORT, S.SHELTER),
        note=Compartment.PROTECTION,
        seen=Compartment.PROTECTION,
    ),
    "kept_health": NeedCard(label=_("Something for the health team"), note=HEALTH, seen=HEALTH, chosen=False),
    "kept_protection": NeedCard(
        label=_("Something for the protection team"),
        note=Compartment.PROTECTION,
        seen=Compartment.PROTECTION,
        chosen=False,
    ),
}
KEPT_AS: Mapping[Compartment, str] = {HEALTH: "kept_health", Compartment.PROTECTION: "kept_protection"}
"""What stands in the column of a person's need that only some may know of; the need itself is sealed."""


class Threat(TextChoices):
    """The four immediate threats that put a person first (RB.1)."""

    SURVIVAL = "survival", _("Survival")
    DIGNITY = "dignity", _("Dignity")
    PHYSICAL_HEALTH = "physical_health", _("Physical health")
    MENTAL_HEALTH = "mental_health", _("Mental health")


class Severity(TextChoices):
    """How bad it is, as the person and the helper see it together."""

    LOW = "low", _("Can wait")
    MEDIUM = "medium", _("Matters")
    HIGH = "high", _("Bad")
    IMMEDIATE = "immediate", _("Now")


class NeedState(TextChoices):
    """What became of a need."""

    UNMET = "unmet", _("Not met")
    PARTLY = "partly", _("Partly met")
    MET = "met", _("Met")
    WITHDRAWN = "withdrawn", _("No longer wanted")


class TimeFrom(TextChoices):
    """Who says when somebody was served without a name."""

    CLOCK = "clock", _("The clock")
    MOVED = "moved", _("A clock that was wrong, put right")
    CHOSEN = "chosen", _("A person, who chose the day")


class EncounterKind(TextChoices):
    """What a meeting was."""

    REGISTRATION = "registration", _("Registration")
    VISIT = "visit", _("Visit to the post")
    OUTREACH = "outreach", _("Met outside the post")
    URGENT = "urgent", _("Urgent help")


OPEN = (NeedState.UNMET, NeedState.PARTLY)
SEVERITY_ORDER: Mapping[str, int] = {
    Severity.IMMEDIATE: 0,
    Severity.HIGH: 1,
    Severity.MEDIUM: 2,
    Severity.LOW: 3,
}
NEED_CHOICES = [(code, card.label) for code, card in NEEDS.items() if card.chosen]
FIRST_NEEDS = [(code, card.label) for code, card in NEEDS.items() if card.first]
