"""The one way in which bytes of other nodes become values: CBOR (RFC 8949) in its deterministic form, and little of it.

Integers of 64 bits, text, byte strings, true, false, null, lists, and maps with text keys. No tags, no floats, nothing
of indefinite length, no key twice, not deeper than 16. Whatever is not exactly what `encode` would write is refused,
so one value has one form and a signature covers what everybody reads.
"""

from typing import Any

import cbor2

DEEPEST = 16
LARGEST_INTEGER = 2**63 - 1


class NotCbor(ValueError):  # noqa: N818 - told as it is
    """The bytes are not one value in the one form."""


def encode(value: Any) -> bytes:
    """Deterministic bytes. Raises TypeError for what the form does not hold."""
    if not _is_plain(value, DEEPEST):
        raise TypeError("This cannot be sent: only whole numbers, text, bytes, lists and maps with text keys.")
    return bytes(cbor2.dumps(value, canonical=True))


def decode(raw: bytes) -> Any:
    """The value. Raises NotCbor."""
    try:
        value = cbor2.loads(
            raw, max_depth=DEEPEST, allow_indefinite=False, allow_duplicate_keys=False, strict_hashable_types=True
        )
        same = _is_plain(value, DEEPEST) and cbor2.dumps(value, canonical=True) == raw
    except (cbor2.CBORError, ValueError, TypeError, OverflowError, RecursionError, MemoryError) as problem:
        raise NotCbor("These bytes are not CBOR as we write it.") from problem
    if not same:
        raise NotCbor("These bytes are not CBOR as we write it.")
    return value


def _is_plain(value: Any, depth: int) -> bool:
    if depth < 0:
        return False
    if value is None or isinstance(value, bool | str | bytes):
        return True
    if isinstance(value, int):
        return abs(value) <= LARGEST_INTEGER
    if isinstance(value, list | tuple):
        return all(_is_plain(one, depth - 1) for one in value)
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(one, depth - 1) for key, one in value.items())
    return False
