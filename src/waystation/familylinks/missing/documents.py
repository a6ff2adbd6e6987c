"""What is sealed about the missing and the dead, all in the family-links compartment."""

from dataclasses import dataclass, field
from typing import ClassVar

from waystation.kernel.actors import Compartment
from waystation.vault import SealedDocument

FAMILY_LINKS = Compartment.FAMILY_LINKS


@dataclass(frozen=True, kw_only=True)
class Features:
    """What somebody looks like, as far as anybody can say: asked of the family and of the dead in the same words.

    `sex` is of `people.codes.Sex`; ages are years, heights centimetres, each from and to; `written` is whatever they
    carried that has words or numbers on it.
    """

    sex: str = ""
    age_from: int | None = None
    age_to: int | None = None
    height_from: int | None = None
    height_to: int | None = None
    hair: str = ""
    teeth: str = ""
    scars: str = ""
    tattoos: str = ""
    clothing: str = ""
    belongings: str = ""
    written: str = ""
    other: str = ""


@dataclass(frozen=True, kw_only=True)
class AboardDocument(SealedDocument):
    """Somebody who was aboard, from the words of others; `told_by` says who told it, `sure` is of `codes.Sure`."""

    compartment: ClassVar = FAMILY_LINKS
    schema_version: ClassVar = 1

    names: tuple[str, ...] = ()
    sex: str = ""
    age: str = ""
    origin: str = ""
    told_by: str = ""
    sure: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class BodyDocument(SealedDocument):
    """Somebody found dead whom nobody could name. `found_on` is a year, a month (YYYY-MM), a day or empty."""

    compartment: ClassVar = FAMILY_LINKS
    schema_version: ClassVar = 1

    found_on: str = ""
    found_at: str = ""
    features: Features = field(default_factory=Features)
    lies_at: str = ""
    authority: str = ""
    reference: str = ""
    samples: str = ""
    samples_words: str = ""


@dataclass(frozen=True, kw_only=True)
class AnteMortemDocument(SealedDocument):
    """What the family tells of the person sought, and who of them told it."""

    compartment: ClassVar = FAMILY_LINKS
    schema_version: ClassVar = 1

    features: Features = field(default_factory=Features)
    told_by: str = ""
    samples: str = ""
    samples_words: str = ""


@dataclass(frozen=True, kw_only=True)
class HypothesisDocument(SealedDocument):
    """Why somebody thinks so, what was compared and found, which authority confirmed it under which reference."""

    compartment: ClassVar = FAMILY_LINKS
    schema_version: ClassVar = 1

    why: str = ""
    found: tuple[str, ...] = ()
    authority: str = ""
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanDocument(SealedDocument):
    """How a family is kept told: who tells whom, in which language, in the way agreed on; what they need.

    `needs` are codes of `codes.FamilyNeed`.
    """

    compartment: ClassVar = FAMILY_LINKS
    schema_version: ClassVar = 1

    who_tells: str = ""
    language: str = ""
    agreed: str = ""
    beside: str = ""
    never: str = ""
    needs: tuple[str, ...] = ()
    needs_words: str = ""
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TellingDocument(SealedDocument):
    """The telling of a death: who is with us, where, in which language, to whom, with which support, what they said."""

    compartment: ClassVar = FAMILY_LINKS
    schema_version: ClassVar = 1

    second: str = ""
    place: str = ""
    language: str = ""
    support: str = ""
    told_to: str = ""
    said: str = ""
    why_not: str = ""
