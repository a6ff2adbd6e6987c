"""The one way in which bytes of other nodes become values: CBOR (RFC 8949) in its deterministic form, and little of it.

Integers of 64 bits, text, byte strings, true, false, null, lists, and maps with text keys. No tags, no floats, nothing
of indefinite length, no key twice, not deeper than 16, not more than 65,536 values. Whatever is not exactly what
`encode` would write is refused, so one value has one form and a signature covers what everybody reads.

It reads by itself and not with a library: bytes of a stranger are counted before anything is made of them, or 8 MiB of
empty lists would take half a gigabyte.
"""

from typing import Any

import cbor2

DEEPEST = 16
"""Lists and maps within one another."""
MOST_VALUES = 65_536
"""In one piece, keys of maps counted too."""
LARGEST_INTEGER = 2**63 - 1
UNSIGNED, NEGATIVE, BYTES, TEXT, LIST, MAP, _TAG, SIMPLE = range(8)
WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}
SMALLEST = {24: 24, 25: 1 << 8, 26: 1 << 16, 27: 1 << 32}
"""By the low five bits of a head: how many bytes follow, and which number is not shorter in another way."""
SCALARS = (str, bytes, bool, type(None))
SIMPLES = {20: False, 21: True, 22: None}


class NotCbor(ValueError):  # noqa: N818 - said of bytes
    """The bytes are not one value in the one form."""

    def __init__(self) -> None:
        super().__init__("These bytes are not CBOR as we write it.")


def encode(value: Any) -> bytes:
    """Deterministic bytes. Raises TypeError for what the form does not hold."""
    try:
        plain = _count(value, DEEPEST) <= MOST_VALUES
        raw = bytes(cbor2.dumps(value, canonical=True)) if plain else b""
    except UnicodeEncodeError as problem:
        raise TypeError("This cannot be sent: its text is not Unicode.") from problem
    if not plain:
        raise TypeError("This cannot be sent: it holds too many values.")
    return raw


def decode(raw: bytes) -> Any:
    """The value. Raises NotCbor."""
    if not isinstance(raw, bytes):
        raise NotCbor
    reader = _Reader(raw)
    try:
        value = reader.value(DEEPEST)
    except (IndexError, UnicodeDecodeError) as problem:
        raise NotCbor from problem
    if reader.at != len(raw):
        raise NotCbor
    return value


class _Reader:
    """Goes through bytes once, from the front."""

    __slots__ = ("at", "left", "raw")

    def __init__(self, raw: bytes) -> None:
        self.raw, self.at, self.left = raw, 0, MOST_VALUES - 1

    def value(self, depth: int) -> Any:
        major, number = self.head()
        if major == TEXT:
            return self.taken(number).decode()
        if major == BYTES:
            return self.taken(number)
        if major == MAP:
            return self.map(number, _within(depth))
        if major == LIST:
            return self.several(number, _within(depth))
        return _scalar(major, number)

    def head(self) -> tuple[int, int]:
        first = self.raw[self.at]
        self.at += 1
        major, number = first >> 5, first & 31
        if number < 24:
            return major, number
        if number not in WIDTHS or major == SIMPLE:
            raise NotCbor
        smallest = SMALLEST[number]
        number = int.from_bytes(self.taken(WIDTHS[number]), "big")
        if number < smallest:
            raise NotCbor
        return major, number

    def taken(self, length: int) -> bytes:
        start = self.at
        self.at = end = start + length
        if end > len(self.raw):
            raise NotCbor
        return self.raw[start:end]

    def expect(self, values: int) -> None:
        self.left -= values
        if self.left < 0:
            raise NotCbor

    def several(self, length: int, depth: int) -> list[Any]:
        self.expect(length)
        return [self.value(depth) for _ in range(length)]

    def map(self, pairs: int, depth: int) -> dict[str, Any]:
        self.expect(2 * pairs)
        found, before = {}, b""
        for _ in range(pairs):
            start = self.at
            major, length = self.head()
            key = self.taken(length)
            written = self.raw[start : self.at]
            if major != TEXT or written <= before:
                raise NotCbor
            before = written
            found[key.decode()] = self.value(depth)
        return found


def _within(depth: int) -> int:
    if depth == 0:
        raise NotCbor
    return depth - 1


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
        return 1 + len(value) + sum([_count(one, depth - 1) for one in value.values()])
    if isinstance(value, (list, tuple)) and depth:
        return 1 + sum([_count(one, depth - 1) for one in value])
    raise TypeError("This cannot be sent: only whole numbers, text, bytes, lists and maps with text keys.")
