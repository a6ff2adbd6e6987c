"""Messages: what stands inside an envelope, who signed it, and envelopes that are right."""

from collections.abc import Iterable
from typing import Any

from making.cast import AT, HOME, STRANGER, THIRD, TRANSIT
from making.envelope_cases import USUAL, Case, usual
from making.files import Vector, numbered
from making.sealing import HEAD, SAID, padded, said, sealed, signed
from waystation.exchange import cbor, descriptors, wire

MESSAGES, SIGNERS, RIGHT = 501, 601, 701
LONGEST = "a" * 64


def vectors() -> list[Vector]:
    """0501 and on: a message out of form; 0601: who sent it; 0701: taken, with the bytes that were signed."""
    found = [*numbered("envelope", MESSAGES, _messages()), *numbered("envelope", SIGNERS, _signers())]
    for place, (slug, comment, raw, body) in enumerate(_right()):
        made = numbered("envelope", RIGHT + place, [(slug, "success", comment, body)])[0]
        found.append(
            Vector(
                **{name: getattr(made, name) for name in ("number", "slug", "about", "expect", "comment", "body")},
                more=(*made.more, ("message", raw.hex())),
            )
        )
    return found


def _messages() -> Iterable[Case]:
    changes: list[tuple[str, str, dict[str, Any]]] = [
        ("version-2", "the message is of another version than the head", {"v": 2}),
        ("version-true", "true is no number", {"v": True}),
        ("id-too-short", "15 bytes", {"id": bytes(15)}),
        ("id-as-text", "32 hexadecimal letters", {"id": "0" * 32}),
        ("from-as-list", "16 numbers", {"from": [0] * 16}),
        ("seq-negative", "-1", {"seq": -1}),
        ("seq-huge", "2^53 + 1", {"seq": 2**53 + 1}),
        ("seq-true", "true is no number", {"seq": True}),
        ("seq-as-text", "the number as text", {"seq": "1"}),
        ("seq-null", "no number", {"seq": None}),
        ("kind-empty", "no letters", {"kind": ""}),
        ("kind-too-long", "65 letters", {"kind": LONGEST + "a"}),
        ("kind-upper-case", "capital letters", {"kind": "Handover.Offer/1"}),
        ("kind-line-break", "a line break at the end", {"kind": "handover.offer/1\n"}),
        ("kind-as-bytes", "the kind as bytes", {"kind": b"handover.offer/1"}),
        ("at-negative", "a second before 1970", {"at": -1}),
        ("at-year-10000", "the first second of the year 10000", {"at": wire.LATEST + 1}),
        ("at-far", "2^63 - 1 seconds", {"at": 2**63 - 1}),
        ("at-as-text", "the time as text", {"at": "2026-11-23T09:30:00Z"}),
        ("at-true", "true is no number", {"at": True}),
        ("body-as-list", "a list", {"body": []}),
        ("body-null", "no body", {"body": None}),
        ("field-too-many", "a field that is not of the message", {"reply": 1}),
    ]
    raws = [(slug, comment, said(**change)) for slug, comment, change in changes]
    plain = said()
    seq = b"\x63seq\x01"
    raws += [
        ("field-missing", "no time", cbor.encode({name: value for name, value in SAID.items() if name != "at"})),
        ("seq-float", "1.0", plain.replace(seq, b"\x63seq\xf9\x3c\x00")),
        ("seq-in-two-bytes", "1 with a byte of its own", plain.replace(seq, b"\x63seq\x18\x01")),
        ("seq-big-number", "2^64", plain.replace(seq, b"\x63seq\xc2\x49\x01" + bytes(8))),
        ("seq-twice", "seq, and seq again", b"\xa9" + plain[1:].replace(seq, seq + b"\x63seq\x02")),
        ("map-order", "seq before v", b"\xa8" + seq + plain[1:].replace(seq, b"")),
        ("indefinite", "the message as a map of indefinite length", b"\xbf" + plain[1:] + b"\xff"),
        ("at-tagged", "the time with tag 1", plain.replace(b"\x62at", b"\x62at\xc1")),
        (
            "body-too-deep",
            "16 lists within the body",
            said(body={"a": 0}).replace(b"\xa1\x61a\x00", b"\xa1\x61a" + b"\x81" * 15 + b"\x80"),
        ),
        ("body-float", "a float in the body", said(body={"a": 0}).replace(b"\xa1\x61a\x00", b"\xa1\x61a\xf9\x3c\x00")),
        ("trailing-byte", "a byte after the message", plain + b"\0"),
        ("a-list", "a list of the values", cbor.encode(list(SAID.values()))),
        ("not-cbor", "a sentence", b"Please help us."),
    ]
    for place, (slug, comment, raw) in enumerate(raws):
        yield slug, "not-padded", comment, sealed(f"{MESSAGES + place:04}-{slug}", padded(signed(raw)))


def _signers() -> Iterable[Case]:
    plain, to_third = said(), said(to=THIRD.id.bytes)
    by_stranger = said(**{"from": STRANGER.id.bytes})
    signature = TRANSIT.signing.sign(wire.CONTEXT + plain)
    usual_parts = cbor.decode(usual())
    assert usual_parts[0] == cbor.encode(HEAD)
    cases: list[tuple[str, str, str, bytes]] = [
        (
            "forwarded",
            "not-for-us",
            "a message to a third, signed by its sender, that the third sealed anew for home",
            signed(to_third),
        ),
        (
            "forged-to-another",
            "not-for-us",
            "addressed inside to a third and signed by nobody: the addressee counts first",
            cbor.encode([to_third, bytes(64)]),
        ),
        ("sender-unknown", "unknown-sender", "a stranger, rightly signed", signed(by_stranger, STRANGER.signing)),
        (
            "sender-ourselves",
            "unknown-sender",
            "home itself as sender",
            signed(said(**{"from": HOME.id.bytes}), HOME.signing),
        ),
        ("signed-by-a-stranger", "not-signed", "transit named, signed by a stranger", signed(plain, STRANGER.signing)),
        (
            "signed-by-another-peer",
            "not-signed",
            "transit named, signed by third, whom home trusts too",
            signed(plain, THIRD.signing),
        ),
        (
            "signed-by-the-root",
            "not-signed",
            "signed with transit's root instead of its signing key",
            signed(plain, TRANSIT.root),
        ),
        ("other-context", "not-signed", "signed as a descriptor is", signed(plain, context=descriptors.CONTEXT)),
        ("without-context", "not-signed", "the bytes alone signed", signed(plain, context=b"")),
        (
            "signature-of-another",
            "not-signed",
            "the right signature of another message",
            cbor.encode([said(seq=2), signature]),
        ),
        ("signature-zeros", "not-signed", "64 zeros", cbor.encode([plain, bytes(64)])),
        ("signature-empty", "not-signed", "no bytes", cbor.encode([plain, b""])),
        ("signature-short", "not-signed", "63 bytes", cbor.encode([plain, signature[:-1]])),
        (
            "signature-flipped",
            "not-signed",
            "the lowest bit of its first byte",
            cbor.encode([plain, bytes([signature[0] ^ 1]) + signature[1:]]),
        ),
        (
            "signature-malleable",
            "not-signed",
            "S plus the order of the group: RFC 8032 5.1.7 refuses it",
            cbor.encode([plain, _malleable(signature)]),
        ),
    ]
    for place, (slug, expect, comment, content) in enumerate(cases):
        yield slug, expect, comment, sealed(f"{SIGNERS + place:04}-{slug}", padded(content))


def _malleable(signature: bytes) -> bytes:
    order = 2**252 + 27742317777372353535851937790883648493
    return signature[:32] + (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")


def _right() -> Iterable[tuple[str, str, bytes, bytes]]:
    empty = len(signed(said(body={"a": ""}))) + 4
    values = {
        "no": None,
        "yes": [True, False],
        "numbers": [0, -1, 2**63 - 1, -(2**63 - 1)],
        "text": "مرحبا é 𐐀",
        "bytes": bytes(range(256)),
    }
    raws = [
        ("usual", "an offer", said()),
        ("uncounted", "number 0, as receipts have", said(seq=0, kind="exchange.receipt/1")),
        ("number-2-to-53", "the highest number", said(seq=2**53)),
        ("empty-body", "a body without fields", said(body={})),
        ("every-type", "each type that a body can hold", said(body=values)),
        ("deep-body", "14 lists within the body", said(body={"a": _nested(14)})),
        ("fills-1-kib", "exactly 1 KiB with its length", said(body={"a": "x" * (1024 - empty - 2)})),
        ("fills-2-kib", "one byte too many for 1 KiB", said(body={"a": "x" * (1024 - empty - 1)})),
        ("longest-kind", "64 letters", said(kind=LONGEST)),
        ("kind-never-heard-of", "opening it does not need to know its kind", said(kind="weather.tomorrow/7")),
        ("at-1970", "a clock that was never set", said(at=0)),
        ("at-year-9999", "the last second that can be said", said(at=wire.LATEST)),
        ("at-in-ten-years", "a clock ten years ahead refuses nothing", said(at=AT + 10 * 365 * 86400)),
        ("by-third", "another peer's", said(**{"from": THIRD.id.bytes})),
        ("to-the-older-key", "sealed to the key before the newest", said()),
    ]
    for place, (slug, comment, raw) in enumerate(raws):
        by = THIRD.signing if slug == "by-third" else TRANSIT.signing
        to = HOME.private(1) if slug == "to-the-older-key" else None
        name = f"{RIGHT + place:04}-{slug}"
        yield slug, comment, raw, usual() if name == USUAL else sealed(name, padded(signed(raw, by)), to=to)


def _nested(depth: int) -> list[object]:
    value: list[object] = []
    for _ in range(depth - 1):
        value = [value]
    return value
