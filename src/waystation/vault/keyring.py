"""The keys of an unlocked node. They live in this process's memory and nowhere else."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from waystation.kernel.errors import NodeLocked


@dataclass(frozen=True, slots=True)
class Epoch:
    """One epoch's key and when it was made."""

    key: bytes = field(repr=False)
    made_at: datetime


class Keyring:
    """Node key and epoch keys, all or none. Thread-safe; every reader gets a key or NodeLocked."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._node_id = b""
        self._node_key: bytearray | None = None
        self._epochs: dict[int, tuple[bytearray, datetime]] = {}
        self._filling = 0
        self._closing_by: int | None = None

    def fill(self, node_id: bytes, node_key: bytes, epochs: Mapping[int, Epoch]) -> None:
        """Put the keys of this node in place: from here on it is unlocked."""
        with self._lock:
            self._node_id = node_id
            self._node_key = bytearray(node_key)
            self._epochs = {number: (bytearray(epoch.key), epoch.made_at) for number, epoch in epochs.items()}
            self._filling += 1
            self._closing_by = None

    def begin_closing(self) -> int:
        """From now on only this thread still gets keys, to end what must be ended with them. Pass the result to
        `empty`, so that a lock that hangs cannot take away the keys of an unlocking that came after it."""
        with self._lock:
            self._closing_by = threading.get_ident()
            return self._filling

    def empty(self, filling: int | None = None) -> None:
        """Overwrite what can be overwritten and drop everything. Python cannot promise that no copy is left."""
        with self._lock:
            if filling is not None and filling != self._filling:
                return
            for key in (self._node_key, *(key for key, _made_at in self._epochs.values())):
                if key is not None:
                    key[:] = bytes(len(key))
            self._node_key = None
            self._epochs = {}
            self._closing_by = None

    @property
    def is_full(self) -> bool:
        """Whether the node is unlocked for this thread."""
        return self._node_key is not None and self._closing_by in {None, threading.get_ident()}

    @property
    def is_empty(self) -> bool:
        """Whether no thread has keys any more, not even the one that locks."""
        return self._node_key is None

    @property
    def node_id(self) -> bytes:
        """The node's id as 16 bytes. Raises NodeLocked."""
        with self._lock:
            self._require()
            return self._node_id

    @property
    def node_key(self) -> bytes:
        """The node key. Raises NodeLocked."""
        with self._lock:
            return bytes(self._require())

    @property
    def current_epoch(self) -> int:
        """The newest epoch, under which new person keys are wrapped. Raises NodeLocked."""
        with self._lock:
            self._require()
            return max(self._epochs)

    @property
    def epochs(self) -> tuple[int, ...]:
        """The epochs whose keys are here, oldest first. Raises NodeLocked."""
        with self._lock:
            self._require()
            return tuple(sorted(self._epochs))

    def epoch_key(self, number: int) -> bytes | None:
        """The key of an epoch; None when it is not here. Raises NodeLocked."""
        with self._lock:
            self._require()
            held = self._epochs.get(number)
            return bytes(held[0]) if held is not None else None

    def epoch_made_at(self, number: int) -> datetime:
        """When an epoch was made, by the clock of then. Raises NodeLocked, KeyError."""
        with self._lock:
            self._require()
            return self._epochs[number][1]

    def put_epoch(self, number: int, epoch: Epoch) -> None:
        """Add an epoch's key. Raises NodeLocked."""
        with self._lock:
            self._require()
            self._epochs[number] = bytearray(epoch.key), epoch.made_at

    def drop_epoch(self, number: int) -> None:
        """Overwrite and forget an epoch's key."""
        with self._lock:
            held = self._epochs.pop(number, None)
            if held is not None:
                held[0][:] = bytes(len(held[0]))

    def _require(self) -> bytearray:
        if self._node_key is None or not self.is_full:
            raise NodeLocked
        return self._node_key


keyring = Keyring()
"""This process's own."""
