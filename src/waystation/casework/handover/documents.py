"""What is said in a handover; each sealed in the compartment of its row."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from waystation.casework.talk import Line
from waystation.kernel.actors import Compartment
from waystation.vault import SealedDocument


@dataclass(frozen=True, kw_only=True)
class Part:
    """One field as it was sent: its name in the message, its value as JSON."""

    name: str = ""
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class GivenDocument(SealedDocument):
    """What may be told (`fields`, codes of `codes.Told`; `files`, which of them go along), what was last sent, and
    what was said."""

    compartment: ClassVar = Compartment.PROTECTION
    schema_version: ClassVar = 1

    fields: tuple[str, ...] = ()
    files: tuple[UUID, ...] = ()
    sent: tuple[Part, ...] = ()
    talk: tuple[Line, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OfferedDocument(SealedDocument):
    """The nameless preview, and what was said."""

    compartment: ClassVar = Compartment.PROTECTION
    schema_version: ClassVar = 1

    languages: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    talk: tuple[Line, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CorrectionDocument(SealedDocument):
    """What they say now: `value` as JSON."""

    compartment: ClassVar = Compartment.PROTECTION
    schema_version: ClassVar = 1

    value: str = ""


@dataclass(frozen=True, kw_only=True)
class EnclosureDocument(SealedDocument):
    """What an enclosure is that comes along, as they say: `digest` is SHA-256 in hexadecimal."""

    compartment: ClassVar = Compartment.PROTECTION
    schema_version: ClassVar = 1

    name: str = ""
    kind: str = ""
    kept_in: str = ""
    size: int = 0
    digest: str = ""
