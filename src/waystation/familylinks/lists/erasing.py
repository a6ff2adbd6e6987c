"""Letting go of people in lists: whole lists with their keys, and single records of which a placeholder stays."""

from collections.abc import Collection, Sequence

from waystation.familylinks.lists import changes
from waystation.familylinks.lists.codes import State
from waystation.familylinks.lists.documents import ListedDocument
from waystation.familylinks.lists.models import ListedPerson, PersonList
from waystation.kernel import clock
from waystation.vault import SealBroken, erase_people, new_person_keys, seal, stream_for_index
from waystation.vault.problems import PersonErased
from waystation.vault.sealing import open_for_keeping


def end(row: PersonList, state: State) -> int:
    """Erase everybody of a list and its words; how many. Inside the caller's transaction."""
    ids = list(row.people.values_list("pk", flat=True))
    changes.tell_gone(ids)
    row.people.all().delete()
    row.faults.all().delete()
    erase_people([row.pk, *ids])
    row.state, row.state_at, row.sealed, row.file = state, clock.now(), None, None
    row.gone, row.change_number = changes.packed(ids), changes.next_number()
    row.save()
    return len(ids)


def empty(rows: Sequence[ListedPerson]) -> None:
    """Leave of each record its number and its dates, under a new key: what was known of the person is gone."""
    numbers = {row.pk: _number(row) for row in rows}
    ids = list(numbers)
    changes.tell_gone(ids)
    erase_people(ids)
    new_person_keys(ids)
    now, change = clock.now(), changes.next_number()
    for row in rows:
        seal(row, "sealed", ListedDocument(number=numbers[row.pk]))
        row.emptied_at, row.change_number = now, change
    ListedPerson.objects.bulk_update(rows, ["sealed", "emptied_at", "change_number"], batch_size=200)


def heed(of: PersonList, numbers: Collection[str]) -> int:
    """The keeper of records wants some forgotten: what earlier files in the same format say of them is emptied."""
    if not numbers:
        return 0
    earlier = ListedPerson.objects.filter(of__format=of.format, of__state=State.STANDING, emptied_at__isnull=True)
    meant = [number for number, said in stream_for_index(earlier, ListedDocument) if said.number in numbers]
    rows = list(earlier.filter(pk__in=meant))
    if rows:
        empty(rows)
    return len(rows)


def _number(row: ListedPerson) -> str:
    try:
        return open_for_keeping(row, ListedDocument).number
    except (PersonErased, SealBroken):
        return ""
