"""Somebody who may be the person sought: from our own book, or from a list that another keeps."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from waystation.familylinks.matches.codes import Act, State
from waystation.familylinks.tracing.models import DatedStep, TracingRequest
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.vault import SealedDocument, SealedField


@dataclass(frozen=True, kw_only=True)
class MatchDocument(SealedDocument):
    """Why two officers held them to be the same or not, what the person found said, and what they allow to be told.

    `allowed` are codes of `codes.Allowed`; `words` is what may be told, in their own words.
    """

    compartment: ClassVar = Compartment.FAMILY_LINKS
    schema_version: ClassVar = 1

    first: str = ""
    second: str = ""
    against: str = ""
    asked_how: str = ""
    answer: str = ""
    phone: str = ""
    where: str = ""
    allowed: tuple[str, ...] = ()
    words: str = ""


class Match(models.Model):
    """One person found for one request. Its own key seals it: it speaks of two people, and goes with either.

    `probability` is what was computed when it was taken up. `second_interview`: there was no second officer, so the
    first spoke with the person a second time, on another day. `never`: the person found said so for this enquirer.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(TracingRequest, on_delete=models.PROTECT, related_name="matches")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="found_as")
    listed = models.ForeignKey("lists.ListedPerson", on_delete=models.PROTECT, null=True, related_name="found_as")
    state = models.CharField(max_length=9, choices=State.choices, default=State.PROPOSED)
    state_at = models.DateTimeField()
    probability = models.FloatField(default=0)
    proposed_by = models.UUIDField()
    confirmed_by = models.UUIDField(null=True)
    verified_by = models.UUIDField(null=True)
    second_interview = models.BooleanField(default=False)
    never = models.BooleanField(default=False)
    sealed = SealedField(MatchDocument)

    class Meta:
        ordering = ["-state_at", "id"]
        indexes = [models.Index("state", "state_at", name="match_by_state")]
        constraints = [
            models.CheckConstraint(name="match_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="match_of_one", condition=Q(person__isnull=False) ^ Q(listed__isnull=False)),
            models.CheckConstraint(
                name="match_verified_by_two",
                condition=Q(verified_by__isnull=True)
                | Q(second_interview=True)
                | Q(confirmed_by__isnull=False) & ~Q(verified_by=F("confirmed_by")),
            ),
            models.CheckConstraint(
                name="match_asked_once_verified",
                condition=Q(state__in=["proposed", "confirmed", "dismissed"]) | Q(verified_by__isnull=False),
            ),
            models.UniqueConstraint(
                "request", "person", name="match_of_person_once", condition=Q(person__isnull=False)
            ),
            models.UniqueConstraint(
                "request", "listed", name="match_of_listed_once", condition=Q(listed__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"possible match {self.state}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: its own."""
        return self.pk


class MatchStep(DatedStep):
    """A day in the life of a possible match."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(max_length=7, choices=Act.choices)
    state = models.CharField(max_length=9, choices=State.choices)


class Noticed(models.Model):
    """Somebody new who may be the one, of whom an officer was told: nobody is told twice of the same."""

    request = models.ForeignKey(TracingRequest, on_delete=models.CASCADE, related_name="+")
    other = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint("request", "other", name="noticed_once")]

    def __str__(self) -> str:
        return f"noticed {self.other}"


@dataclass(frozen=True, kw_only=True)
class NeverDocument(SealedDocument):
    """By which names somebody said that an enquirer must never hear of them."""

    compartment: ClassVar = Compartment.FAMILY_LINKS
    schema_version: ClassVar = 1

    names: tuple[str, ...] = ()
    birth_year: int | None = None


class Never(models.Model):
    """Somebody never wants to be found in a request, from whatever list they come again. A key of its own seals it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(TracingRequest, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    sealed = SealedField(NeverDocument)

    def __str__(self) -> str:
        return "never"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: its own."""
        return self.pk
