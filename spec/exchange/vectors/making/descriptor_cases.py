"""Descriptors (spec/exchange/descriptor.md)."""

from collections.abc import Iterable
from typing import Any

from making.cast import AT, THIRD, TRANSIT, Node
from making.files import Vector
from waystation.exchange import cbor, descriptors

MONTH = 30 * 86400
REFUSED, AFTER, RIGHT, TEXTS = 801, 871, 901, 951
NO = "not-a-descriptor"
Case = tuple[str, str, str, bytes]


def said(node: Node = TRANSIT) -> dict[str, Any]:
    """What a node says of itself."""
    return {
        "v": 1,
        "node": node.id.bytes,
        "number": 7,
        "at": AT,
        "name": "Maison du Passage",
        "country": "MA",
        "root": node.root.public_key().public_bytes_raw(),
        "signing": node.signing.public_key().public_bytes_raw(),
        "log": node.log.public_key().public_bytes_raw(),
        "keys": [[node.public_bytes(2), AT + MONTH], [node.public_bytes(1), AT]],
        "addresses": ["https://passage.example"],
    }


def signed(raw: bytes, node: Node = TRANSIT, context: bytes = descriptors.CONTEXT) -> bytes:
    """The file."""
    return cbor.encode([raw, node.root.sign(context + raw)])


def changed(**change: Any) -> bytes:
    """The file of a descriptor with changes, signed after them."""
    return signed(cbor.encode(said() | change))


def vectors() -> list[Vector]:
    """0801 and on: refused; 0871: beside one that is known; 0901: read, with its words; 0951: as text."""
    known = ("known", changed(number=7).hex())
    found = [_vector(REFUSED + place, case) for place, case in enumerate([*_refused(), *_other_shapes()])]
    found += [_vector(AFTER + place, case, (known,)) for place, case in enumerate(_after())]
    found += [_vector(RIGHT + place, case, _words(case[3])) for place, case in enumerate(_right())]
    found += [_vector(TEXTS + place, case, about="descriptor-text") for place, case in enumerate(_texts())]
    return found


def _vector(number: int, case: Case, more: tuple[tuple[str, str], ...] = (), about: str = "descriptor") -> Vector:
    slug, expect, comment, body = case
    return Vector(number=number, slug=slug, about=about, expect=expect, comment=comment, body=body, more=more)


def _words(file: bytes) -> tuple[tuple[str, str], ...]:
    read = descriptors.read(file)
    return (("node", read.node.hex), ("root", read.root.hex()), ("fingerprint", read.fingerprint))


def _refused() -> Iterable[Case]:
    raw, file = cbor.encode(said()), changed()
    key = TRANSIT.public_bytes()
    yield "empty", NO, "no bytes", b""
    yield "not-cbor", NO, "a sentence", b"Please help us."
    yield "cut", NO, "the last byte gone", file[:-1]
    yield "trailing-byte", NO, "a byte after the end", file + b"\0"
    yield (
        "an-envelope",
        NO,
        "a list of two byte strings, but no descriptor",
        cbor.encode([cbor.encode({"v": 1, "s": 1, "to": bytes(16)}), bytes(64)]),
    )
    yield "too-large", "too-large", "16 KiB and one byte", file + bytes(descriptors.LARGEST + 1 - len(file))
    yield "version-2", "unknown-version", "a version to come", changed(v=2)
    yield "version-true", NO, "true is no number", changed(v=True)
    yield "changed-name", "not-signed", "the name changed after signing", file.replace(b"Maison", b"Masion")
    yield "changed-number", "not-signed", "the number changed after signing", file.replace(b"number\x07", b"number\x08")
    yield (
        "signed-by-signing-key",
        "not-signed",
        "signed with the signing key, not the root",
        cbor.encode([raw, TRANSIT.signing.sign(descriptors.CONTEXT + raw)]),
    )
    yield "signed-by-another", "not-signed", "signed by another node's root", signed(raw, THIRD)
    yield "other-context", "not-signed", "signed as an envelope is", signed(raw, context=b"waystation/env/1\0")
    yield "without-context", "not-signed", "the bytes alone signed", signed(raw, context=b"")
    yield "signature-empty", "not-signed", "no signature", cbor.encode([raw, b""])
    yield "signature-as-text", NO, "the signature as text", cbor.encode([raw, "a" * 64])
    yield "map-order", NO, "the keys in another order", signed(b"\xab" + raw[4:8] + raw[1:4] + raw[8:])
    yield "key-too-short", NO, "1,215 bytes", changed(keys=[[key[:-1], AT]])
    yield "key-too-long", NO, "1,217 bytes", changed(keys=[[key + b"\0", AT]])
    yield "key-x25519-alone", NO, "32 bytes: no ML-KEM", changed(keys=[[key[-32:], AT]])
    yield (
        "key-of-small-order",
        NO,
        "the X25519 half is zero: nothing can be sealed to it",
        changed(keys=[[key[:1184] + bytes(32), AT]]),
    )
    yield (
        "key-out-of-range",
        NO,
        "ML-KEM coefficients of 4095 (FIPS 203, 7.2)",
        changed(keys=[[b"\xff" * 1152 + key[1152:], AT]]),
    )
    yield "root-too-short", NO, "31 bytes", changed(root=said()["root"][:-1])


def _other_shapes() -> Iterable[Case]:
    key = TRANSIT.public_bytes()
    shapes: list[tuple[str, str, dict[str, Any]]] = [
        ("signing-too-long", "33 bytes", {"signing": bytes(33)}),
        ("log-too-short", "31 bytes", {"log": bytes(31)}),
        ("node-too-short", "15 bytes", {"node": bytes(15)}),
        ("node-as-text", "text of 16 letters", {"node": "a" * 16}),
        ("number-zero", "0", {"number": 0}),
        ("number-negative", "-1", {"number": -1}),
        ("number-true", "true is no number", {"number": True}),
        ("at-negative", "a second before 1970", {"at": -1}),
        ("at-year-10000", "the first second of the year 10000", {"at": descriptors.LATEST + 1}),
        ("no-keys", "an empty list", {"keys": []}),
        ("five-keys", "one more than four", {"keys": [[key, AT]] * 5}),
        ("key-without-day", "a key alone", {"keys": [[key]]}),
        ("key-as-text", "the key as text", {"keys": [["a" * 1216, AT]]}),
        ("keys-as-map", "a map", {"keys": {"ab": 1}}),
        ("name-empty", "no letters", {"name": ""}),
        ("name-too-long", "201 characters", {"name": "n" * 201}),
        ("name-with-zero", "a zero byte", {"name": "Maison\0"}),
        ("name-turned-around", "U+202E", {"name": "Maison \u202eegassaP"}),
        ("country-in-words", "the country's name", {"country": "Morocco"}),
        ("country-lower-case", "small letters", {"country": "ma"}),
        ("address-without-http", "no scheme", {"addresses": ["passage.example"]}),
        ("address-ftp", "another scheme", {"addresses": ["ftp://passage.example"]}),
        ("address-with-blank", "a blank", {"addresses": ["https://passage.example/a b"]}),
        ("address-too-long", "201 characters", {"addresses": ["https://" + "a" * 193]}),
        ("five-addresses", "one more than four", {"addresses": ["https://passage.example"] * 5}),
        ("addresses-as-text", "an empty text for an empty list", {"addresses": ""}),
        ("field-too-many", "a field that is not of a descriptor", {"phone": "1"}),
    ]
    for slug, comment, change in shapes:
        yield slug, NO, comment, changed(**change)
    without = {name: value for name, value in said().items() if name != "log"}
    yield "field-missing", NO, "no key of the log", signed(cbor.encode(without))


def _after() -> Iterable[Case]:
    other = said(THIRD) | {"node": TRANSIT.id.bytes, "number": 8}
    yield "older", "older", "number 6, and 7 is known", changed(number=6)
    yield "other-root", "other-root", "number 8, rightly signed by another root", signed(cbor.encode(other), THIRD)
    yield (
        "other-node",
        "other-root",
        "another node's descriptor in its place",
        signed(cbor.encode(said(THIRD) | {"number": 8}), THIRD),
    )
    yield "same-number", "success", "the same again changes nothing", changed(number=7)
    yield (
        "newer",
        "success",
        "number 8, with another signing key",
        changed(number=8, signing=THIRD.signing.public_key().public_bytes_raw()),
    )


def _right() -> Iterable[Case]:
    key = TRANSIT.public_bytes()
    yield "usual", "success", "a house with two keys and an address", changed()
    yield "no-address", "success", "a node that only a stick reaches", changed(addresses=[])
    yield (
        "four-of-each",
        "success",
        "four keys, four addresses",
        changed(keys=[[key, AT]] * 4, addresses=["http://a.example"] * 4),
    )
    yield (
        "other-script",
        "success",
        "a name in Arabic with a mark that joins letters",
        changed(name="بیت\u200cالأمل", country="IR"),
    )
    yield (
        "longest",
        "success",
        "200 characters of name and of address",
        changed(name="ń" * 200, addresses=["https://" + "a" * 192]),
    )
    yield "third", "success", "another node, other words", signed(cbor.encode(said(THIRD)), THIRD)


def _texts() -> Iterable[Case]:
    text = descriptors.to_text(changed())
    broken = "\n".join(text[place : place + 64] for place in range(0, len(text), 64))
    yield "text-no-beginning", NO, "without waystation-node:", text.removeprefix(descriptors.BEGIN).encode()
    yield (
        "text-cut",
        "cut-off",
        "a letter short: no base64",
        (text[:-3] if len(text[16:]) % 4 == 0 else text[:-1])[: 16 + 4 * 30 + 1].encode(),
    )
    yield "text-other-letters", "cut-off", "letters that base64url has not", (text[:-4] + "!!!!").encode()
    yield "text-cut-late", NO, "base64, but the end of the descriptor is missing", text[: 16 + 4 * 100].encode()
    yield "text", "success", "one line", text.encode()
    yield "text-in-lines", "success", "broken into lines, as mail does", broken.encode()
