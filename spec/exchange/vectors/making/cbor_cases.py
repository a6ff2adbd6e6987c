"""CBOR that is read, and CBOR that is not (spec/exchange/cbor.md)."""

from making.files import Vector, numbered
from waystation.exchange import cbor

NO = "not-cbor"


def vectors() -> list[Vector]:
    """0101 and on: refused; 0161 and on: read, and written again to the same bytes."""
    return [*numbered("cbor", 101, _refused()), *numbered("cbor", 161, _read())]


def _refused() -> list[tuple[str, str, str, bytes]]:
    many = cbor.MOST_VALUES
    cases = [
        ("empty", "no bytes at all", b""),
        ("not-cbor", "a sentence", b"Please help us."),
        ("two-values", "one value and another after it", b"\x01\x02"),
        ("trailing-byte", "an empty map and a zero byte", b"\xa0\x00"),
        ("integer-in-two-bytes", "23 with a byte of its own", b"\x18\x17"),
        ("integer-in-three-bytes", "255 in two bytes", b"\x19\x00\xff"),
        ("integer-in-five-bytes", "65535 in four bytes", b"\x1a\x00\x00\xff\xff"),
        ("integer-in-nine-bytes", "2^32-1 in eight bytes", b"\x1b" + (2**32 - 1).to_bytes(8, "big")),
        ("long-length-of-text", "the length of a text in two bytes", b"\x78\x01a"),
        ("long-length-of-bytes", "the length of a byte string in two bytes", b"\x58\x01a"),
        ("long-length-of-list", "the length of a list in two bytes", b"\x98\x01\x01"),
        ("long-length-of-map", "the length of a map in two bytes", b"\xb8\x01\x61a\x01"),
        ("integer-too-large", "2^63", b"\x1b" + (2**63).to_bytes(8, "big")),
        ("integer-too-small", "-2^63", b"\x3b" + (2**63 - 1).to_bytes(8, "big")),
        ("big-number", "tag 2: 2^64", b"\xc2\x49\x01" + bytes(8)),
        ("reserved-28", "additional information 28", b"\x1c"),
        ("reserved-30", "additional information 30", b"\x1e"),
        ("indefinite-bytes", "a byte string of indefinite length", b"\x5f\x41a\xff"),
        ("indefinite-text", "a text of indefinite length", b"\x7f\x61a\xff"),
        ("indefinite-list", "a list of indefinite length", b"\x9f\x01\xff"),
        ("indefinite-map", "a map of indefinite length", b"\xbf\x61a\x01\xff"),
        ("lone-break", "a break and nothing to end", b"\xff"),
        ("half-float", "1.5 in two bytes", b"\xf9\x3e\x00"),
        ("single-float", "100000.0 in four bytes", b"\xfa\x47\xc3\x50\x00"),
        ("double-float", "1.1 in eight bytes", b"\xfb\x3f\xf1\x99\x99\x99\x99\x99\x9a"),
        ("undefined", "the simple value 23", b"\xf7"),
        ("simple-16", "a simple value that has no meaning", b"\xf0"),
        ("simple-true-long", "true in two bytes", b"\xf8\x15"),
        ("tag-date", "tag 1: a time", b"\xc1\x1a\x69\x22\x00\x00"),
        ("tag-self-described", "tag 55799 before a map", b"\xd9\xd9\xf7\xa0"),
        ("tag-shared", "tags 28 and 29: a list that holds itself", b"\xd8\x1c\x81\xd8\x1d\x00"),
        ("tag-regular-expression", "tag 35", b"\xd8\x23\x62.*"),
        ("map-order", "b before a", b"\xa2\x61b\x01\x61a\x02"),
        ("map-order-by-letters", "aa before b: the shorter key comes first", b"\xa2\x62aa\x01\x61b\x02"),
        ("key-twice", "a, and a again", b"\xa2\x61a\x01\x61a\x01"),
        ("key-number", "a map with a number as key", b"\xa1\x01\x02"),
        ("key-bytes", "a map with bytes as key", b"\xa1\x41a\x02"),
        ("key-long-length", "the length of a key in two bytes", b"\xa1\x78\x01a\x02"),
        ("map-without-last-value", "two keys, one value", b"\xa2\x61a\x01\x61b"),
        ("text-not-utf-8", "a lone byte ff", b"\x61\xff"),
        ("text-overlong", "a slash in two bytes", b"\x62\xc0\xaf"),
        ("text-surrogate", "half of a pair (U+D800) as UTF-8", b"\x63\xed\xa0\x80"),
        ("text-cut-off", "three letters said, two there", b"\x63ab"),
        ("bytes-cut-off", "2^63-1 bytes said, none there", b"\x5b" + (2**63 - 1).to_bytes(8, "big")),
        ("list-cut-off", "two members said, one there", b"\x82\x01"),
        ("head-cut-off", "a length of four bytes, three there", b"\x9a\x00\x00\x01"),
        ("seventeen-deep", "17 lists within one another", b"\x81" * 16 + b"\x80"),
        ("very-deep", "10,000 lists within one another", b"\x81" * 10_000 + b"\x80"),
        (
            "too-many-values",
            "a list of 65,536: with itself one more than may be",
            b"\x9a" + many.to_bytes(4, "big") + bytes(many),
        ),
        ("heap-of-lists", "two million empty lists", b"\x9a" + (2_000_000).to_bytes(4, "big") + b"\x80" * 2_000_000),
    ]
    return [(slug, NO, comment, body) for slug, comment, body in cases]


def _read() -> list[tuple[str, str, str, bytes]]:
    numbers = [0, 23, 24, 255, 256, 65_535, 65_536, 2**32 - 1, 2**32, 2**63 - 1]
    values = [
        (
            "numbers",
            "each length of a whole number, at both ends",
            [*numbers, *(-1 - one for one in numbers[:-1]), -(2**63 - 1)],
        ),
        ("simple", "null, false, true", [None, False, True]),
        ("texts", "letters of several scripts, none normalised", ["", "é", "e\u0301", "محمد", "𐐀", "a" * 24]),
        ("bytes", "byte strings of 0, 23, 24 and 256", [b"", bytes(23), bytes(24), bytes(256)]),
        ("map", "shorter keys first, then by bytes", {"": 0, "b": 1, "z": 2, "aa": 3, "é": 4, "a" * 24: 5}),
        ("sixteen-deep", "16 lists within one another", _nested(16)),
        ("most-values", "65,535 members and their list", [0] * (cbor.MOST_VALUES - 1)),
    ]
    return [(slug, "success", comment, cbor.encode(value)) for slug, comment, value in values]


def _nested(depth: int) -> list[object]:
    value: list[object] = []
    for _ in range(depth - 1):
        value = [value]
    return value
