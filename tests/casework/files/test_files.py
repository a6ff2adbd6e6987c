"""A file is there wholly or not at all, only for who may open it, and gone with its person."""

import errno
import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.people.factories import registered
from waystation.casework.files import actions, keeping, queries, store
from waystation.casework.files.models import FileDocument, StoredFile
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.people import actions as people
from waystation.people.models import Person
from waystation.vault import PersonErased
from waystation.vault.problems import SealBroken
from waystation.vault.stream import PART

PLAIN = b"MARKER of a paper that nobody may find " * 70_000
SAID = FileDocument(name="Letter of the court.pdf", kind="letter")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.FILES = tmp_path / "files"
    return tmp_path


@pytest.fixture
def person(actors: dict[str, Actor]) -> Person:
    return registered(actors["caseworker"], "Layla").person


def parts(plain: bytes = PLAIN) -> list[bytes]:
    return [plain[start : start + PART] for start in range(0, len(plain), PART)]


def kept(by: Actor, person: Person, plain: bytes = PLAIN, compartment: str = "basic") -> StoredFile:
    row = actions.begin(by=by, person_id=person.pk, size=len(plain))
    for number, part in enumerate(parts(plain)):
        actions.put_part(by=by, file_id=row.pk, number=number, plain=part)
    digest = hashlib.sha256(plain).hexdigest()
    return actions.finish(by=by, file_id=row.pk, compartment=compartment, document=SAID, digest=digest)


def read(row: StoredFile, by: Actor) -> bytes:
    return b"".join(queries.content(row, by=by)[1])


def test_parts_come_in_any_order_and_twice_and_make_the_same_file(actors: dict[str, Actor], person: Person) -> None:
    by = actors["caseworker"]
    row = actions.begin(by=by, person_id=person.pk, size=len(PLAIN))
    for number in (2, 0, 0):
        actions.put_part(by=by, file_id=row.pk, number=number, plain=parts()[number])
    with pytest.raises(Invalid, match="mending"):
        actions.finish(by=by, file_id=row.pk, compartment="basic", document=SAID)
    assert actions.put_part(by=by, file_id=row.pk, number=1, plain=parts()[1]) == [0, 1, 2]
    done = actions.finish(by=by, file_id=row.pk, compartment="basic", document=SAID)
    assert read(done, by) == PLAIN
    assert actions.finish(by=by, file_id=row.pk, compartment="basic", document=SAID) == done
    with pytest.raises(WrongState):
        actions.put_part(by=by, file_id=row.pk, number=0, plain=parts()[0])


def test_nothing_readable_stands_in_the_folder(actors: dict[str, Actor], person: Person, folder: Path) -> None:
    kept(actors["caseworker"], person)
    disk = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert len(disk) > len(PLAIN)
    assert b"MARKER" not in disk
    assert b"Letter of the court" not in disk


def test_a_part_that_is_gone_or_moved_is_noticed(actors: dict[str, Actor], person: Person) -> None:
    by = actors["caseworker"]
    row = kept(by, person)
    there = store.folder_of(row.pk)
    (there / "0").rename(there / "9")
    (there / "1").rename(there / "0")
    (there / "9").rename(there / "1")
    with pytest.raises(SealBroken):
        read(row, by)
    (there / "1").unlink()
    with pytest.raises(SealBroken):
        read(row, by)


def test_who_does_not_open_its_compartment_does_not_find_it(actors: dict[str, Actor], person: Person) -> None:
    row = kept(actors["health"], person, compartment="health")
    assert queries.of_person(person, by=actors["caseworker"]) == []
    for act in (queries.get_for,):
        with pytest.raises(NotFound):
            act(actors["caseworker"], row.pk)
    with pytest.raises(NotFound):
        actions.erase(by=actors["caseworker"], file_id=row.pk)
    with pytest.raises(NotAllowed):
        actions.begin(by=actors["volunteer"], person_id=person.pk, size=5)
    with pytest.raises(Invalid):
        kept(actors["caseworker"], person, compartment="health")


def test_another_cannot_write_into_an_upload(actors: dict[str, Actor], person: Person) -> None:
    row = actions.begin(by=actors["caseworker"], person_id=person.pk, size=5)
    with pytest.raises(NotFound):
        actions.put_part(by=actors["coordinator"], file_id=row.pk, number=0, plain=b"other")
    assert queries.of_person(person, by=actors["coordinator"]) == []


def test_an_erased_file_is_gone_and_so_is_an_erased_persons(
    actors: dict[str, Actor], person: Person, django_capture_on_commit_callbacks: Any
) -> None:
    by = actors["caseworker"]
    one, two = kept(by, person), kept(by, person, b"short")
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(by=by, file_id=one.pk)
    assert not store.folder_of(one.pk).exists()
    with pytest.raises(PersonErased):
        read(one, by)
    with django_capture_on_commit_callbacks(execute=True):
        people.erase(by=actors["coordinator"], person_id=person.pk, reason="person-asked")
    assert not StoredFile.objects.exists()
    assert not store.folder_of(two.pk).exists()


def test_what_never_arrived_is_swept_up(actors: dict[str, Actor], person: Person) -> None:
    by = actors["caseworker"]
    row = actions.begin(by=by, person_id=person.pk, size=len(PLAIN))
    actions.put_part(by=by, file_id=row.pk, number=0, plain=parts()[0])
    whole = kept(by, person, b"short")
    assert keeping.sweep(clock.now()) == 1
    assert list(StoredFile.objects.all()) == [whole]
    assert not store.folder_of(row.pk).exists()


def test_a_full_disk_is_told_and_leaves_no_half_part(
    actors: dict[str, Actor], person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = actors["caseworker"]
    row = actions.begin(by=by, person_id=person.pk, size=5)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("waystation.casework.files.store.os.fsync", full)
    with pytest.raises(actions.NoRoom):
        actions.put_part(by=by, file_id=row.pk, number=0, plain=b"short")
    assert list(store.folder_of(row.pk).iterdir()) == []


def form(**said: Any) -> dict[str, Any]:
    return {"name": "Letter", "kind": "letter", "compartment": "basic", **said}


def test_a_plain_form_sends_it_whole_and_it_comes_back_the_same(client_for: Any, person: Person) -> None:
    client: Client = client_for("caseworker")
    address = f"/files/of/{person.pk}/"
    sent = client.post(address, form(file=SimpleUploadedFile("court.pdf", PLAIN)))
    assert sent.status_code == 302
    row = StoredFile.objects.get()
    answer = client.get(f"/files/{row.pk}/")
    assert b"".join(answer.streaming_content) == PLAIN  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_words_to_mend_lose_no_file(client_for: Any, person: Person) -> None:
    client: Client = client_for("caseworker")
    address = f"/files/of/{person.pk}/"
    refused = client.post(address, form(kind="", file=SimpleUploadedFile("court.pdf", PLAIN)))
    assert refused.status_code == 422
    row = StoredFile.objects.get()
    assert str(row.pk) in refused.content.decode()
    assert client.post(address, form(upload=str(row.pk))).status_code == 302
    assert StoredFile.objects.get().state == "whole"


@pytest.mark.parametrize("plain", [b"", b"x" * (50 * PART + 1)])
def test_too_large_and_empty_are_told_in_the_form(client_for: Any, person: Person, plain: bytes) -> None:
    answer = client_for("caseworker").post(
        f"/files/of/{person.pk}/", form(note="Do not lose me", file=SimpleUploadedFile("court.pdf", plain))
    )
    assert answer.status_code == 422
    assert "Do not lose me" in answer.content.decode()


def test_a_foreign_page_cannot_send_files(person: Person, client_for: Any) -> None:
    client = client_for("caseworker")
    client.handler.enforce_csrf_checks = True
    answer = client.post(f"/files/of/{person.pk}/", form(file=SimpleUploadedFile("court.pdf", b"short")))
    assert answer.status_code == 403
    assert not StoredFile.objects.filter(state="whole").exists()
