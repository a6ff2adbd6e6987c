"""A paper that somebody asked us to keep."""

from uuid import UUID

from waystation.casework.files import actions
from waystation.casework.files.codes import Kind
from waystation.casework.files.models import FileDocument, StoredFile
from waystation.kernel.actors import Actor, Compartment

PAPER = b"""To Hawa Abakar

Your place at the language school is kept until the end of the month.
Ask for Marta at the front door.
"""


LETTER = FileDocument(name="Language school.txt", kind=Kind.LETTER, note="She asked us to keep it dry for her.")


def kept(person_id: UUID, by: Actor, plain: bytes = PAPER, said: FileDocument = LETTER) -> StoredFile:
    """A letter, sealed as the page would."""
    row = actions.begin(by=by, person_id=person_id, size=len(plain))
    actions.put_part(by=by, file_id=row.pk, number=0, plain=plain)
    return actions.finish(by=by, file_id=row.pk, compartment=Compartment.BASIC, document=said)
