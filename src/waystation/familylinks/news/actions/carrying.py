"""Checking a message, giving it back, sending it on, delivering it, telling its writer."""

from dataclasses import replace
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from waystation.casework.followups import actions as followups
from waystation.exchange import queries as exchange
from waystation.familylinks.news import moving, queries
from waystation.familylinks.news.actions.writing import whom
from waystation.familylinks.news.codes import MOST_OFFICES, TABLE, TOLD, Act, Forbidden, NewsClock, NotDelivered, State
from waystation.familylinks.news.models import RedCrossMessage
from waystation.familylinks.news.problems import SameHand, TooManyOffices
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Invalid
from waystation.kernel.states import WrongState
from waystation.people import actions as consents
from waystation.people import cleaning, coverage
from waystation.people.codes import ConsentState, DisclosureKind, Purpose, RecipientKind
from waystation.people.documents import DisclosureDocument


@action("news.work")
def check(*, by: Actor, message_id: UUID) -> RedCrossMessage:
    """Somebody else than the one who wrote it down found nothing that may not be carried.

    Raises NotFound, WrongState, SameHand.
    """
    row = _to_check(by, message_id, Act.CHECK)
    moving.move(by, row, Act.CHECK, "checked_by")
    return row


@action("news.work")
def give_back(*, by: Actor, message_id: UUID, reason: str, note: str = "") -> RedCrossMessage:
    """It holds what may not be carried (`Forbidden`): it goes back to its writer, and nobody else reads it or why.

    Raises NotFound, WrongState, SameHand, Invalid.
    """
    row = _to_check(by, message_id, Act.RETURN)
    errors: cleaning.Errors = {}
    cleaning.require_code(Forbidden, reason, "reason", errors)
    said = cleaning.note(note)
    if problem := cleaning.too_long(said, cleaning.LONGEST_NOTE):
        errors["note"] = problem
    cleaning.refuse(errors)
    _address, words = moving.opened(row)
    moving.move(by, row, Act.RETURN, "checked_by")
    moving.write(row, None, replace(words, reason=reason, note=said))
    return row


def _to_check(by: Actor, message_id: UUID, act: Act) -> RedCrossMessage:
    row = queries.get_for(by, message_id, permission="news.work", lock=True)
    TABLE.after(row.state, act)
    if row.made_by == by.account_id:
        raise SameHand
    row.checked_by = by.account_id
    return row


@action("news.work")
def send(*, by: Actor, message_id: UUID, office_id: UUID) -> RedCrossMessage:
    """Send it on to an office, by a sealed message: of our own people only where they agreed to that office.

    Raises NotFound, WrongState, ConsentMissing, TooManyOffices, PeerNotTrusted, Invalid.
    """
    row = _lying_here(by, message_id, Act.SEND)
    office = exchange.trusted().filter(pk=office_id).first()
    if office is None:
        raise Invalid({"office": _("Choose an office from the list.")})
    if len(moving.opened(row)[0].route) + 1 >= MOST_OFFICES:
        raise TooManyOffices
    if row.is_ours and row.office_id != office.pk:
        raise ConsentMissing(_("The writer agreed to another office. Ask again, and write the message anew."))
    row.sent_to, row.lost = office, ""
    _still_wanted(row)
    number = moving.send_on(by, row)
    _disclose(by, row, DisclosureKind.MESSAGE, number)
    moving.move(by, row, Act.SEND, "sent_to", "lost", office=office.name)
    moving.tell_back(by, row, office=office.name)
    moving.answered(by, row.reply_to)
    return row


@action("news.work")
def deliver(*, by: Actor, message_id: UUID) -> RedCrossMessage:
    """We deliver it ourselves: from now on it is read here. Raises NotFound, WrongState, ConsentMissing."""
    row = _lying_here(by, message_id, Act.DELIVER)
    _still_wanted(row)
    if row.is_ours and row.office_id:
        raise ConsentMissing(_("The writer agreed that it goes by another office, not that we bring it ourselves."))
    _disclose(by, row, DisclosureKind.PAPER, None)
    moving.move(by, row, Act.DELIVER)
    moving.tell_back(by, row)
    moving.answered(by, row.reply_to)
    return row


@action("news.work")
def hand_over(*, by: Actor, message_id: UUID) -> RedCrossMessage:
    """The family has it. Raises NotFound, WrongState."""
    row = _lying_here(by, message_id, Act.HAND_OVER, State.DELIVERING)
    moving.move(by, row, Act.HAND_OVER)
    moving.tell_back(by, row)
    return row


@action("news.work")
def fail(*, by: Actor, message_id: UUID, reason: str) -> RedCrossMessage:
    """It could not be delivered (`NotDelivered`); the words go. Raises NotFound, WrongState, Invalid."""
    row = _lying_here(by, message_id, Act.FAIL, State.DELIVERING, State.ARRIVED)
    errors: cleaning.Errors = {}
    cleaning.require_code(NotDelivered, reason, "reason", errors)
    cleaning.refuse(errors)
    row.failed = reason
    moving.move(by, row, Act.FAIL, "failed")
    moving.tell_back(by, row)
    moving.forget_words(row)
    return row


@action("news.work")
def tell_writer(*, by: Actor, message_id: UUID) -> RedCrossMessage:
    """The writer was told what became of it. Raises NotFound, WrongState."""
    row = queries.get_for(by, message_id, permission="news.work", lock=True)
    if not row.is_ours or row.state not in TOLD or row.told_at:
        raise WrongState
    row.told_at = clock.now()
    row.save(update_fields=["told_at"])
    followups.finish_follow_up(by=by, kind=NewsClock.TELL, subject=row.pk)
    journal.about(by, "news.told", row)
    return row


@action("news.work")
def close(*, by: Actor, message_id: UUID) -> RedCrossMessage:
    """Nothing more is to be done; no copy of the words stays. Raises NotFound, WrongState."""
    row = queries.get_for(by, message_id, permission="news.work", lock=True)
    moving.move(by, row, Act.CLOSE)
    moving.forget_words(row)
    return row


def _lying_here(by: Actor, message_id: UUID, act: Act, *states: State) -> RedCrossMessage:
    """A message that may take this step here and now; the consents of its writer are locked first."""
    seen = queries.get_for(by, message_id, permission="news.work")
    if seen.person_id:
        coverage.locked(seen.person_id)
    row = queries.get_for(by, message_id, permission="news.work", lock=True)
    TABLE.after(row.state, act)
    if not row.is_here or (states and row.state not in states):
        raise WrongState
    return row


def _still_wanted(row: RedCrossMessage) -> None:
    """Raise ConsentMissing once the wish is over: for who is in no book here its last day stands with the address."""
    until = moving.opened(row)[0].until
    if until is not None and until < clock.today():
        raise ConsentMissing(_("The writer wanted this to go until a day that has passed. Ask again."))
    if row.is_ours and row.person_id and (row.consent is None or row.consent.state != ConsentState.GIVEN):
        raise ConsentMissing


def _disclose(by: Actor, row: RedCrossMessage, kind: str, number: UUID | None) -> None:
    """Write on the list of what left about somebody of our book who wrote it, and refuse what they did not allow."""
    if not row.is_ours or row.person_id is None:
        return
    recipient_kind, recipient = whom(row, moving.opened(row)[0])
    with translation.override("en"):  # each page then says it in the language of who reads
        fields = (_("Name"), _("A family message, with the address of the family"))
        document = DisclosureDocument(recipient=recipient, fields=fields, why=f"{_('Family news')} {row.number}")
    consents.record_disclosure(
        by=by,
        person_id=row.person_id,
        purpose=Purpose.TRACING,
        recipient_kind=RecipientKind(recipient_kind),
        kind=kind,
        document=document,
        number=number,
    )
