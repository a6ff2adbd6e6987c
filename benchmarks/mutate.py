"""Envelopes and descriptors with something wrong: `waystation bench mutate --size 1000000 [--json]`.

Seeded, one process. Bytes are changed where each check stands: in the file; in a head that was then sealed under; in
what is sealed; in the message, beside the signature of the right one; in descriptors, before and after signing. None of
them may be taken. A share is changed and then signed by a trusted node: what is taken of it must say byte for byte what
was signed. One in 5,000 is of 4 MiB, half of those a heap of small values.
"""

import random
import resource
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.figures import Figures, show
from waystation.exchange import cbor, descriptors, keys, wire

SEED, RARE = 4, 5000
US, PEER = UUID(int=0x5741_0001), UUID(int=0x5741_0002)
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HEAD = cbor.encode({"v": 1, "s": 1, "to": US.bytes})
LARGE = 4 * 1024 * 1024 - 1024
NUMBERS = (0, 1, 23, 24, 255, 256, 65_535, 65_536, 2**31, 2**32 - 1, 2**63 - 1, 2**63, 2**64 - 1)
HEADS = bytes(
    [0x00, 0x1B, 0x20, 0x40, 0x5B, 0x5F, 0x60, 0x7F, 0x80, 0x9B, 0x9F, 0xA0, 0xBB, 0xBF, 0xC0, 0xF4, 0xFB, 0xFF]
)
BODIES: tuple[dict[str, object], ...] = (
    {},
    {"needs": ["shelter", "health"], "people": 2, "ask": "a place for two nights"},
    {"came_to": 7, "later": [{"first": 9, "last": 12}], "ids": [bytes(16)] * 20, "refused": {"0" * 32: "late"}},
    {"text": "مرحبا " * 300, "deep": [[[[[[None]]]]]], "yes": True, "numbers": list(range(-300, 300, 7))},
)


@dataclass(frozen=True)
class Right:
    """One envelope that is right, in its layers."""

    raw: bytes
    content: bytes
    file: bytes


class Cast:
    """A node that reads, a peer that it trusts, and what the peer rightly wrote."""

    def __init__(self) -> None:
        private = keys.new_private()
        self.opening, self.public = keys.private_of(private), keys.public_of(keys.public_bytes_of(private))
        self.signing = Ed25519PrivateKey.generate()
        self.signer = self.signing.public_key()
        self.right = [self.envelope(body, seq) for seq, body in enumerate(BODIES, 1)]
        self.large = self.envelope({"part": random.Random(SEED).randbytes(LARGE)}, 9)
        self.descriptors = [self.descriptor(count) for count in (1, 4)]

    def envelope(self, body: dict[str, object], seq: int) -> Right:
        """A body as an envelope."""
        message = wire.Message(id=wire.new_id(), sender=PEER, to=US, seq=seq, kind="handover.offer/1", at=AT, body=body)
        raw = message.raw()
        content = cbor.encode([raw, self.signing.sign(wire.CONTEXT + raw)])
        return Right(raw, content, self.sealed(content))

    def descriptor(self, count: int) -> bytes:
        """The peer's descriptor."""
        root = self.signer.public_bytes_raw()
        key = descriptors.SealingKey(public=keys.public_bytes_of(keys.new_private()), until=AT)
        return descriptors.Descriptor(
            node=PEER, number=count, at=AT, name="A house", country="MA", root=root, signing=root, log=root,
            keys=(key,) * count, addresses=("https://one.example",) * count,
        ).signed(self.signing)  # fmt: skip

    def sealed(self, content: bytes, head: bytes = HEAD) -> bytes:
        """Content as a file, whatever it is."""
        return self.sealed_as_it_is(padded(content), head)

    def sealed_as_it_is(self, inner: bytes, head: bytes = HEAD) -> bytes:
        """A file, whatever stands in it."""
        return cbor.encode([head, wire.SUITES[1].encrypt(inner, self.public, info=wire.CONTEXT + head)])

    def unseal(self, file: bytes) -> bytes:
        """The message of a file that is taken, as it would be signed. Raises wire.Refused."""
        return wire.unseal(
            file, us=US, keys=[self.opening], signer=lambda node: self.signer if node == PEER else None
        ).raw()


def padded(content: bytes) -> bytes:
    """As an envelope holds it."""
    inner = len(content).to_bytes(4, "big") + content
    return inner.ljust(wire.size_class(len(inner)), b"\0")


def flip(raw: bytes, chance: random.Random) -> bytes:
    """One bit."""
    place = chance.randrange(len(raw))
    return raw[:place] + bytes([raw[place] ^ 1 << chance.randrange(8)]) + raw[place + 1 :]


def put_head(raw: bytes, chance: random.Random) -> bytes:
    """The first byte of some CBOR value, and perhaps a number after it."""
    place, number = chance.randrange(len(raw)), chance.choice(NUMBERS)
    width = chance.choice((0, 0, 1, 2, 4, 8))
    said = (number & (1 << 8 * width) - 1).to_bytes(width, "big")
    return raw[:place] + bytes([chance.choice(HEADS)]) + said + raw[place + 1 + len(said) * chance.randrange(2) :]


def cut(raw: bytes, chance: random.Random) -> bytes:
    """The end, or something out of the middle."""
    place = chance.randrange(len(raw))
    return raw[:place] + (raw[place + chance.randint(1, 40) :] if chance.randrange(2) else b"")


def repeat(raw: bytes, chance: random.Random) -> bytes:
    """A piece of it once more, somewhere."""
    start, place = chance.randrange(len(raw)), chance.randrange(len(raw) + 1)
    return raw[:place] + raw[start : start + chance.randint(1, 60)] + raw[place:]


def noise(raw: bytes, chance: random.Random) -> bytes:
    """A few bytes overwritten."""
    place = chance.randrange(len(raw))
    return (raw[:place] + chance.randbytes(chance.randint(1, 12)) + raw[place + 6 :])[: len(raw) + 4]


WAYS = (flip, flip, put_head, cut, repeat, noise)


def changed(raw: bytes, chance: random.Random, others: Sequence[bytes] = ()) -> bytes:
    """The bytes with one to three changes, or with the end of another's; never what is right."""
    while True:
        made = raw
        if others and not chance.randrange(8):
            other, place = chance.choice(others), chance.randrange(len(raw))
            made = raw[:place] + other[chance.choice((place, chance.randrange(len(other)))) :]
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            made = chance.choice(WAYS)(made or b"\0", chance)
        if made != raw and made not in others:
            return made


def heap(chance: random.Random) -> bytes:
    """Many small values where a message belongs."""
    one = chance.choice((b"\x80", b"\xa0", b"\x00", b"\x40", b"\x60", b"\x81\x80"))
    return b"\x9a" + chance.choice((LARGE, 65_535)).to_bytes(4, "big") + one * (LARGE // len(one))


class Bench:
    """Makes changed ones and counts what became of them."""

    def __init__(self) -> None:
        self.cast, self.chance = Cast(), random.Random(SEED)
        self.files = [one.file for one in self.cast.right]
        self.came: Counter[str] = Counter()
        self.slowest, self.wrong = 0.0, 0

    def run(self, size: int) -> None:
        """So many envelopes, and a tenth as many descriptors."""
        layers = (self.in_file, self.in_file, self.in_file, self.in_head, self.in_sealed, self.in_message, self.signed)
        for place in range(size):
            if place % RARE == RARE - 1:
                self.large()
            else:
                self.chance.choice(layers)()
            if place % 10 == 0:
                self.in_descriptor()

    def in_file(self) -> None:
        """Bytes of the file."""
        self.refused("file", changed(self.chance.choice(self.files), self.chance, self.files))

    def in_head(self) -> None:
        """A head that was sealed under."""
        head = changed(HEAD, self.chance)
        self.refused("head", self.cast.sealed(self.chance.choice(self.cast.right).content, head=head))

    def in_sealed(self) -> None:
        """What stands in the sealed part: length, message and signature, filling."""
        inner = padded(self.chance.choice(self.cast.right).content)
        self.refused("sealed", self.cast.sealed_as_it_is(changed(inner, self.chance)))

    def in_message(self) -> None:
        """The message, beside the right one's signature."""
        right = self.chance.choice(self.cast.right)
        signature = cbor.decode(right.content)[1]
        raw = changed(right.raw, self.chance, [one.raw for one in self.cast.right])
        self.refused("message", self.cast.sealed(cbor.encode([raw, signature])))

    def large(self) -> None:
        """4 MiB, flipped somewhere or a heap."""
        if self.chance.randrange(2):
            self.refused("large", flip(self.cast.large.file, self.chance))
        else:
            self.refused("large", self.cast.sealed(cbor.encode([heap(self.chance), bytes(64)])))

    def signed(self) -> None:
        """A changed message, signed by a trusted node: it may be taken, but only as what was signed."""
        raw = changed(self.chance.choice(self.cast.right).raw, self.chance)
        content = cbor.encode([raw, self.cast.signing.sign(wire.CONTEXT + raw)])
        self.tried("signed", lambda: self.cast.unseal(self.cast.sealed(content)), raw)

    def in_descriptor(self) -> None:
        """A descriptor after signing; or its insides beside the signature of the right one."""
        file = self.chance.choice(self.cast.descriptors)
        raw, signature = cbor.decode(file)
        if self.chance.randrange(2):
            made = changed(file, self.chance, self.cast.descriptors)
        else:
            made = cbor.encode([changed(raw, self.chance), signature])
        self.tried("descriptor", lambda: descriptors.read(made), None)

    def refused(self, layer: str, file: bytes) -> None:
        """Read an envelope that must not be taken."""
        self.tried(layer, lambda: self.cast.unseal(file), None)

    def tried(self, layer: str, read: Callable[[], object], only_as: bytes | None) -> None:
        """Read; anything but a refusal, or the one thing it may be, is wrong."""
        start = perf_counter()
        try:
            read_as = read()
            self.came[f"{layer}: taken"] += 1
            self.wrong += read_as != only_as
        except wire.Refused as problem:
            self.came[f"{layer}: {problem.reason}"] += 1
        except descriptors.NotADescriptor as problem:
            self.came[f"{layer}: {problem.reason}"] += 1
        except Exception:  # noqa: BLE001 - what this bench looks for
            self.came["crashed"] += 1
            traceback.print_exc(file=sys.stderr)
        self.slowest = max(self.slowest, perf_counter() - start)


def main(*, size: int, as_json: bool) -> None:
    """Change so many envelopes and read each; fails when one is taken, breaks the reader, hangs it or fills memory."""
    before, start = _memory(), perf_counter()
    bench = Bench()
    bench.run(size)
    figures: Figures = {
        "envelopes": size,
        "descriptors": sum(count for name, count in bench.came.items() if name.startswith("descriptor")),
        "taken_wrongly": bench.wrong,
        "crashed": bench.came["crashed"],
        "slowest_ms": round(bench.slowest * 1000, 1),
        "memory_mb": round(_memory(), 1),
        "memory_grown_mb": round(_memory() - before, 1),
        "seconds": round(perf_counter() - start, 1),
        **{name: bench.came[name] for name in sorted(bench.came)},
    }
    show(figures, as_json=as_json)
    if bench.wrong or bench.came["crashed"]:
        raise SystemExit(1)


def _memory() -> float:
    """The most that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
