"""Erasure: the key is destroyed, the sealed rows go, a nameless count stays. There is no way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound, Text
from waystation.kernel.journal import Entry
from waystation.people import approvals, cleaning, erasure, queries, search
from waystation.people.changes import next_numbers
from waystation.people.codes import ErasureReason, Sex
from waystation.people.erasure import Loss, parts
from waystation.people.models import (
    Consent,
    Disclosure,
    Household,
    JourneyStop,
    Membership,
    Merge,
    NoticeReading,
    Person,
)
from waystation.people.parts import counted
from waystation.vault import erase_person


@dataclass(frozen=True, kw_only=True)
class ErasurePreview:
    """What an erasure would destroy: who, how many records stand for them, and what hangs on them."""

    person: Person
    records: int
    losses: tuple[tuple[Text, int], ...]
    held: Text = ""
    """What stands against it, in words."""


def erasure_preview(*, by: Actor, person_id: UUID) -> ErasurePreview:
    """What will be lost, for the page that asks once more: as far as this actor may know of it. Raises NotFound."""
    person = queries.get_for_page(by, person_id)
    ids = queries.one_person_ids(person)
    held = erasure.refusal(ids)
    lost = _counted(ids, [(loss.label, loss.seen_by(by)) for loss in _losses(ids)])
    return ErasurePreview(person=person, records=len(ids), losses=lost, held=held.message if held else "")


def _losses(ids: Sequence[UUID]) -> list[Loss]:
    return [
        Loss(label=_("Households"), rows=Membership.objects.filter(person__in=ids, left_on__isnull=True)),
        Loss(label=_("Stops of the road"), rows=JourneyStop.objects.filter(person__in=ids)),
        Loss(label=_("Consents"), rows=Consent.objects.filter(person__in=ids)),
        Loss(label=_("Disclosures"), rows=Disclosure.objects.filter(person__in=ids)),
        *(loss for part in parts() for loss in part.losses(ids)),
    ]


def _counted(ids: Sequence[UUID], lost: Sequence[tuple[Text, QuerySet[Any]]]) -> tuple[tuple[Text, int], ...]:
    counts = counted(ids, [rows for _label, rows in lost])
    return tuple((label, count) for (label, _rows), count in zip(lost, counts, strict=True) if count)


@action("people.erase")
def erase(*, by: Actor, person_id: UUID, reason: str) -> None:
    """Erase all records of one person for good. Raises NotFound, Invalid for an unknown reason (`ErasureReason`).

    Raises HeldBack when something stands against it; the person's own wish stays noted then.
    """
    _check(reason)
    ids = queries.one_person_ids(queries.get_for(by, person_id))
    _refuse_held(by, ids, reason)
    _erase(by, ids, reason)


@action("people.ask-erasure")
def request_erasure(*, by: Actor, person_id: UUID, reason: str, note: str = "") -> None:
    """Ask a coordinator to erase a person; `note` says more than the reason's code. Raises as `erase`."""
    _check(reason)
    person = queries.get_for(by, person_id)
    _refuse_held(by, queries.one_person_ids(person), reason)
    approvals.ask(approvals.erasure_kind(reason), by=by, subject=person.pk, reason=cleaning.note(note))


def erase_as_asked(reason: str, by: Actor, subject: UUID) -> None:
    """A coordinator allowed what was asked. Raises NotFound when the person is erased already, HeldBack."""
    if not Person.objects.filter(pk=subject, erased_at__isnull=True).exists():
        raise NotFound
    ids = queries.one_person_ids(subject)
    _refuse_held(by, ids, reason)
    _erase(by, ids, reason)


def _refuse_held(by: Actor, ids: Sequence[UUID], reason: str) -> None:
    held = erasure.refusal(ids)
    if held is not None:
        if reason == ErasureReason.ASKED:
            erasure.note_wish(by, ids)
        raise held


def _check(reason: str) -> None:
    errors: cleaning.Errors = {}
    cleaning.require_code(ErasureReason, reason, "reason", errors)
    cleaning.refuse(errors)


def _erase(by: Actor, ids: Sequence[UUID], reason: str) -> None:
    losses = _counted(ids, [(loss.label, loss.rows) for loss in _losses(ids)])
    for part in parts():
        part.erase(ids)
    _delete_own(ids)
    for person_id, number in zip(sorted(ids), next_numbers(len(ids)), strict=True):
        _make_nameless(person_id, number)
        erase_person(person_id)
    # The key is gone and the entry must outlive it, so nothing in it belongs to the person.
    said = erasure.witnessed(by, ids, reason, losses)
    journal.record(
        by, *(Entry(action="people.erase", subject=person_id, reason=reason, detail=said) for person_id in ids)
    )
    search.forget(ids)


def _delete_own(ids: Sequence[UUID]) -> None:
    approvals.forget([*ids, *Disclosure.objects.filter(person__in=ids).values_list("pk", flat=True)])
    households = list(Membership.objects.filter(person__in=ids).values_list("household_id", flat=True))
    for rows in (Disclosure.objects, Consent.objects, NoticeReading.objects, JourneyStop.objects, Membership.objects):
        rows.filter(person__in=ids).delete()
    Merge.objects.filter(absorbed__in=ids).delete()
    Household.objects.filter(pk__in=households, memberships__isnull=True).delete()


def _make_nameless(person_id: UUID, number: int) -> None:
    day = Person.objects.values_list("registered_at", flat=True).get(pk=person_id)
    now = clock.now()
    Person.objects.filter(pk=person_id).update(
        identity=None,
        sex=Sex.NOT_KNOWN,
        interpreter_needed=False,
        registered_at=day.replace(hour=0, minute=0, second=0, microsecond=0),
        registered_post=None,
        registered_by=None,
        kept_to_post=None,
        last_met_at=None,
        last_met_post=None,
        erased_at=now,
        sealed_at=None,
        updated_at=now,
        updated_by=None,
        change_number=number,
    )
