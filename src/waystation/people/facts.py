"""Facts about a person in words, for pages and print."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waystation.accounts.roles import CARDS, HELPERS, Role
from waystation.kernel import clock
from waystation.people import tongues
from waystation.people.codes import AgeBand, InterviewerSex, Sex, Stage, age_on
from waystation.people.documents import IdentityDocument
from waystation.people.models import Person
from waystation.people.places import country_name

SPOKEN_HERE = ("en", "fr", "es", "ar")
"""Languages that our texts for people are written in."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One line of what is known."""

    label: str
    value: Any


def age(person: Person, identity: IdentityDocument) -> str:
    """How old someone is, as exactly as was told."""
    completed = years(identity)
    if completed is None:
        return str(AgeBand(person.age_band).label)
    exact = identity.birth_date is not None or completed == 0
    return _years(completed) if exact else _("about %(years)s") % {"years": _years(completed)}


def years(identity: IdentityDocument) -> int | None:
    """Completed years of life, from the year alone where no day is known; None where neither was told."""
    if identity.birth_date is not None:
        return age_on(clock.today(), identity.birth_date)
    return max(0, clock.today().year - identity.birth_year) if identity.birth_year is not None else None


def _years(count: int) -> str:
    if count == 0:
        return _("under one year old")
    return ngettext("%(count)d year old", "%(count)d years old", count) % {"count": count}


def isolated(text: str) -> str:
    """A text of any direction inside a sentence of another, where no markup can stand (Unicode FSI … PDI)."""
    return f"\u2068{text}\u2069"


def readers(person: Person, roles: Collection[str] = HELPERS) -> str:
    """Who sees something about a person, in words: everyone who helps people, or only some roles among them.

    Empty when no role does.
    """
    some = _(", ").join(str(CARDS[role].label) for role in Role if role in roles)
    everyone = set(roles) >= HELPERS
    if person.kept_to_post is None:
        return _("those who help people at the posts of this organisation") if everyone else some
    here = _("those who help people at %(post)s, and nobody else") % {"post": isolated(person.kept_to_post.name)}
    return here if everyone else some and f"{here} ({some})"


def languages(identity: IdentityDocument) -> str:
    """The languages someone speaks, best first."""
    return _(", ").join(tongues.language_name(code) for code in identity.languages)


def identity_facts(person: Person, identity: IdentityDocument) -> list[Fact]:
    """What is known about who someone is; what was not told is left out."""
    known = (
        (_("Also called"), _(", ").join(name for name in identity.all_names if name != identity.display_name)),
        (_("Sex"), str(Sex(person.sex).label) if person.sex != Sex.NOT_KNOWN else ""),
        (_("Age"), age(person, identity)),
        (_("Born"), identity.birth_date or identity.birth_year or ""),
        (_("Comes from"), country_name(identity.origin) if identity.origin else ""),
        (_("Languages"), languages(identity)),
        (_("Telephone"), identity.phone),
        (_("How to reach them safely"), identity.contact_note),
        (_("Would rather speak with"), _interviewer(identity)),
    )
    return [Fact(label=label, value=value) for label, value in known if value]


def _interviewer(identity: IdentityDocument) -> str:
    wish = identity.prefers_interviewer_sex
    return str(InterviewerSex(wish).label) if wish else ""


def stage_words(stage: str) -> str:
    """A stage of the road in words."""
    return str(Stage(stage).label)


def spoken_here(identity: IdentityDocument) -> str:
    """The first of someone's languages that our texts are written in, as a language code of pages; empty for none."""
    short = (tongues.LANGUAGES.get(code, "").split("_", maxsplit=1)[0] for code in identity.languages)
    return next((code for code in short if code in SPOKEN_HERE), "")
