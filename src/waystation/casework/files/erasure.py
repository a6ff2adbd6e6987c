"""What goes with an erased person: files, and their parts on the disk."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from waystation.casework.files import store
from waystation.casework.files.models import StoredFile
from waystation.casework.files.queries import visible_to
from waystation.people.erasure import Loss, Part, register_part
from waystation.vault import erase_person


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [Loss(label=_("Papers and pictures"), rows=StoredFile.objects.filter(person__in=ids), seen=visible_to)]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays."""
    rows = StoredFile.objects.filter(person__in=ids)
    gone = list(rows.values_list("pk", flat=True))
    rows.delete()
    for file_id in gone:
        erase_person(file_id)
        transaction.on_commit(partial(store.erase, file_id))


def declare() -> None:
    """Tell `people` what this room keeps."""
    register_part(Part(key="files", losses=losses, erase=erase))
