"""A procedure and its days. Unsealed stands only whether there is work left, and whose it is."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.casework.procedures.codes import Work
from waystation.casework.procedures.documents import DayDocument, ProcedureDocument
from waystation.kernel.ids import new_id
from waystation.people.models.person import SealedForPerson
from waystation.vault import SealedField


class Procedure(SealedForPerson, models.Model):
    """One thing done with an office or a court. `revision` guards against two people writing over one another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="procedures")
    case = models.ForeignKey("cases.Case", on_delete=models.SET_NULL, null=True, related_name="procedures")
    owner = models.UUIDField(null=True)
    state = models.CharField(max_length=5, choices=Work.choices, default=Work.OPEN)
    ended_on = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=1)
    sealed = SealedField(ProcedureDocument)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="procedure_ended_when",
                condition=Q(state=Work.OPEN, ended_on__isnull=True) | Q(state=Work.ENDED, ended_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"procedure {self.state}"


class Day(models.Model):
    """A day that must not be missed. When it is stands in its follow-up, as long as it is to come."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="days")
    sealed = SealedField(DayDocument)

    def __str__(self) -> str:
        return "day of a procedure"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it."""
        return self.procedure.person_id
