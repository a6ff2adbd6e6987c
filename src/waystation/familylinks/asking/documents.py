"""What asking the road seals: keys, tables, what hides a question, words."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from waystation.kernel.actors import Compartment
from waystation.vault import SealedDocument

NO_CASE = UUID(int=0)


@dataclass(frozen=True, kw_only=True)
class KeyDocument(SealedDocument):
    """The keys of one publication of ours, under a key of their own: destroyed, every copy of the set is noise."""

    compartment: ClassVar = Compartment.FAMILY_LINKS
    schema_version: ClassVar = 1

    secret: bytes = b""
    public: bytes = b""


@dataclass(frozen=True, kw_only=True)
class TagsDocument(SealedDocument):
    """Whose tags are whose: 16 bytes of a tag and 16 of a person's number, one after the other."""

    compartment: ClassVar = Compartment.FAMILY_LINKS
    schema_version: ClassVar = 1

    entries: bytes = b""


@dataclass(frozen=True, kw_only=True)
class HiddenDocument(SealedDocument):
    """What takes the blinding off an answer: tokens, scalars and elements, in the order sent."""

    compartment: ClassVar = Compartment.FAMILY_LINKS
    schema_version: ClassVar = 1

    tokens: tuple[bytes, ...] = ()
    blinds: tuple[bytes, ...] = ()
    elements: tuple[bytes, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SaidDocument(SealedDocument):
    """A claim as it came, until it is looked at: under the key of the publication that it is about."""

    compartment: ClassVar = Compartment.FAMILY_LINKS
    schema_version: ClassVar = 1

    tags: tuple[bytes, ...] = ()
    case: UUID = NO_CASE
    relation: str = ""
    checked_by: str = ""


@dataclass(frozen=True, kw_only=True)
class ClaimDocument(SealedDocument):
    """What who asks claims to be, what an officer wrote about it, and the words that the person sent."""

    compartment: ClassVar = Compartment.FAMILY_LINKS
    schema_version: ClassVar = 1

    relation: str = ""
    checked_by: str = ""
    note: str = ""
    words: str = ""
    language: str = ""
    explained_by: str = ""
    read_back: bool = False
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class BarsDocument(SealedDocument):
    """Of whom a person must never be told, asked or claimed: nodes, and countries (ISO 3166-1 alpha-2)."""

    compartment: ClassVar = Compartment.FAMILY_LINKS
    schema_version: ClassVar = 1

    nodes: tuple[UUID, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WordDocument(SealedDocument):
    """What a person sought says, in their own words."""

    compartment: ClassVar = Compartment.FAMILY_LINKS
    schema_version: ClassVar = 1

    words: str = ""
