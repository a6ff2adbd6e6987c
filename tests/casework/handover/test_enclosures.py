"""Bar: enclosures travel in parts, in any order, and are whole on the other side or not there at all."""

import hashlib
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.casework.handover.mirror import Road, agreed, other_side
from waystation.casework.cases.models import Case
from waystation.casework.files import actions as files
from waystation.casework.files import queries as of_files
from waystation.casework.files.models import FileDocument, StoredFile
from waystation.casework.handover import giving, taking
from waystation.casework.handover.models import EnclosureComing, EnclosureGoing, Given
from waystation.kernel.actors import Actor
from waystation.vault.stream import PART

MARKER = b"MARKER of a paper that nobody may find "
LARGE = 5 * PART
TOLD = ("name", "reason", "files")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.FILES = tmp_path / "files"
    return tmp_path / "files"


def content(size: int, seed: int = 1) -> bytes:
    """Bytes of which no two parts are alike, with the marker all over them."""
    chance = random.Random(seed)
    return b"".join(MARKER + chance.randbytes(984) for _time in range(-(-size // 1023)))[:size]


def kept(
    by: Actor, person_id: Any, plain: bytes, *, name: str = "Letter.pdf", compartment: str = "basic"
) -> StoredFile:
    """A file of a person's."""
    row = files.begin(by=by, person_id=person_id, size=len(plain))
    for number in range(-(-len(plain) // PART)):
        files.put_part(by=by, file_id=row.pk, number=number, plain=plain[number * PART : (number + 1) * PART])
    said = FileDocument(name=name, kind="letter", note="Zqnote")
    return files.finish(by=by, file_id=row.pk, compartment=compartment, document=said)


def accepted(by: Actor, case: Case, road: Road, *rows: StoredFile, fields: Sequence[str] = TOLD) -> Given:
    """A handover with papers that the other side accepted."""
    row = agreed(by, case, road.far, fields=fields, files=tuple(one.pk for one in rows))
    giving.offer(by=by, handover_id=row.pk)
    road.through()
    taking.accept(by=by, offered_id=other_side(row).pk)
    road.through()
    return row


def theirs(row: Given) -> list[StoredFile]:
    """The files of the person as who took them over knows them."""
    return list(StoredFile.objects.filter(person=other_side(row).person_id))


def read(row: StoredFile, by: Actor) -> bytes:
    return b"".join(of_files.content(row, by=by)[1])


def test_a_enclosure_goes_along_and_is_the_same_there(by: Actor, case: Case, road: Road) -> None:
    plain = content(LARGE)
    row = accepted(by, case, road, kept(by, case.person_id, plain))
    giving.send(by=by, handover_id=row.pk)
    assert road.through() == []
    (there,) = theirs(row)
    document, parts = of_files.content(there, by=by)
    assert b"".join(parts) == plain
    assert (document.name, document.kind, document.note) == ("Letter.pdf", "letter", "")
    assert document.digest == hashlib.sha256(plain).hexdigest()
    assert (there.by, there.state) == (by.account_id, "whole")
    assert EnclosureGoing.objects.get().state == EnclosureComing.objects.get().state == "kept"
