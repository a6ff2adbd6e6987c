"""Bar: only files that the person said yes to leave, and what is not whole is destroyed when it is over."""

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.casework.handover.enclosing import (
    FEW,
    MIDDLE,
    TOLD,
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
from tests.casework.handover.mirror import Road, agreed, case_of, draft, other_side
from tests.casework.handover.test_pages import text
from waystation.casework.cases.models import Case
from waystation.casework.files import actions as files
from waystation.casework.files import keeping as of_folder
from waystation.casework.files.models import StoredFile
from waystation.casework.followups.models import FollowUp
from waystation.casework.handover import giving, taking
from waystation.casework.handover.enclosures import keeping
from waystation.casework.handover.enclosures.codes import MOST_BYTES, PIECE
from waystation.casework.handover.models import EnclosureComing, EnclosureGoing, Given
from waystation.exchange import inbox
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.people import actions as people
from waystation.people.models import Consent
from waystation.people.queries import disclosures_of
from waystation.vault.models import PersonKey


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
    assert not FollowUp.objects.filter(subject=row.pk, kind="handover.tell", state="open").exists()
    assert FollowUp.objects.filter(subject=other_side(row).pk, kind="handover.recalled", state="open").exists()


def waiting(road: Road) -> list[str]:
    return [road.far.opened_own(file).kind for _sent, _came, file in road.waiting]


def test_a_part_that_comes_after_the_withdrawal_is_not_kept(
    by: Actor, case: Case, road: Road, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    row = sent(by, case, road, content(MIDDLE))
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    road.gather()
    with django_capture_on_commit_callbacks(execute=True):
        (stop,) = (place for place, kind in enumerate(waiting(road)) if kind == "handover.file_stop/1")
        road.come(stop)
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
