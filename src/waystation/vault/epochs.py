"""Epoch keys: what person keys are wrapped under. They stand in files outside the database and are destroyed every
30 days, so that a copy of the database made before an erasure becomes noise (EXCHANGE.md section 1)."""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from waystation.kernel import journal
from waystation.kernel.clock import now
from waystation.vault import ciphers
from waystation.vault.actors import system_actor
from waystation.vault.keyring import keyring
from waystation.vault.models import PersonKey

EPOCH_DAYS = 30
CHUNK = 5000


def folder() -> Path:
    """Where the epoch files of this node stand."""
    return Path(settings.KEYS)


def create(number: int, *, node_id: bytes, node_key: bytes) -> bytes:
    """Draw an epoch key and write it, wrapped under the node key, so that it survives a power cut. Returns the key."""
    key = ciphers.new_key()
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_surely(_file(number), ciphers.wrap(node_key, key, _bound(node_id, number)))
    return key


def read_all(*, node_id: bytes, node_key: bytes) -> dict[int, bytes]:
    """All epoch keys that stand in the folder, opened. Raises ciphers.CannotOpen for a file of another node."""
    return {
        number: ciphers.unwrap(node_key, _file(number).read_bytes(), _bound(node_id, number)) for number in _numbers()
    }


def due() -> bool:
    """Whether the current epoch is 30 days old. A clock that went backwards never makes one due."""
    return now() >= ends_at()


def ends_at() -> datetime:
    """When the current epoch ends: from then on, older copies of the database cannot bring an erased person back."""
    made = _file(keyring.current_epoch).stat().st_mtime
    return datetime.fromtimestamp(made, tz=UTC) + timedelta(days=EPOCH_DAYS)


def rotate() -> int:
    """Start a new epoch: re-wrap every person key under a fresh key, then destroy the old one.

    Each step can be cut short: the new file is on disk before any row needs it; the rows change in one transaction;
    old files go last, and `finish` takes them away at the next unlock. Returns how many keys were re-wrapped.
    """
    number = keyring.current_epoch + 1
    key = create(number, node_id=keyring.node_id, node_key=keyring.node_key)
    keyring.put_epoch(number, key)
    with transaction.atomic():
        count = _rewrap_all(number, key)
        journal.record(system_actor(), journal.Entry(action="vault.rotate", detail={"epoch": number, "people": count}))
    finish()
    return count


def finish() -> None:
    """Destroy every epoch that no person key is wrapped under any more, except the current one."""
    current = keyring.current_epoch
    used = set(PersonKey.objects.values_list("epoch", flat=True).distinct())
    for number in _numbers():
        if number < current and number not in used:
            destroy(number)
    compact()


def destroy(number: int) -> None:
    """Overwrite and remove an epoch's file, and forget its key."""
    path = _file(number)
    if path.exists():
        _write_surely(path, os.urandom(path.stat().st_size), replace=False)
        path.unlink()
    keyring.drop_epoch(number)


def compact() -> None:
    """Make the database forget deleted bytes: on SQLite, empty the write-ahead log into a file that overwrites."""
    from waystation.vault.erasure import forget_deleted_bytes

    forget_deleted_bytes()


def _rewrap_all(number: int, key: bytes) -> int:
    count = 0
    for rows in _chunks():
        for row in rows:
            old = keyring.epoch_key(row.epoch)
            if old is None:
                continue
            bound = person_bound(row.person.bytes)
            row.wrapped = ciphers.wrap(key, ciphers.unwrap(old, bytes(row.wrapped), bound), bound)
            row.epoch = number
        PersonKey.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["person"], update_fields=["epoch", "wrapped"]
        )
        count += len(rows)
    return count


def _chunks() -> Iterator[Sequence[PersonKey]]:
    last = None
    while True:
        query = PersonKey.objects.order_by("person")
        rows = list((query if last is None else query.filter(person__gt=last))[:CHUNK])
        if not rows:
            return
        yield rows
        last = rows[-1].person


def person_bound(person: bytes) -> bytes:
    """Associated data of a wrapped person key."""
    return b"ws/pk/1|" + keyring.node_id + person


def _bound(node_id: bytes, number: int) -> bytes:
    return b"ws/epoch/1|" + node_id + number.to_bytes(4, "big")


def _file(number: int) -> Path:
    return folder() / f"epoch-{number:04}.key"


def _numbers() -> list[int]:
    return sorted(int(path.stem.removeprefix("epoch-")) for path in folder().glob("epoch-*.key"))


def _write_surely(path: Path, data: bytes, *, replace: bool = True) -> None:
    target = path.with_suffix(".new") if replace else path
    with target.open("r+b" if target.exists() else "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if replace:
        target.replace(path)
