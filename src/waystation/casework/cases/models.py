"""A case, the lines of its plan, notes, and what a supervisor decided."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q

from waystation.casework.cases.codes import (
    KINDS,
    CaseKind,
    CaseState,
    Closing,
    GoalState,
    ReviewOf,
    ReviewState,
    Risk,
)
from waystation.casework.cases.documents import CaseDocument, GoalDocument, NoteDocument, ReviewDocument
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.people.models.person import SealedForPerson
from waystation.vault import SealedField

COMPARTMENTS = [(compartment.value, compartment.value) for compartment in Compartment]


class Case(SealedForPerson, models.Model):
    """One person followed by one owner. `revision` guards against two people writing over one another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=12, choices=CaseKind.choices)
    state = models.CharField(max_length=12, choices=CaseState.choices, default=CaseState.NEW)
    risk = models.CharField(max_length=6, choices=Risk.choices)
    owner = models.UUIDField(null=True)
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    state_at = models.DateTimeField()
    closing = models.CharField(max_length=12, choices=Closing.choices, blank=True, default="")
    revision = models.PositiveIntegerField(default=1)
    sealed = SealedField(CaseDocument)

    class Meta:
        indexes = [models.Index("state", "opened_at", name="case_by_state")]
        constraints = [
            models.CheckConstraint(name="case_state_known", condition=Q(state__in=CaseState.values)),
            models.CheckConstraint(
                name="case_closed_with_reason",
                condition=(Q(state=CaseState.CLOSED) & ~Q(closing="")) | (~Q(state=CaseState.CLOSED) & Q(closing="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} case {self.state}"

    @property
    def compartment_of_row(self) -> Compartment:
        """Where it belongs, by its kind."""
        return KINDS[CaseKind(self.kind)].compartment


class _OfCase:
    """What hangs on a case: same person, same compartment."""

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it."""
        person: UUID = self.case.person_id  # type: ignore[attr-defined]
        return person

    @property
    def compartment_of_row(self) -> Compartment:
        """Where it belongs."""
        place: Compartment = self.case.compartment_of_row  # type: ignore[attr-defined]
        return place


class Goal(_OfCase, models.Model):
    """One line of the plan: what is to be reached, by which service of whom, by when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="goals")
    by_when = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=GoalState.choices, default=GoalState.OPEN)
    made_at = models.DateTimeField()
    sealed = SealedField(GoalDocument)

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return f"goal {self.state}"


class Note(models.Model):
    """Something written down, in a compartment chosen by who wrote it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    compartment = models.CharField(max_length=20, choices=COMPARTMENTS)
    at = models.DateTimeField()
    by = models.UUIDField()
    sealed = SealedField(NoteDocument)

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return f"note {self.at:%Y-%m-%d}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it."""
        return self.case.person_id

    @property
    def compartment_of_row(self) -> Compartment:
        """Where its writer put it."""
        return Compartment(self.compartment)


class Review(_OfCase, models.Model):
    """A supervisor's yes or no to an assessment, a plan or a closing; never by who asked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reviews")
    of = models.CharField(max_length=10, choices=ReviewOf.choices)
    state = models.CharField(max_length=8, choices=ReviewState.choices, default=ReviewState.ASKED)
    closing = models.CharField(max_length=12, choices=Closing.choices, blank=True, default="")
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    used = models.BooleanField(default=False)
    sealed = SealedField(ReviewDocument)

    class Meta:
        ordering = ["-asked_at", "id"]
        constraints = [
            models.CheckConstraint(name="review_by_two", condition=~Q(decided_by=F("asked_by"))),
            models.CheckConstraint(
                name="review_decided_when",
                condition=Q(state=ReviewState.ASKED, decided_by__isnull=True)
                | (~Q(state=ReviewState.ASKED) & Q(decided_by__isnull=False)),
            ),
            models.UniqueConstraint("case", "of", condition=Q(state=ReviewState.ASKED), name="review_asked_once"),
        ]

    def __str__(self) -> str:
        return f"review of {self.of} {self.state}"
