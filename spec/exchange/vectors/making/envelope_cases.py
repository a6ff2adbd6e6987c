"""Envelopes: frame, head, sealing, padding (spec/exchange/envelope.md)."""

from functools import cache

from making.cast import HOME, THIRD, TRANSIT
from making.files import Vector, numbered
from making.sealing import (
    CURVE_ONLY,
    HEAD,
    KEM_BYTES,
    SMALLER,
    TAG_BYTES,
    curve_private,
    frame,
    padded,
    said,
    sealed,
    signed,
)
from waystation.exchange import cbor, wire

Case = tuple[str, str, str, bytes]
USUAL = "0701-usual"
FRAME, HEADS, SEALING, PADDING = 201, 231, 301, 401


@cache
def usual() -> bytes:
    """The envelope that is right, and that most others are made from."""
    return sealed(USUAL, padded(signed(said())))


def vectors() -> list[Vector]:
    """0201 and on: what is refused before anything of it is believed."""
    cases = ((FRAME, _frames()), (HEADS, _heads()), (SEALING, _sealings()), (PADDING, _paddings()))
    return [vector for first, found in cases for vector in numbered("envelope", first, found)]


def _frames() -> list[Case]:
    file, (head, inside) = usual(), cbor.decode(usual())
    before = len(file) - len(inside)
    cuts = [
        ("at-nothing", 0),
        ("after-the-list", 1),
        ("in-the-head", 10),
        ("after-the-head", before - 3),
        ("in-the-length", before - 1),
        ("after-the-length", before),
        ("after-ml-kem", before + 1088),
        ("after-x25519", before + KEM_BYTES),
        ("before-the-tag", len(file) - TAG_BYTES),
        ("by-one-byte", len(file) - 1),
    ]
    shapes = [
        ("not-cbor", "a picture", b"\x89PNG\r\n\x1a\n" + bytes(40)),
        ("trailing-byte", "one byte after the end", file + b"\0"),
        ("twice", "the same envelope twice in one file", file * 2),
        ("list-of-three", "a third member", cbor.encode([head, inside, b""])),
        ("list-of-one", "the head alone", cbor.encode([head])),
        ("map", "a map instead of a list", cbor.encode({"head": head, "sealed": inside})),
        ("head-as-map", "the head not as bytes", cbor.encode([HEAD, inside])),
        ("sealed-as-text", "the sealed part as text", cbor.encode([head, "a" * 40])),
        ("indefinite-list", "the frame of indefinite length", b"\x9f" + file[1:] + b"\xff"),
        ("long-length", "the length of the head in three bytes", b"\x82\x59\x00" + bytes([len(head)]) + file[3:]),
        ("tagged", "tag 55799 before the frame", b"\xd9\xd9\xf7" + file),
        (
            "heap-of-lists",
            "8 MiB of empty lists",
            b"\x9a" + (wire.LARGEST - 5).to_bytes(4, "big") + b"\x80" * (wire.LARGEST - 5),
        ),
    ]
    return [
        *((f"cut-{slug}", "not-an-envelope", f"only the first {end} bytes", file[:end]) for slug, end in cuts),
        *((slug, "not-an-envelope", comment, body) for slug, comment, body in shapes),
        ("too-large", "too-large", "8 MiB and one byte", file + bytes(wire.LARGEST + 1 - len(file))),
    ]


def _heads() -> list[Case]:
    inside = cbor.decode(usual())[1]

    def headed(**change: object) -> bytes:
        return frame(cbor.encode(HEAD | change), inside)

    plain = cbor.encode(HEAD)
    cases = [
        (
            "version-2",
            "unknown-version",
            "a version to come, with another shape",
            frame(cbor.encode({"v": 2, "x": 1}), inside),
        ),
        ("version-0", "unknown-version", "version 0", headed(v=0)),
        ("version-true", "unknown-version", "true is no number", headed(v=True)),
        ("version-as-text", "unknown-version", "the version as text", headed(v="1")),
        ("no-version", "not-an-envelope", "no version", frame(cbor.encode({"s": 1, "to": HOME.id.bytes}), inside)),
        ("suite-0", "unknown-suite", "suite 0", headed(s=0)),
        ("suite-true", "unknown-suite", "true is no number", headed(s=True)),
        ("suite-as-list", "unknown-suite", "a list of suites to choose from", headed(s=[1, 2])),
        ("to-as-text", "not-an-envelope", "the addressee as text of 16 letters", headed(to="a" * 16)),
        ("to-too-short", "not-an-envelope", "15 bytes", headed(to=HOME.id.bytes[:15])),
        ("sender-in-the-head", "not-an-envelope", "one field too many", headed(**{"from": TRANSIT.id.bytes})),
        (
            "head-order",
            "not-an-envelope",
            "the head's keys in another order",
            frame(b"\xa3" + plain[4:7] + plain[1:4] + plain[7:], inside),
        ),
        ("head-trailing-byte", "not-an-envelope", "a byte after the head", frame(plain + b"\0", inside)),
        ("head-is-a-list", "not-an-envelope", "the head as a list", frame(cbor.encode([1, 1, HOME.id.bytes]), inside)),
        ("for-a-third", "not-for-us", "the addressee exchanged on the way", headed(to=THIRD.id.bytes)),
    ]
    inner = padded(signed(said()))
    down = cbor.encode(HEAD | {"s": 2})
    name = f"{HEADS + len(cases):04}-downgrade-x25519-alone"
    body = sealed(name, inner, head=down, to=curve_private(), suite=CURVE_ONLY)
    return [
        *cases,
        ("downgrade-x25519-alone", "unknown-suite", "suite 2: sealed to the X25519 half of the key alone", body),
    ]


def _sealings() -> list[Case]:
    head, inside = cbor.decode(usual())
    size = len(inside)
    flips = [
        ("ml-kem-first", 0),
        ("ml-kem-last", 1087),
        ("x25519-first", 1088),
        ("ciphertext-first", KEM_BYTES),
        ("ciphertext-middle", size // 2 + KEM_BYTES // 2),
        ("ciphertext-last", size - TAG_BYTES - 1),
        ("tag-first", size - TAG_BYTES),
        ("tag-last", size - 1),
    ]
    cases = [(f"flip-{slug}", f"the lowest bit of byte {place}", _flipped(inside, place, 1)) for slug, place in flips]
    cases += [
        ("flip-x25519-top-bit", "the bit that X25519 itself does not look at", _flipped(inside, KEM_BYTES - 1, 0x80)),
        ("x25519-of-small-order", "the ephemeral key is zero", inside[:1088] + bytes(32) + inside[KEM_BYTES:]),
        ("nothing", "no bytes where the sealed part stands", b""),
        ("only-a-kem", "nothing after the encapsulated key", inside[:KEM_BYTES]),
        ("shorter-by-one", "the last byte gone, the frame mended", inside[:-1]),
        ("longer-by-one", "one byte more, the frame mended", inside + b"\0"),
        ("zeros", "zeros alone", bytes(size)),
        ("halves-exchanged", "X25519 before ML-KEM", inside[1088:KEM_BYTES] + inside[:1088] + inside[KEM_BYTES:]),
    ]
    found: list[Case] = [(slug, "cannot-open", comment, frame(head, part)) for slug, comment, part in cases]
    inner = padded(signed(said()))
    third = cbor.encode(HEAD | {"to": THIRD.id.bytes})
    fresh = [
        ("to-a-key-that-is-gone", "sealed to a key older than any that is left", {"to": HOME.private(0)}),
        ("to-the-key-of-another", "the head names home, the key is another's", {"to": THIRD.private()}),
        ("readdressed", "sealed under a head for a third, shown with a head for home", {"head": third, "shown": head}),
        ("without-context", "the info is the head alone", {"context": b""}),
        ("other-context", "the info of another version of this protocol", {"context": b"waystation/env/2\0"}),
        ("suite-1-with-aes-128", "the head says suite 1, sealed with AES-128-GCM", {"suite": SMALLER}),
        (
            "suite-1-x25519-alone",
            "the head says suite 1, sealed with X25519 alone",
            {"suite": CURVE_ONLY, "to": curve_private()},
        ),
    ]
    for slug, comment, how in fresh:
        name = f"{SEALING + len(found):04}-{slug}"
        found.append((slug, "cannot-open", comment, sealed(name, inner, **how)))  # type: ignore[arg-type]
    return found


def _flipped(raw: bytes, place: int, bit: int) -> bytes:
    return raw[:place] + bytes([raw[place] ^ bit]) + raw[place + 1 :]


def _paddings() -> list[Case]:
    content = signed(said())
    raw = said()
    whole = padded(content)
    room = len(whole) - 4
    inners = [
        ("none", "the content alone, 4 bytes and no filling", padded(content, size=0)),
        ("too-short", "one byte less than 1 KiB", whole[:-1]),
        ("too-long", "2 KiB where 1 KiB is enough", padded(content, size=2048)),
        ("not-a-power", "1.5 KiB", padded(content, size=1536)),
        ("not-zero-first", "the first byte of the filling is 1", padded(content + b"\1", length=len(content))),
        ("not-zero-last", "the last byte of the filling is 1", whole[:-1] + b"\1"),
        ("filled-with-blanks", "blanks instead of zeros", padded(content, pad=b" ")),
        ("length-beyond-the-end", "says one byte more than there is", padded(content, length=room + 1)),
        ("length-huge", "says 4 GiB", padded(content, length=2**32 - 1)),
        ("length-short-by-one", "says one byte less than the content has", padded(content, length=len(content) - 1)),
        ("length-long-by-one", "one zero of the filling taken for content", padded(content, length=len(content) + 1)),
        ("length-zero", "says that there is nothing", bytes(1024)),
        ("length-little-endian", "the length the wrong way round", len(content).to_bytes(4, "little") + whole[4:]),
        ("nothing", "an inner of no bytes", b""),
        ("three-bytes", "not even a length", b"\0\0\0"),
        ("content-not-cbor", "a sentence", padded(b"Please help us.")),
        ("content-of-three", "a third member", padded(cbor.encode([raw, bytes(64), b""]))),
        ("content-a-map", "a map", padded(cbor.encode({"raw": raw, "signature": bytes(64)}))),
        (
            "message-not-as-bytes",
            "the message as a map, not as the bytes that are signed",
            padded(cbor.encode([{"v": 1}, bytes(64)])),
        ),
        ("signature-as-text", "the signature as text", padded(cbor.encode([raw, "a" * 64]))),
    ]
    return [
        (slug, "not-padded", comment, sealed(f"{PADDING + place:04}-{slug}", inner))
        for place, (slug, comment, inner) in enumerate(inners)
    ]
