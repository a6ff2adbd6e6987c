"""What is said in a request; each sealed in the compartment of its row."""

from dataclasses import dataclass
from typing import ClassVar

from waystation.casework.handover.documents import Part
from waystation.casework.talk import Line
from waystation.kernel.actors import Compartment
from waystation.vault import SealedDocument


@dataclass(frozen=True, kw_only=True)
class AskedDocument(SealedDocument):
    """What we ask (`parts`), by what they may find the person (`find_by`), what was sent for that, what was said.

    `when` is a year, a month (YYYY-MM) or a day; `place` where the person says they were helped there.
    """

    compartment: ClassVar = Compartment.PROTECTION
    schema_version: ClassVar = 1

    parts: tuple[str, ...] = ()
    find_by: tuple[str, ...] = ()
    when: str = ""
    place: str = ""
    sent: tuple[Part, ...] = ()
    talk: tuple[Line, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TheirDocument(SealedDocument):
    """What they ask; once we accepted, by what we may find the person and the consent they state (`who`)."""

    compartment: ClassVar = Compartment.PROTECTION
    schema_version: ClassVar = 1

    languages: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    when: str = ""
    who: tuple[Part, ...] = ()
    talk: tuple[Line, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FoundDocument(SealedDocument):
    """One field as they told it: `value` as JSON."""

    compartment: ClassVar = Compartment.PROTECTION
    schema_version: ClassVar = 1

    value: str = ""
