"""The only door to files."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet

from waystation.casework.files import store
from waystation.casework.files.codes import State
from waystation.casework.files.keys import key_for
from waystation.casework.files.models import FileDocument, StoredFile
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.vault import open_document, open_documents
from waystation.vault.sealing import open_for_keeping


def visible_to(actor: Actor) -> QuerySet[StoredFile]:
    """Files this actor may see."""
    return StoredFile.objects.filter(policies.rows(actor, "files.work"))


def get_for(actor: Actor, file_id: UUID, *, lock: bool = False) -> StoredFile:
    """One whole file. Raises NotFound."""
    rows = visible_to(actor).filter(state=State.WHOLE).select_related("person")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=file_id).first()
    if row is None:
        raise NotFound
    return row


def arriving(actor: Actor, file_id: UUID, *, lock: bool = False) -> StoredFile:
    """One's own file that has not wholly arrived. Raises NotFound."""
    rows = visible_to(actor).filter(by=actor.account_id).select_related("person")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=file_id).first()
    if row is None:
        raise NotFound
    return row


def arriving_for(actor: Actor, person: Person, file_id: UUID) -> StoredFile:
    """One's own file that was begun for this person and no other. Raises NotFound."""
    row = arriving(actor, file_id)
    if row.person_id not in people.one_person_ids(person):
        raise NotFound
    return row


def of_person(person: Person, *, by: Actor) -> list[tuple[StoredFile, FileDocument]]:
    """A person's files that this actor may open, the newest first; one's own that are arriving too."""
    rows = list(visible_to(by).filter(person__in=people.one_person_ids(person)))
    shown = [row for row in rows if row.state == State.WHOLE or row.by == by.account_id]
    texts = open_documents(shown, FileDocument, by=by)
    return [(row, texts[row.pk]) for row in shown if row.pk in texts]


def content(row: StoredFile, *, by: Actor) -> tuple[FileDocument, Iterator[bytes]]:
    """What a file is, and its bytes part by part. Raises NotAllowed, BudgetSpent, NodeLocked, SealBroken."""
    document = open_document(row, FileDocument, by=by)
    return document, _plain(row, document)


def plain_of(row: StoredFile) -> Iterator[bytes]:
    """A file's bytes part by part for what the node itself does with them and shows nobody: to seal them for another
    node. Who asked for that has opened what the file is. Raises NodeLocked, PersonErased, SealBroken."""
    return _plain(row, open_for_keeping(row, FileDocument))


def _plain(row: StoredFile, document: FileDocument) -> Iterator[bytes]:
    return store.read(row.pk, key_for(row, document), store.how_many(row.size))
