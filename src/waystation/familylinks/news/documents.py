"""What family news seals. The address is read by every office on the way, the words only where they are checked or
delivered: two documents."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from waystation.kernel.actors import Compartment
from waystation.vault import SealedDocument

FAMILY_LINKS = Compartment.FAMILY_LINKS


@dataclass(frozen=True, kw_only=True)
class AddressDocument(SealedDocument):
    """To whom a message goes; the offices it came through; what its writer agreed to, from which day until which."""

    compartment: ClassVar = FAMILY_LINKS
    schema_version: ClassVar = 1

    name: str = ""
    parents: str = ""
    place: str = ""
    phone: str = ""
    route: tuple[str, ...] = ()
    agreed_on: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class WordsDocument(SealedDocument):
    """Who writes what. `reason` (`codes.Forbidden`) and `note` say why it was given back to its writer."""

    compartment: ClassVar = FAMILY_LINKS
    schema_version: ClassVar = 1

    writer: str = ""
    words: str = ""
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class WellDocument(SealedDocument):
    """What may be told of somebody who is safe and well, and to which relatives by name; empty: to any."""

    compartment: ClassVar = FAMILY_LINKS
    schema_version: ClassVar = 1

    words: str = ""
    relatives: tuple[str, ...] = ()
