"""A Golomb-Rice set: which of many tags may be in it, with one wrong yes in 2^16, in less than 18 bits each.

Deterministic, so a publication can be signed and made again byte for byte. The number of slots is a power of two; the
first bits of a tag are its number, below slots * 2^16. The numbers stand sorted, and of each only its distance to the
one before is written: sixteen bits of it as they are, and how many times 2^16 as so many ones and a zero (Golomb 1966,
Rice 1971). A table says where each piece of SPREAD numbers begins, so that a tag is looked up without reading all.

    set = slots 8 | first numbers 8 * pieces | bit offsets 8 * pieces | low bits 2 * slots | ones and zeros, whole bytes
"""

import secrets
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

RICE_BITS, TAG_BYTES, HEAD = 16, 16, 8
SPREAD = 512
MOST_SLOTS = 2**25
"""What 24 tags of a million people need."""
AT_ONCE = 2048
"""Pieces that are checked together: some megabytes, however large the set."""
_LOW = np.uint64((1 << RICE_BITS) - 1)
Numbers = NDArray[np.uint64]


class NotASet(ValueError):  # noqa: N818 - said of bytes
    """The bytes are not a set as `build` writes it."""

    def __init__(self) -> None:
        super().__init__("These bytes are not a set of tags.")


def slots_for(count: int) -> int:
    """How many slots so many tags get: the next power of two, which is all that a set tells of their number."""
    return 1 << max(count - 1, SPREAD - 1).bit_length()


def heads_of(tags: Iterable[bytes]) -> Numbers:
    """The first eight bytes of tags, which is all that a set looks at."""
    return np.frombuffer(b"".join(tag[:8] for tag in tags), dtype=">u8").astype(np.uint64)


def numbers_of(heads: Numbers, slots: int) -> Numbers:
    """The numbers of tags among so many slots."""
    return heads >> np.uint64(64 - RICE_BITS - (slots.bit_length() - 1))


def build(heads: Numbers, slots: int) -> bytes:
    """A set of the tags and of random ones: `slots` numbers in all. Raises ValueError for too many tags."""
    if slots & (slots - 1) or not SPREAD <= slots <= MOST_SLOTS:
        raise ValueError("The number of slots is a power of two.")
    numbers = np.unique(numbers_of(heads, slots))
    while len(numbers) < slots:
        wanted = slots - len(numbers)
        random = np.frombuffer(secrets.token_bytes(8 * wanted), dtype=np.uint64)
        numbers = np.union1d(numbers, numbers_of(random, slots))
    if len(numbers) > slots:
        raise ValueError("There are more tags than slots.")
    return _written(numbers)


def _written(numbers: Numbers) -> bytes:
    """Sorted numbers, each once, as a set."""
    gaps = np.diff(numbers, prepend=np.uint64(0))
    ends = np.cumsum((gaps >> np.uint64(RICE_BITS)).astype(np.int64) + 1)
    ones = np.ones(-(-int(ends[-1]) // 8) * 8, dtype=np.uint8)
    ones[ends - 1] = 0
    ones[ends[-1] :] = 0
    begins = np.concatenate([np.zeros(1, dtype=np.int64), ends[:-1]])[::SPREAD]
    return b"".join(
        (
            len(numbers).to_bytes(HEAD, "little"),
            numbers[::SPREAD].astype("<u8").tobytes(),
            begins.astype("<u8").tobytes(),
            (gaps & _LOW).astype("<u2").tobytes(),
            np.packbits(ones).tobytes(),
        )
    )


class TagSet:
    """A set that came from somebody, read piece by piece."""

    def __init__(self, raw: bytes) -> None:
        """Raises NotASet when the lengths do not fit; `check` reads all of it."""
        self.slots = int.from_bytes(raw[:HEAD], "little")
        pieces = self.slots // SPREAD
        if self.slots & (self.slots - 1) or not SPREAD <= self.slots <= MOST_SLOTS:
            raise NotASet
        self._raw, table = raw, HEAD + 16 * pieces
        self._bits = table + 2 * self.slots
        if not self._bits + self.slots // 8 <= len(raw) <= self._bits + self.slots // 2:
            raise NotASet
        self._firsts = np.frombuffer(raw, dtype="<u8", count=pieces, offset=HEAD)
        self._begins = np.frombuffer(raw, dtype="<u8", count=pieces, offset=HEAD + 8 * pieces)
        self._low = np.frombuffer(raw, dtype="<u2", count=self.slots, offset=table)
        # In order, so that no two pieces share bits: reading all of it takes as long as it is.
        if np.any(self._begins[1:] < self._begins[:-1]) or self._begins[-1] > 8 * (len(raw) - self._bits):
            raise NotASet

    def has(self, tag: bytes) -> bool:
        """Whether a tag may be in it. Raises NotASet."""
        number = numbers_of(heads_of([tag]), self.slots)[0]
        piece = int(np.searchsorted(self._firsts, number, side="right")) - 1
        return piece >= 0 and bool(np.any(self._gaps(piece).cumsum() == number - self._firsts[piece]))

    def check(self) -> None:
        """Read all of it. Raises NotASet unless it is what `build` writes of some tags: one set has one form.

        Piece by piece, for every byte follows from the numbers: what is read is compared with what would be written.
        """
        bit, number, pieces = 0, -1, len(self._firsts)
        for piece in range(0, pieces, AT_ONCE):
            bit, number = self._check(piece, min(piece + AT_ONCE, pieces), bit, number)
        rest = 8 * (len(self._raw) - self._bits) - bit
        if rest > 7 or (rest and self._raw[-1] & ((1 << rest) - 1)):
            raise NotASet

    def _check(self, piece: int, until: int, bit: int, before: int) -> tuple[int, int]:
        """Read some pieces that begin at a bit, after a number; the bit where they end, and their last number."""
        end = int(self._begins[until]) if until < len(self._begins) else 8 * (len(self._raw) - self._bits)
        count = (until - piece) * SPREAD
        if int(self._begins[piece]) != bit or end - bit > self.slots + count + 7:
            raise NotASet
        taken = np.frombuffer(self._raw, dtype=np.uint8, offset=self._bits)[bit // 8 : -(-end // 8)]
        zeros = np.flatnonzero(np.unpackbits(taken)[bit % 8 : bit % 8 + end - bit] == 0)
        if len(zeros) < count or (until < len(self._begins) and (len(zeros) > count or zeros[-1] != end - bit - 1)):
            raise NotASet
        zeros = zeros[:count]
        gaps = np.diff(zeros, prepend=-1).astype(np.uint64) - np.uint64(1) << np.uint64(RICE_BITS)
        gaps |= self._low[piece * SPREAD : until * SPREAD]
        numbers = np.cumsum(gaps) + np.uint64(max(before, 0))
        last, ends = int(numbers[-1]), zeros[SPREAD - 1 :: SPREAD] + 1 + bit
        if (
            np.any(gaps[1:] == 0)
            or int(numbers[0]) <= before
            or last >= self.slots << RICE_BITS
            or np.any(numbers[::SPREAD] != self._firsts[piece:until])
            or np.any(ends[:-1] != self._begins[piece + 1 : until].astype(np.int64))
        ):
            raise NotASet
        return int(ends[-1]), last

    def _gaps(self, piece: int) -> Numbers:
        """The distances within a piece, the first as nothing. Raises NotASet."""
        begin, low = int(self._begins[piece]), self._low[piece * SPREAD : (piece + 1) * SPREAD]
        end = int(self._begins[piece + 1]) if piece + 1 < len(self._begins) else 8 * (len(self._raw) - self._bits)
        taken = np.frombuffer(self._raw, dtype=np.uint8, offset=self._bits)[begin // 8 : -(-end // 8)]
        zeros = np.flatnonzero(np.unpackbits(taken)[begin % 8 :] == 0)[:SPREAD]
        if len(zeros) < SPREAD:
            raise NotASet
        high = np.diff(zeros, prepend=-1).astype(np.uint64) - np.uint64(1)
        gaps = (high << np.uint64(RICE_BITS)) | low.astype(np.uint64)
        gaps[0] = 0
        return gaps
