"""Who was aboard, and who was found dead: written down, mended, and what became of them."""

from typing import TypeVar
from uuid import UUID

from waystation.familylinks.missing import fitting, queries
from waystation.familylinks.missing.codes import OUTCOMES, Outcome
from waystation.familylinks.missing.documents import AboardDocument, BodyDocument
from waystation.familylinks.missing.models import Aboard, UnidentifiedBody
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import NotAllowed
from waystation.kernel.ids import drawn_number
from waystation.people import cleaning
from waystation.vault import new_person_key, seal

Row = TypeVar("Row", Aboard, UnidentifiedBody)


@action("missing.aboard")
def write_aboard(*, by: Actor, incident_id: UUID, document: AboardDocument) -> Aboard:
    """Write down somebody who was aboard. Raises NotFound, NotAllowed without the training, Invalid."""
    trained(by)
    incident = queries.incident_for(by, incident_id)
    cleaned = _aboard(document)
    now = clock.now()
    row = Aboard(incident=incident, at=now, by=by.account_id, changed_at=now)
    new_person_key(row.pk)
    seal(row, "sealed", cleaned)
    row.save(force_insert=True)
    return _noted(by, "missing.aboard", row)


@action("missing.aboard")
def mend_aboard(*, by: Actor, aboard_id: UUID, document: AboardDocument) -> Aboard:
    """What became known since, or was wrong. Raises NotFound, Invalid."""
    row = queries.aboard_for(by, aboard_id, lock=True)
    seal(row, "sealed", _aboard(document))
    row.changed_at = clock.now()
    row.save(update_fields=["sealed", "changed_at"])
    return _noted(by, "missing.aboard_mended", row)


@action("missing.aboard")
def set_outcome(*, by: Actor, aboard_id: UUID, outcome: str) -> Aboard:
    """What became of somebody (`codes.Outcome`). Raises NotFound, WrongState, Invalid."""
    row = queries.aboard_for(by, aboard_id, lock=True)
    errors: cleaning.Errors = {}
    cleaning.require_code(Outcome, outcome, "outcome", errors)
    cleaning.refuse(errors)
    row.outcome, row.changed_at = OUTCOMES.after(row.outcome, outcome), clock.now()
    row.save(update_fields=["outcome", "changed_at"])
    return _noted(by, "missing.outcome", row)


@action("missing.forensic")
def write_body(*, by: Actor, document: BodyDocument, incident_id: UUID | None = None) -> UnidentifiedBody:
    """Describe somebody found dead. Raises NotFound, NotAllowed without the training, Invalid."""
    trained(by)
    incident = queries.incident_for(by, incident_id) if incident_id else None
    cleaned = _body(document)
    now = clock.now()
    row = UnidentifiedBody(number=drawn_number("B"), incident=incident, at=now, by=by.account_id, changed_at=now)
    new_person_key(row.pk)
    seal(row, "sealed", cleaned)
    row.save(force_insert=True)
    return _noted(by, "missing.body", row)


@action("missing.forensic")
def mend_body(*, by: Actor, body_id: UUID, document: BodyDocument) -> UnidentifiedBody:
    """What became known since, or was wrong. Raises NotFound, Invalid."""
    row = queries.body_for(by, body_id, lock=True)
    seal(row, "sealed", _body(document))
    row.changed_at = clock.now()
    row.save(update_fields=["sealed", "changed_at"])
    return _noted(by, "missing.body_mended", row)


def trained(by: Actor) -> None:
    """Whoever writes into what needs a training holds it, though writing alone opens nothing. Raises NotAllowed."""
    if not by.opens(Compartment.FAMILY_LINKS):
        raise NotAllowed


def _noted(by: Actor, name: str, row: Row) -> Row:
    journal.record(by, journal.Entry(action=name, subject=row.pk, person=row.pk))
    return row


def _aboard(document: AboardDocument) -> AboardDocument:
    errors: cleaning.Errors = {}
    cleaned = fitting.aboard(document, errors)
    cleaning.refuse(errors)
    return cleaned


def _body(document: BodyDocument) -> BodyDocument:
    errors: cleaning.Errors = {}
    cleaned = fitting.body(document, errors)
    cleaning.refuse(errors)
    return cleaned
