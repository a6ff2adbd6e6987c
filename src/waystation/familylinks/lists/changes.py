"""How indexes in memory learn who came and who is gone, and how other nouns let go of who is erased."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from waystation.familylinks.lists.models import ListCounter, ListedPerson, PersonList

ID_BYTES = 16
Gone = Callable[[Sequence[UUID]], None]
_when_gone: list[Gone] = []


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What happened since somebody looked: `came` can be read with `queries.listed`, `gone` is to be forgotten.

    `newest` is the number from which to ask the next time.
    """

    newest: int
    came: tuple[UUID, ...]
    gone: tuple[UUID, ...]


def when_gone(hook: Gone) -> None:
    """Call `hook` with the ids of listed people, in the transaction that erases them and before their rows go."""
    if hook not in _when_gone:
        _when_gone.append(hook)


def tell_gone(people: Sequence[UUID]) -> None:
    """Let the other nouns let go of people."""
    for hook in _when_gone:
        hook(people)


def next_number() -> int:
    """The next change number, inside the caller's transaction; take it last (see `people.changes`)."""
    if not ListCounter.objects.filter(pk=1).update(value=F("value") + 1):
        ListCounter.objects.get_or_create(pk=1)
        ListCounter.objects.filter(pk=1).update(value=F("value") + 1)
    return ListCounter.objects.values_list("value", flat=True).get(pk=1)


def newest() -> int:
    """The highest change number that is committed."""
    return ListCounter.objects.filter(pk=1).values_list("value", flat=True).first() or 0


def since(number: int) -> Changes:
    """Everything after a change number (0: everything there is)."""
    last = newest()
    if last == number:
        return Changes(newest=number, came=(), gone=())
    changed = list(
        ListedPerson.objects.filter(change_number__gt=number, change_number__lte=last).values_list("pk", "emptied_at")
    )
    lists = PersonList.objects.filter(change_number__gt=number, change_number__lte=last).exclude(gone=b"")
    gone = [person for blob in lists.values_list("gone", flat=True) for person in unpacked(bytes(blob))]
    return Changes(
        newest=last,
        came=tuple(person for person, emptied_at in changed if emptied_at is None),
        gone=(*(person for person, emptied_at in changed if emptied_at is not None), *gone),
    )


def packed(people: Sequence[UUID]) -> bytes:
    """Ids one after another."""
    return b"".join(person.bytes for person in people)


def unpacked(blob: bytes) -> list[UUID]:
    """The inverse of `packed`."""
    return [UUID(bytes=blob[start : start + ID_BYTES]) for start in range(0, len(blob), ID_BYTES)]
