"""Records that are sealed to the offline key: out of sight of every page and search, and back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from waystation.people import approvals, search
from waystation.people.changes import next_numbers
from waystation.people.models import Person


def hide(ids: Sequence[UUID], at: datetime) -> None:
    """From now on nobody finds these records. Inside the caller's action, which has sealed their keys away.

    Questions about them that wait for a second officer are dropped: nobody could read them any more.
    """
    approvals.forget(ids)
    _mark(ids, at)
    transaction.on_commit(lambda: search.forget(ids))


def show(ids: Sequence[UUID]) -> None:
    """The records can be opened again. Inside the caller's action, which has put their keys back."""
    _mark(ids, None)


def _mark(ids: Sequence[UUID], at: datetime | None) -> None:
    for person_id, number in zip(sorted(ids), next_numbers(len(ids)), strict=True):
        Person.objects.filter(pk=person_id).update(sealed_at=at, change_number=number)
