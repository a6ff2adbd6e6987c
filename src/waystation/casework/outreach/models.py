"""Doors, places, rounds and the contacts made on them. Where people gather and who vouches for us is sealed."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.casework.outreach.codes import CalledOff, DoorKind, PlaceKind, State, Way
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.people.codes import AgeBand, Sex
from waystation.vault import SealedDocument, SealedField


@dataclass(frozen=True, kw_only=True)
class DoorDocument(SealedDocument):
    """Who it is, how to reach them, which languages they speak, who of us knows them."""

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    name: str = ""
    contact: str = ""
    languages: tuple[str, ...] = ()
    known_to: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PlaceDocument(SealedDocument):
    """Where exactly, and what is dangerous there: a list of such places must never be found."""

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    name: str = ""
    how: str = ""
    risk: str = ""


@dataclass(frozen=True, kw_only=True)
class RoundDocument(SealedDocument):
    """Why we go, who goes, what was checked (`codes.Check`), what was heard."""

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    purpose: str = ""
    team: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    heard: str = ""
    called_off: str = ""


class _Sealed(models.Model):
    """What is about nobody on record: each row has a key of its own and can be erased."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it."""
        return self.pk


class Door(_Sealed):
    """Somebody whom people trust and who lets us in."""

    kind = models.CharField(max_length=9, choices=DoorKind.choices)
    is_active = models.BooleanField(default=True)
    seen_on = models.DateField()
    sealed = SealedField(DoorDocument)

    def __str__(self) -> str:
        return f"door {self.kind}"


class Place(_Sealed):
    """Where people are."""

    kind = models.CharField(max_length=10, choices=PlaceKind.choices)
    is_active = models.BooleanField(default=True)
    sealed = SealedField(PlaceDocument)

    def __str__(self) -> str:
        return f"place {self.kind}"


class Round(_Sealed):
    """One going there."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="rounds")
    door = models.ForeignKey(Door, on_delete=models.SET_NULL, null=True, related_name="rounds")
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=8, choices=Way.choices)
    starts_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    state_at = models.DateTimeField()
    made_by = models.UUIDField()
    called_off = models.CharField(max_length=7, choices=CalledOff.choices, blank=True, default="")
    sealed = SealedField(RoundDocument)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(name="round_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="round_called_off_why",
                condition=(Q(state=State.CALLED_OFF) & ~Q(called_off="")) | ~Q(state=State.CALLED_OFF),
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.state}"


class Contact(models.Model):
    """One talk with somebody whom nobody wrote down. The id comes from the page, so that sent twice it counts once."""

    id = models.UUIDField(primary_key=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="contacts")
    day = models.DateField()
    sex = models.CharField(max_length=9, choices=Sex.choices, default=Sex.NOT_KNOWN)
    age_band = models.CharField(max_length=9, choices=AgeBand.choices, default=AgeBand.NOT_KNOWN)
    through_door = models.BooleanField(default=False)
    services = models.JSONField(default=list)
    fears = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"contact {self.day}"
