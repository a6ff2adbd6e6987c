"""What left because a court ordered it: it stands on the person's sheet like everything else that left."""

from collections.abc import Sequence
from uuid import UUID

from waystation.kernel import clock, journal
from waystation.kernel.actors import Actor
from waystation.kernel.journal import Entry
from waystation.people.codes import Basis, DisclosureKind, Purpose, RecipientKind
from waystation.people.documents import DisclosureDocument
from waystation.people.models import Disclosure
from waystation.vault import seal


def record_duty(
    *, by: Actor, asked_by: UUID, person_id: UUID, recipient: str, fields: Sequence[str], why: str
) -> Disclosure:
    """List what is handed over under a court order: asked for by one officer, decided by another, in her action."""
    row = Disclosure(
        person_id=person_id,
        basis=Basis.LEGAL_DUTY,
        purpose=Purpose.SERVICES,
        recipient_kind=RecipientKind.AUTHORITY,
        kind=DisclosureKind.PAPER,
        sent_at=clock.now(),
        sent_by=asked_by,
        approved_by=by.account_id,
    )
    seal(row, "sealed", DisclosureDocument(recipient=recipient, fields=tuple(fields), why=why))
    row.save(force_insert=True)
    journal.record(by, Entry(action="people.disclose.duty", subject=row.pk, person=person_id))
    return row
