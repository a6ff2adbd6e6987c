"""Two records found to be of one person, and the way back."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q

from waystation.kernel.ids import new_id
from waystation.people.documents import MergeDocument
from waystation.people.models.person import Person
from waystation.vault import SealedField


class Merge(models.Model):
    """`survivor` stands for `absorbed` until undone. No row of either ever moves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    survivor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_won")
    absorbed = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_lost")
    merged_at = models.DateTimeField()
    merged_by = models.UUIDField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    sealed = SealedField(MergeDocument)

    class Meta:
        constraints = [
            models.UniqueConstraint("absorbed", name="merge_absorbed_once", condition=Q(undone_at__isnull=True)),
            models.CheckConstraint(name="merge_of_two", condition=~Q(survivor=F("absorbed"))),
        ]

    def __str__(self) -> str:
        return f"merge {self.pk}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals this row's document."""
        return self.survivor_id
