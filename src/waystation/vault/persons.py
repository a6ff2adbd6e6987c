"""Person keys: made at registration, unwrapped only here."""

import contextlib
import logging
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from uuid import UUID
from weakref import WeakSet

from django.db import transaction
from django.db.models import QuerySet

from waystation.vault import ciphers, epoch_files, locks
from waystation.vault.keyring import keyring
from waystation.vault.models import PersonKey
from waystation.vault.problems import PersonErased, SealBroken

__all__ = ["PersonErased", "forget_held_keys", "hold", "hold_keys_of", "key_of", "keys_of", "new_person_keys"]

MOST_HELD = 10_000
CHUNK = 500
log = logging.getLogger(__name__)


class _Held:
    """The person keys at hand in one thread or request."""

    __slots__ = ("__weakref__", "keys")

    def __init__(self) -> None:
        self.keys: dict[UUID, bytes] = {}


_held: ContextVar[_Held | None] = ContextVar("held_person_keys", default=None)
_everywhere: "WeakSet[_Held]" = WeakSet()
_everywhere_lock = threading.Lock()


def new_person_key(person: UUID) -> None:
    """Make a person's key, inside the transaction that registers her. Raises NodeLocked, EpochKeysMissing."""
    new_person_keys([person])


def new_person_keys(people: Sequence[UUID]) -> None:
    """Make the keys of several people in one go. Raises NodeLocked, EpochKeysMissing."""
    keys = {person: ciphers.new_key() for person in people}
    with transaction.atomic():
        # Within the transaction and its lock: an epoch that ends meanwhile is seen, or waits for us.
        locks.share_epoch()
        epoch, epoch_key = epoch_files.current()
        PersonKey.objects.bulk_create(
            [
                PersonKey(person=person, epoch=epoch, wrapped=ciphers.wrap(epoch_key, key, person_bound(person.bytes)))
                for person, key in keys.items()
            ],
            batch_size=CHUNK * 10,
        )
    hold(keys)


def keys_of(people: Iterable[UUID]) -> dict[UUID, bytes]:
    """The keys of people, opened; who was erased is left out. Callers outside the vault use `sealing`.

    Raises NodeLocked, SealBroken.
    """
    return {person: _unwrap(person, epoch_key, wrapped) for person, epoch_key, wrapped in _wrapped_keys(people)}


def readable_keys_between(first: UUID, last: UUID) -> dict[UUID, bytes]:
    """As `keys_of`, for all whose id is from first to last; a damaged key is logged and left out. Raises NodeLocked."""
    found = {}
    for person, epoch_key, wrapped in _wrapped(PersonKey.objects.filter(person__gte=first, person__lte=last)):
        with contextlib.suppress(SealBroken):
            found[person] = _unwrap(person, epoch_key, wrapped)
    return found


def _wrapped_keys(people: Iterable[UUID]) -> Iterator[tuple[UUID, bytes, bytes]]:
    wanted = list(dict.fromkeys(people))
    keyring.node_id  # noqa: B018 - raises NodeLocked
    for start in range(0, len(wanted), CHUNK):
        yield from _wrapped(PersonKey.objects.filter(person__in=wanted[start : start + CHUNK]))


def _wrapped(rows: "QuerySet[PersonKey]") -> Iterator[tuple[UUID, bytes, bytes]]:
    keyring.node_id  # noqa: B018 - raises NodeLocked
    # Who is sealed to the offline key has a package here, and no key that this node could open.
    for person, epoch, wrapped in rows.filter(away_to="").values_list("person", "epoch", "wrapped"):
        epoch_key = epoch_files.key(epoch)
        if epoch_key is not None:
            yield person, epoch_key, bytes(wrapped)


def key_of(person: UUID) -> bytes:
    """One person's key, for writing. Raises PersonErased, NodeLocked, SealBroken."""
    at_hand = _at_hand().get(person)
    if at_hand is not None and keyring.is_full:
        return at_hand
    opened = keys_of([person])
    if person not in opened:
        raise PersonErased
    hold(opened)
    return opened[person]


def hold_keys_of(people: Iterable[UUID]) -> None:
    """Open the keys of several people in one query, for the writing and logging that follows. Raises NodeLocked."""
    held = _at_hand()
    missing = {person for person in people if person not in held}
    if len(missing) > 1:
        hold(keys_of(missing))


def keys_at_hand(people: Iterable[UUID]) -> dict[UUID, bytes]:
    """The keys of people; those opened earlier in this request are not fetched again. Raises NodeLocked, SealBroken."""
    wanted, held = set(people), _at_hand()
    found = {person: held[person] for person in wanted if person in held}
    keyring.node_id  # noqa: B018 - raises NodeLocked
    missing = wanted - found.keys()
    if missing:
        opened = keys_of(missing)
        hold(opened)
        found.update(opened)
    return found


def hold(keys: Mapping[UUID, bytes]) -> None:
    """Keep keys at hand for the rest of this request, so that writing and logging need not unwrap them again."""
    held = _held.get()
    if held is None:
        held = _Held()
        _held.set(held)
        with _everywhere_lock:
            _everywhere.add(held)
    if len(keys) <= MOST_HELD:
        # A new dictionary each time: another thread may forget everything at any moment.
        kept = held.keys if len(held.keys) + len(keys) <= MOST_HELD else {}
        held.keys = {**kept, **keys}


def forget_held_keys(**_signal: object) -> None:
    """Drop the keys at hand here: at both ends of each request."""
    held = _held.get()
    if held is not None:
        held.keys = {}


def forget_everywhere() -> None:
    """Drop the keys at hand in every thread: when a person is erased, when the node locks."""
    with _everywhere_lock:
        for held in list(_everywhere):
            held.keys = {}


def _at_hand() -> dict[UUID, bytes]:
    held = _held.get()
    return {} if held is None else held.keys


def person_bound(person: bytes) -> bytes:
    """Associated data of a wrapped person key. Raises NodeLocked."""
    return b"ws/pk/1|" + keyring.node_id + person


def _unwrap(person: UUID, epoch_key: bytes, wrapped: bytes) -> bytes:
    try:
        return ciphers.unwrap(epoch_key, wrapped, person_bound(person.bytes))
    except ciphers.CannotOpen as problem:
        log.error("The wrapped key of person %s does not open.", person)
        raise SealBroken from problem
