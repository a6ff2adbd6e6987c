"""Several files in one body: byte strings one after another (a CBOR sequence, RFC 8742), or one bare file. Pure."""

from collections.abc import Iterable, Iterator
from itertools import islice

from waystation.exchange import cbor, wire

MOST_FILES = 1000
MOST_BYTES = 12 * 1024 * 1024
"""Of one body: a web server keeps it in memory."""
LENGTHS = {*range(cbor.SHORT + 1), *cbor.WIDTHS}
"""What the low five bits of a byte string's head may be: its length, or how many bytes of length follow."""


class NotABundle(ValueError):  # noqa: N818 - told as it is
    """The body is no file and no sequence of files, or holds more than any may."""


def pack(files: Iterable[bytes]) -> bytes:
    """Files as one body."""
    return b"".join(part for file in files for part in (cbor.byte_string_head(len(file)), file))


def unpack(body: bytes) -> list[bytes]:
    """The files of a body; a bare file is a bundle of one. Raises NotABundle."""
    if not body:
        return []
    if body[0] >> 5 != cbor.BYTES:
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
    if major != cbor.BYTES or low not in LENGTHS:
        raise NotABundle("Only files may stand here.")
    if low <= cbor.SHORT:
        return low, place + 1
    end = place + 1 + cbor.WIDTHS[low]
    if end > len(body):
        raise NotABundle("The body is cut off.")
    return int.from_bytes(body[place + 1 : end], "big"), end
