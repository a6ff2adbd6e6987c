"""Every write about files: begin, part by part, finish; erase."""

import errno
import hashlib
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from waystation.casework.files import queries, store
from waystation.casework.files.codes import LARGEST, TABLE, Act, Kind, State
from waystation.casework.files.keys import key_for
from waystation.casework.files.models import FileDocument, StoredFile
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid, NotFound, Problem
from waystation.people import cleaning, erasure
from waystation.people import queries as people
from waystation.vault import ciphers, erase_person, new_person_key, open_document, seal
from waystation.vault.sealing import open_for_keeping
from waystation.vault.stream import PART

LINE = 200
TOO_LARGE = _("A file has at most 50 MB, and something in it.")


class NoRoom(Problem):
    """The disk is full."""

    code = "no-room"
    status = 507
    message = _("There is no room left on this machine. Nothing else was lost; ask for room, then send the file again.")


@action("files.work")
def begin(*, by: Actor, person_id: UUID, size: int, name: str = "") -> StoredFile:
    """Make ready for a file of so many bytes; it is shown to nobody else until it is whole.

    Raises NotFound, Invalid (too large, or empty).
    """
    person = people.get_for(by, person_id)
    if not 0 < size <= LARGEST:
        raise Invalid({"file": TOO_LARGE})
    row = StoredFile(person=person, compartment=Compartment.BASIC, size=size, at=clock.now(), by=by.account_id)
    new_person_key(row.pk)
    seal(row, "sealed", FileDocument(key=ciphers.new_key().hex(), name=cleaning.line(name)[:LINE]))
    row.save(force_insert=True)
    return row


@action("files.work")
def put_part(*, by: Actor, file_id: UUID, number: int, plain: bytes) -> list[int]:
    """Take one part, in any order, also twice; gives the parts that are there. Raises NotFound, WrongState, Invalid,
    NoRoom."""
    row = queries.arriving(by, file_id)
    TABLE.after(row.state, Act.PUT)
    if not 0 <= number < store.how_many(row.size) or len(plain) != store.size_of_part(row.size, number):
        raise Invalid({"file": _("A part of the file is not as long as it should be. Send the file again.")})
    key = key_for(row, open_for_keeping(row, FileDocument))
    _put(row.pk, key, number, plain, is_last=number == store.how_many(row.size) - 1)
    return store.there(row.pk, row.size)


class Stream:
    """A file of which nobody tells the length beforehand: parts are sealed as they come, the last at the end."""

    def __init__(self, *, by: Actor, person_id: UUID, name: str) -> None:
        self.row = begin(by=by, person_id=person_id, size=LARGEST, name=name)
        self._key = key_for(self.row, open_for_keeping(self.row, FileDocument))
        self._waiting, self._number, self._total = bytearray(), 0, 0

    def add(self, chunk: bytes) -> None:
        """Take what came. Raises Invalid (too large), NoRoom."""
        self._waiting += chunk
        self._total += len(chunk)
        if self._total > LARGEST:
            raise Invalid({"file": TOO_LARGE})
        while len(self._waiting) > PART:
            self._write(PART, is_last=False)

    def end(self) -> StoredFile:
        """All has come; the row knows its length now. Raises Invalid (empty), NoRoom."""
        if not self._total:
            raise Invalid({"file": TOO_LARGE})
        self._write(len(self._waiting), is_last=True)
        self.row.size = self._total
        self.row.save(update_fields=["size"])
        return self.row

    def _write(self, length: int, *, is_last: bool) -> None:
        _put(self.row.pk, self._key, self._number, bytes(self._waiting[:length]), is_last=is_last)
        del self._waiting[:length]
        self._number += 1


@action("files.work")
def finish(*, by: Actor, file_id: UUID, compartment: str, document: FileDocument, digest: str = "") -> StoredFile:
    """All parts are there: from now on it is kept and shown. `digest` (SHA-256, hexadecimal) is compared where told.

    Asked again for the same file it changes nothing. Raises NotFound, WrongState, Invalid.
    """
    row = queries.arriving(by, file_id, lock=True)
    if row.state == State.WHOLE:
        return row
    end = TABLE.after(row.state, Act.FINISH)
    errors: cleaning.Errors = {}
    cleaning.require_code(Kind, document.kind, "kind", errors)
    if compartment not in {one.value for one in by.compartments}:
        errors["compartment"] = _("Choose from the list.")
    begun = open_document(row, FileDocument, by=by)
    said = cleaning.texts(replace(document, key=begun.key), errors, name=LINE, note=cleaning.LONGEST_NOTE)
    if not said.name:
        errors["name"] = _("Give the file a name.")
    if len(store.there(row.pk, row.size)) < store.how_many(row.size):
        errors["file"] = _("The file has not wholly arrived yet. Send what is missing.")
    cleaning.refuse(errors)
    found = _digest(row, key_for(row, begun))
    if digest and digest != found:
        raise Invalid({"file": _("What arrived is not what was sent. Send the file again.")})
    row.state, row.compartment = State(end), Compartment(compartment)
    seal(row, "sealed", replace(said, digest=found))
    row.save(update_fields=["state", "compartment", "sealed"])
    journal.record(by, journal.Entry(action="files.add", subject=row.pk, person=row.person_id))
    return row


@action("files.work")
def erase(*, by: Actor, file_id: UUID) -> None:
    """Erase a file for good: its key goes with its row. Raises NotFound, HeldBack."""
    row = queries.visible_to(by).select_for_update(of=("self",)).filter(pk=file_id).first()
    if row is None or (row.state == State.ARRIVING and row.by != by.account_id):
        raise NotFound
    held = erasure.refusal(people.one_person_ids(row.person_id))
    if held is not None and row.state == State.WHOLE:
        raise held
    journal.record(by, journal.Entry(action="files.erase", subject=row.pk, person=row.person_id))
    row.delete()
    erase_person(file_id)
    transaction.on_commit(lambda: store.erase(file_id))


def _put(file_id: UUID, key: bytes, number: int, plain: bytes, *, is_last: bool) -> None:
    try:
        store.put(file_id, key, number, plain, is_last=is_last)
    except OSError as problem:
        if problem.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise NoRoom from problem
        raise


def _digest(row: StoredFile, key: bytes) -> str:
    whole = hashlib.sha256()
    for plain in store.read(row.pk, key, store.how_many(row.size)):
        whole.update(plain)
    return whole.hexdigest()
