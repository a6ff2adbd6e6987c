"""Bar: files travel in parts, in any order, and are whole on the other side or not there at all."""

import hashlib
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.handover.enclosing import (
    FEW,
    LARGE,
    MARKER,
    MIDDLE,
    PARTS,
    accepted,
    changed,
    content,
    kept,
    read,
    sent,
    states,
    theirs,
    waiting_parts,
)
from tests.casework.handover.mirror import Road, case_of, other_side
from tests.exchange.far import Far
from waystation.casework.cases.models import Case
from waystation.casework.files import queries as of_files
from waystation.casework.files.codes import LARGEST
from waystation.casework.followups.models import FollowUp
from waystation.casework.handover import giving
from waystation.casework.handover.enclosures.codes import PIECE
from waystation.casework.handover.models import EnclosureComing
from waystation.exchange import inbox, wire
from waystation.exchange.models import Envelope, Outgoing
from waystation.kernel.actors import Actor
from waystation.vault.models import PersonKey
from waystation.vault.stream import PART


def test_a_file_goes_along_and_is_the_same_there(by: Actor, case: Case, road: Road) -> None:
    plain = content(LARGE)
    row = sent(by, case, road, plain)
    full = Outgoing.objects.filter(kind="handover.file/1").order_by("seq")[: PARTS - 1]
    assert {wire.size_class(len(bytes(one.envelope.file)) - 1200) for one in full} == {PART}, (
        "a part fills its size class"
    )
    assert road.through() == []
    (there,) = theirs(row)
    document, parts = of_files.content(there, by=by)
    assert b"".join(parts) == plain
    assert (document.name, document.kind, document.note) == ("Zqname 0.pdf", "letter", "")
    assert document.digest == hashlib.sha256(plain).hexdigest()
    assert (there.by, there.state, there.compartment) == (by.account_id, "whole", "basic")
    assert states() == ("kept", "kept")


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_in_any_order_and_any_number_of_times_it_is_there_once(
    actors: dict[str, Actor], far: Far, folder: Path, data: st.DataObject
) -> None:
    by, road = actors["caseworker"], Road(far, seen=set(Outgoing.objects.values_list("pk", flat=True)))
    row = sent(by, case_of(by, actors["coordinator"]), road, content(LARGE))
    letters = list(road.waiting)
    assert len(letters) == 1 + PARTS
    for place in data.draw(st.permutations(range(len(letters)))):
        assert theirs(row) == [], "nothing before all has come"
        number, came, file = letters[place]
        inbox.take(file, "stick")
        if data.draw(st.booleans()):
            inbox.take(file, "https")
        if data.draw(st.booleans()):
            old = far.opened_own(file)
            if old.kind == "handover.file/1":
                (receipt,) = inbox.take(far.sealed(far.message(old.kind, old.body)), "stick")
                assert far.opened(receipt).body["refused"] == {}, "the same again is no fault"
        inbox.take(far.receipt(ids=[number.bytes], refused={}), "stick")
        assert came
    (there,) = theirs(row)
    assert read(there, by) == content(LARGE)
    road.waiting.clear()
    assert road.through() == []
    assert row.enclosures.get().state == other_side(row).enclosures.get().state == "kept"
    assert (
        waiting_parts(folder) == []
        or PersonKey.objects.filter(person=other_side(row).enclosures.get().parts_in).count() == 0
    )


def test_while_parts_are_missing_nothing_is_there(client_for: Any, by: Actor, case: Case, road: Road) -> None:
    row = sent(by, case, road, content(MIDDLE))
    for _time in range(3):
        road.come()
    assert theirs(row) == []
    assert (
        "2 of 3 parts have come"
        in client_for("caseworker").get(f"/handover/offered/{other_side(row).pk}/").content.decode()
    )
    assert (
        "2 of 3 parts have come"
        in client_for("caseworker", handle="other").get(f"/handover/{row.pk}/").content.decode()
    )
    road.through()
    assert len(theirs(row)) == 1


def test_what_came_wrong_is_asked_for_again_once(
    by: Actor, case: Case, road: Road, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    row = sent(by, case, road, content(MIDDLE))
    changed(road, "handover.file/1", 1, bytes=b"x" * PIECE)
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(1 + FEW):
            road.come()
    assert (theirs(row), states(), waiting_parts(folder)) == ([], ("coming", "again"), [])
    with django_capture_on_commit_callbacks(execute=True):
        assert road.through() == []
    (there,) = theirs(row)
    assert (read(there, by), states(), waiting_parts(folder)) == (content(MIDDLE), ("kept", "kept"), [])


def test_wrong_twice_it_is_thrown_away_and_both_are_told(
    client_for: Any, by: Actor, case: Case, road: Road, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    row = sent(by, case, road, content(MIDDLE))
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(2):
            changed(road, "handover.file/1", bytes=b"x" * PIECE)
            while any(road.far.opened_own(file).kind == "handover.file/1" for _sent, _came, file in road.waiting):
                road.come()
            while road.waiting and "handover.file/1" not in {
                road.far.opened_own(file).kind for _sent, _came, file in road.waiting
            }:
                road.come()
    assert (theirs(row), states(), waiting_parts(folder)) == ([], ("failed", "failed"), [])
    assert FollowUp.objects.filter(subject=row.pk, kind="handover.enclosure", state="open").count() == 1
    client = client_for("caseworker")
    for page in (f"/handover/{row.pk}/", f"/handover/offered/{other_side(row).pk}/"):
        assert "Did not arrive whole" in client.get(page).content.decode()
    giving.seen_to(by=by, handover_id=row.pk)
    assert not FollowUp.objects.filter(subject=row.pk, kind="handover.enclosure", state="open").exists()


@pytest.mark.parametrize("wrong", [{"compartment": "health"}, {"size": LARGEST + 1}, {"of": 2}, {"file": b"short"}])
def test_what_is_told_of_a_file_must_be_right(by: Actor, case: Case, road: Road, wrong: dict[str, Any]) -> None:
    row = sent(by, case, road, b"short")
    (about,) = next(one.body["files"] for one in road.said if one.kind == "handover.content/1")
    changed(road, "handover.content/1", files=[{**about, **wrong}])
    assert road.come() in {"invalid", "wrong-field"}
    assert other_side(row).person_id is None
    road.through()
    row.refresh_from_db()
    assert (row.state, theirs(row), other_side(row).state) == ("failed", [], "withdrawn")


@pytest.mark.parametrize("wrong", [{"number": 3}, {"of": 2}, {"bytes": b""}, {"number": -1}, {"bytes": b"half"}])
def test_a_part_that_does_not_fit_is_refused_and_told(by: Actor, case: Case, road: Road, wrong: dict[str, Any]) -> None:
    row = sent(by, case, road, content(MIDDLE))
    road.come()
    changed(road, "handover.file/1", **wrong)
    assert road.come() == "invalid"
    road.through()
    assert theirs(row) == []
    assert row.enclosures.get().state == "failed"


def test_parts_of_what_nobody_named_are_not_kept(by: Actor, case: Case, road: Road, folder: Path) -> None:
    row = accepted(by, case, road)
    body = {"exchange": row.pk.bytes, "number": 0, "of": 1, "bytes": b"x"}
    for place in range(25):
        inbox.take(road.far.sealed(road.far.message("handover.file/1", {**body, "file": bytes([place]) * 16})), "stick")
    assert EnclosureComing.objects.count() == 20
    giving.send(by=by, handover_id=row.pk)
    road.through()
    assert set(EnclosureComing.objects.values_list("state", flat=True)) == {"stopped"}


def everything_kept() -> Iterator[bytes]:
    """Every value of every table."""
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            for value in row:
                yield bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


@pytest.mark.parametrize("came", [3, 1 + FEW])
def test_nothing_of_it_stands_anywhere_in_plain(by: Actor, case: Case, road: Road, folder: Path, came: int) -> None:
    sent(by, case, road, content(MIDDLE))
    for _time in range(came):
        road.come()
    disk = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert sum(map(len, disk)) > MIDDLE
    for secret in (MARKER[:20], b"Zqname"):
        assert not any(secret in one for one in disk)
        assert not any(secret in one for one in everything_kept())


@pytest.mark.long
def test_a_large_file_is_never_in_memory_as_a_whole(by: Actor, case: Case, road: Road) -> None:
    row = accepted(by, case, road, kept(by, case.person_id, content(LARGEST)))
    content.cache_clear()
    tracemalloc.start()
    giving.send(by=by, handover_id=row.pk)
    numbers = list(Outgoing.objects.filter(state="waiting").order_by("seq").values_list("pk", flat=True))
    assert len(numbers) == 2 + LARGEST // PIECE
    for number in numbers:
        message = road.far.opened(bytes(Envelope.objects.get(pk=number).file))
        inbox.take(road.far.sealed(road.far.message(message.kind, message.body)), "stick")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 16 * PART
    (there,) = theirs(row)
    assert there.size == LARGEST
