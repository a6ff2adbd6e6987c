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
        clean(png(behind=b"A"))


def test_a_table_has_no_room_for_more() -> None:
    table = segment(0xDB, b"\0" + bytes(range(1, 65)))
    longer = segment(0xDB, b"\0" + bytes(range(1, 65)) + HIDDEN[2])
    with pytest.raises(NotAPicture):
        clean(jpeg().replace(table, longer))


def drawn(colour: int, *more: bytes, bits: int = 8, interlaced: int = 0, length: int) -> bytes:
    head = chunk(b"IHDR", struct.pack(">LLBBBBB", 121, 122, bits, colour, 0, 0, interlaced))
    return pictures.PNG + head + b"".join(more) + chunk(b"IDAT", zlib.compress(bytes(length))) + chunk(b"IEND", b"")


LINES = 122 * (1 + 121)
CLEAR = chunk(b"tRNS", bytes(2))


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        (drawn(0, length=LINES), []),
        (drawn(0, CLEAR, length=LINES), [b"tRNS"]),
        (drawn(3, chunk(b"PLTE", bytes(768)), chunk(b"tRNS", bytes(256)), length=LINES), [b"PLTE", b"tRNS"]),
        (drawn(2, chunk(b"PLTE", HIDDEN[0]), length=122 * (1 + 3 * 121)), []),
        (drawn(0, bits=1, length=122 * 17), []),
        (drawn(6, bits=16, length=122 * (1 + 8 * 121)), []),
        (drawn(0, interlaced=1, length=122 * 121 + 16 + 16 + 15 + 31 + 30 + 61 + 61), []),
    ],
)
def test_every_kind_of_png_keeps_the_colours_that_its_pixels_need(raw: bytes, names: list[bytes]) -> None:
    found = [name for name, _body in pictures._chunks(clean(raw).plain)]
    assert found == [b"IHDR", *names, b"IDAT", b"IEND"]


@pytest.mark.parametrize(
    "raw",
    [
        drawn(0, length=LINES + 1),
        drawn(0, length=LINES - 1),
        drawn(0, CLEAR, CLEAR, length=LINES),
        drawn(0, chunk(b"tRNS", HIDDEN[0]), length=LINES),
        drawn(3, length=LINES),
        drawn(3, chunk(b"PLTE", bytes(771)), length=LINES),
        drawn(3, chunk(b"PLTE", bytes(3)) * 2, length=LINES),
        drawn(3, chunk(b"PLTE", bytes(3)), chunk(b"tRNS", bytes(2)), length=LINES),
        drawn(4, CLEAR, length=122 * (1 + 2 * 121)),
        drawn(2, bits=4, length=LINES),
    ],
)
def test_colours_and_lines_of_a_png_have_no_room_for_more(raw: bytes) -> None:
    with pytest.raises(NotAPicture):
        clean(raw)


def scans(many: int, *before: bytes) -> bytes:
    """A progressive JPEG that brings tables before each scan."""
    scan = segment(0xDA, b"\x01\x01\0\0\x3f\0") + SCAN
    frame = segment(0xC2, struct.pack(">BHHB", 8, 200, 160, 1) + b"\x01\x11\0")
    return b"\xff\xd8" + frame + (b"".join(before) + scan) * many + b"\xff\xd9"


CODES = segment(0xC4, b"\x10" + bytes([1]) + bytes(15) + b"\xf0")
QUANTA = segment(0xDB, b"\0" + bytes(64))


def test_a_progressive_photo_may_bring_its_codes_for_each_scan() -> None:
    assert clean(scans(10, CODES)).plain == scans(10, CODES)


@pytest.mark.parametrize(
    "raw",
    [
        scans(21),
        scans(1, CODES, CODES),
        scans(1, QUANTA, QUANTA),
        scans(2, QUANTA),
        scans(1, segment(0xDB, b"\x04" + bytes(64))),
        scans(1, segment(0xC4, b"\x20" + bytes(16))),
        scans(1, segment(0xDD, b"\0\1") * 2),
    ],
)
def test_a_jpeg_has_no_more_scans_and_tables_than_draw_it(raw: bytes) -> None:
    with pytest.raises(NotAPicture):
        clean(raw)


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
