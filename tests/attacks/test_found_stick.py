"""Bar: a stick that somebody else had in hand changes nothing on this machine but what it brings."""

import io
import os
import random
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.exchange.conftest import befriend
from tests.exchange.far import Far
from waystation.exchange import actions, folders, parcels
from waystation.exchange.models import Outgoing
from waystation.kernel.actors import Actor


@pytest.fixture
def far(actors: dict[str, Actor]) -> Far:
    made = Far()
    befriend(made, actors)
    return made


@pytest.fixture
def half(far: Far, actors: dict[str, Actor], tmp_path: Path) -> Path:
    """Where a file will be written first whose name stands on an older stick."""
    by, stick = actors["coordinator"], tmp_path / "stick"
    actions.send(by=by, peer_id=far.id, kind="exchange.void", subject=None, body={})
    folders.export(by=by, folder=stick)
    (file,) = stick.iterdir()
    file.unlink()
    return file.with_suffix(folders.HALF)


def test_a_link_on_the_stick_leads_to_no_file_of_this_machine(
    half: Path, actors: dict[str, Actor], tmp_path: Path
) -> None:
    ours = tmp_path / "keys.of.this.node"
    ours.write_bytes(b"not to be lost")
    half.symlink_to(ours)
    folders.export(by=actors["coordinator"], folder=half.parent)
    assert ours.read_bytes() == b"not to be lost"
    (file,) = half.parent.iterdir()
    assert not file.is_symlink()
    assert file.read_bytes() == bytes(Outgoing.objects.get().envelope.file)


def test_a_pipe_on_the_stick_stops_nobody(half: Path, actors: dict[str, Actor]) -> None:
    os.mkfifo(half)
    folders.export(by=actors["coordinator"], folder=half.parent)
    (file,) = half.parent.iterdir()
    assert file.is_file()


def test_a_changed_zip_is_damaged_and_no_more(far: Far, actors: dict[str, Actor]) -> None:
    by, out, chance = actors["coordinator"], io.BytesIO(), random.Random(12)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parcel:
        parcel.writestr("a" * 64 + folders.SUFFIX, b"x" * 5000)
    for _time in range(400):
        raw = bytearray(out.getvalue())
        for _change in range(chance.randint(1, 4)):
            raw[chance.randrange(4, len(raw))] = chance.randrange(256)
        opened = parcels.take(by=by, uploads=[SimpleUploadedFile("stick.zip", bytes(raw))])
        assert not opened.outcomes["taken"], "what is in it is no message"
        assert all(name for name, _why in opened.refused), "what is refused has a name"


def test_a_damaged_file_in_a_zip_takes_nothing_from_those_behind_it(far: Far, actors: dict[str, Actor]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parcel:
        parcel.writestr("a" * 64 + folders.SUFFIX, b"x" * 5000)
        parcel.writestr("b" * 64 + folders.SUFFIX, far.sealed(far.message("exchange.void/1", {})))
    raw = out.getvalue().replace(out.getvalue()[100:104], b"\xff" * 4, 1)
    taken = parcels.take(by=actors["coordinator"], uploads=[SimpleUploadedFile("stick.zip", raw)])
    assert taken.outcomes == {"damaged": 1, "taken": 1}
