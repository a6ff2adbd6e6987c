"""A call to health staff because somebody could harm themselves."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.casework.health.codes.support import CallState
from waystation.casework.health.models.base import OfPerson
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.vault import SealedDocument, SealedField


@dataclass(frozen=True, kw_only=True)
class CallDocument(SealedDocument):
    """What health staff found, the plan to stay safe (`support.PLAN_STEPS`), and how it ended (`support.Outcome`)."""

    compartment: ClassVar = Compartment.HEALTH
    schema_version: ClassVar = 1

    found: str = ""
    signs: str = ""
    alone: str = ""
    people: str = ""
    help: str = ""
    staff: str = ""
    safe: str = ""
    living: str = ""
    planned_at: datetime | None = None
    outcome: str = ""
    closed: str = ""


@dataclass(frozen=True, kw_only=True)
class WordsDocument(SealedDocument):
    """What whoever called saw or heard."""

    compartment: ClassVar = Compartment.HEALTH
    schema_version: ClassVar = 1

    words: str = ""


class Call(OfPerson):
    """One call. `seen_by` is who went to the person."""

    state = models.CharField(max_length=7, choices=CallState.choices, default=CallState.RAISED)
    state_at = models.DateTimeField()
    seen_by = models.UUIDField(null=True)
    seen_at = models.DateTimeField(null=True)
    sealed = SealedField(CallDocument)

    class Meta(OfPerson.Meta):
        constraints = [
            models.CheckConstraint(name="health_call_state_known", condition=Q(state__in=CallState.values)),
            models.CheckConstraint(
                name="health_call_seen_by_whom",
                condition=Q(state=CallState.RAISED, seen_at__isnull=True, seen_by__isnull=True)
                | (~Q(state=CallState.RAISED) & Q(seen_at__isnull=False, seen_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"call {self.state}"


class CallWords(models.Model):
    """Words to a call; who wrote them cannot read them again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="words")
    at = models.DateTimeField()
    by = models.UUIDField()
    sealed = SealedField(WordsDocument)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return "words to a call"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it."""
        return self.call.person_id
