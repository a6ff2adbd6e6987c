"""A part opens only whole, in its place, and unchanged."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.vault.problems import SealBroken
from waystation.vault.stream import CHUNK, SALT_BYTES, TAG_BYTES, open_part, seal_part

KEY, FILE = bytes(range(32)), b"f" * 16
LENGTHS = st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])


def sealed(plain: bytes, number: int = 0, *, is_last: bool = True) -> bytes:
    return seal_part(KEY, plain, file=FILE, number=number, is_last=is_last)


@given(length=LENGTHS, number=st.integers(0, 2**32 - 1), is_last=st.booleans())
@settings(deadline=None)
def test_what_is_sealed_opens_and_never_looks_the_same(length: int, number: int, *, is_last: bool) -> None:
    plain = b"p" * length
    one, two = (sealed(plain, number, is_last=is_last) for _time in range(2))
    assert one != two
    assert len(one) == SALT_BYTES + length + TAG_BYTES * max(1, -(-length // CHUNK))
    assert open_part(KEY, one, file=FILE, number=number, is_last=is_last) == plain


@given(length=LENGTHS, place=st.integers(0, 10**9), data=st.data())
@settings(deadline=None)
def test_any_change_is_refused(length: int, place: int, data: st.DataObject) -> None:
    whole = sealed(bytes(length))
    step = CHUNK + TAG_BYTES
    body = whole[SALT_BYTES:]
    pieces = [body[start : start + step] for start in range(0, len(body), step)]
    changed = data.draw(st.sampled_from(["flip", "cut", "more", "swap", "drop"]))
    broken = bytearray(whole)
    if changed == "flip":
        broken[place % len(whole)] ^= 1
    elif changed == "cut":
        broken = broken[: place % len(whole)]
    elif changed == "more":
        broken += b"x"
    elif changed == "drop":
        broken = bytearray(whole[:SALT_BYTES] + b"".join(pieces[:-1]))
    else:
        broken = bytearray(whole[:SALT_BYTES] + b"".join(reversed(pieces)))
        if bytes(broken) == whole:
            return
    with pytest.raises(SealBroken):
        open_part(KEY, bytes(broken), file=FILE, number=0, is_last=True)


@pytest.mark.parametrize(
    "where",
    [
        {"file": b"g" * 16, "number": 1, "is_last": False},
        {"file": FILE, "number": 2, "is_last": False},
        {"file": FILE, "number": 1, "is_last": True},
    ],
)
def test_a_part_does_not_open_in_another_place(where: dict[str, object]) -> None:
    with pytest.raises(SealBroken):
        open_part(KEY, sealed(b"plain", 1, is_last=False), **where)  # type: ignore[arg-type]
