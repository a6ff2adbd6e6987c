"""What goes with an erased person from this room, what stands against an erasure, and the proof that is kept of it."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.accounts import approvals
from waystation.casework.retention import queries
from waystation.casework.retention.codes import ACTIVE, AWAY, STILL_AWAY, Told
from waystation.casework.retention.models import AuthorityRequest, Batch, Done, Hold, Kept, SealedRecord, Wish
from waystation.casework.retention.proofs import witness
from waystation.kernel import clock, journal
from waystation.kernel.actors import Actor
from waystation.kernel.journal import Entry
from waystation.people import erasure
from waystation.people.erasure import Guard, HeldBack, Loss, Part
from waystation.people.models import Consent, Person
from waystation.web.components.cldr import day


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    asked = AuthorityRequest.objects.filter(person__in=ids)
    return [Loss(label=_("What authorities asked about this person"), rows=asked, seen=queries.asked_visible_to)]


def erase(ids: Sequence[UUID]) -> None:
    """Reasons go; that an authority asked stays as a day and a kind."""
    Done.objects.filter(row__in=Consent.objects.filter(person__in=ids).values("pk")).delete()
    for rows in (Hold.objects, Kept.objects, Wish.objects):
        rows.filter(person__in=ids).delete()
    AuthorityRequest.objects.filter(person__in=ids, told=Told.NOT_YET).update(told=Told.UNREACHED)
    asked = AuthorityRequest.objects.filter(person__in=ids)
    approvals.forget(asked.values_list("pk", flat=True))
    asked.update(person=None, sealed=None)
    for batch in Batch.objects.filter(people__in=ids):
        batch.people.remove(*Person.objects.filter(pk__in=ids))
    away = SealedRecord.objects.filter(person__in=ids, state__in=STILL_AWAY)
    for record in away:
        record.state, record.ended_at = AWAY.after(record.state, "erase"), clock.now()
        record.save(update_fields=["state", "ended_at"])
    SealedRecord.objects.filter(person__in=ids).update(card_mac=b"", return_private=b"", return_public=b"")


def refusal(ids: Sequence[UUID]) -> HeldBack | None:
    """That a legal hold stands, until when, and what was noted."""
    hold = Hold.objects.filter(person__in=list(ids), state__in=ACTIVE).first()
    if hold is None:
        return None
    says = _(
        "A legal hold stands on this record until %(day)s, so it cannot be erased or sealed away now. If the person "
        "asks to be erased, that is noted and comes up as soon as the hold ends."
    )
    return HeldBack(says % {"day": day(hold.until)})


def note_wish(by: Actor, ids: Sequence[UUID]) -> None:
    """Keep in mind that the person asked."""
    _wish, new = Wish.objects.get_or_create(person_id=ids[0], defaults={"at": clock.now(), "by": by.account_id})
    if new:
        journal.record(by, Entry(action="retention.wish", subject=ids[0], person=ids[0]))


def declare() -> None:
    """Tell `people`."""
    erasure.register_part(Part(key="retention", losses=losses, erase=erase))
    erasure.register_guard(Guard(key="retention", refusal=refusal, note_wish=note_wish))
    erasure.register_witness("retention", witness)
