"""A coverage-guided fuzzer at what reads strangers' bytes: `python -m benchmarks.guided CORPUS [libFuzzer options]`.

Needs `pip install atheris` in an environment of its own; nothing else here does, and no test runs it. The first byte of
an input says where the rest goes in: as a file, as a head that was sealed under, as what is sealed, as a message that a
trusted node signed, as a descriptor, as its text, as a body over the line, as CBOR alone. It fails on anything but a
refusal, and on whatever is taken and does not say byte for byte what came.

A CORPUS that is not there yet begins with the vectors of the protocol.
"""

import base64
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["waystation.exchange"]):
    from waystation.exchange import bundles, cbor, descriptors, wire

from benchmarks.mutate import HEAD, Cast, padded

CAST = Cast()
RIGHT = {one.file for one in CAST.right}
INNERS = {padded(one.content) for one in CAST.right}
VECTORS = Path(__file__).resolve().parents[1] / "spec" / "exchange" / "vectors"
LARGEST_SEED = 8192


def _file(raw: bytes) -> None:
    if raw not in RIGHT:
        CAST.unseal(raw)
        raise AssertionError("A file was taken that nobody wrote.")


def _head(raw: bytes) -> None:
    CAST.unseal(CAST.sealed(CAST.right[0].content, raw))
    _same(raw, HEAD)


def _inner(raw: bytes) -> None:
    if raw not in INNERS:
        CAST.unseal(CAST.sealed_as_it_is(raw))
        raise AssertionError("Something was taken that nobody signed.")


def _signed(raw: bytes) -> None:
    content = cbor.encode([raw, CAST.signing.sign(wire.CONTEXT + raw)])
    _same(CAST.unseal(CAST.sealed(content)), raw)


def _descriptor(raw: bytes) -> None:
    if raw not in CAST.descriptors:
        descriptor = descriptors.read(raw)
        _same(descriptor.to_bytes(), cbor.decode(raw)[0])


def _descriptor_signed(raw: bytes) -> None:
    file = cbor.encode([raw, CAST.signing.sign(descriptors.CONTEXT + raw)])
    _same(descriptors.read(file).to_bytes(), raw)


def _text(raw: bytes) -> None:
    descriptors.from_text(raw.decode("utf-8", "replace"))


def _bundle(raw: bytes) -> None:
    bundles.unpack(raw)


def _cbor(raw: bytes) -> None:
    _same(cbor.encode(cbor.decode(raw)), raw)


def _same(one: bytes, other: bytes) -> None:
    if one != other:
        raise AssertionError("Something was read that would be written otherwise.")


DOORS: tuple[Callable[[bytes], None], ...] = (
    _file, _head, _inner, _signed, _descriptor, _descriptor_signed, _text, _bundle, _cbor,
)  # fmt: skip


def once(raw: bytes) -> None:
    """One input at its door."""
    if not raw:
        return
    try:
        DOORS[raw[0] % len(DOORS)](raw[1:])
    except (cbor.NotCbor, wire.Refused, descriptors.NotADescriptor, bundles.NotABundle):
        return


def begin(corpus: Path) -> None:
    """Put the vectors, and what is right, where the fuzzer begins."""
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = [bytes([1]) + HEAD, *(bytes([2]) + inner for inner in INNERS)]
    seeds += [bytes([door]) + raw for right in CAST.right for door, raw in ((0, right.file), (3, right.raw))]
    seeds += [bytes([door]) + raw for raw in CAST.descriptors for door in (4, 5)]
    for path in VECTORS.glob("[0-9]*.txt"):
        head, _gap, encoded = path.read_text(encoding="utf-8").partition("\n\n")
        raw = base64.b64decode(encoded)
        body = zlib.decompress(raw) if "\ncompressed: zlib" in head else raw
        seeds += [bytes([door]) + body for door in range(len(DOORS))] if len(body) <= LARGEST_SEED else []
    for place, seed in enumerate(seeds):
        (corpus / f"seed-{place:05}").write_bytes(seed)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and not Path(sys.argv[1]).exists():
        begin(Path(sys.argv[1]))
    atheris.Setup(sys.argv, once)
    atheris.Fuzz()
