"""Bar: whoever finds a stick, or holds mail for another, learns the addressee and a size class. All else is alike."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Any
from uuid import uuid4

import cbor2
import pytest
import time_machine

from tests.exchange.conftest import befriend
from tests.exchange.far import Far
from waystation.exchange import actions, folders, inbox, parcels
from waystation.exchange.models import Relayed
from waystation.kernel import clock
from waystation.kernel.actors import Actor

EXCHANGE = uuid4().bytes
OFFER = {"exchange": EXCHANGE, "case_kind": "child", "risk": "high", "age_band": "0-4", "sex": "female", "until": ""}
CONTENT = {"exchange": EXCHANGE, "feedback": True, "given_name": "Amina", "phone": "+39 333 1234567"}
SAID: dict[str, tuple[str, dict[str, Any]]] = {
    "an offer": ("handover.offer", OFFER),
    "what was agreed": ("handover.content", CONTENT),
    "an end": ("handover.withdraw", {"exchange": EXCHANGE}),
}
LONGEST_SHARED = 12
"""Of random bytes two files share no run of that length; of words left in clear they would."""


@pytest.fixture
def stick_of(far: Far, actors: dict[str, Actor], tmp_path: Path) -> Callable[[str], Path]:
    """A stick with one message, said on a day of its own."""

    def make(what: str) -> Path:
        kind, body = SAID[what]
        folder = tmp_path / what
        with time_machine.travel(clock.now() + timedelta(days=len(what)), tick=False):
            sent = actions.send(by=actors["coordinator"], peer_id=far.id, kind=kind, subject=uuid4(), body=body)
            folders.export(by=actors["coordinator"], folder=folder)
            inbox.take(far.receipt(ids=[sent.pk.bytes]), "https")
        return folder

    return make


def seen(folder: Path) -> list[Any]:
    """All that a stick shows, but for the names of files and their sealed bytes."""
    return sorted(
        (path.parent == folder, path.suffix, path.stat().st_mtime, path.stat().st_mode, outside(path.read_bytes()))
        for path in folder.rglob("*")
    )


def outside(file: bytes) -> tuple[bytes, int]:
    """The head of a file, and how much is sealed in it."""
    head, sealed = cbor2.loads(file)
    return head, len(sealed)


def messages(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.iterdir()]


def test_two_sticks_differ_in_nothing_that_can_be_read(far: Far, stick_of: Callable[[str], Path]) -> None:
    sticks = [stick_of(what) for what in SAID]
    shown = {(*of_file[:4], of_file[4][0]) for stick in sticks for of_file in seen(stick)}
    ((*_alike, head),) = shown
    assert cbor2.loads(head) == {"v": 1, "s": 1, "to": far.id.bytes}
    sizes = {outside(file)[1] for stick in sticks for file in messages(stick)}
    assert all(size - min(sizes) in {0, 1024, 3072, 7168} for size in sizes), "sizes tell their class alone"


def test_names_say_nothing_that_the_bytes_do_not(stick_of: Callable[[str], Path]) -> None:
    import hashlib

    for path in stick_of("what was agreed").iterdir():
        assert path.name == hashlib.sha256(path.read_bytes()).hexdigest() + ".wsm"


def test_what_is_sealed_shares_nothing_with_what_else_is_sealed(stick_of: Callable[[str], Path]) -> None:
    sealed = [cbor2.loads(file)[1] for what in SAID for file in messages(stick_of(what))]
    assert len(sealed) == 3
    for one, other in combinations(sealed, 2):
        runs = {one[place : place + LONGEST_SHARED] for place in range(len(one) - LONGEST_SHARED)}
        assert not any(other[place : place + LONGEST_SHARED] in runs for place in range(len(other) - LONGEST_SHARED))


def test_a_parcel_tells_no_more_than_a_stick(far: Far, actors: dict[str, Actor]) -> None:
    for kind, body in SAID.values():
        actions.send(by=actors["coordinator"], peer_id=far.id, kind=kind, subject=uuid4(), body=body)
    with zipfile.ZipFile(io.BytesIO(parcels.packed(by=actors["caseworker"]))) as parcel:
        shown = {
            (entry.date_time, entry.comment, entry.extra, entry.external_attr, entry.create_system, entry.compress_type)
            for entry in parcel.infolist()
        }
        assert (len(shown), parcel.comment) == (1, b"")
        assert shown.pop()[0] == (1980, 1, 1, 0, 0, 0)
        assert all(re.fullmatch(r"[0-9a-f]{64}\.wsm", entry.filename) for entry in parcel.infolist())


def test_who_holds_mail_keeps_the_addressee_the_file_and_when_it_came(actors: dict[str, Actor]) -> None:
    sender, addressee = Far(), Far()
    befriend(addressee, actors)
    actions.route(by=actors["coordinator"], peer_id=addressee.id, relay_id=None, holds_mail=True)
    kind, body = SAID["what was agreed"]
    file = sender.sealed(sender.message(f"{kind}/1", body, to=addressee.id))
    inbox.take(file, "https")
    row = Relayed.objects.get()
    assert {field.attname for field in Relayed._meta.fields} == {
        "id", "addressee_id", "file", "size", "digest", "came_at"
    }  # fmt: skip
    assert (row.addressee_id, bytes(row.file)) == (addressee.id, file)
    assert outside(file)[0] == cbor2.dumps({"v": 1, "s": 1, "to": addressee.id.bytes}, canonical=True)
    for known in (sender.id.bytes, b"Amina", b"handover", EXCHANGE):
        assert known not in file
