"""The keys of an unlocked node. They live in this process's memory and nowhere else."""

import threading
from collections.abc import Mapping

from waystation.kernel.errors import NodeLocked


class Keyring:
    """Node key and epoch keys, all or none. Thread-safe; every reader gets a key or NodeLocked."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._node_id = b""
        self._node_key: bytearray | None = None
        self._epochs: dict[int, bytearray] = {}

    def fill(self, node_id: bytes, node_key: bytes, epochs: Mapping[int, bytes]) -> None:
        """Put the keys of this node in place: from here on it is unlocked."""
        with self._lock:
            self._node_id = node_id
            self._node_key = bytearray(node_key)
            self._epochs = {number: bytearray(key) for number, key in epochs.items()}

    def empty(self) -> None:
        """Overwrite what can be overwritten and drop everything. Python cannot promise that no copy is left."""
        with self._lock:
            for key in (self._node_key, *self._epochs.values()):
                if key is not None:
                    key[:] = bytes(len(key))
            self._node_key = None
            self._epochs = {}

    @property
    def is_full(self) -> bool:
        """Whether the node is unlocked."""
        return self._node_key is not None

    @property
    def node_id(self) -> bytes:
        """The node's id as 16 bytes. Raises NodeLocked."""
        with self._lock:
            if self._node_key is None:
                raise NodeLocked
            return self._node_id

    @property
    def node_key(self) -> bytes:
        """The node key. Raises NodeLocked."""
        with self._lock:
            if self._node_key is None:
                raise NodeLocked
            return bytes(self._node_key)

    @property
    def current_epoch(self) -> int:
        """The newest epoch, under which new person keys are wrapped. Raises NodeLocked."""
        with self._lock:
            if not self._epochs:
                raise NodeLocked
            return max(self._epochs)

    def epoch_key(self, number: int) -> bytes | None:
        """The key of an epoch; None when it was destroyed. Raises NodeLocked."""
        with self._lock:
            if self._node_key is None:
                raise NodeLocked
            key = self._epochs.get(number)
            return bytes(key) if key is not None else None

    def put_epoch(self, number: int, key: bytes) -> None:
        """Add a new epoch's key."""
        with self._lock:
            self._epochs[number] = bytearray(key)

    def drop_epoch(self, number: int) -> None:
        """Overwrite and forget an epoch's key."""
        with self._lock:
            key = self._epochs.pop(number, None)
            if key is not None:
                key[:] = bytes(len(key))


keyring = Keyring()
