"""Writing a message down, reading it back, handing it in with the writer's yes, taking it back."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.referrals.queries import kind_of_node
from waystation.exchange import queries as exchange
from waystation.exchange.models import Peer
from waystation.familylinks.news import moving, queries
from waystation.familylinks.news.codes import LONGEST_WORDS, TABLE, Act, State
from waystation.familylinks.news.documents import AddressDocument, WordsDocument
from waystation.familylinks.news.models import NewsStep, RedCrossMessage
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.kernel.ids import drawn_number, new_id
from waystation.kernel.states import WrongState
from waystation.people import actions as consents
from waystation.people import cleaning
from waystation.people import queries as people
from waystation.people.codes import ConsentState, Purpose, RecipientKind
from waystation.people.documents import ConsentDocument
from waystation.people.models import Person
from waystation.people.tongues import LANGUAGES
from waystation.vault import new_person_key, seal


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What is written, to whom, in which language (ISO 639-3), by way of which office; without one we deliver it."""

    words: str
    address: AddressDocument
    language: str = ""
    office_id: UUID | None = None
    writer: str = ""


@action("news.write")
def begin(*, by: Actor, person_id: UUID, draft: Draft) -> RedCrossMessage:
    """Write down what a person of the book wants to say. Raises NotFound, Invalid."""
    person = people.get_for(by, person_id)
    writer = draft.writer or people.identity_of(person, by=by).display_name
    return _made(by, replace(draft, writer=writer), person=person)


@action("news.work")
def answer(*, by: Actor, message_id: UUID, draft: Draft) -> RedCrossMessage:
    """Write down what the family answers to a message delivered here; it goes back by the way that came.

    Raises NotFound, WrongState, Invalid.
    """
    row = queries.get_for(by, message_id, permission="news.work", lock=True)
    if not row.is_here or row.state not in {State.DELIVERED, State.REPLIED}:
        raise WrongState
    came, words = moving.opened(row)
    address = replace(draft.address, name=draft.address.name or words.writer)
    writer = draft.writer or came.name
    wanted = replace(draft, address=address, writer=writer, office_id=row.came_from_id or draft.office_id)
    # Who answers a message that came for somebody of our book is that person.
    return _made(by, wanted, person=None if row.is_ours else row.person, reply_to=row)


@action("news.write")
def rewrite(*, by: Actor, message_id: UUID, draft: Draft) -> RedCrossMessage:
    """Change what one has written down and not handed in. Raises NotFound, WrongState, Invalid."""
    row = _own_draft(by, message_id)
    address, words = _cleaned(draft, is_answer=row.reply_to_id is not None)
    row.language, row.office_id = draft.language, draft.office_id
    row.save(update_fields=["language", "office"])
    before = moving.opened(row)[1]
    moving.write(row, address, replace(words, writer=words.writer or before.writer))
    journal.about(by, "news.write", row)
    return row


@action("news.write")
def hand_in(*, by: Actor, message_id: UUID, document: ConsentDocument, expires_on: date | None) -> RedCrossMessage:
    """The writer heard it read back and wants it to go, to this office or by our own hands: that wish is the consent.

    Who is in no book here says the same, and it stands with the address. Raises NotFound, WrongState, Invalid.
    """
    row = _own_draft(by, message_id)
    address, words = moving.opened(row)
    if expires_on is None or not document.read_back:
        raise Invalid({"agreed": _("Read it to the writer, and ask whether it may go like this.")})
    if row.person_id:
        kind, recipient = whom(row, address)
        row.consent = consents.give_consent(
            by=by,
            person_id=row.person_id,
            purpose=Purpose.TRACING,
            recipient_kind=kind,
            document=replace(document, recipients=(recipient,), note=row.number),
            expires_on=expires_on,
        )
    moving.move(by, row, Act.HAND_IN, "consent")
    # From here on it belongs to another compartment, so both are sealed anew.
    moving.write(row, replace(address, agreed_on=clock.today(), until=expires_on), words)
    return row


def whom(row: RedCrossMessage, address: AddressDocument) -> tuple[str, str]:
    """To which kind of recipient, and to whom by name, it leaves us: the first office, or the family itself."""
    if row.office:
        return kind_of_node(row.office, RecipientKind.SOCIETY), row.office.name
    return RecipientKind.FAMILY, address.name


@action("news.write")
def take_back(*, by: Actor, message_id: UUID) -> RedCrossMessage:
    """The writer does not want it to go, or go on; the consent ends with it unless another message goes under the same.

    Raises NotFound, WrongState.
    """
    row = queries.get_for(by, message_id, permission="news.write", lock=True)
    TABLE.after(row.state, Act.WITHDRAW)
    if not row.is_ours or (row.state == State.DRAFT and row.made_by != by.account_id):
        raise WrongState
    if row.consent and row.consent.state == ConsentState.GIVEN and not _others_go(row):
        consents.withdraw_consent(by=by, consent_id=row.consent.pk)
        row.refresh_from_db()
    if TABLE.allows(row.state, Act.WITHDRAW):
        moving.take_back(by, row)
    return row


def _others_go(row: RedCrossMessage) -> bool:
    """Whether another message of the writer is still to come somewhere: a consent taken back would stop it too."""
    going = [state for state in State.values if TABLE.allows(state, Act.WITHDRAW)]
    others = RedCrossMessage.objects.filter(consent__isnull=False, state__in=going).exclude(pk=row.pk)
    return others.filter(person__in=people.one_person_ids(row.person_id) if row.person_id else []).exists()


def _own_draft(by: Actor, message_id: UUID) -> RedCrossMessage:
    row = queries.get_for(by, message_id, permission="news.write", lock=True)
    if row.state != State.DRAFT or row.made_by != by.account_id:
        raise WrongState
    return row


def _made(
    by: Actor, draft: Draft, *, person: Person | None = None, reply_to: RedCrossMessage | None = None
) -> RedCrossMessage:
    address, words = _cleaned(draft, is_answer=reply_to is not None)
    row = RedCrossMessage(
        id=new_id(),
        number=drawn_number("N"),
        person=person,
        reply_to=reply_to,
        office_id=draft.office_id,
        language=draft.language,
        state_at=clock.now(),
        made_at=clock.now(),
        made_by=by.account_id,
        post_id=by.post_id,
    )
    if person is None:
        new_person_key(row.pk)
    seal(row, "address", address)
    seal(row, "words", words)
    row.save(force_insert=True)
    NewsStep.objects.create(message=row, state=row.state, at=row.state_at)
    journal.about(by, "news.begin", row)
    return row


def _cleaned(draft: Draft, *, is_answer: bool) -> tuple[AddressDocument, WordsDocument]:
    """An answer goes back by the number of the message; every other needs more than a name to find whom it is for."""
    errors: cleaning.Errors = {}
    address = cleaning.texts(draft.address, errors, name=200, parents=200, place=cleaning.LONGEST_NOTE)
    words = cleaning.texts(WordsDocument(writer=draft.writer, words=draft.words), errors, writer=200)
    words = replace(words, words=cleaning.note(draft.words))
    if not words.words:
        errors["words"] = _("Write what the person wants to say.")
    elif problem := cleaning.too_long(words.words, LONGEST_WORDS):
        errors["words"] = problem
    if not address.name:
        errors["name"] = _("Write the name of whom it is for.")
    if not is_answer and not (address.place or address.phone or address.parents):
        errors["place"] = _(
            "Write a place, a telephone number or the parents' names: by the name alone nobody is found."
        )
    try:
        address = replace(address, phone=cleaning.phone(address.phone))
    except ValueError:
        errors["phone"] = _("Write the telephone number with its digits, like +254 700 123456.")
    if draft.language and draft.language not in LANGUAGES:
        errors["language"] = _("Choose a language from the list.")
    _check_office(exchange.trusted().filter(pk=draft.office_id).first() if draft.office_id else None, draft, errors)
    cleaning.refuse(errors)
    return address, words


def _check_office(office: Peer | None, draft: Draft, errors: cleaning.Errors) -> None:
    if draft.office_id and office is None:
        errors["office"] = _("Choose an office from the list.")
    elif office and kind_of_node(office, RecipientKind.SOCIETY) == RecipientKind.AUTHORITY:
        errors["office"] = _("Family news never goes by way of an authority.")
