"""Writing what came of a file, many rows at once: each person under a key of their own."""

from collections.abc import Sequence

from waystation.familylinks.lists import changes
from waystation.familylinks.lists.documents import FaultDocument, ListedDocument
from waystation.familylinks.lists.formats import Found, Wrong
from waystation.familylinks.lists.models import Fault, ListedPerson, PersonList
from waystation.kernel import clock
from waystation.kernel.rows import insert
from waystation.vault import new_person_keys, seal

CHUNK = 2000
MOST_FAULTS = 5000
"""Of a file in which everything is wrong the first of them say enough."""
WHERE, WHY, SAID, CELLS = 60, 24, 500, 100


def write_people(of: PersonList, people: Sequence[Found]) -> None:
    """Write people; of a record that is over, here or there, only the placeholder."""
    number = changes.next_number()
    for start in range(0, len(people), CHUNK):
        part = people[start : start + CHUNK]
        rows = [ListedPerson(of=of, line=one.line, until=one.until, change_number=number) for one in part]
        new_person_keys([row.pk for row in rows])
        for row, one in zip(rows, part, strict=True):
            seal(row, "sealed", _said(row, one))
        insert(rows)


def _said(row: ListedPerson, one: Found) -> ListedDocument:
    is_over = one.until is not None and one.until < clock.today()
    if one.said.names and not is_over:
        return one.said
    row.emptied_at = clock.now()
    return ListedDocument(number=one.said.number)


def write_faults(of: PersonList, wrong: Sequence[Wrong]) -> None:
    """Write what could not be taken as it stood."""
    rows = []
    for one in wrong[:MOST_FAULTS]:
        row = Fault(of=of, line=one.line, why=one.why[:WHY], taken=one.taken)
        cells = tuple(cell[:SAID] for cell in one.cells[:CELLS])
        seal(row, "sealed", FaultDocument(where=one.where[:WHERE], said=one.said[:SAID], cells=cells))
        rows.append(row)
    insert(rows)
