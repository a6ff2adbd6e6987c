"""What a coordinator decides about records that are due: keep them until a day, or ask a second officer to erase."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.accounts import approvals
from waystation.casework import clocks
from waystation.casework.retention import periods
from waystation.casework.retention.actions import checks
from waystation.casework.retention.codes import OF_TWO
from waystation.casework.retention.models import Batch, Kept, ReasonDocument
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Conflict, Invalid, NotFound
from waystation.kernel.journal import Entry
from waystation.people import cleaning, erasure, queries
from waystation.people.actions.erasing import erase_as_asked
from waystation.people.codes import ErasureReason
from waystation.people.models import Person
from waystation.vault import seal

ERASE = "retention.erase-batch"
MOST = 50


@action("retention.review")
def keep(*, by: Actor, person_ids: Sequence[UUID], clock_code: str, until: date | None, reason: str) -> list[Kept]:
    """Keep records that are due until a day. Raises NotFound, Invalid (`people`, `until`, `reason`)."""
    errors: cleaning.Errors = {}
    checks.until(until, errors)
    document = ReasonDocument(reason=checks.reason(reason, errors))
    people = _chosen(by, person_ids, clock_code, errors)
    cleaning.refuse(errors)
    assert until is not None
    rows = [Kept(person=person, clock=clock_code, until=until, at=clock.now(), by=by.account_id) for person in people]
    for row in rows:
        seal(row, "sealed", document)
    Kept.objects.bulk_create(rows)
    detail = {"until": str(until), "clock": clock_code}
    journal.record(by, *(Entry(action="retention.keep", subject=r.pk, person=r.person_id, detail=detail) for r in rows))
    return rows


@action("retention.review")
def ask_erasure(*, by: Actor, person_ids: Sequence[UUID], clock_code: str) -> Batch:
    """Ask a second officer to erase people who were reviewed. Raises NotFound, Invalid, Conflict (a hold)."""
    errors: cleaning.Errors = {}
    people = _chosen(by, person_ids, clock_code, errors)
    cleaning.refuse(errors)
    for person in people:
        if held := erasure.refusal(queries.one_person_ids(person)):
            raise Conflict(held.message)
    batch = Batch.objects.create(clock=clock_code, at=clock.now(), by=by.account_id)
    batch.people.set(people)
    entries = (Entry(action="retention.batch", subject=batch.pk, person=person.pk) for person in people)
    journal.record(by, *entries)
    approvals.request(by=by, kind=ERASE, subject=batch.pk, reason=str(_("The time for keeping it is over")))
    return batch


def erase_batch(by: Actor, batch_id: UUID) -> None:
    """The second officer agreed: who of them is still there and may be erased, is.

    Who was met again in the meantime, or is kept by something, stays: the review would have found them otherwise.
    """
    batch = _waiting(batch_id)
    still_due = set(_due(batch.clock))
    for person in batch.people.filter(erased_at__isnull=True):
        if person.pk in still_due and erasure.refusal(queries.one_person_ids(person)) is None:
            erase_as_asked(ErasureReason.RETENTION_OVER, by, person.pk)
    _end(batch, "approve")


def leave_batch(by: Actor, batch_id: UUID) -> None:
    """The second officer refused."""
    batch = _waiting(batch_id)
    _end(batch, "refuse")
    journal.record(by, Entry(action="retention.batch.refuse", subject=batch.pk))


def _waiting(batch_id: UUID) -> Batch:
    batch = Batch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise NotFound
    return batch


def _end(batch: Batch, act: str) -> None:
    batch.state = OF_TWO.after(batch.state, act)
    batch.save(update_fields=["state"])
    batch.people.clear()


def _due(code: str) -> list[UUID]:
    one = clocks.get(code)
    if one is None or one.rows is None:
        return []
    return list(one.rows(periods.before(periods.of_node()[code])).values_list("pk", flat=True))


def _chosen(by: Actor, person_ids: Sequence[UUID], code: str, errors: cleaning.Errors) -> list[Person]:
    one = clocks.get(code)
    if one is None or one.rows is None:
        raise NotFound
    if not person_ids:
        errors["people"] = _("Tick the people this is about.")
    if len(person_ids) > MOST:
        raise Invalid({"people": _("Decide about at most fifty people at once.")})
    due = one.rows(periods.before(periods.of_node()[code])).filter(pk__in=list(person_ids))
    people = list(queries.visible_to(by).filter(pk__in=due.values("pk")))
    if len(people) != len(set(person_ids)):
        errors["people"] = _("Someone of them is not due any more. Load the page anew.")
    return people
