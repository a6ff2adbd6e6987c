"""A picture is written anew: what draws it stays, and nothing that tells where, when, by whom or with what."""

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.familylinks.photos.drawing import HIDDEN, SCAN, chunk, jpeg, png, segment
from waystation.familylinks.photos import pictures
from waystation.familylinks.photos.pictures import LARGEST, NotAPicture, WrongSize, clean


@pytest.mark.parametrize(("raw", "kind"), [(jpeg(), "jpeg"), (png(), "png"), (jpeg(orientation=6), "jpeg")])
def test_nothing_a_camera_or_an_editor_wrote_stays(raw: bytes, kind: str) -> None:
    assert all(secret in raw for secret in HIDDEN)
    written = clean(raw)
    assert written.kind == kind
    assert [secret for secret in HIDDEN if secret in written.plain] == []


def test_of_a_jpeg_only_what_draws_it_is_left() -> None:
    written = clean(jpeg()).plain
    markers = [marker for marker, _body, _scan in pictures._segments(written)]
    assert markers == [0xEE, 0xDB, 0xC4, 0xC0, 0xDA]
    assert next(scan for marker, _body, scan in pictures._segments(written) if marker == 0xDA) == SCAN
    assert next(body for marker, body, _scan in pictures._segments(written) if marker == 0xEE) == (
        b"Adobe" + struct.pack(">HHHB", 100, 0, 0, 1)
    )
    assert written.endswith(b"\xff\xd9")


@pytest.mark.parametrize("orientation", range(2, 9))
def test_who_was_taken_sideways_stays_upright_and_nothing_more_is_told(orientation: int) -> None:
    marker, body, _scan = next(pictures._segments(clean(jpeg(orientation=orientation)).plain))
    assert (marker, pictures._orientation(body), len(body)) == (0xE1, orientation, 32)


def test_an_orientation_that_is_none_is_upright() -> None:
    assert clean(jpeg(orientation=77)).plain == clean(jpeg()).plain


def test_of_a_png_only_its_pixels_are_left() -> None:
    written = clean(png()).plain
    chunks = dict(pictures._chunks(written))
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"]
    assert zlib.decompress(chunks[b"IDAT"])[1] == 90


def test_pixels_have_no_room_for_more() -> None:
    with pytest.raises(NotAPicture):
        clean(png(behind=b"A letter hidden behind the last line. " * 40))


def test_a_table_has_no_room_for_more() -> None:
    table = segment(0xDB, b"\0" + bytes(range(1, 65)))
    longer = segment(0xDB, b"\0" + bytes(range(1, 65)) + HIDDEN[2])
    with pytest.raises(NotAPicture):
        clean(jpeg().replace(table, longer))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"GIF89a" + bytes(100),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.4",
        jpeg()[:60],
        jpeg().split(b"\xff\xd9")[0],
        png()[:80],
        png().replace(b"IDAT", b"IDAX"),
        b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""),
        b"\xff\xd8" + segment(0xDA, b"\x01\x01\0\0\x3f\0") + SCAN + b"\xff\xd9",
    ],
)
def test_what_is_no_whole_picture_is_refused(raw: bytes) -> None:
    with pytest.raises(NotAPicture):
        clean(raw)


@pytest.mark.parametrize("raw", [png(60, 60), jpeg(9000, 9000), png() + bytes(LARGEST)])
def test_too_small_and_too_large_are_refused(raw: bytes) -> None:
    with pytest.raises(WrongSize):
        clean(raw)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([jpeg(orientation=3), png()]), st.data())
def test_whatever_arrives_is_a_picture_or_refused_and_writing_it_again_changes_nothing(
    raw: bytes, data: st.DataObject
) -> None:
    broken = bytearray(raw)
    for _time in range(data.draw(st.integers(0, 4))):
        broken[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(raw)))
    try:
        written = clean(bytes(broken[:cut]))
    except (NotAPicture, WrongSize):
        return
    assert clean(written.plain) == written
