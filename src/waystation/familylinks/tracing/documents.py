"""What a tracing request seals, in the family-links compartment, under the enquirer's own key."""

import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from waystation.familylinks.tracing.codes import NameKind
from waystation.kernel.actors import Compartment
from waystation.vault import SealedDocument

CHAIN = (NameKind.GIVEN, NameKind.FATHER, NameKind.GRANDFATHER, NameKind.FAMILY)
"""The parts that, one after the other, are somebody's full name."""


@dataclass(frozen=True, kw_only=True)
class NamePart:
    """One part of a name in the script in which it was given; `kind` is of `codes.NameKind`."""

    kind: str = ""
    text: str = ""

    @property
    def script(self) -> str:
        """The script of its first letter, as Unicode names it ("ARABIC", "LATIN"); empty when there is none."""
        letter = next((sign for sign in self.text if sign.isalpha()), "")
        return unicodedata.name(letter, "").split(" ")[0] if letter else ""


@dataclass(frozen=True, kw_only=True)
class Relative:
    """Somebody of the family of the person sought: what they are to each other, and the name."""

    relation: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class RequestDocument(SealedDocument):
    """Who is sought, how they lost each other, and whom one may ask.

    `lost_on` and `last_on` are each a year, a month (YYYY-MM), a day or empty; `country` (whence the person comes),
    `birth_country` and `last_country` ISO 3166-1 alpha-2; `may_ask` codes of `codes.Ask`.
    """

    compartment: ClassVar = Compartment.FAMILY_LINKS
    schema_version: ClassVar = 1

    names: tuple[NamePart, ...] = ()
    birth_year: int | None = None
    birth_place: str = ""
    country: str = ""
    languages: tuple[str, ...] = ()
    work: str = ""
    looks: str = ""
    cause: str = ""
    lost_on: str = ""
    lost_at: str = ""
    lost_how: str = ""
    last_on: str = ""
    last_country: str = ""
    last_place: str = ""
    last_phone: str = ""
    last_how: str = ""
    together: str = ""
    relatives: tuple[Relative, ...] = ()
    asked_already: str = ""
    wishes: str = ""
    may_ask: tuple[str, ...] = ()
    not_taken_up: str = ""
    sent_to: str = ""

    def of(self, kind: str) -> tuple[str, ...]:
        """The parts of one kind, as they were given."""
        return tuple(part.text for part in self.names if part.kind == kind)

    @property
    def full_name(self) -> str:
        """Given, father's, grandfather's and family name, as far as known; else a nickname or another writing."""
        chain = " ".join(text for kind in CHAIN for text in self.of(kind)[:1])
        return chain or next((part.text for part in self.names if part.kind != NameKind.MOTHER), "")

    @property
    def names_to_seek(self) -> tuple[str, ...]:
        """Every whole name by which the person may stand in a book, each once, the fullest first."""
        ends = [text for kind in (NameKind.GIVEN, NameKind.FAMILY) for text in self.of(kind)[:1]]
        short = " ".join(ends) if len(ends) > 1 else ""
        others = (*self.of(NameKind.VARIANT), *self.of(NameKind.NICKNAME))
        return tuple(dict.fromkeys(name for name in (self.full_name, short, *others) if name))


@dataclass(frozen=True, kw_only=True)
class NewsDocument(SealedDocument):
    """What an enquirer was told, in words, and what they said to it."""

    compartment: ClassVar = Compartment.FAMILY_LINKS
    schema_version: ClassVar = 1

    words: str = ""
    answer: str = ""
