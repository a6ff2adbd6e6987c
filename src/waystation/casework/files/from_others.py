"""A file that came from another organisation becomes one of a person's here, sealed and checked as any other."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from waystation.casework.files import store
from waystation.casework.files.actions import LINE
from waystation.casework.files.codes import TABLE, Act, Kind, State
from waystation.casework.files.keys import key_for
from waystation.casework.files.models import FileDocument, StoredFile
from waystation.kernel import clock, journal
from waystation.kernel.actors import Actor, Compartment
from waystation.people import cleaning
from waystation.vault import ciphers, new_person_key, seal
from waystation.vault.stream import PART


def keep(
    *,
    by: Actor,
    person_id: UUID,
    owner: UUID,
    compartment: Compartment,
    said: FileDocument,
    size: int,
    plain: Iterable[bytes],
) -> StoredFile:
    """Keep all of `plain` (`size` bytes) as a whole file of a person, in the name of `owner`.

    Inside the transaction of the caller, who has compared its digest and asked whether it may be kept: rolled back,
    only sealed parts that no row knows of are left, and swept up. Raises OSError, NodeLocked.
    """
    kind = said.kind if said.kind in Kind.values else Kind.OTHER
    name = cleaning.line(said.name)[:LINE] or str(Kind(kind).label)
    document = replace(said, name=name, kind=kind, note="", key=ciphers.new_key().hex())
    row = StoredFile(person_id=person_id, compartment=compartment, size=size, at=clock.now(), by=owner)
    row.state = State(TABLE.after(row.state, Act.FINISH))
    new_person_key(row.pk)
    seal(row, "sealed", document)
    row.save(force_insert=True)
    key, last = key_for(row, document), store.how_many(size) - 1
    for number, part in enumerate(store.pieces(plain, PART)):
        store.put(row.pk, key, number, part, is_last=number == last)
    journal.record(by, journal.Entry(action="files.add", subject=row.pk, person=person_id))
    return row
