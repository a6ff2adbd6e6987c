"""The road of a person, as a list of stops they chose to tell."""

from django.db import models

from waystation.kernel.ids import new_id
from waystation.people.codes import Stage
from waystation.people.documents import StopDocument
from waystation.people.models.person import Person, SealedForPerson
from waystation.vault import SealedField


class JourneyStop(SealedForPerson, models.Model):
    """One stop: the stage can be counted, the place and time are sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stops")
    stage = models.CharField(max_length=20, choices=Stage.choices)
    position = models.PositiveSmallIntegerField()
    sealed = SealedField(StopDocument)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"stop {self.pk}"
