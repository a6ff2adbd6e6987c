"""A vector as a file: lines "name: value", an empty line, the body in base64."""

import base64
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from making.cast import HOME, THIRD, TRANSIT

FOLDER = Path(__file__).resolve().parents[1]
WIDTH = 76
PACKED_FROM = 64 * 1024


@dataclass(frozen=True, kw_only=True)
class Vector:
    """What to read, and what must come of it."""

    number: int
    slug: str
    about: str
    expect: str
    comment: str
    body: bytes
    more: tuple[tuple[str, str], ...] = field(default=())
    packed_from: int = PACKED_FROM

    @property
    def name(self) -> str:
        """Number and words."""
        return f"{self.number:04}-{self.slug}"

    def to_text(self) -> str:
        """The file."""
        body, packed = self.body, len(self.body) > self.packed_from
        if packed:
            body = zlib.compress(body, 9)
        head = [("name", self.name), ("about", self.about), ("expect", self.expect), ("comment", self.comment)]
        head += [*self.more, *([("compressed", "zlib")] if packed else [])]
        encoded = base64.b64encode(body).decode()
        lines = [encoded[place : place + WIDTH] for place in range(0, len(encoded), WIDTH)]
        return "".join(f"{name}: {value}\n" for name, value in head) + "\n" + "".join(f"{line}\n" for line in lines)


READER = (
    ("us", HOME.id.hex),
    ("key", HOME.key(2).hex()),
    ("key", HOME.key(1).hex()),
    *(("trusts", f"{node.id.hex} {node.signing.public_key().public_bytes_raw().hex()}") for node in (TRANSIT, THIRD)),
)
"""What `home` knows when it reads an envelope; keys the newest first."""


def numbered(about: str, first: int, cases: Iterable[tuple[str, str, str, bytes]]) -> list[Vector]:
    """Cases (slug, expect, comment, body) as vectors that count up from a number."""
    more = READER if about == "envelope" else ()
    return [
        Vector(number=number, slug=slug, about=about, expect=expect, comment=comment, body=body, more=more)
        for number, (slug, expect, comment, body) in enumerate(cases, first)
    ]


def body_of(name: str) -> bytes | None:
    """The body of a vector that was made before; None when there is none."""
    path = FOLDER / f"{name}.txt"
    if not path.exists():
        return None
    head, _gap, encoded = path.read_text(encoding="utf-8").partition("\n\n")
    raw = base64.b64decode(encoded)
    return zlib.decompress(raw) if "\ncompressed: zlib" in head else raw
