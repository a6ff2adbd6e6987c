"""A picture written anew with nothing in it but the picture. Knows no table.

Cameras put the place, the hour, the machine's number and a second small picture into a file. Nothing that is not on a
short list of what drawing needs is copied: of JPEG (ITU T.81) tables, frame and scans; of PNG (ISO 15948) size,
palette, transparency and pixels, which are unpacked and packed again. What stands after the end is left out. How the
camera was held (EXIF orientation) is read and written into a fresh header of its own, so that nobody lies on their
side; an image library is not needed for any of this.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

LARGEST = 2 * 1024 * 1024
"""Bytes of a picture."""
SMALLEST_SIDE, LONGEST_SIDE = 120, 6000
"""Pixels. Below nobody is known again; above a viewer's phone runs out of memory."""
MOST_UNPACKED = 64 * 1024 * 1024

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended and progressive frames: what browsers draw."""
TABLES = frozenset({0xDB, 0xC4, 0xDD})
SCAN, END, ADOBE, EXIF, COMMENT = 0xDA, 0xD9, 0xEE, 0xE1, 0xFE
APPLICATION = range(0xE0, 0xF0)
RESTARTS = range(0xD0, 0xD8)
DROPPED = frozenset({*APPLICATION, COMMENT})
KEPT_CHUNKS = (b"PLTE", b"tRNS")
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""By the colour type of a PNG."""


class NotAPicture(Exception):  # noqa: N818 - what it says is what is wrong
    """It is no whole JPEG or PNG."""


class WrongSize(Exception):  # noqa: N818
    """Too many bytes, or too few or too many pixels."""


@dataclass(frozen=True, kw_only=True)
class Clean:
    """A picture written anew. `kind` is `jpeg` or `png`."""

    kind: str
    plain: bytes


def clean(raw: bytes) -> Clean:
    """Write a picture anew. Raises NotAPicture, WrongSize."""
    if len(raw) > LARGEST:
        raise WrongSize
    try:
        if raw.startswith(JPEG):
            return Clean(kind="jpeg", plain=_jpeg(raw))
        if raw.startswith(PNG):
            return Clean(kind="png", plain=_png(raw))
    except (struct.error, zlib.error, IndexError) as problem:
        raise NotAPicture from problem
    raise NotAPicture


def _jpeg(raw: bytes) -> bytes:
    turned, adobe, frames = 1, b"", 0
    kept: list[bytes] = []
    for marker, body, scan in _segments(raw):
        if marker == EXIF and turned == 1:
            turned = _orientation(body)
        elif marker == ADOBE and body.startswith(b"Adobe") and len(body) >= 12:
            # Only how colours are mixed; the version and flags could tell a program apart.
            adobe = _segment(ADOBE, b"Adobe" + struct.pack(">HHHB", 100, 0, 0, body[11]))
        elif marker in FRAMES:
            frames += 1
            _check_frame(body)
            kept.append(_segment(marker, body))
        elif marker in TABLES or marker == SCAN:
            _check_length(marker, body)
            kept.append(_segment(marker, body) + scan)
        elif marker not in DROPPED:
            raise NotAPicture
    if frames != 1 or not any(part[1] == SCAN for part in kept):
        raise NotAPicture
    return b"".join((JPEG, _turned(turned), adobe, *kept, bytes((0xFF, END))))


def _segments(raw: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Each marker with its segment, and after a scan's head the scan. What follows the end is never looked at."""
    at = 2
    while True:
        if raw[at] != 0xFF:
            raise NotAPicture
        while raw[at] == 0xFF:
            at += 1
        marker = raw[at]
        at += 1
        if marker == END:
            return
        (length,) = struct.unpack_from(">H", raw, at)
        if length < 2 or at + length > len(raw):
            raise NotAPicture
        body, at = raw[at + 2 : at + length], at + length
        ends = _scan_end(raw, at) if marker == SCAN else at
        yield marker, body, raw[at:ends]
        at = ends


def _scan_end(raw: bytes, at: int) -> int:
    """Where the next marker stands that is no part of a scan."""
    while True:
        at = raw.find(b"\xff", at)
        if at < 0:
            raise NotAPicture
        after = raw[at + 1]
        if after not in {0, 0xFF, *RESTARTS}:
            return at
        at += 1 if after == 0xFF else 2


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _check_frame(body: bytes) -> None:
    bits, high, wide, parts = struct.unpack_from(">BHHB", body)
    if bits != 8 or len(body) != 6 + 3 * parts:
        raise NotAPicture
    _check_sides(wide, high)


def _check_length(marker: int, body: bytes) -> None:
    """A table is exactly as long as it says: nothing hides behind it."""
    at = 0
    if marker == 0xDD:
        at = 2
    elif marker == SCAN:
        at = 4 + 2 * body[0]
    while marker in {0xDB, 0xC4} and at < len(body):
        if marker == 0xDB:
            at += 1 + 64 * (2 if body[at] >> 4 else 1)
        else:
            at += 17 + sum(body[at + 1 : at + 17])
    if at != len(body):
        raise NotAPicture


def _orientation(body: bytes) -> int:
    """How the camera was held, 1 to 8 (EXIF 2.3, tag 0x0112); 1 where it is not told."""
    if not body.startswith(b"Exif\0\0"):
        return 1
    tiff = body[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}L", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(count):
            tag, kind, _many, value = struct.unpack_from(f"{order}HHLH", tiff, first + 2 + 12 * number)
            if (tag, kind) == (0x0112, 3):
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _turned(orientation: int) -> bytes:
    """A header that says how to turn the picture and nothing else; none where it stands upright."""
    if orientation == 1:
        return b""
    tiff = struct.pack(">2sHLHHHLHHL", b"MM", 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    return _segment(EXIF, b"Exif\0\0" + tiff)


def _png(raw: bytes) -> bytes:
    chunks = list(_chunks(raw))
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13:
        raise NotAPicture
    head = chunks[0][1]
    wide, high, bits, colour = struct.unpack_from(">LLBB", head)
    _check_sides(wide, high)
    if colour not in CHANNELS or bits not in {1, 2, 4, 8, 16}:
        raise NotAPicture
    kept = [_chunk(name, body) for name, body in chunks if name in KEPT_CHUNKS]
    pixels = _unpacked(b"".join(body for name, body in chunks if name == b"IDAT"))
    # Each line has a byte of its own, of an interlaced picture's seven passes too; more than that is not the picture.
    if len(pixels) > (wide * CHANNELS[colour] * bits + 7) // 8 * high + 4 * high + 64:
        raise NotAPicture
    return b"".join(
        (PNG, _chunk(b"IHDR", head), *kept, _chunk(b"IDAT", zlib.compress(pixels, 6)), _chunk(b"IEND", b""))
    )


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG)
    while True:
        length, name = struct.unpack_from(">L4s", raw, at)
        body = raw[at + 8 : at + 8 + length]
        (check,) = struct.unpack_from(">L", raw, at + 8 + length)
        if zlib.crc32(name + body) != check:
            raise NotAPicture
        yield name, body
        if name == b"IEND":
            return
        at += 12 + length


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))


def _unpacked(packed: bytes) -> bytes:
    unpack = zlib.decompressobj()
    plain = unpack.decompress(packed, MOST_UNPACKED)
    if not unpack.eof:
        raise NotAPicture
    return plain


def _check_sides(wide: int, high: int) -> None:
    if not all(SMALLEST_SIDE <= side <= LONGEST_SIDE for side in (wide, high)):
        raise WrongSize
