"""An enclosure on its way, as who gives keeps it and as who is asked keeps it."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.casework.handover.documents import EnclosureDocument
from waystation.casework.handover.enclosures.codes import EnclosureState
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.vault import SealedField


class EnclosureGoing(models.Model):
    """One of our files that goes along. Its id names it on both sides; what it is stands with what was sent."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    given = models.ForeignKey("handover.Given", on_delete=models.CASCADE, related_name="enclosures")
    file = models.ForeignKey("files.StoredFile", on_delete=models.SET_NULL, null=True, related_name="+")
    parts = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, choices=EnclosureState.choices, default=EnclosureState.COMING)
    state_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="enclosure_going_state_known", condition=Q(state__in=EnclosureState.values))
        ]

    def __str__(self) -> str:
        return f"enclosure going {self.state}"


class EnclosureComing(models.Model):
    """One of their files that comes along, or will: parts may come before we are told what it is (`sealed`).

    `number` is what the other side calls it. Parts stand in the folder of files as `parts_in`, under a key of that
    name; it is another one when they are sent again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offered = models.ForeignKey("handover.Offered", on_delete=models.CASCADE, related_name="enclosures")
    number = models.UUIDField()
    parts = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, choices=EnclosureState.choices, default=EnclosureState.COMING)
    state_at = models.DateTimeField()
    parts_in = models.UUIDField(default=new_id, unique=True)
    kept = models.ForeignKey("files.StoredFile", on_delete=models.SET_NULL, null=True, related_name="+")
    sealed = SealedField(EnclosureDocument)

    class Meta:
        constraints = [
            models.CheckConstraint(name="enclosure_coming_state_known", condition=Q(state__in=EnclosureState.values)),
            models.UniqueConstraint("offered", "number", name="each_enclosure_once"),
        ]

    def __str__(self) -> str:
        return f"enclosure coming {self.state}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals what it is: the offer's."""
        return self.offered_id

    @property
    def compartment_of_row(self) -> Compartment:
        """Where it belongs: with the offer."""
        return self.offered.compartment_of_row
