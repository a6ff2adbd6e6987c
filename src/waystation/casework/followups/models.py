"""One thing to do, by when and by whom; and who stands in for whom."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from waystation.casework.followups.codes import State, WaitingOn
from waystation.casework.followups.kinds import FollowUpKind, kind_of
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.vault import SealedDocument, SealedField

COMPARTMENTS = [(compartment.value, compartment.value) for compartment in Compartment]


@dataclass(frozen=True, kw_only=True)
class FollowUpDocument(SealedDocument):
    """What exactly is to be done; sealed in the follow-up's compartment."""

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    text: str = ""


class FollowUp(models.Model):
    """Something to do. `subject` is the row it concerns (a case, a referral); its kind knows the page."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="follow_ups")
    subject = models.UUIDField()
    compartment = models.CharField(max_length=20, choices=COMPARTMENTS)
    owner = models.UUIDField(null=True)
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    seen_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    immediate = models.BooleanField(default=False)
    waiting_on = models.CharField(max_length=10, choices=WaitingOn.choices, default=WaitingOn.US, blank=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    sealed = SealedField(FollowUpDocument)

    class Meta:
        indexes = [
            # All that sorting and counting asks of a row, so that a list of thousands is read here alone.
            models.Index(
                *("due_at", "immediate", "waiting_on", "seen_at", "opened_by", "kind", "compartment", "owner"),
                *("person", "opened_at", "id", "state"),
                name="follow_up_open",
                condition=Q(state="open"),
            ),
            models.Index("subject", "kind", name="follow_up_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                name="follow_up_ended_when",
                condition=Q(state="open", ended_at__isnull=True)
                | Q(state__in=["done", "dropped"], ended_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def kind_card(self) -> FollowUpKind:
        """Words and page of its kind."""
        return kind_of(self.kind)

    @property
    def url(self) -> str:
        """Where the work is done."""
        return self.kind_card.url(self.subject)

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals the text."""
        return self.person_id or UUID(int=0)

    @property
    def compartment_of_row(self) -> Compartment:
        """Who may read it."""
        return Compartment(self.compartment)


class Cover(models.Model):
    """While one is away, another sees and does what is theirs."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    away = models.UUIDField()
    covered_by = models.UUIDField()
    first_day = models.DateField()
    last_day = models.DateField()
    made_by = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="cover_ends_later", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(name="cover_by_another", condition=~Q(away=F("covered_by"))),
        ]

    def __str__(self) -> str:
        return f"cover {self.first_day}"
