"""Documents and rows for the vault's own tests. The rows have no table: sealing needs only their columns."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db import models

from waystation.kernel.actors import Actor, Compartment
from waystation.vault import SealedDocument, SealedField, new_person_key, seal


class Colour(StrEnum):
    """An enumeration that a document may hold."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A nested part."""

    country: str = ""
    seen: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Letter(SealedDocument):
    """One field of each kind."""

    compartment: ClassVar = Compartment.BASIC
    name: str = ""
    year: int | None = None
    weight: float = 0.0
    urgent: bool = False
    born: date | None = None
    met_at: datetime | None = None
    number: UUID | None = None
    colour: Colour = Colour.RED
    raw: bytes = b""
    names: tuple[str, ...] = ()
    place: Place = Place()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HealthLetter(SealedDocument):
    """For fewer readers, and already in its second version."""

    compartment: ClassVar = Compartment.HEALTH
    schema_version: ClassVar = 2
    text: str = ""

    @classmethod
    def upgrade(cls, version: int, data: dict[str, Any]) -> dict[str, Any]:
        """Version 1 called the text `note`."""
        return {"text": data["note"]} if version == 1 else data


class Drawer(models.Model):
    """A row with two sealed columns of one kind and one of another."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.UUIDField()
    letter = SealedField(Letter)
    health = SealedField(HealthLetter)

    class Meta:
        app_label = "vault_tests"
        managed = False

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals this row."""
        return UUID(str(self.person))


class Graded(models.Model):
    """A row whose compartment depends on a plain column."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.UUIDField()
    compartment_of_row = models.CharField(max_length=20)
    letter = SealedField(Letter)

    class Meta:
        app_label = "vault_tests"
        managed = False

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals this row."""
        return UUID(str(self.person))


def reader(*compartments: Compartment, people_per_hour: int = 100, role: str = "volunteer") -> Actor:
    """Someone who opens documents; BASIC unless told."""
    return Actor(
        account_id=uuid4(),
        handle="reader",
        role=role,
        compartments=frozenset(compartments or {Compartment.BASIC}),
        people_per_hour=people_per_hour,
    )


def drawer(text: str = "Amal", **changes: Any) -> Drawer:
    """A row about a new person, with a sealed letter."""
    person = uuid4()
    new_person_key(person)
    row = Drawer(person=person, **changes)
    seal(row, "letter", Letter(name=text))
    return row
