"""What is swept up by itself: uploads that never came to an end, and parts without a row."""

import time
from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.clocks import Clock, Then
from waystation.casework.files import store
from waystation.casework.files.codes import ARRIVES_WITHIN, State
from waystation.casework.files.models import StoredFile
from waystation.vault import erase_person

CHUNK = 200
Owns = Callable[[Collection[UUID]], Collection[UUID]]
"""Which of some names of the folder belong to rows of another room."""
_owners: list[Owns] = [lambda ids: set(StoredFile.objects.filter(pk__in=ids).values_list("pk", flat=True))]


def register_owner(owns: Owns) -> None:
    """Tell that another room keeps parts in the folder of files."""
    if owns not in _owners:
        _owners.append(owns)


def sweep(before: datetime) -> int:
    """Erase what began to arrive before a moment and never did, and what no row knows of; how many."""
    late = list(StoredFile.objects.filter(state=State.ARRIVING, at__lt=before).values_list("pk", flat=True)[:CHUNK])
    StoredFile.objects.filter(pk__in=late).delete()
    for file_id in late:
        erase_person(file_id)
        store.erase(file_id)
    return len(late) + _without_row()


def _without_row() -> int:
    old = [file_id for file_id, at in store.every() if at < time.time() - ARRIVES_WITHIN.total_seconds()]
    known = {file_id for owns in _owners for file_id in owns(old)}
    lost = [file_id for file_id in old if file_id not in known]
    for file_id in lost:
        store.erase(file_id)
    return len(lost)


CLOCK = Clock(
    code="files.arriving",
    says=_("A file that did not wholly arrive"),
    since=_("the moment it began"),
    days=ARRIVES_WITHIN.days,
    then=Then.ERASE,
    act=sweep,
    order=80,
    fixed=True,
)
