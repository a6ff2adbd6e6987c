"""Who speaks for a child, who cares, what is best: rows beside a case of the kind child."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.casework.cases.models import Case
from waystation.casework.children.codes import Procedure, Step
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.vault import SealedDocument, SealedField

CHILD = Compartment.CHILD


@dataclass(frozen=True, kw_only=True)
class GuardianDocument(SealedDocument):
    """Who the guardian is. `kind` is `codes.GuardianKind`."""

    compartment: ClassVar = CHILD
    schema_version: ClassVar = 1

    name: str = ""
    kind: str = ""
    contact: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CareDocument(SealedDocument):
    """Who cares for the child, and why this changed. `kind` is `codes.Care`, `concerns` are of `codes.Concern`."""

    compartment: ClassVar = CHILD
    schema_version: ClassVar = 1

    kind: str = ""
    who: str = ""
    contact: str = ""
    why: str = ""
    concerns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BestInterestsDocument(SealedDocument):
    """What was weighed, who sat on the panel, what was decided and why; the child's own views stand first."""

    compartment: ClassVar = CHILD
    schema_version: ClassVar = 1

    question: str = ""
    views: str = ""
    weighed: str = ""
    panel: tuple[str, ...] = ()
    minutes: str = ""
    decision: str = ""
    reasons: str = ""
    looked_again: str = ""


class _OfChild(models.Model):
    """What all of them share."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="%(class)ss")
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        abstract = True

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it."""
        return self.case.person_id


class Guardian(_OfChild):
    """A guardian from a day on; the last one counts until `ended_on`."""

    since = models.DateField()
    ended_on = models.DateField(null=True)
    sealed = SealedField(GuardianDocument)

    class Meta:
        ordering = ["-since", "-at"]

    def __str__(self) -> str:
        return f"guardian since {self.since}"


class CareArrangement(_OfChild):
    """Who cares from a day on; the last one counts."""

    since = models.DateField()
    sealed = SealedField(CareDocument)

    class Meta:
        ordering = ["-since", "-at"]

    def __str__(self) -> str:
        return f"care since {self.since}"


class BestInterests(_OfChild):
    """One assessment, or one determination by a panel."""

    procedure = models.CharField(max_length=13, choices=Procedure.choices)
    step = models.CharField(max_length=8, choices=Step.choices, default=Step.BEGUN)
    decided_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)
    sealed = SealedField(BestInterestsDocument)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(name="best_interests_step_known", condition=Q(step__in=Step.values)),
            models.CheckConstraint(
                name="best_interests_decided_when",
                condition=Q(step__in=[Step.BEGUN, Step.PANEL], decided_at__isnull=True)
                | Q(step__in=[Step.DECIDED, Step.REVIEWED], decided_at__isnull=False, review_on__isnull=False),
            ),
            models.CheckConstraint(
                name="best_interests_assessment_without_panel",
                condition=~Q(procedure=Procedure.ASSESSMENT, step=Step.PANEL),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.step}"
