"""The small summary of somebody's health, line by line; and what another post wrote, as it came."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import models

from waystation.casework.health.models.base import OfPerson
from waystation.kernel.actors import Compartment
from waystation.vault import SealedDocument, SealedField


@dataclass(frozen=True, kw_only=True)
class LineDocument(SealedDocument):
    """One allergy, medicine, condition or vaccination; or, with `none`, that there is none of its kind.

    `kind` is a code of `summary.Kind`, `system` an address of `summary.SYSTEMS`, `since` a year, a month, a day or
    empty, `told_by` another post whose file said so.
    """

    compartment: ClassVar = Compartment.HEALTH
    schema_version: ClassVar = 1

    kind: str = ""
    text: str = ""
    system: str = ""
    code: str = ""
    since: str = ""
    more: str = ""
    none: bool = False
    told_by: str = ""


class Line(OfPerson):
    """A line of the summary; one that is no longer so has an end."""

    ended_at = models.DateTimeField(null=True)
    sealed = SealedField(LineDocument)

    def __str__(self) -> str:
        return "line of a summary"


@dataclass(frozen=True, kw_only=True)
class ReceivedLine:
    """One line of a file: `absent` is a code of `summary.Absent` where the section says that there is nothing."""

    text: str = ""
    system: str = ""
    code: str = ""
    when: str = ""
    more: str = ""
    absent: str = ""


@dataclass(frozen=True, kw_only=True)
class ReceivedSection:
    """One section of a file: `kind` is empty for one that we have no lines for; then `text` tells what it says."""

    kind: str = ""
    title: str = ""
    text: str = ""
    lines: tuple[ReceivedLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReceivedDocument(SealedDocument):
    """What a file says: who wrote it, when, about whom."""

    compartment: ClassVar = Compartment.HEALTH
    schema_version: ClassVar = 1

    author: str = ""
    written: str = ""
    name: str = ""
    born: str = ""
    gender: str = ""
    sections: tuple[ReceivedSection, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OriginalDocument(SealedDocument):
    """The file itself, byte for byte, so that nothing of it is lost."""

    compartment: ClassVar = Compartment.HEALTH
    schema_version: ClassVar = 1

    raw: bytes = b""


class Received(OfPerson):
    """A summary that another post wrote and that was read here."""

    sealed = SealedField(ReceivedDocument)
    original = SealedField(OriginalDocument)

    def __str__(self) -> str:
        return "summary of another post"
