"""A list of people that somebody else keeps, each of its people, and what could not be taken of it."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.familylinks.lists.codes import ENDED, State
from waystation.familylinks.lists.documents import FaultDocument, FileDocument, ListDocument, ListedDocument
from waystation.kernel.ids import new_id
from waystation.people.codes import Basis
from waystation.vault import SealedField


class ListCounter(models.Model):
    """One row whose lock gives change numbers in the order of commits (see `changes`)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="listcounter_one_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.value)


class PersonList(models.Model):
    """One list: of what (`name`), who keeps it, when it came, until when we may use it and by what right.

    `good` people were taken out of the file; `bad` values or rows could not be taken as they stood. `gone` holds the
    ids of its people once they are erased, so that indexes in other processes can forget them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    keeper = models.CharField(max_length=120)
    format = models.CharField(max_length=12)
    came_on = models.DateField()
    until = models.DateField()
    basis = models.CharField(max_length=20, choices=Basis.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    state_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    good = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    gone = models.BinaryField(default=b"")
    change_number = models.BigIntegerField(default=0, db_index=True)
    sealed = SealedField(ListDocument)
    file = SealedField(FileDocument)

    class Meta:
        ordering = ["-made_at", "id"]
        constraints = [
            models.CheckConstraint(name="personlist_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="personlist_used_after_it_came", condition=Q(until__gte=models.F("came_on"))),
            models.CheckConstraint(
                name="personlist_ended_says_nothing",
                condition=~Q(state__in=ENDED) | Q(sealed__isnull=True, file__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"list {self.pk} {self.state}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: its own."""
        return self.pk

    @property
    def stands(self) -> bool:
        """Whether its people are in use."""
        return self.state == State.STANDING


class ListedPerson(models.Model):
    """One person of a list, under a key of their own. `line` is where the record begins in the file.

    `until` is the last day on which the keeper wants the record used, where the file says one. Once that day has
    passed only a placeholder is left: the number in the document, and `emptied_at`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    of = models.ForeignKey(PersonList, on_delete=models.PROTECT, related_name="people")
    line = models.PositiveIntegerField()
    until = models.DateField(null=True)
    emptied_at = models.DateTimeField(null=True)
    change_number = models.BigIntegerField(default=0, db_index=True)
    sealed = SealedField(ListedDocument)

    class Meta:
        ordering = ["line", "id"]
        indexes = [models.Index("of", "line", name="listed_in_order")]

    def __str__(self) -> str:
        return f"listed person {self.pk}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: its own."""
        return self.pk


class Fault(models.Model):
    """What could not be taken as it stood: the line and why. What stands there is sealed under the key of the list.

    `taken`: the row was taken without this value.
    """

    of = models.ForeignKey(PersonList, on_delete=models.PROTECT, related_name="faults")
    line = models.PositiveIntegerField()
    why = models.CharField(max_length=24)
    taken = models.BooleanField()
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sealed = SealedField(FaultDocument)

    class Meta:
        ordering = ["line", "id"]
        indexes = [models.Index("of", "line", name="fault_in_order")]

    def __str__(self) -> str:
        return f"fault in line {self.line}: {self.why}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: that of the list."""
        return self.of_id
