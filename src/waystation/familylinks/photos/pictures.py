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
QUANTA, CODES, RESTART = 0xDB, 0xC4, 0xDD
TABLES = frozenset({QUANTA, CODES, RESTART})
SCAN, END, ADOBE, EXIF, COMMENT = 0xDA, 0xD9, 0xEE, 0xE1, 0xFE
APPLICATION = range(0xE0, 0xF0)
RESTARTS = range(0xD0, 0xD8)
DROPPED = frozenset({*APPLICATION, COMMENT})
MOST_SCANS = 20
"""A progressive photo has about ten."""
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
BITS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
CLEAR = {0: 2, 2: 6}
"""By the colour type of a PNG; `CLEAR`: how long its one transparent colour is."""
PALETTE = 3
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Of an interlaced PNG: where each pass begins, and its steps."""


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
    tables = _Tables()
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
            tables.take(marker, body)
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
    if bits != 8 or not 1 <= parts <= 4 or len(body) != 6 + 3 * parts:
        raise NotAPicture
    _check_sides(wide, high)


class _Tables:
    """Tables and scans as they come: each exactly as long as it says and none twice, so that nothing hides in them."""

    def __init__(self) -> None:
        self.scans = 0
        self.places: set[tuple[int, int]] = set()

    def take(self, marker: int, body: bytes) -> None:
        """One segment of tables, or the head of a scan; a progressive picture may bring new codes for each scan."""
        if marker == SCAN:
            self.scans += 1
            self.places = {place for place in self.places if place[0] == QUANTA}
            lengths = [4 + 2 * body[0]]
        elif marker == RESTART:
            self._define(marker, 0)
            lengths = [2]
        else:
            lengths = list(self._lengths(marker, body))
        if sum(lengths) != len(body) or self.scans > MOST_SCANS:
            raise NotAPicture

    def _lengths(self, marker: int, body: bytes) -> Iterator[int]:
        at = 0
        while at < len(body):
            self._define(marker, body[at])
            wide = 2 if body[at] >> 4 else 1
            length = 1 + 64 * wide if marker == QUANTA else 17 + sum(body[at + 1 : at + 17])
            yield length
            at += length

    def _define(self, marker: int, place: int) -> None:
        """Four places of a kind (of codes: for either use)."""
        place = place & 0x0F if marker == QUANTA else place
        if (marker, place) in self.places or place >> 4 > 1 or place & 0x0F > 3:
            raise NotAPicture
        self.places.add((marker, place))


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
    wide, high, bits, colour, packing, filters, interlaced = struct.unpack_from(">LLBBBBB", head)
    _check_sides(wide, high)
    if bits not in BITS.get(colour, ()) or packing or filters or interlaced > 1:
        raise NotAPicture
    kept = _colours(chunks, bits, colour)
    pixels = _unpacked(b"".join(body for name, body in chunks if name == b"IDAT"))
    if len(pixels) != _length(wide, high, bits * CHANNELS[colour], PASSES if interlaced else ((0, 0, 1, 1),)):
        raise NotAPicture
    return b"".join((PNG, _chunk(b"IHDR", head), kept, _chunk(b"IDAT", zlib.compress(pixels, 6)), _chunk(b"IEND", b"")))


def _colours(chunks: list[tuple[bytes, bytes]], bits: int, colour: int) -> bytes:
    """Palette and transparency where the pixels need them, each once and no longer than they can be."""
    palettes, clears = ([body for name, body in chunks if name == wanted] for wanted in (b"PLTE", b"tRNS"))
    if len(palettes) > 1 or len(clears) > 1 or (colour == PALETTE and not palettes):
        raise NotAPicture
    kept = b""
    if colour == PALETTE:
        entries, rest = divmod(len(palettes[0]), 3)
        if rest or not 1 <= entries <= 2**bits or (clears and len(clears[0]) > entries):
            raise NotAPicture
        kept = _chunk(b"PLTE", palettes[0])
    elif clears and len(clears[0]) != CLEAR.get(colour):
        raise NotAPicture
    return kept + b"".join(_chunk(b"tRNS", body) for body in clears)


def _length(wide: int, high: int, bits: int, passes: tuple[tuple[int, int, int, int], ...]) -> int:
    """Bytes of all lines: each begins with one that says how it is packed."""
    sizes = ((-(-(wide - left) // across), -(-(high - top) // down)) for left, top, across, down in passes)
    return sum((1 + (columns * bits + 7) // 8) * lines for columns, lines in sizes)


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
