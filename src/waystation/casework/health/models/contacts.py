"""A contact about somebody's health, and what was lent or given."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import models
from django.db.models import Q

from waystation.casework.health.codes.care import Colour, ThingState
from waystation.casework.health.models.base import OfPerson
from waystation.kernel.actors import Compartment
from waystation.vault import SealedDocument, SealedField


@dataclass(frozen=True, kw_only=True)
class ContactDocument(SealedDocument):
    """What somebody came with and what was done: codes of `care.Complaint` and `care.Done`."""

    compartment: ClassVar = Compartment.HEALTH
    schema_version: ClassVar = 1

    complaints: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    words: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class LentDocument(SealedDocument):
    """What it is: a code of `care.Thing`."""

    compartment: ClassVar = Compartment.HEALTH
    schema_version: ClassVar = 1

    thing: str = ""
    words: str = ""


class Contact(OfPerson):
    """Somebody was seen by who looks after health."""

    colour = models.CharField(max_length=6, choices=Colour.choices)
    sealed = SealedField(ContactDocument)

    class Meta(OfPerson.Meta):
        constraints = [models.CheckConstraint(name="health_colour_known", condition=Q(colour__in=Colour.values))]

    def __str__(self) -> str:
        return f"contact {self.colour}"


class Lent(OfPerson):
    """Something that was lent, or given to keep."""

    state = models.CharField(max_length=8, choices=ThingState.choices)
    state_at = models.DateTimeField()
    sealed = SealedField(LentDocument)

    class Meta(OfPerson.Meta):
        constraints = [models.CheckConstraint(name="health_lent_known", condition=Q(state__in=ThingState.values))]

    def __str__(self) -> str:
        return f"thing {self.state}"
