"""Bar: files travel in parts, in any order, and are whole on the other side or not there at all."""

import hashlib
import os
import random
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.handover.mirror import Road, agreed, case_of, draft, other_side
from tests.casework.handover.test_pages import text
from tests.exchange.far import Far
from waystation.casework.cases.models import Case
from waystation.casework.files import actions as files
from waystation.casework.files import keeping as of_folder
from waystation.casework.files import queries as of_files
from waystation.casework.files.codes import LARGEST
from waystation.casework.files.models import FileDocument, StoredFile
from waystation.casework.followups.models import FollowUp
from waystation.casework.handover import giving, taking
from waystation.casework.handover.enclosures import keeping
from waystation.casework.handover.enclosures.codes import MOST_BYTES, PIECE
from waystation.casework.handover.models import EnclosureComing, EnclosureGoing, Given
from waystation.exchange import inbox, wire
from waystation.exchange.models import Outgoing
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.people import actions as people
from waystation.people.models import Consent
from waystation.people.queries import disclosures_of
from waystation.vault.models import PersonKey
from waystation.vault.stream import PART

MARKER = b"MARKER of a paper that nobody may find "
LARGE = 5 * PART
PARTS = 6
MIDDLE, FEW = 2 * PIECE + 1000, 3
TOLD = ("name", "reason", "files")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.FILES = tmp_path / "files"
    return tmp_path / "files"


@cache
def content(size: int, seed: int = 1) -> bytes:
    """Bytes of which no two parts are alike, with the marker all over them."""
    chance = random.Random(seed)
    return b"".join(MARKER + chance.randbytes(984) for _time in range(-(-size // 1023)))[:size]


def kept(by: Actor, person_id: Any, plain: bytes, name: str = "Letter.pdf", compartment: str = "basic") -> StoredFile:
    """A file of a person's."""
    row = files.begin(by=by, person_id=person_id, size=len(plain))
    for number in range(-(-len(plain) // PART)):
        files.put_part(by=by, file_id=row.pk, number=number, plain=plain[number * PART : (number + 1) * PART])
    said = FileDocument(name=name, kind="letter", note="Zqnote")
    return files.finish(by=by, file_id=row.pk, compartment=compartment, document=said)


def accepted(by: Actor, case: Case, road: Road, *rows: StoredFile, fields: Sequence[str] = TOLD) -> Given:
    """A handover with enclosures that the other side accepted."""
    row = agreed(by, case, road.far, fields=fields, files=tuple(one.pk for one in rows))
    giving.offer(by=by, handover_id=row.pk)
    road.through()
    taking.accept(by=by, offered_id=other_side(row).pk)
    road.through()
    return row


def sent(by: Actor, case: Case, road: Road, *plains: bytes, most: int | None = None) -> Given:
    """One whose content and parts have left."""
    rows = [kept(by, case.person_id, plain, f"Zqname {place}.pdf") for place, plain in enumerate(plains)]
    row = accepted(by, case, road, *rows)
    giving.send(by=by, handover_id=row.pk)
    road.gather(most)
    return row


def theirs(row: Given) -> list[StoredFile]:
    """The files of the person as who took them over knows them."""
    person = other_side(row).person_id
    return list(StoredFile.objects.filter(person=person)) if person else []


def read(row: StoredFile, by: Actor) -> bytes:
    return b"".join(of_files.content(row, by=by)[1])


def waiting_parts(folder: Path) -> list[Path]:
    """Parts on the disk that belong to no whole file."""
    whole = {number.hex for number in StoredFile.objects.values_list("pk", flat=True)}
    return [path for path in folder.glob("??/*/*") if path.parent.name not in whole]


def states() -> tuple[str, str]:
    return EnclosureGoing.objects.get().state, EnclosureComing.objects.get().state


def changed(road: Road, kind: str, place: int = 0, **said: Any) -> None:
    """One message that waits on the road says something else than was sent."""
    kinds = [road.far.opened_own(file).kind for _sent, _came, file in road.waiting]
    which = [at for at, one in enumerate(kinds) if one == kind][place]
    number, _came, file = road.waiting[which]
    old = road.far.opened_own(file)
    new = road.far.message(kind, {**old.body, **said}, seq=old.seq)
    road.waiting[which] = (number, new.id, road.far.sealed(new))


def test_a_file_goes_along_and_is_the_same_there(by: Actor, case: Case, road: Road) -> None:
    plain = content(LARGE)
    row = sent(by, case, road, plain)
    full = Outgoing.objects.filter(kind="handover.file/1").order_by("seq")[: PARTS - 1]
    assert {wire.size_class(len(bytes(one.file)) - 1200) for one in full} == {PART}, "a part fills its size class"
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


def test_without_the_yes_to_files_none_leaves(by: Actor, case: Case, road: Road) -> None:
    row = accepted(by, case, road, kept(by, case.person_id, b"short"), fields=("name", "reason"))
    giving.send(by=by, handover_id=row.pk)
    road.through()
    assert "handover.file/1" not in {one.kind for one in road.said}
    assert all("files" not in one.body for one in road.said)
    assert theirs(row) == []


def test_only_what_was_chosen_leaves(by: Actor, case: Case, road: Road) -> None:
    kept(by, case.person_id, b"not this one", "Zqother.pdf")
    row = accepted(by, case, road, kept(by, case.person_id, b"this one"))
    giving.send(by=by, handover_id=row.pk)
    road.through()
    assert [read(one, by) for one in theirs(row)] == [b"this one"]
    assert not any(b"Zqother" in one.raw() for one in road.said)


def test_taken_back_in_the_middle_what_waits_never_leaves_and_what_came_is_destroyed(
    by: Actor, case: Case, road: Road, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    row = sent(by, case, road, content(MIDDLE), content(MIDDLE, 2), most=3)
    while road.waiting:
        road.come_only()
    assert len(waiting_parts(folder)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
        assert road.through() == []
    said = [one for one in road.said if one.kind == "handover.file/1"]
    assert len(said) == 2, "only what had left before"
    assert (theirs(row), waiting_parts(folder)) == ([], [])
    assert {one.state for one in row.enclosures.all()} == {"stopped"}
    assert {one.state for one in other_side(row).enclosures.all()} == {"stopped"}
    ways = list(EnclosureComing.objects.values_list("parts_in", flat=True))
    assert not PersonKey.objects.filter(person__in=ways).exists()
    listed = [text for one in disclosures_of(case.person, by=by) for text in one.document.fields]
    assert [text for text in listed if "Zqname" in text] == ["Papers and pictures: Zqname 1.pdf"], (
        "of the other nothing left"
    )
    assert FollowUp.objects.filter(subject=row.pk, kind="handover.tell", state="open").exists()


def test_a_part_that_comes_after_the_withdrawal_is_not_kept(
    by: Actor, case: Case, road: Road, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    row = sent(by, case, road, content(MIDDLE))
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    road.gather()
    with django_capture_on_commit_callbacks(execute=True):
        road.come(len(road.waiting) - 1)
        assert road.through() == ["too-late"] * FEW
    assert (theirs(row), waiting_parts(folder), states()) == ([], [], ("stopped", "stopped"))
    assert other_side(row).state == "taken"


def test_given_back_in_the_middle(
    by: Actor, case: Case, road: Road, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    row = sent(by, case, road, content(MIDDLE), most=3)
    while road.waiting:
        road.come_only()
    with django_capture_on_commit_callbacks(execute=True):
        taking.give_back(by=by, offered_id=other_side(row).pk, reason="cannot")
        body = {"exchange": row.pk.bytes, "reason": "cannot"}
        inbox.take(road.far.sealed(road.far.message("handover.give_back/1", body)), "https")
        road.through()
    row.refresh_from_db()
    assert (row.state, states(), waiting_parts(folder)) == ("back", ("stopped", "stopped"), [])
    assert len([one for one in road.said if one.kind == "handover.file/1"]) == 2


def test_only_files_that_every_reader_of_the_case_may_open_go_along(
    actors: dict[str, Actor], client_for: Any, by: Actor, case: Case, road: Road
) -> None:
    of_health = kept(actors["health"], case.person_id, b"short", compartment="health")
    of_law = kept(by, case.person_id, b"short", "Zqlaw.pdf", compartment="legal")
    other = kept(by, case_of(by, actors["coordinator"]).person_id, b"short")
    for file in (of_health, of_law, other):
        with pytest.raises(Invalid):
            giving.begin(by=by, case_id=case.pk, draft=draft(road.far, fields=TOLD, files=(file.pk,)))
    protected = kept(by, case.person_id, b"secret", "Zqprotected.pdf", compartment="protection")
    page = client_for("caseworker").get(f"/handover/of/{case.pk}/").content.decode()
    assert ("Zqprotected" in page, "Zqlaw" in page, "stay here" in page) == (True, False, True)
    row = accepted(by, case, road, protected)
    giving.send(by=by, handover_id=row.pk)
    road.through()
    assert [one.compartment for one in theirs(row)] == ["protection"]
    listed = [text for one in disclosures_of(case.person, by=by) for text in one.document.fields]
    assert not any("Zqprotected" in text for text in listed), "the list of what left is open to more people"


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


def test_too_much_is_told_when_it_is_chosen(client_for: Any, by: Actor, case: Case, road: Road) -> None:
    rows = [kept(by, case.person_id, b"short", f"Zq{place}.pdf") for place in range(3)]
    StoredFile.objects.update(size=MOST_BYTES // 2)
    told = {
        "peer": str(road.far.id),
        "recipient_kind": "society",
        "until": str(clock.today()),
        "fields_told": ["name"],
        "along": [str(row.pk) for row in rows],
    }
    answer = client_for("caseworker").post(f"/handover/of/{case.pk}/", told)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "150.0\xa0MB" in shown
    assert "Untick some" in shown
    assert shown.count("checked") >= 4, "what was ticked stays ticked"


def test_the_person_hears_which_files_go_along(client_for: Any, by: Actor, case: Case, road: Road) -> None:
    row = kept(by, case.person_id, b"short", "Zqcourt.pdf")
    client = client_for("caseworker")
    told = {
        "peer": str(road.far.id),
        "recipient_kind": "society",
        "until": str(clock.today()),
        "fields_told": ["name"],
        "along": [str(row.pk)],
    }
    assert client.post(f"/handover/of/{case.pk}/", told).status_code == 302
    given = Given.objects.get()
    asked = client.get(f"/handover/{given.pk}/agree/").content.decode()
    assert "Letter from a court or an office · \u2068Zqcourt.pdf\u2069 · 5" in asked


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
        message = road.far.opened(bytes(Outgoing.objects.get(pk=number).file))
        inbox.take(road.far.sealed(road.far.message(message.kind, message.body)), "stick")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 16 * PART
    (there,) = theirs(row)
    assert there.size == LARGEST


def test_half_a_file_is_kept_for_its_time_and_no_longer(
    by: Actor, case: Case, road: Road, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    row = sent(by, case, road, content(MIDDLE))
    road.waiting.pop()
    while road.waiting:
        road.come()
    for path in folder.glob("??/*"):
        os.utime(path, (time.time() - 10**6, time.time() - 10**6))
    of_folder.sweep(clock.now() - timedelta(days=1))
    assert len(waiting_parts(folder)) == 2, "they belong to somebody"
    assert keeping.sweep(clock.now() - timedelta(days=90)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert keeping.sweep(clock.now()) == 1
        road.through()
    assert (states(), theirs(row), waiting_parts(folder)) == (("failed", "failed"), [], [])


def test_half_a_file_goes_with_its_person(
    actors: dict[str, Actor], by: Actor, case: Case, road: Road, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    row = sent(by, case, road, content(MIDDLE), most=3)
    while road.waiting:
        road.come_only()
    ways = list(EnclosureComing.objects.values_list("parts_in", flat=True))
    assert PersonKey.objects.filter(person__in=ways).count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        person = other_side(row).person_id or row.pk
        people.erase(by=actors["coordinator"], person_id=person, reason="person-asked")
    assert not PersonKey.objects.filter(person__in=ways).exists()
    assert (waiting_parts(folder), EnclosureComing.objects.count()) == ([], 0)
    assert set(road.through()) == {"unknown-handover"}
    assert row.enclosures.get().state == "stopped"


def test_what_waits_never_leaves_once_its_person_is_erased_here(
    actors: dict[str, Actor], by: Actor, case: Case, road: Road
) -> None:
    row = sent(by, case, road, content(MIDDLE), most=2)
    while road.waiting:
        road.come_only()
    people.erase(by=actors["coordinator"], person_id=case.person_id, reason="person-asked")
    assert road.through() == ["unknown-handover"], "only that they took over, which nobody here knows of any more"
    assert len([one for one in road.said if one.kind == "handover.file/1"]) == 1
    assert (EnclosureGoing.objects.count(), EnclosureComing.objects.get().state) == (0, "stopped")
    assert theirs(row) == []


def test_taken_back_before_anything_left_nothing_is_listed(by: Actor, case: Case, road: Road) -> None:
    row = accepted(by, case, road, kept(by, case.person_id, content(MIDDLE)))
    before = disclosures_of(case.person, by=by)
    giving.send(by=by, handover_id=row.pk)
    assert len(disclosures_of(case.person, by=by)) == len(before) + 2
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    assert disclosures_of(case.person, by=by) == before
    road.through()
    assert not {"handover.content/1", "handover.file/1", "handover.file_stop/1"} & {one.kind for one in road.said}
    assert row.enclosures.get().state == "stopped"
    assert other_side(row).state == "withdrawn"


def test_pages_with_many_files_stay_within_their_queries(client_for: Any, by: Actor, case: Case, road: Road) -> None:
    rows = [kept(by, case.person_id, b"short %d" % place) for place in range(6)]
    client = client_for("caseworker")
    text(client, f"/handover/of/{case.pk}/")
    row = agreed(by, case, road.far, fields=TOLD, files=tuple(one.pk for one in rows))
    text(client, f"/handover/{row.pk}/")
    giving.offer(by=by, handover_id=row.pk)
    road.through()
    taking.accept(by=by, offered_id=other_side(row).pk)
    road.through()
    giving.send(by=by, handover_id=row.pk)
    road.gather()
    for _time in range(3):
        road.come()
    assert "1 of 1 part has come" in text(client, f"/handover/{row.pk}/")
    assert "0 of 1 part has come" in text(client, f"/handover/offered/{other_side(row).pk}/")
    road.through()
    assert len(theirs(row)) == len(rows)
    text(client, f"/handover/offered/{other_side(row).pk}/")


def test_a_file_erased_here_is_not_sent_again(
    by: Actor, case: Case, road: Road, django_capture_on_commit_callbacks: Any
) -> None:
    row = sent(by, case, road, content(MIDDLE))
    changed(road, "handover.file/1", bytes=b"x" * PIECE)
    with django_capture_on_commit_callbacks(execute=True):
        files.erase(by=by, file_id=EnclosureGoing.objects.get().file_id or row.pk)
        road.through()
    assert (states(), theirs(row)) == (("failed", "stopped"), [])


def test_under_a_consent_that_is_over_it_is_not_sent_again(by: Actor, case: Case, road: Road) -> None:
    row = sent(by, case, road, content(MIDDLE))
    changed(road, "handover.file/1", bytes=b"x" * PIECE)
    for _time in range(1 + FEW):
        road.come()
    before = len([one for one in road.said if one.kind == "handover.file/1"])
    Consent.objects.update(expires_on=clock.today() - timedelta(days=1))
    road.through()
    assert len([one for one in road.said if one.kind == "handover.file/1"]) == before
    assert (states(), theirs(row)) == (("failed", "stopped"), [])
