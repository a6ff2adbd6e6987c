"""The same messages on a stick: in any order, any number of times, both ways, and through a bad day."""

import errno
import hashlib
import os
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.exchange.conftest import Book
from tests.exchange.far import Far
from waystation.exchange import actions, folders
from waystation.exchange.models import Held, Incoming, Outgoing, Relayed
from waystation.exchange.problems import CannotCarry
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NodeLocked, NotAllowed
from waystation.vault import node as vault_node


@pytest.fixture
def by(actors: dict[str, Actor]) -> Actor:
    return actors["caseworker"]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def put(folder: Path, file: bytes, name: str = "") -> Path:
    path = folder / (name or hashlib.sha256(file).hexdigest() + ".wsm")
    path.write_bytes(file)
    return path


def note(far: Far, text: str) -> bytes:
    return far.sealed(far.message("test.note/1", {"text": text}))


def send(by: Actor, far: Far, count: int) -> None:
    for number in range(count):
        actions.send(by=by, peer_id=far.id, kind="test.note", subject=uuid4(), body={"text": str(number)})


def test_a_stick_is_taken_in_any_number_of_times(far: Far, book: Book, by: Actor, stick: Path) -> None:
    for number in range(7):
        put(stick, note(far, str(number)))
    put(stick, b"holiday", "photo.jpg")
    first = folders.take_in(by=by, folder=stick)
    again = folders.take_in(by=by, folder=stick)
    assert (dict(first.outcomes), dict(again.outcomes)) == ({"taken": 7}, {"again": 7})
    assert sorted(one.body["text"] for one in book.taken) == [str(number) for number in range(7)]
    assert len(list(stick.iterdir())) == 8


def test_what_waits_goes_on_every_stick_until_its_receipt(far: Far, book: Book, by: Actor, stick: Path) -> None:
    send(by, far, 3)
    lost, second = stick / "lost", stick / "second"
    for folder in (lost, second, second):
        assert folders.export(by=by, folder=folder).messages == 3
    assert {path.name for path in lost.iterdir()} == {path.name for path in second.iterdir()}
    opened = [far.opened(path.read_bytes()) for path in second.iterdir()]
    assert sorted(message.seq for message in opened) == [1, 2, 3]
    assert {row.state for row in Outgoing.objects.all()} == {"left"}
    put(stick, far.receipt(ids=[message.id.bytes for message in opened]))
    assert dict(folders.take_in(by=by, folder=stick).outcomes) == {"answer": 1}
    assert folders.export(by=by, folder=stick / "third").messages == 0
    assert {one.state for one in book.answered} == {"received"}


def test_receipts_go_along_on_the_way_back(far: Far, book: Book, by: Actor, stick: Path) -> None:
    put(stick, note(far, "a"))
    folders.take_in(by=by, folder=stick)
    for name in ("back", "again"):
        assert folders.export(by=by, folder=stick / name).receipts == 1
        (path,) = (stick / name).iterdir()
        said = far.opened(path.read_bytes()).body
        assert (said["came_to"], len(said["ids"])) == (1, 1)


def test_each_file_is_named_by_what_it_holds(far: Far, book: Book, by: Actor, stick: Path) -> None:
    send(by, far, 2)
    folders.export(by=by, folder=stick)
    for path in stick.iterdir():
        assert path.name == hashlib.sha256(path.read_bytes()).hexdigest() + ".wsm"


def test_a_damaged_file_is_told_and_written_anew_by_the_next_export(
    far: Far, book: Book, by: Actor, stick: Path
) -> None:
    path = put(stick, note(far, "a"))
    path.write_bytes(path.read_bytes()[:-5])
    assert dict(folders.take_in(by=by, folder=stick).outcomes) == {"damaged": 1}
    assert not Held.objects.exists()
    send(by, far, 1)
    out = stick / "out"
    folders.export(by=by, folder=out)
    (path,) = out.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:-5])
    folders.export(by=by, folder=out)
    assert path.read_bytes() == whole


def test_links_and_folders_on_a_stick_are_not_followed(far: Far, book: Book, by: Actor, stick: Path) -> None:
    elsewhere = put(stick, note(far, "a"), "elsewhere")
    (stick / "link.wsm").symlink_to(elsewhere)
    (stick / "folder.wsm").mkdir()
    assert dict(folders.take_in(by=by, folder=stick).outcomes) == {}


def test_a_full_stick_is_said_and_what_is_not_on_it_has_not_left(
    far: Far, book: Book, by: Actor, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(by, far, 3)
    synced = os.fsync
    times = iter([None, None, OSError(errno.ENOSPC, "full")])

    def full(handle: int) -> None:
        failure = next(times, None)
        if failure is not None:
            raise failure
        synced(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotCarry):
        folders.export(by=by, folder=stick)
    assert [path.suffix for path in stick.iterdir()] == [".wsm", ".wsm"]
    assert Outgoing.objects.filter(state="left").count() == 2
    monkeypatch.undo()
    assert folders.export(by=by, folder=stick).messages == 3


def test_a_stick_pulled_out_half_way_loses_nothing(
    far: Far, book: Book, by: Actor, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        put(stick, note(far, str(number)))
    opened, count = Path.open, iter(range(99))

    def pulled(path: Path, *how: Any) -> Any:
        if path.parent == stick and next(count) == 3:
            raise OSError(errno.EIO, "gone")
        return opened(path, *how)

    monkeypatch.setattr(Path, "open", pulled)
    with pytest.raises(CannotCarry):
        folders.take_in(by=by, folder=stick)
    assert Incoming.objects.count() == len(book.taken) == 3
    monkeypatch.undo()
    assert dict(folders.take_in(by=by, folder=stick).outcomes) == {"again": 3, "taken": 2}
    assert len(book.taken) == 5


def test_mail_of_others_travels_along_sealed(far: Far, actors: dict[str, Actor], by: Actor, stick: Path) -> None:
    actions.route(by=actors["coordinator"], peer_id=far.id, relay_id=None, holds_mail=True)
    sender = Far()
    mail = sender.sealed(sender.message("test.note/1", {"text": "x"}, to=far.id))
    put(stick, mail)
    assert dict(folders.take_in(by=by, folder=stick).outcomes) == {"relayed": 1}
    folders.export(by=by, folder=stick / "out")
    assert [path.read_bytes() for path in (stick / "out").iterdir()] == [mail]
    assert Relayed.objects.count() == 1


def test_who_may_not_and_a_locked_node(actors: dict[str, Actor], far: Far, by: Actor, stick: Path) -> None:
    with pytest.raises(NotAllowed):
        folders.take_in(by=actors["volunteer"], folder=stick)
    with pytest.raises(CannotCarry):
        folders.take_in(by=by, folder=stick / "nothing")
    put(stick, note(far, "a"))
    vault_node.lock("test")
    with pytest.raises(NodeLocked):
        folders.take_in(by=by, folder=stick)
