"""A sealed file: its row here, its parts in the folder of files."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import models
from django.db.models import Q

from waystation.casework.files.codes import State
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.people.models.person import SealedForPerson
from waystation.vault import SealedDocument, SealedField

COMPARTMENTS = [(one.value, one.value) for one in Compartment]


@dataclass(frozen=True, kw_only=True)
class FileDocument(SealedDocument):
    """What the file is and the key of its parts (32 bytes, hexadecimal): who opens this opens the file."""

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    name: str = ""
    kind: str = ""
    note: str = ""
    key: str = ""
    digest: str = ""


class StoredFile(SealedForPerson, models.Model):
    """One file of one person. `size` is bytes of plain text; parts stand as `files/xx/id/number`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="files")
    compartment = models.CharField(max_length=20, choices=COMPARTMENTS)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ARRIVING)
    size = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    sealed = SealedField(FileDocument)

    class Meta:
        ordering = ["-at", "id"]
        constraints = [models.CheckConstraint(name="file_state_known", condition=Q(state__in=State.values))]

    def __str__(self) -> str:
        return f"file {self.state}"

    @property
    def compartment_of_row(self) -> Compartment:
        """Where it belongs."""
        return Compartment(self.compartment)
