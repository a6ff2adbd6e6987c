"""A barrier that people met. Unsealed stand coarse facts to count; who, where exactly and in which words is sealed."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.casework.barriers.codes import By, Denied, Done, Kind
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.vault import SealedDocument, SealedField


@dataclass(frozen=True, kw_only=True)
class BarrierDocument(SealedDocument):
    """Who exactly, which ground they gave in their words, what happened, what was done."""

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    who: str = ""
    ground: str = ""
    words: str = ""
    done: str = ""


class Barrier(models.Model):
    """One help denied, to a person or to people without a name. An erased person leaves a nameless count."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="barriers")
    people = models.PositiveSmallIntegerField(default=1)
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    country = models.CharField(max_length=2)
    day = models.DateField()
    denied = models.CharField(max_length=14, choices=Denied.choices)
    by = models.CharField(max_length=10, choices=By.choices)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    done = models.CharField(max_length=10, choices=Done.choices, default=Done.NOTHING)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    compartment = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Compartment])
    sealed = SealedField(BarrierDocument)

    class Meta:
        ordering = ["-day", "-made_at", "id"]
        indexes = [models.Index("day", name="barrier_by_day")]
        constraints = [
            models.CheckConstraint(name="barrier_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="barrier_of_a_person_counts_one", condition=Q(person__isnull=True) | Q(people=1)
            ),
        ]

    def __str__(self) -> str:
        return f"barrier {self.kind}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: the person's, or its own."""
        return self.person_id or self.pk

    @property
    def compartment_of_row(self) -> Compartment:
        """Who reads its words."""
        return Compartment(self.compartment)
