"""The road without a line: a folder on a stick, of files named by their own SHA-256 (`<sha256>.wsm`).

A stick may be read in any order, any number of times, by whoever finds it: for a node that a file is not for, it is
nothing. Files are written whole or not at all; both directions read and write one file at a time.
"""

import contextlib
import errno
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.db import OperationalError

from waystation.exchange import inbox, outbox, receipts, relaying, wire
from waystation.exchange.codes import PeerState, Road
from waystation.exchange.models import Peer
from waystation.exchange.problems import CannotCarry
from waystation.kernel import journal, policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import StorageFailed

SUFFIX = ".wsm"
HALF = ".half"
DAMAGED = "damaged"
MARK_EVERY = 200
UNDATED = 315_532_800
"""The first day that every file system and .zip knows, 1 January 1980: whoever finds a stick learns no day from it."""
WITHOUT_SYNC = {errno.EINVAL, errno.EACCES, errno.EPERM, errno.ENOTSUP, errno.EBADF}
"""What file systems answer that have no such thing for a folder."""
Progress = Callable[[int], None]


@dataclass(slots=True)
class Carried:
    """What was put on a stick, or what became of what was on it: how many by outcome (`inbox.Outcome`, "damaged")."""

    messages: int = 0
    receipts: int = 0
    for_others: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)


def _nothing(_count: int) -> None:
    return


def export(*, by: Actor, folder: Path, progress: Progress = _nothing) -> Carried:
    """Write everything that waits, a receipt for each peer that sent us something, and the mail we hold for others.

    What is there already is not written again. It counts as left, not as received: it goes on every stick until a
    receipt comes. Raises NotAllowed, NodeLocked, CannotCarry.
    """
    policies.require(by, "exchange.carry")
    carried = Carried()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for peer in Peer.objects.filter(state=PeerState.TRUSTED):
            _export_to(peer, folder, carried, progress)
        for file in relaying.held_mail():
            _write(folder, file)
            carried.for_others += 1
        _sync(folder)
    except OSError as problem:
        raise CannotCarry from problem
    finally:
        journal.record(by, journal.Entry(action="exchange.carry_out", detail={"messages": carried.messages}))
    return carried


def take_in(*, by: Actor, folder: Path, progress: Progress = _nothing) -> Carried:
    """Take every file of a folder; the stick is not changed. The receipts go along on the next stick, or by the line.

    Raises NotAllowed, NodeLocked, StorageFailed, CannotCarry: what was taken by then stays taken, and again is no harm.
    """
    policies.require(by, "exchange.carry")
    carried, count = Carried(), 0
    try:
        for some in _portions(folder):
            taken = inbox.take_some(list(filter(None, some)), Road.STICK)
            carried.outcomes.update([DAMAGED] * some.count(b"") + [one.outcome for one in taken])
            for _one in some:
                count += 1
                progress(count)
    except OperationalError as problem:
        raise StorageFailed from problem
    except OSError as problem:
        raise CannotCarry from problem
    finally:
        journal.record(by, journal.Entry(action="exchange.carry_in", detail={"files": count}))
    return carried


def _export_to(peer: Peer, folder: Path, carried: Carried, progress: Progress) -> None:
    if peer.owes or peer.last_in_at is not None:
        _write(folder, receipts.made(peer))
        carried.receipts += 1
    ids = outbox.numbers(peer)
    for start in range(0, len(ids), MARK_EVERY):
        _export_some(ids[start : start + MARK_EVERY], folder, carried, progress)


def _export_some(ids: list[UUID], folder: Path, carried: Carried, progress: Progress) -> None:
    """Counted as left before they are written, so that none is taken back that stands on a stick."""
    first = set(outbox.left(ids))
    try:
        for number in ids:
            file = outbox.file_of(number)
            if file:
                _write(folder, file)
                carried.messages += 1
                progress(carried.messages)
            first.discard(number)
        _sync(folder)
    except OSError:
        outbox.stayed(first)
        raise


def _write(folder: Path, file: bytes) -> None:
    path = folder / (hashlib.sha256(file).hexdigest() + SUFFIX)
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_size == len(file) and path.read_bytes() == file:
            return
    half = path.with_suffix(HALF)
    # Whoever had the stick knows this name: a link there would lead us to write over a file of this machine.
    half.unlink(missing_ok=True)
    try:
        with half.open("xb") as handle:
            handle.write(file)
            handle.flush()
            os.fsync(handle.fileno())
        os.utime(half, (UNDATED, UNDATED))
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise


def _sync(folder: Path) -> None:
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as problem:
        if problem.errno not in WITHOUT_SYNC:
            raise


def _files(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(SUFFIX) and entry.is_file(follow_symlinks=False):
                yield Path(entry.path)


def _portions(folder: Path) -> Iterator[list[bytes]]:
    """The files, some at a time; where the stick ends early, what was read until then all the same."""
    some: list[bytes] = []
    try:
        for path in _files(folder):
            some.append(_read(path))
            if len(some) == inbox.TOGETHER or sum(map(len, some)) > wire.LARGEST:
                yield some
                some = []
    except OSError:
        yield some
        raise
    yield some


def _read(path: Path) -> bytes:
    """A file; empty when it is damaged."""
    with path.open("rb") as handle:
        file = handle.read(wire.LARGEST + 1)
    return file if hashlib.sha256(file).hexdigest() == path.name.removesuffix(SUFFIX) else b""
