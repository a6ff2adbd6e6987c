"""Bringing a sealed record back, or erasing it as it is: both take two officers.

The private half of the offline key never comes near the node. What is asked goes out as a file, the answer comes back
sealed to a key that the node made for this one question.
"""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.accounts import approvals
from waystation.casework.retention import queries
from waystation.casework.retention.actions import checks
from waystation.casework.retention.codes import AWAY, STILL_AWAY, Away
from waystation.casework.retention.models import SealedRecord
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.journal import Entry
from waystation.people import cleaning, hiding
from waystation.people import queries as people
from waystation.people.actions.erasing import erase_as_asked
from waystation.people.codes import ErasureReason
from waystation.people.documents import IdentityDocument
from waystation.people.models import Person
from waystation.vault import offline, offline_keys, open_document, open_for_node, seal_for_node
from waystation.vault.problems import SealBroken

BACK, ERASE_SEALED = "retention.bring-back", "retention.erase-sealed"
PURPOSE = "retention-return"
WRONG = _("This is not the answer of the offline key to what was asked for this record.")


@action("retention.bring-back")
def ask_back(*, by: Actor, record_id: UUID, reason: str) -> SealedRecord:
    """Ask a second officer to let a record be brought back. Raises NotFound, Invalid, WrongState."""
    record = _locked(record_id)
    errors: cleaning.Errors = {}
    said = checks.reason(reason, errors)
    cleaning.refuse(errors)
    record.state, record.asked_by = AWAY.after(record.state, "ask"), by.account_id
    record.save(update_fields=["state", "asked_by"])
    journal.record(by, Entry(action="retention.ask-back", subject=record.pk))
    approvals.request(by=by, kind=BACK, subject=record.pk, reason=said)
    return record


@action("retention.bring-back")
def ask_erase_sealed(*, by: Actor, record_id: UUID) -> SealedRecord:
    """Ask a second officer to erase a record without opening it. Raises NotFound, HeldBack never (none is held)."""
    record = _locked(record_id)
    journal.record(by, Entry(action="retention.ask-erase-sealed", subject=record.pk))
    approvals.request(by=by, kind=ERASE_SEALED, subject=record.pk, reason="")
    return record


@action("retention.bring-back")
def give_up(*, by: Actor, record_id: UUID) -> SealedRecord:
    """The answer will not come: the record stays sealed, and what was made for the answer is thrown away."""
    record = _locked(record_id)
    _close(record, "give-up")
    journal.record(by, Entry(action="retention.not-back", subject=record.pk))
    return record


@action("retention.bring-back")
def bring_back(*, by: Actor, record_id: UUID, answer: str) -> Person:
    """Put the person's keys back, out of the answer of the offline key. Raises NotFound, WrongState, Invalid."""
    record = _locked(record_id)
    private = bytes(record.return_private)
    AWAY.after(record.state, "bring-back")
    ids = people.one_person_ids(record.person_id)
    keys = _keys(record, answer, open_for_node(PURPOSE, private))
    if set(keys) != set(ids):
        raise Invalid({"answer": WRONG})
    for person_id, key in keys.items():
        offline.take_back(person_id, key)
    hiding.show(ids)
    _close(record, "bring-back")
    journal.record(by, *(Entry(action="retention.back", subject=record.pk, person=one) for one in ids))
    try:
        open_document(Person.objects.get(pk=record.person_id), IdentityDocument, by=by)
    except SealBroken as problem:
        raise Invalid({"answer": WRONG}) from problem
    return people.get_for(by, record.person_id)


def let_back(by: Actor, record_id: UUID) -> None:
    """The second officer agreed: the question for the offline key can be taken along now."""
    record = _locked(record_id)
    private, public = offline_keys.new_return_key()
    record.state, record.approved_by = AWAY.after(record.state, "approve"), by.account_id
    record.return_public, record.return_private = public, seal_for_node(PURPOSE, private)
    record.save(update_fields=["state", "approved_by", "return_public", "return_private"])
    journal.record(by, Entry(action="retention.open", subject=record.pk))


def leave_sealed(by: Actor, record_id: UUID) -> None:
    """The second officer refused, or nobody decided in time."""
    record = _locked(record_id)
    record.state = AWAY.after(record.state, "refuse")
    record.save(update_fields=["state"])
    journal.record(by, Entry(action="retention.not-back", subject=record.pk))


def erase_sealed(by: Actor, record_id: UUID) -> None:
    """The second officer agreed to erase a record that nobody here can open."""
    record = _locked(record_id)
    _close(record, "erase")
    erase_as_asked(ErasureReason.RETENTION_OVER, by, record.person_id)


def question(record: SealedRecord) -> offline_keys.Request:
    """The file for the offline machine. Raises NotFound unless two officers agreed."""
    if record.state != Away.OPENING:
        raise NotFound
    packages = {record.pk: queries.packages_of(record)}
    return offline_keys.Request(offline.node_id(), record.offline_key.mark, packages, bytes(record.return_public))


def _keys(record: SealedRecord, answer: str, private: bytes) -> dict[UUID, bytes]:
    try:
        return offline_keys.open_answer(answer, record.pk, node=offline.node_id(), private=private)
    except offline_keys.OfflineKeyProblem as problem:
        raise Invalid({"answer": WRONG}) from problem


def _close(record: SealedRecord, act: str) -> None:
    record.state = AWAY.after(record.state, act)
    record.return_public = record.return_private = b""
    record.ended_at = None if record.state == Away.SEALED else clock.now()
    record.save(update_fields=["state", "return_public", "return_private", "ended_at"])
    # The question's reason may tell of the person, under no key of hers.
    approvals.forget([record.pk])


def _locked(record_id: UUID) -> SealedRecord:
    record = SealedRecord.objects.select_for_update().filter(pk=record_id, state__in=STILL_AWAY).first()
    if record is None:
        raise NotFound
    return record
