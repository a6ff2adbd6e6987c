"""Circles (spec/exchange/circle.md)."""

from collections.abc import Iterable
from typing import Any

from making.cast import AT, HOME, STRANGER, THIRD, TRANSIT, Node, seed
from making.files import Vector
from waystation.exchange import cbor
from waystation.exchange.circles import documents

YEAR = 365 * 86400
REFUSED, SHAPES, AFTER, RIGHT = 1101, 1121, 1151, 1171
NO = "not-a-circle"
STEWARDS = (TRANSIT, HOME, THIRD)
Case = tuple[str, str, str, bytes]


def key_of(node: Node) -> bytes:
    """With which a node signs, its public half."""
    return node.signing.public_key().public_bytes_raw()


def stewards(*nodes: Node) -> list[list[Any]]:
    """In the order of their ids."""
    return [[node.id.bytes, key_of(node)] for node in sorted(nodes, key=lambda one: one.id.bytes)]


def members(*nodes: Node, begins: tuple[str, ...] = ("handover.offer",)) -> list[list[Any]]:
    """In the order of their ids."""
    return [[node.id.bytes, node.name, list(begins)] for node in sorted(nodes, key=lambda one: one.id.bytes)]


def said(**change: Any) -> dict[str, Any]:
    """A circle of three, of whom two must sign."""
    return {
        "v": 1,
        "id": seed("coast road")[:16],
        "number": 1,
        "at": AT,
        "name": "Coast road",
        "purpose": "Hand people over along the coast.",
        "agreement": "Each answers within two days.\nNobody tells an authority.",
        "until": AT + YEAR,
        "k": 2,
        "stewards": stewards(*STEWARDS),
        "members": members(*STEWARDS),
    } | change


def signatures(raw: bytes, *nodes: Node, context: bytes = documents.CONTEXT) -> list[list[bytes]]:
    """In the order of their keys."""
    return sorted([key_of(node), node.signing.sign(context + raw)] for node in nodes)


def signed(circle: dict[str, Any], *nodes: Node) -> bytes:
    """The file."""
    raw = cbor.encode(circle)
    return cbor.encode([raw, signatures(raw, *nodes)])


def vectors() -> list[Vector]:
    """1101 and on: refused; 1121: not in form; 1151: beside one that is known; 1171: they hold."""
    known = ("known", signed(said(), TRANSIT, HOME).hex())
    found = [_vector(REFUSED + place, case) for place, case in enumerate(_refused())]
    found += [_vector(SHAPES + place, case) for place, case in enumerate(_other_shapes())]
    found += [_vector(AFTER + place, case, known) for place, case in enumerate(_after())]
    found += [_vector(RIGHT + place, case) for place, case in enumerate(_right())]
    return found


def _vector(number: int, case: Case, *more: tuple[str, str]) -> Vector:
    slug, expect, comment, body = case
    at = AT + YEAR if slug == "ended" else AT + 1
    head = [("at", str(at)), *more]
    if expect == "success":
        circle = documents.read(body).circle
        head += [("id", circle.id.hex), ("digest", circle.digest)]
    return Vector(number=number, slug=slug, about="circle", expect=expect, comment=comment, body=body, more=tuple(head))


def _refused() -> Iterable[Case]:
    raw, file = cbor.encode(said()), signed(said(), TRANSIT, HOME)
    right = signatures(raw, TRANSIT, HOME)
    yield "empty", NO, "no bytes", b""
    yield "not-cbor", NO, "a sentence", b"We help each other."
    yield "cut", NO, "the last byte gone", file[:-1]
    yield "trailing-byte", NO, "a byte after the end", file + b"\0"
    yield "too-large", "too-large", "128 KiB and one byte", file + bytes(documents.LARGEST + 1 - len(file))
    yield "version-2", "unknown-version", "a version to come", signed(said(v=2), TRANSIT, HOME)
    yield "version-true", NO, "true is no number", signed(said(v=True), TRANSIT, HOME)
    yield "unsigned", "too-few", "nobody has signed", signed(said())
    yield "one-of-two", "too-few", "one has signed, and two must", signed(said(), TRANSIT)
    yield "one-signs-twice", "counted-twice", "one steward's signature, twice", cbor.encode([raw, [right[0]] * 2])
    yield "stranger", "no-steward", "enough stewards and a stranger", signed(said(), TRANSIT, HOME, STRANGER)
    root = [TRANSIT.root.public_key().public_bytes_raw(), TRANSIT.root.sign(documents.CONTEXT + raw)]
    yield "signed-by-the-root", "no-steward", "signed with a steward's root", cbor.encode([raw, [root]])
    yield "changed-name", "not-signed", "the name changed after signing", file.replace(b"Coast road", b"Coast Road")
    yield "changed-k", "not-signed", "one instead of two must sign", file.replace(b"\x61k\x02", b"\x61k\x01")
    yield (
        "signatures-exchanged",
        "not-signed",
        "each signature under the other's key",
        cbor.encode([raw, [[right[0][0], right[1][1]], [right[1][0], right[0][1]]]]),
    )
    yield (
        "other-context",
        "not-signed",
        "signed as a descriptor is",
        cbor.encode([raw, signatures(raw, TRANSIT, HOME, context=b"waystation/node/1\0")]),
    )
    yield "signature-empty", "not-signed", "a signature of no bytes", cbor.encode([raw, [[right[0][0], b""]]])
    yield "ended", "ended", "read in the second in which it ends", file


def _other_shapes() -> Iterable[Case]:
    raw = cbor.encode(said())
    right, three = signatures(raw, TRANSIT, HOME), stewards(*STEWARDS)
    yield "signatures-out-of-order", NO, "the larger key first", cbor.encode([raw, right[::-1]])
    yield "signatures-as-map", NO, "a map", cbor.encode([raw, {"a": b""}])
    yield "signature-of-three", NO, "a list of three", cbor.encode([raw, [[*right[0], 1]]])
    yield "key-too-short", NO, "31 bytes", cbor.encode([raw, [[right[0][0][1:], right[0][1]]]])
    shapes: list[tuple[str, str, str, dict[str, Any]]] = [
        ("steward-twice", "counted-twice", "one node, two keys", {"stewards": [[three[0][0], bytes(32)], *three]}),
        (
            "key-of-two-stewards",
            "counted-twice",
            "one key for two nodes",
            {"stewards": [three[0], [three[1][0], three[0][1]], three[2]]},
        ),
        ("stewards-out-of-order", NO, "the larger id first", {"stewards": three[::-1]}),
        ("steward-no-member", NO, "a steward that is no member", {"members": members(TRANSIT, HOME)}),
        ("no-stewards", NO, "an empty list", {"stewards": [], "k": 1}),
        ("k-zero", NO, "nobody must sign", {"k": 0}),
        ("k-too-large", NO, "four of three", {"k": 4}),
        ("k-true", NO, "true is no number", {"k": True}),
        ("members-out-of-order", NO, "the larger id first", {"members": members(*STEWARDS)[::-1]}),
        ("member-twice", NO, "the first member twice", {"members": [members(*STEWARDS)[0], *members(*STEWARDS)]}),
        ("codes-out-of-order", NO, "b before a", {"members": members(*STEWARDS, begins=("b", "a"))}),
        ("code-twice", NO, "a code twice", {"members": members(*STEWARDS, begins=("a", "a"))}),
        ("code-with-version", NO, "handover.offer/1", {"members": members(*STEWARDS, begins=("handover.offer/1",))}),
        ("17-codes", NO, "one more than 16", {"members": members(*STEWARDS, begins=tuple("abcdefghijklmnopq"))}),
        ("number-zero", NO, "0", {"number": 0}),
        ("id-too-short", NO, "15 bytes", {"id": bytes(15)}),
        ("until-year-10000", NO, "it does not end", {"until": documents.LATEST + 1}),
        ("until-null", NO, "no end", {"until": None}),
        ("name-turned-around", NO, "U+202E", {"name": "Coast \u202edaor"}),
        ("name-in-lines", NO, "a line feed", {"name": "Coast\nroad"}),
        ("agreement-too-long", NO, "10,001 characters", {"agreement": "a" * 10_001}),
        ("field-too-many", NO, "a field that is not of a circle", {"phone": "1"}),
    ]
    for slug, expect, comment, change in shapes:
        yield slug, expect, comment, signed(said(**change), TRANSIT, HOME)
    without = {name: value for name, value in said().items() if name != "until"}
    yield "field-missing", NO, "no end", signed(without, TRANSIT, HOME)


def _after() -> Iterable[Case]:
    both, new = said(number=2), {"number": 2, "k": 1, "stewards": stewards(STRANGER)}
    taken = said(**new, members=members(*STEWARDS, STRANGER))
    yield "older", "older", "the version that is known", signed(said(), TRANSIT, HOME)
    yield "other-id", "other-circle", "another circle", signed(said(number=2, id=bytes(16)), TRANSIT, HOME)
    yield "not-next", "not-next", "number 3, and 1 is known", signed(said(number=3), TRANSIT, HOME)
    yield "taken-away", "too-few", "its own steward signed, none of those before", signed(taken, STRANGER)
    yield "one-of-those-before", "too-few", "and one of two of those before", signed(taken, STRANGER, TRANSIT)
    yield "none-of-its-own", "too-few", "those before signed, its own did not", signed(taken, TRANSIT, HOME)
    other = said(number=2, stewards=stewards(TRANSIT, HOME))
    yield "before-and-a-stranger", "no-steward", "a stranger signed as well", signed(other, TRANSIT, HOME, STRANGER)
    yield "by-both", "success", "the same stewards, each counts in both", signed(both, TRANSIT, THIRD)
    yield "handed-over", "success", "two of those before, and its own", signed(taken, STRANGER, TRANSIT, HOME)
    yield (
        "after-its-end",
        "success",
        "it follows one that is held, and has ended meanwhile",
        signed(said(number=2, until=AT), TRANSIT, HOME),
    )


def _right() -> Iterable[Case]:
    yield "two-of-three", "success", "enough", signed(said(), TRANSIT, HOME)
    yield "three-of-three", "success", "all of them", signed(said(), *STEWARDS)
    yield "one-of-one", "success", "a house and its posts", signed(said(k=1, stewards=stewards(HOME)), HOME)
    mixed = sorted([*members(TRANSIT, begins=()), *members(HOME, THIRD, begins=("later.kind",))])
    yield "begins-nothing", "success", "who only answers, and a kind to come", signed(said(members=mixed), HOME, THIRD)
    yield (
        "first-seen-later",
        "success",
        "version 5 where none is held: a key of a version before counts for nothing, and does no harm",
        signed(said(number=5), TRANSIT, HOME, STRANGER),
    )
    yield (
        "longest",
        "success",
        "the longest texts, in another script",
        signed(said(name="ن" * 200, purpose="م" * 500, agreement="ع" * 10_000), TRANSIT, HOME),
    )
