"""Where every read of a sealed document and every write is told; `audit` listens. No listener, no act."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

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


def listen(listener: Listener) -> None:
    """Register the writer of the log; called once, when `audit` is ready."""
    if listener not in _listeners:
        _listeners.append(listener)


def record(by: Actor, *entries: Entry) -> None:
    """Write entries inside the caller's transaction.

    Raises RuntimeError when no log listens: no act without a trace.
    """
    if not _listeners:
        raise RuntimeError("Nothing may happen without an audit log: waystation.audit is not installed.")
    for listener in _listeners:
        listener(by, entries)
