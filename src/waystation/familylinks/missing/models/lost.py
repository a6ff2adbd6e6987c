"""Who was aboard, and who was found dead. Each has a key of their own, so that it can be forgotten by itself."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.familylinks.missing.codes import BodyState, Outcome
from waystation.familylinks.missing.documents import AboardDocument, BodyDocument
from waystation.familylinks.missing.models.incidents import Incident
from waystation.kernel.ids import new_id
from waystation.vault import SealedField


class _OwnKey(models.Model):
    """A row about somebody who does not stand in our book."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    by = models.UUIDField()
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: its own."""
        return self.pk


class Aboard(_OwnKey):
    """Somebody who was aboard, from the words of survivors and families."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="aboard")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.NOT_KNOWN)
    sealed = SealedField(AboardDocument)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(name="aboard_outcome_known", condition=Q(outcome__in=Outcome.values))]

    def __str__(self) -> str:
        return f"aboard {self.outcome}"


class UnidentifiedBody(_OwnKey):
    """Somebody found dead whom nobody could name. `number` is ours, to write on a form instead of a name."""

    number = models.CharField(max_length=12, unique=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="bodies")
    state = models.CharField(max_length=12, choices=BodyState.choices, default=BodyState.UNIDENTIFIED)
    sealed = SealedField(BodyDocument)

    class Meta:
        ordering = ["-at", "id"]
        constraints = [models.CheckConstraint(name="body_state_known", condition=Q(state__in=BodyState.values))]

    def __str__(self) -> str:
        return f"somebody found {self.number} {self.state}"
