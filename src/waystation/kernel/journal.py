"""Where every read of a sealed document and every write is told; `audit` listens. No listener, no act."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from waystation.kernel.actors import Actor

Detail = Mapping[str, "str | int | bool | None"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One thing that happened.

    `action` is a declared name (`people.register`, `vault.read`); `subject` the row it happened to; `person` whose
    key seals `detail` (none: the detail must hold nothing about a person); `reason` a code, never free text.
    """

    action: str
    subject: UUID | None = None
    person: UUID | None = None
    reason: str = ""
    detail: Detail = field(default_factory=dict)


Listener = Callable[[Actor, Sequence[Entry]], None]
_listeners: list[Listener] = []
_with_reads: list[Callable[[Actor], None]] = []
_gathered: ContextVar[list[tuple[Actor, Entry]] | None] = ContextVar("gathered_reads", default=None)


def listen(listener: Listener) -> None:
    """Register the writer of the log; called once, when `audit` is ready."""
    if listener not in _listeners:
        _listeners.append(listener)


def with_reads(hook: Callable[[Actor], None]) -> None:
    """Call `hook` in the transaction that writes an actor's reads (the vault keeps its count of people there)."""
    if hook not in _with_reads:
        _with_reads.append(hook)


def record(by: Actor, *entries: Entry) -> None:
    """Write entries inside the caller's transaction.

    Raises RuntimeError when no log listens: no act without a trace.
    """
    if not _listeners:
        raise RuntimeError("Nothing may happen without an audit log: waystation.audit is not installed.")
    for listener in _listeners:
        listener(by, entries)


def about(by: Actor, action: str, row: Any) -> None:
    """Write that something happened to a row that has a `person_id`."""
    record(by, Entry(action=action, subject=row.pk, person=row.person_id))


def note_read(by: Actor, *entries: Entry) -> None:
    """Write entries about reading: at once, or together at the end of the page where reads are gathered."""
    gathered = _gathered.get()
    if gathered is None:
        _write_reads(by, entries)
    else:
        gathered.extend((by, entry) for entry in entries)


@contextmanager
def gather_reads() -> Iterator[None]:
    """Write all reads of one page in one go, before its answer leaves: also when the page fails half-way."""
    reads: list[tuple[Actor, Entry]] = []
    token = _gathered.set(reads)
    try:
        yield
    finally:
        _gathered.reset(token)
        for actor in dict.fromkeys(actor for actor, _entry in reads):
            _write_reads(actor, [entry for by, entry in reads if by == actor])


def _write_reads(by: Actor, entries: Sequence[Entry]) -> None:
    with transaction.atomic():
        record(by, *entries)
        for hook in _with_reads:
            hook(by)
