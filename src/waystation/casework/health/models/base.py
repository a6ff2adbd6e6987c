"""What every row of this room has."""

from django.db import models

from waystation.kernel.ids import new_id
from waystation.people.models.person import SealedForPerson


class OfPerson(SealedForPerson, models.Model):
    """Something about one person's health: who, when, written by whom, at which post."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.UUIDField()
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ["-at", "id"]
