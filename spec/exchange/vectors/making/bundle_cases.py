"""Bodies over the line (spec/exchange/line.md)."""

import hashlib

from making.envelope_cases import usual
from making.files import Vector
from waystation.exchange import bundles, wire

REFUSED, READ = 1001, 1021
NO = "not-a-bundle"


def vectors() -> list[Vector]:
    """1001 and on: refused; 1021: read, with the SHA-256 of each file."""
    file = usual()
    one = bundles.pack([file])
    refused = [
        ("cut-in-a-file", "the last byte gone", one[:-1]),
        ("cut-in-a-length", "two of four bytes of a length", b"\x5a\x00\x00"),
        ("bare-file-after-a-string", "a byte string, then an envelope as it is", one + file),
        ("text-after-a-string", "a byte string, then a text", one + b"\x61a"),
        ("indefinite", "a byte string of indefinite length", b"\x5f" + one + b"\xff"),
        ("reserved-length", "additional information 28", b"\x5c" + file),
        ("file-too-large", "8 MiB and one byte in one string", bundles.pack([bytes(wire.LARGEST + 1)])),
        ("too-many-files", "1,001 empty files", bundles.pack([b""] * (bundles.MOST_FILES + 1))),
    ]
    read = [
        ("nothing", "an empty body", b"", []),
        ("bare-file", "one envelope as it is", file, [file]),
        ("one-file", "one envelope as a byte string", one, [file]),
        (
            "three-files",
            "an envelope, bytes that are none, the envelope again",
            bundles.pack([file, b"help", file]),
            [file, b"help", file],
        ),
        ("most-files", "1,000 empty files", bundles.pack([b""] * bundles.MOST_FILES), [b""] * bundles.MOST_FILES),
    ]
    found = [
        Vector(number=REFUSED + place, slug=slug, about="bundle", expect=NO, comment=comment, body=body)
        for place, (slug, comment, body) in enumerate(refused)
    ]
    for place, (slug, comment, body, files) in enumerate(read):
        more = tuple(("file", hashlib.sha256(one).hexdigest()) for one in files)
        found.append(
            Vector(
                number=READ + place, slug=slug, about="bundle", expect="success", comment=comment, body=body, more=more
            )
        )
    return found
