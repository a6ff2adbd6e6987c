"""Enclosures that come along: parts are kept sealed until all are there; then they are a file of the person's, or
nothing."""

import hashlib
from collections.abc import Collection, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Sum

from waystation.casework.files import from_others, store
from waystation.casework.files.codes import LARGEST
from waystation.casework.files.models import FileDocument
from waystation.casework.handover import moving
from waystation.casework.handover.codes import Taking
from waystation.casework.handover.documents import EnclosureDocument
from waystation.casework.handover.enclosures.codes import (
    ENCLOSURES,
    MOST_BYTES,
    MOST_FILES,
    MOST_PARTS,
    OPEN,
    PIECE,
    EnclosureAct,
    EnclosureState,
    how_many,
)
from waystation.casework.handover.models import EnclosureComing, Offered
from waystation.casework.handover.problems import NotAnnounced
from waystation.casework.problems import TooLate
from waystation.kernel import clock
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid
from waystation.kernel.ids import new_id
from waystation.vault import ciphers, erase_person, new_person_key, seal
from waystation.vault.persons import key_of
from waystation.vault.problems import SealBroken
from waystation.vault.sealing import open_for_keeping

PURPOSE = b"ws/handover/file/1"
WELCOME = (Taking.ACCEPTED, Taking.TAKEN)


def take_part(by: Actor, row: Offered, number: UUID, said: Mapping[str, Any]) -> None:
    """Keep one part, in whatever order, however often. Raises TooLate, NotAnnounced, Invalid."""
    if row.state not in WELCOME:
        raise TooLate
    known = row.enclosures.select_for_update().filter(number=number).first()
    enclosure = known or _unannounced(row, number, said["of"])
    if enclosure.state == EnclosureState.KEPT:
        return
    if enclosure.state not in OPEN:
        raise TooLate
    place, plain = said["number"], said["bytes"]
    is_last = place == enclosure.parts - 1
    if said["of"] != enclosure.parts or not 0 <= place < enclosure.parts or not 0 < len(plain) <= PIECE:
        raise Invalid({"number": ""})
    if len(plain) < PIECE and not is_last:
        raise Invalid({"bytes": ""})
    store.put(enclosure.parts_in, _key(enclosure), place, plain, is_last=is_last)
    settle(by, row, enclosure)


def announce(by: Actor, row: Offered, said: Collection[Mapping[str, Any]]) -> None:
    """The content names the enclosures that come along; what came and is not among them goes. Raises Invalid."""
    if sum(one["size"] for one in said) > MOST_BYTES:
        raise Invalid({"files": ""})
    known = {enclosure.number: enclosure for enclosure in row.enclosures.select_for_update()}
    named = {_uuid(one["file"]): one for one in said}
    for number, enclosure in known.items():
        if number not in named and enclosure.state in OPEN:
            move(by, row, enclosure, EnclosureAct.STOP)
    for number, one in named.items():
        _announce(by, row, known.get(number) or _begun(row, number, one["of"]), one)


def _announce(by: Actor, row: Offered, enclosure: EnclosureComing, said: Mapping[str, Any]) -> None:
    size, kept_in = said["size"], said["compartment"]
    if not 0 < size <= LARGEST or said["of"] != how_many(size):
        raise Invalid({"files": ""})
    if kept_in not in {Compartment.BASIC, row.compartment_of_row}:
        raise Invalid({"files": ""})
    enclosure.parts = said["of"]
    digest = said["digest"].hex()
    document = EnclosureDocument(name=said["name"], kind=said["kind"], kept_in=kept_in, size=size, digest=digest)
    seal(enclosure, "sealed", document)
    enclosure.save(update_fields=["parts", "sealed"])
    settle(by, row, enclosure)


def settle(by: Actor, row: Offered, enclosure: EnclosureComing) -> None:
    """When all parts are there, and we know of what: it is kept, exactly once, or thrown away."""
    if enclosure.state not in OPEN or not enclosure.sealed or arrived(enclosure) < enclosure.parts:
        return
    said = open_for_keeping(enclosure, EnclosureDocument)
    if _is_right(enclosure, said):
        _keep(by, row, enclosure, said)
        return
    move(by, row, enclosure, EnclosureAct.WRONG)
    if enclosure.state == EnclosureState.AGAIN:
        moving.tell_surely(by, row, "handover.file_again", file=enclosure.number.bytes)
    else:
        moving.tell_surely(by, row, "handover.file_end", file=enclosure.number.bytes, end=EnclosureState.FAILED.value)


def stop(by: Actor, row: Offered) -> None:
    """Nothing more is to come: what is not whole yet is destroyed."""
    for enclosure in row.enclosures.select_for_update().filter(state__in=OPEN):
        move(by, row, enclosure, EnclosureAct.STOP)


def stop_one(by: Actor, row: Offered, number: UUID) -> None:
    """The same of one enclosure; before anything of it came, that is kept until it comes."""
    enclosure = row.enclosures.select_for_update().filter(number=number).first() or _unannounced(row, number, 1)
    if ENCLOSURES.allows(enclosure.state, EnclosureAct.STOP):
        move(by, row, enclosure, EnclosureAct.STOP)


def move(by: Actor, row: Offered, enclosure: EnclosureComing, act: str) -> None:
    """Move an enclosure by its table; its parts are kept no longer. Raises WrongState."""
    forget(enclosure.parts_in)
    enclosure.state, enclosure.state_at = EnclosureState(ENCLOSURES.after(enclosure.state, act)), clock.now()
    if enclosure.state == EnclosureState.AGAIN:
        enclosure.parts_in = new_id()
        new_person_key(enclosure.parts_in)
    enclosure.save(update_fields=["state", "state_at", "parts_in"])
    moving.note(by, f"handover.enclosure.{act}", row)


def forget(parts_in: UUID) -> None:
    """The parts of an enclosure are noise from now on, in older copies too, and gone from the disk."""
    erase_person(parts_in)
    transaction.on_commit(partial(store.erase, parts_in))


def arrived(enclosure: EnclosureComing) -> int:
    """How many of its parts are there."""
    return len(store.numbers(enclosure.parts_in) & frozenset(range(enclosure.parts)))


def _unannounced(row: Offered, number: UUID, parts: int) -> EnclosureComing:
    """An enclosure of which we do not know yet what it is: no more than one handover may bring."""
    before = row.enclosures.aggregate(count=Count("pk"), parts=Sum("parts", default=0))
    if row.state == Taking.TAKEN or before["count"] >= MOST_FILES or before["parts"] + parts > MOST_PARTS:
        raise NotAnnounced
    return _begun(row, number, parts)


def _begun(row: Offered, number: UUID, parts: int) -> EnclosureComing:
    if not 0 < parts <= how_many(LARGEST):
        raise Invalid({"of": ""})
    enclosure = EnclosureComing(offered=row, number=number, parts=parts, state_at=clock.now())
    new_person_key(enclosure.parts_in)
    enclosure.save(force_insert=True)
    return enclosure


def _keep(by: Actor, row: Offered, enclosure: EnclosureComing, said: EnclosureDocument) -> None:
    if row.person_id is None or row.accepted_by is None:
        return
    enclosure.kept = from_others.keep(
        by=by,
        person_id=row.person_id,
        owner=row.accepted_by,
        compartment=Compartment(said.kept_in),
        said=FileDocument(name=said.name, kind=said.kind, digest=said.digest),
        size=said.size,
        plain=store.read(enclosure.parts_in, _key(enclosure), enclosure.parts),
    )
    enclosure.save(update_fields=["kept"])
    move(by, row, enclosure, EnclosureAct.KEEP)
    moving.tell_surely(by, row, "handover.file_end", file=enclosure.number.bytes, end=EnclosureState.KEPT.value)


def _is_right(enclosure: EnclosureComing, said: EnclosureDocument) -> bool:
    whole, size = hashlib.sha256(), 0
    try:
        for plain in store.read(enclosure.parts_in, _key(enclosure), enclosure.parts):
            whole.update(plain)
            size += len(plain)
    except SealBroken:
        return False
    return (size, whole.hexdigest()) == (said.size, said.digest)


def _key(enclosure: EnclosureComing) -> bytes:
    """Of the offer's key and one of the enclosure's own, as with files (`files.keys`): it goes with either."""
    return ciphers.subkey(key_of(enclosure.offered_id) + key_of(enclosure.parts_in), PURPOSE)


def _uuid(raw: bytes) -> UUID:
    try:
        return UUID(bytes=raw)
    except ValueError as problem:
        raise Invalid({"file": ""}) from problem
