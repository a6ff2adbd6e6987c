"""The one way in which bytes of other nodes become values: CBOR (RFC 8949) in its deterministic form, and little of it.

Integers of 64 bits, text, byte strings, true, false, null, lists, and maps with text keys. No tags, no floats, nothing
of indefinite length, no key twice, not deeper than 16, not more than 65,536 values. Whatever is not exactly what
`encode` would write is refused, so one value has one form and a signature covers what everybody reads.

It reads by itself and not with a library: bytes of a stranger are counted before anything is made of them, or 8 MiB of
empty lists would take half a gigabyte.
"""

from collections.abc import Iterable
from typing import Any

import cbor2

DEEPEST = 16
"""Lists and maps within one another."""
MOST_VALUES = 65_536
"""In one piece, keys of maps counted too."""
LARGEST_INTEGER = 2**63 - 1
UNSIGNED, NEGATIVE, BYTES, TEXT, LIST, MAP, _TAG, SIMPLE = range(8)
SHORT = 23
WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}
SMALLEST = {24: 24, 25: 1 << 8, 26: 1 << 16, 27: 1 << 32}
"""By the low five bits of a head: how many bytes follow, and which number is not shorter in another way."""
STRINGS = (BYTES, TEXT)
SCALARS = (str, bytes, bool, type(None))
LEAVES = frozenset(SCALARS)
SIMPLES = {20: False, 21: True, 22: None}


class NotCbor(ValueError):  # noqa: N818 - said of bytes
    """The bytes are not one value in the one form."""

    def __init__(self) -> None:
        super().__init__("These bytes are not CBOR as we write it.")


def encode(value: Any) -> bytes:
    """Deterministic bytes. Raises TypeError for what the form does not hold."""
    try:
        if _count(value, DEEPEST) > MOST_VALUES:
            raise TypeError("This cannot be sent: it holds too many values.")
        return bytes(cbor2.dumps(value, canonical=True))
    except UnicodeEncodeError as problem:
        raise TypeError("This cannot be sent: its text is not Unicode.") from problem


def encode_pair(first: bytes, second: bytes) -> bytes:
    """As `encode([first, second])`, without looking for what else might stand there: long bytes are copied once."""
    return b"".join((b"\x82", byte_string_head(len(first)), first, byte_string_head(len(second)), second))


def byte_string_head(length: int) -> bytes:
    """What stands before a byte string of so many bytes."""
    if length <= SHORT:
        return bytes([BYTES << 5 | length])
    code, width = next((code, width) for code, width in WIDTHS.items() if length < 1 << 8 * width)
    return bytes([BYTES << 5 | code]) + length.to_bytes(width, "big")


def decode(raw: bytes) -> Any:
    """The value. Raises NotCbor."""
    if not isinstance(raw, bytes):
        raise NotCbor
    try:
        value, end = _value(raw, 0, DEEPEST, [MOST_VALUES - 1])
    except (IndexError, UnicodeDecodeError) as problem:
        raise NotCbor from problem
    if end != len(raw):
        raise NotCbor
    return value


def _value(raw: bytes, at: int, depth: int, left: list[int]) -> tuple[Any, int]:
    """The value that begins at a place, and where it ends; `left` is how many more there may be."""
    first = raw[at]
    major, number, at = first >> 5, first & 31, at + 1
    if number > SHORT:
        number, at = _long(raw, at, major, number)
    if major in STRINGS:
        end = at + number
        if end > len(raw):
            raise NotCbor
        return (raw[at:end].decode() if major == TEXT else raw[at:end]), end
    if major == MAP:
        return _map(raw, at, number, depth - 1, left)
    if major == LIST:
        return _list(raw, at, number, depth - 1, left)
    return _scalar(major, number), at


def _long(raw: bytes, at: int, major: int, code: int) -> tuple[int, int]:
    if code not in WIDTHS or major == SIMPLE:
        raise NotCbor
    end = at + WIDTHS[code]
    number = int.from_bytes(raw[at:end], "big")
    if end > len(raw) or number < SMALLEST[code]:
        raise NotCbor
    return number, end


def _list(raw: bytes, at: int, length: int, depth: int, left: list[int]) -> tuple[list[Any], int]:
    _enter(depth, length, left)
    found = []
    for _ in range(length):
        one, at = _value(raw, at, depth, left)
        found.append(one)
    return found, at


def _map(raw: bytes, at: int, pairs: int, depth: int, left: list[int]) -> tuple[dict[str, Any], int]:
    _enter(depth, 2 * pairs, left)
    found, before = {}, b""
    for _ in range(pairs):
        key, end = _value(raw, at, 0, left)
        written = raw[at:end]
        if not isinstance(key, str) or written <= before:
            raise NotCbor
        before = written
        found[key], at = _value(raw, end, depth, left)
    return found, at


def _enter(depth: int, values: int, left: list[int]) -> None:
    left[0] -= values
    if depth < 0 or left[0] < 0:
        raise NotCbor


def _scalar(major: int, number: int) -> int | bool | None:
    if major == SIMPLE and number in SIMPLES:
        return SIMPLES[number]
    if major == UNSIGNED and number <= LARGEST_INTEGER:
        return number
    if major == NEGATIVE and number < LARGEST_INTEGER:
        return -1 - number
    raise NotCbor


def _count(value: Any, depth: int) -> int:
    """How many values there are. Raises TypeError for what the form does not hold."""
    if isinstance(value, SCALARS) or (isinstance(value, int) and abs(value) <= LARGEST_INTEGER):
        return 1
    if isinstance(value, dict) and depth and all(isinstance(key, str) for key in value):
        return 1 + len(value) + _counted(value.values(), depth - 1)
    if isinstance(value, list | tuple) and depth:
        return 1 + _counted(value, depth - 1)
    raise TypeError("This cannot be sent: only whole numbers, text, bytes, lists and maps with text keys.")


def _counted(values: Iterable[Any], depth: int) -> int:
    return sum([1 if type(one) in LEAVES else _count(one, depth) for one in values])
