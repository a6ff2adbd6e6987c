"""What happened at a post: meetings, needs, what was given, and people served without a name."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise

from waystation.casework.codes import NEEDS, EncounterKind, NeedState, Service, Severity, TimeFrom
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.people.codes import AgeBand, Sex
from waystation.vault import SealedDocument, SealedField


@dataclass(frozen=True, kw_only=True)
class NeedDocument(SealedDocument):
    """What was said about a need, and which it is where only some may know; sealed in the need's compartment."""

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    code: str = ""
    note: str = ""


class Encounter(models.Model):
    """One meeting. Without a person it is urgent help that came before any registration: coarse facts only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="encounters")
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=14, choices=EncounterKind.choices)
    met_at = models.DateTimeField()
    by = models.UUIDField()
    sex = models.CharField(max_length=9, choices=Sex.choices, default=Sex.NOT_KNOWN)
    age_band = models.CharField(max_length=9, choices=AgeBand.choices, default=AgeBand.NOT_KNOWN)

    class Meta:
        indexes = [models.Index("post", "met_at", name="encounter_by_post")]

    def __str__(self) -> str:
        return f"{self.kind} {self.met_at:%Y-%m-%d}"


class Need(models.Model):
    """Something missing. `urgency` is derived from threats and severity, for ordering in the database.

    `code` of a need that only some may know of is one of `codes.KEPT_AS`; `told` is which it is, once opened.
    """

    told = ""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="needs")
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="needs")
    code = models.CharField(max_length=30)
    severity = models.CharField(max_length=9, choices=Severity.choices, default=Severity.MEDIUM)
    threat_survival = models.BooleanField(default=False)
    threat_dignity = models.BooleanField(default=False)
    threat_physical_health = models.BooleanField(default=False)
    threat_mental_health = models.BooleanField(default=False)
    urgency = models.PositiveSmallIntegerField()
    recorded_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=NeedState.choices, default=NeedState.UNMET)
    state_at = models.DateTimeField()
    detail = SealedField(NeedDocument)

    class Meta:
        indexes = [
            models.Index(
                "urgency", "recorded_at", name="need_open_by_urgency", condition=Q(state__in=["unmet", "partly"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"

    @property
    def label(self) -> Promise:
        """The need in words."""
        return NEEDS[self.told or self.code].label

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals the note."""
        return self.person_id or UUID(int=0)

    @property
    def compartment_of_row(self) -> Compartment:
        """Where the note belongs, by the need's code."""
        return NEEDS[self.code].note


class ServiceGiven(models.Model):
    """One thing given in a meeting, with or without a need it answers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="services")
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="services")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, related_name="services")
    code = models.CharField(max_length=20, choices=Service.choices)
    quantity = models.PositiveSmallIntegerField(default=1)
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.quantity} {self.code}"


class Unnamed(models.Model):
    """People served whom nobody wrote down: one row a tap at the desk or on a phone, taken back by its maker.

    A phone makes the id, so that sent twice it counts once; what is taken back stays, so that it stays taken back.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    sex = models.CharField(max_length=9, choices=Sex.choices)
    age_band = models.CharField(max_length=9, choices=AgeBand.choices)
    count = models.PositiveSmallIntegerField(default=1)
    by = models.UUIDField()
    at = models.DateTimeField()
    time_from = models.CharField(max_length=6, choices=TimeFrom.choices, default=TimeFrom.CLOCK)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("post", "day", name="unnamed_by_day")]

    def __str__(self) -> str:
        return f"{self.count} {self.sex} {self.age_band}"


class UnnamedService(models.Model):
    """One thing that people without a name were given; each of them got it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Unnamed, on_delete=models.CASCADE, related_name="services")
    code = models.CharField(max_length=20, choices=Service.choices)

    class Meta:
        constraints = [models.UniqueConstraint("contact", "code", name="unnamed_service_once")]

    def __str__(self) -> str:
        return self.code
