"""What this room seals: the typed content that identifies or exposes a person, all in the basic compartment."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from waystation.kernel.actors import Compartment
from waystation.kernel.errors import Text
from waystation.vault import SealedDocument

NAMELESS = _("Name not given")


@dataclass(frozen=True, kw_only=True)
class IdentityDocument(SealedDocument):
    """Who someone is, as far as they said. Every field may stay empty: an alias alone is enough, and so is nothing.

    `languages` are ISO 639-3 in the order preferred, `origin` is ISO 3166-1 alpha-2, `phone` is `+` and digits,
    `card_code` is the code of the printed slip (see `cards`), `know_now` what whoever meets them next must know.
    """

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    given_name: str = ""
    family_name: str = ""
    alias: str = ""
    names_as_written: tuple[str, ...] = ()
    birth_year: int | None = None
    birth_date: date | None = None
    origin: str = ""
    languages: tuple[str, ...] = ()
    phone: str = ""
    card_code: str = ""
    contact_note: str = ""
    know_now: str = ""
    prefers_interviewer_sex: str = ""

    @property
    def display_name(self) -> str:
        """The name to call them by: given and family name, else the alias, else another name, else nothing."""
        full = " ".join(part for part in (self.given_name, self.family_name) if part)
        return full or self.alias or next(iter(self.names_as_written), "")

    @property
    def called(self) -> Text:
        """What to show where a name is expected, in words when there is none."""
        return self.display_name or NAMELESS

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name that can find them, each once."""
        full = " ".join(part for part in (self.given_name, self.family_name) if part)
        return tuple(dict.fromkeys(name for name in (full, self.alias, *self.names_as_written) if name))


@dataclass(frozen=True, kw_only=True)
class MembershipDocument(SealedDocument):
    """What someone is to the first person of a household (`codes.Relation`)."""

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    relation: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class StopDocument(SealedDocument):
    """One stop on the road: `country` ISO 3166-1 alpha-2 or empty, `when` a year, a month (YYYY-MM), a day or empty."""

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    country: str = ""
    place: str = ""
    when: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ConsentDocument(SealedDocument):
    """What the person allowed, in detail (DOMAIN.md 2.1).

    `recipients` empty means any of the consent's recipient kind; whoever is in `withheld` gets nothing under any
    consent. `read_back`: the person said in their own words what they allow. `given_by` is `codes.GivenBy`, `basis` is
    `codes.Basis`, `language` ISO 639-3.
    """

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    recipients: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    given_by: str = "self"
    language: str = ""
    explained_by: str = ""
    read_back: bool = False
    basis: str = "consent"
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DisclosureDocument(SealedDocument):
    """What left, to whom and why. `although_withheld`: whoever asked knew that the person said never to tell them."""

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    recipient: str = ""
    fields: tuple[str, ...] = ()
    why: str = ""
    although_withheld: bool = False


@dataclass(frozen=True, kw_only=True)
class MergeDocument(SealedDocument):
    """Why two records were found to be of one person."""

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    note: str = ""
