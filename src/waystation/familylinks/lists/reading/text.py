"""Bytes into text, whatever they were written with: UTF-8, UTF-16, and the two Windows pages of our four languages."""

import codecs
from itertools import pairwise

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ARABIC, WESTERN = "windows-1256", "windows-1252"
LOOKED_AT = 100_000
"""Bytes by which the encoding is guessed."""


def decoded(data: bytes) -> tuple[str, str]:
    """The text, and the encoding it was read with. Never fails: what no encoding knows becomes U+FFFD."""
    encoding = guessed(data)
    return data.decode(encoding, errors="replace").replace("\0", ""), encoding.removesuffix("-sig")


def guessed(data: bytes) -> str:
    """The encoding of a file: by its mark, by zeros between letters, as UTF-8 where that fits, else by neighbours."""
    marked = next((encoding for mark, encoding in MARKS if data.startswith(mark)), None)
    if marked:
        return marked
    if wide := _wide(data[:LOOKED_AT]):
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _of_windows(data[:LOOKED_AT])
    return "utf-8"


def _wide(data: bytes) -> str:
    """UTF-16 without its mark: digits, commas and ends of lines have a zero for their other half."""
    if data.count(0) * 10 < len(data):
        return ""
    return "utf-16-be" if data[0::2].count(0) > data[1::2].count(0) else "utf-16-le"


def _of_windows(data: bytes) -> str:
    """In Arabic words letters beyond ASCII stand together; in French and Spanish words they stand among others."""
    high = [byte >= 0x80 for byte in data]
    together = sum(one and other for one, other in pairwise(high))
    return ARABIC if together * 2 > sum(high) else WESTERN
