"""Pictures for tests, made by hand, with what a camera would hide in them."""

import struct
import zlib

HIDDEN = (b"GPS 41.9028 N 12.4964 E", b"Canon 12345678", b"Amina on the quay", b"second small picture")
"""What must not be in what is kept."""


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))


def png(wide: int = 160, high: int = 200, shade: int = 90, *, behind: bytes = b"") -> bytes:
    """A grey picture with a place, a remark and a second picture in it."""
    pixels = b"".join(b"\0" + bytes([shade + row % 40]) * wide for row in range(high))
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">LLBBBBB", wide, high, 8, 0, 0, 0, 0)),
            chunk(b"eXIf", b"MM\0*" + HIDDEN[0]),
            chunk(b"tEXt", b"Comment\0" + HIDDEN[2]),
            chunk(b"IDAT", zlib.compress(pixels + behind)),
            chunk(b"fdAT", HIDDEN[3]),
            chunk(b"IEND", b""),
            HIDDEN[1],
        )
    )


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def exif(orientation: int) -> bytes:
    """What a camera writes, in its own byte order: how it was held, then whose camera it was and where."""
    tiff = struct.pack("<2sHLHHHLHHL", b"II", 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    return segment(0xE1, b"Exif\0\0" + tiff + HIDDEN[0] + HIDDEN[1])


SCAN = b"\x12\x34\xff\x00\x56\xff\xd0\x78\x9a"


def jpeg(wide: int = 160, high: int = 200, orientation: int = 1) -> bytes:
    """The form of a JPEG (its scan draws nothing), with all a camera and an editor leave in it."""
    tables = segment(0xDB, b"\0" + bytes(range(1, 65))) + segment(0xC4, b"\0" + bytes([0, 1]) + bytes(14) + b"\x05")
    return b"".join(
        (
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0"),
            exif(orientation),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + HIDDEN[2]),
            segment(0xED, b"Photoshop 3.0\0" + HIDDEN[2]),
            segment(0xEE, b"Adobe" + struct.pack(">HHHB", 120, 7, 9, 1)),
            segment(0xFE, HIDDEN[2]),
            tables,
            segment(0xC0, struct.pack(">BHHB", 8, high, wide, 1) + b"\x01\x11\0"),
            segment(0xDA, b"\x01\x01\0\0\x3f\0") + SCAN,
            b"\xff\xd9",
            b"\xff\xd8" + HIDDEN[3] + b"\xff\xd9",
        )
    )
