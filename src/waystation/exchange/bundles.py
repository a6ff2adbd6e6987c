"""Several files in one body: byte strings one after another (a CBOR sequence, RFC 8742), or one bare file. Pure."""

from collections.abc import Iterable, Iterator
from itertools import islice

from waystation.exchange import wire

MOST_FILES = 1000
MOST_BYTES = 12 * 1024 * 1024
"""Of one body: a web server keeps it in memory."""
BYTE_STRING = 2
WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}


class NotABundle(ValueError):  # noqa: N818 - told as it is
    """The body is no file and no sequence of files, or holds more than any may."""


def pack(files: Iterable[bytes]) -> bytes:
    """Files as one body."""
    return b"".join(_head(len(file)) + file for file in files)


def unpack(body: bytes) -> list[bytes]:
    """The files of a body; a bare file is a bundle of one. Raises NotABundle."""
    if not body:
        return []
    if body[0] >> 5 != BYTE_STRING:
        return [body]
    files = list(islice(_files(memoryview(body)), MOST_FILES + 1))
    if len(files) > MOST_FILES:
        raise NotABundle("Too many files.")
    return files


def _files(body: memoryview) -> Iterator[bytes]:
    place = 0
    while place < len(body):
        length, start = _length(body, place)
        end = start + length
        if length > wire.LARGEST or end > len(body):
            raise NotABundle("A file is cut off or too large.")
        yield bytes(body[start:end])
        place = end


def _length(body: memoryview, place: int) -> tuple[int, int]:
    major, low = body[place] >> 5, body[place] & 31
    if major != BYTE_STRING or low > 27:
        raise NotABundle("Only files may stand here.")
    if low < 24:
        return low, place + 1
    end = place + 1 + WIDTHS[low]
    if end > len(body):
        raise NotABundle("The body is cut off.")
    return int.from_bytes(body[place + 1 : end], "big"), end


def _head(length: int) -> bytes:
    if length < 24:
        return bytes([BYTE_STRING << 5 | length])
    code, width = next((code, width) for code, width in WIDTHS.items() if length < 1 << 8 * width)
    return bytes([BYTE_STRING << 5 | code]) + length.to_bytes(width, "big")
