"""What people lived through and fear: written down, written anew, struck out; nothing is overwritten."""

from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.safety import queries
from waystation.casework.safety.codes import RISK_TABLE, ActorKind, Lived, RiskKind
from waystation.casework.safety.documents import RiskDocument
from waystation.casework.safety.models import RiskEvent
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.people import cleaning
from waystation.people import queries as people
from waystation.people.codes import Stage
from waystation.people.models import Person
from waystation.vault import open_document, seal

LINE, NOTE = 200, cleaning.LONGEST_NOTE


@action("safety.work")
def write_risk(*, by: Actor, person_id: UUID, risk: str, stage: str, document: RiskDocument) -> RiskEvent:
    """Write down one thing that was lived through or is feared. Raises NotFound, Invalid."""
    row = _made(by, people.get_for(by, person_id), risk, stage, document)
    journal.record(by, journal.Entry(action="safety.risk", subject=row.pk, person=row.person_id))
    return row


@action("safety.work")
def correct_risk(*, by: Actor, risk_id: UUID, risk: str, stage: str, document: RiskDocument) -> RiskEvent:
    """Write an entry anew; what stood there is kept beside it. Raises NotFound, WrongState, Invalid."""
    old = queries.risk_for(by, risk_id, lock=True)
    old.state = RISK_TABLE.after(old.state, "correct")
    row = _made(by, old.person, risk, stage, document, corrects=old)
    old.state_at = row.at
    old.save(update_fields=["state", "state_at"])
    journal.record(by, journal.Entry(action="safety.risk_corrected", subject=row.pk, person=row.person_id))
    return row


@action("safety.work")
def strike_risk(*, by: Actor, risk_id: UUID, why: str) -> RiskEvent:
    """An entry was a mistake: it counts no more, and stays to be read. Raises NotFound, WrongState, Invalid."""
    row = queries.risk_for(by, risk_id, lock=True)
    end = RISK_TABLE.after(row.state, "strike")
    if not why.strip():
        raise Invalid({"why": _("Say why.")})
    seal(row, "sealed", _cleaned(replace(open_document(row, RiskDocument, by=by), why=why)))
    row.state, row.state_at = end, clock.now()
    row.save(update_fields=["state", "state_at", "sealed"])
    journal.record(by, journal.Entry(action="safety.risk_struck", subject=row.pk, person=row.person_id))
    return row


def _made(
    by: Actor, person: Person, risk: str, stage: str, document: RiskDocument, corrects: RiskEvent | None = None
) -> RiskEvent:
    errors: cleaning.Errors = {}
    cleaning.require_code(RiskKind, risk, "risk", errors)
    cleaning.require_code(Stage, stage, "stage", errors, empty=True)
    cleaned = _cleaned(document, errors)
    now = clock.now()
    row = RiskEvent(person=person, risk=risk, stage=stage, corrects=corrects, at=now, by=by.account_id, state_at=now)
    seal(row, "sealed", cleaned)
    row.save(force_insert=True)
    return row


def _cleaned(document: RiskDocument, errors: cleaning.Errors | None = None) -> RiskDocument:
    found: cleaning.Errors = {} if errors is None else errors
    cleaning.require_code(Lived, document.lived, "lived", found)
    cleaning.require_code(ActorKind, document.actor, "actor", found, empty=True)
    cleaned = cleaning.texts(document, found, since=10, until=10, place=LINE, words=NOTE, why=NOTE)
    for name in ("since", "until"):
        if getattr(cleaned, name) and not cleaning.is_when(getattr(cleaned, name)):
            found[name] = cleaning.WRITE_WHEN
    if cleaned.since and cleaned.until and cleaned.until < cleaned.since[: len(cleaned.until)]:
        found["until"] = _("This is before it began.")
    cleaning.refuse(found)
    return cleaned
