"""The files that hold the epoch keys, outside the database: written so that a power cut leaves either nothing or the
whole, and taken away so that nothing is left to open.

Each file is an epoch's time of making and key, wrapped under the node key and bound to node and number.
"""

import contextlib
import logging
import os
import struct
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from waystation.kernel.clock import now
from waystation.vault import ciphers
from waystation.vault.keyring import Epoch, keyring
from waystation.vault.problems import EpochKeysMissing

MADE_AT = struct.Struct(">q")
KEY, HALF_WRITTEN, HALF_DESTROYED = ".key", ".new", ".gone"
log = logging.getLogger(__name__)


def folder() -> Path:
    """Where the epoch files of this node stand."""
    return Path(settings.KEYS)


def create(*, node_id: bytes, node_key: bytes) -> tuple[int, Epoch]:
    """Draw an epoch key and write it so that it survives a power cut. Never writes over an older file."""
    present = _numbers()
    number = (present[-1] if present else 0) + 1
    epoch = Epoch(ciphers.new_key(), now())
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    plain = MADE_AT.pack(int(epoch.made_at.timestamp())) + epoch.key
    _write_surely(_path(number), ciphers.wrap(node_key, plain, _bound(node_id, number)))
    return number, epoch


def read_all(*, node_id: bytes, node_key: bytes) -> dict[int, Epoch]:
    """Every epoch in the folder that this node key opens; files of other nodes and damaged ones are left alone."""
    found = {number: _read(number, node_id, node_key) for number in _numbers()}
    return {number: epoch for number, epoch in found.items() if epoch is not None}


def current() -> tuple[int, bytes]:
    """The newest epoch and its key, also when another process of this node made it.

    Raises NodeLocked, and EpochKeysMissing when its file is gone: what would be sealed now could never be opened.
    """
    refresh()
    number = keyring.current_epoch
    key = keyring.epoch_key(number)
    if key is None or not _path(number).exists():
        raise EpochKeysMissing
    return number, key


def key(number: int) -> bytes | None:
    """The key of an epoch; None when it was destroyed. Raises NodeLocked."""
    held = keyring.epoch_key(number)
    if held is None and _path(number).exists():
        refresh()
        held = keyring.epoch_key(number)
    return held


def refresh() -> None:
    """Learn what another process of this node made and destroyed in the folder. Raises NodeLocked."""
    present, held = set(_numbers()), set(keyring.epochs)
    for number in present - held:
        epoch = _read(number, keyring.node_id, keyring.node_key)
        if epoch is not None:
            keyring.put_epoch(number, epoch)
            held.add(number)
    newest = max(present & held, default=0)
    for number in held - present:
        # A folder that was taken away whole must not cost a running node its keys.
        if number < newest:
            keyring.drop_epoch(number)


def destroy(number: int) -> None:
    """Overwrite and remove an epoch's file, and forget its key. Cut short, `sweep` ends it."""
    path = _path(number)
    with contextlib.suppress(FileNotFoundError):
        gone = path.replace(path.with_suffix(HALF_DESTROYED))
        _sync_folder()
        _overwrite(gone)
    keyring.drop_epoch(number)


def sweep() -> None:
    """End what a power cut left half destroyed. (What was half written is written over by the next try.)"""
    for path in folder().glob(f"epoch-*{HALF_DESTROYED}"):
        _overwrite(path)


def _read(number: int, node_id: bytes, node_key: bytes) -> Epoch | None:
    try:
        plain = ciphers.unwrap(node_key, _path(number).read_bytes(), _bound(node_id, number))
    except FileNotFoundError:
        return None
    except (ciphers.CannotOpen, OSError):
        log.warning("The epoch file %s does not open with this node's key.", _path(number).name)
        return None
    (made_at,) = MADE_AT.unpack(plain[: MADE_AT.size])
    return Epoch(plain[MADE_AT.size :], datetime.fromtimestamp(made_at, tz=UTC))


def _numbers() -> list[int]:
    stems = (path.stem.removeprefix("epoch-") for path in folder().glob(f"epoch-*{KEY}"))
    return sorted(int(stem) for stem in stems if stem.isdecimal())


def _path(number: int) -> Path:
    return folder() / f"epoch-{number:04}{KEY}"


def _bound(node_id: bytes, number: int) -> bytes:
    return b"ws/epoch/1|" + node_id + number.to_bytes(4, "big")


def _write_surely(path: Path, data: bytes) -> None:
    half = path.with_suffix(HALF_WRITTEN)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    _sync_folder()


def _overwrite(path: Path) -> None:
    # Another process of this node may be ending the same epoch.
    with contextlib.suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(os.urandom(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    _sync_folder()


def _sync_folder() -> None:
    # Windows cannot open a folder; its file system journals names itself.
    with contextlib.suppress(PermissionError):
        handle = os.open(folder(), os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
