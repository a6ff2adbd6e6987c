"""Person keys: made at registration, unwrapped only here."""

from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import NodeLocked, NotFound
from waystation.vault import ciphers
from waystation.vault.epochs import person_bound
from waystation.vault.keyring import keyring
from waystation.vault.models import PersonKey

MOST_HELD = 512
CHUNK = 500

_held: ContextVar[dict[UUID, bytes] | None] = ContextVar("held_person_keys", default=None)


class PersonErased(NotFound):
    """The person's key is gone: nothing about her can be read any more."""

    code = "person-erased"
    message = _("This record was erased. Nothing of it can be read any more.")


def new_person_key(person: UUID) -> None:
    """Make a person's key, inside the transaction that registers her."""
    new_person_keys([person])


def new_person_keys(people: Sequence[UUID]) -> None:
    """Make the keys of several people in one go."""
    epoch = keyring.current_epoch
    epoch_key = keyring.epoch_key(epoch) or b""
    keys = {person: ciphers.new_key() for person in people}
    PersonKey.objects.bulk_create(
        [
            PersonKey(person=person, epoch=epoch, wrapped=ciphers.wrap(epoch_key, key, person_bound(person.bytes)))
            for person, key in keys.items()
        ],
        batch_size=CHUNK * 10,
    )
    hold(keys)


def keys_of(people: Iterable[UUID]) -> dict[UUID, bytes]:
    """The keys of people, opened; who was erased is left out. Callers outside the vault use `sealing`."""
    wanted = list(dict.fromkeys(people))
    opened: dict[UUID, bytes] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = PersonKey.objects.filter(person__in=wanted[start : start + CHUNK])
        for person, epoch, wrapped in rows.values_list("person", "epoch", "wrapped"):
            epoch_key = keyring.epoch_key(epoch)
            if epoch_key is not None:
                opened[person] = ciphers.unwrap(epoch_key, bytes(wrapped), person_bound(person.bytes))
    return opened


def keys_at_hand(people: Iterable[UUID]) -> dict[UUID, bytes]:
    """The keys of people; those opened earlier in this request are not fetched again."""
    if not keyring.is_full:
        raise NodeLocked
    wanted = list(dict.fromkeys(people))
    held = _held.get() or {}
    missing = [person for person in wanted if person not in held]
    opened = keys_of(missing) if missing else {}
    hold(opened)
    return {person: held.get(person) or opened[person] for person in wanted if person in held or person in opened}


def key_of(person: UUID) -> bytes:
    """One person's key, for writing. Raises PersonErased, NodeLocked."""
    held = (_held.get() or {}).get(person)
    if held is not None and keyring.is_full:
        return held
    opened = keys_of([person])
    if person not in opened:
        raise PersonErased
    hold(opened)
    return opened[person]


def hold_keys_of(people: Iterable[UUID]) -> None:
    """Open the keys of several people in one query, for the writing and logging that follows. Raises NodeLocked."""
    held = _held.get() or {}
    missing = {person for person in people if person not in held}
    if len(missing) > 1:
        hold(keys_of(missing))


def hold(keys: Mapping[UUID, bytes]) -> None:
    """Keep keys at hand for the rest of this request, so that writing and logging need not unwrap them again."""
    held = _held.get()
    if held is None or len(held) + len(keys) > MOST_HELD:
        held = {}
        _held.set(held)
    if len(keys) <= MOST_HELD:
        held.update(keys)


def forget_held_keys(**_signal: object) -> None:
    """Drop the keys at hand: at the end of each request, when a person is erased, when the node locks."""
    _held.set(None)
