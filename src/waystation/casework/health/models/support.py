"""A session of psychosocial support, with one person or with a group of whom only the number is known."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.casework.health.codes.support import Setting
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.vault import SealedDocument, SealedField


@dataclass(frozen=True, kw_only=True)
class SessionDocument(SealedDocument):
    """What it was about: codes of `support.Topic`."""

    compartment: ClassVar = Compartment.HEALTH
    schema_version: ClassVar = 1

    topics: tuple[str, ...] = ()
    words: str = ""


class Session(models.Model):
    """One session. That of a group is sealed under a key of its own and names nobody."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    people_count = models.PositiveSmallIntegerField(null=True)
    minutes = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    sealed = SealedField(SessionDocument)

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(
                name="health_session_of_one_or_many",
                condition=Q(person__isnull=False, people_count__isnull=True)
                | Q(person__isnull=True, people_count__gte=2),
            )
        ]

    def __str__(self) -> str:
        return f"session of {self.minutes} minutes"

    @property
    def setting(self) -> Setting:
        """With one person or with a group."""
        return Setting.ONE if self.person_id else Setting.GROUP

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it."""
        return self.person_id or self.pk
