"""Files that go along: how a test makes them, lets them leave, and looks for them on the other side."""

import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.casework.handover.mirror import Road, agreed, other_side
from waystation.casework.cases.models import Case
from waystation.casework.files import actions as files
from waystation.casework.files import queries as of_files
from waystation.casework.files.models import FileDocument, StoredFile
from waystation.casework.handover import giving, taking
from waystation.casework.handover.enclosures.codes import PIECE
from waystation.casework.handover.models import EnclosureComing, EnclosureGoing, Given
from waystation.kernel.actors import Actor
from waystation.vault.stream import PART

MARKER = b"MARKER of a paper that nobody may find "
LARGE = 5 * PART
PARTS = 6
MIDDLE, FEW = 2 * PIECE + 1000, 3
TOLD = ("name", "reason", "files")


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
