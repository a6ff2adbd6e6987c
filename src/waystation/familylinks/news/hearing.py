"""What happens when a message of family news comes, or word of one that we sent on.

Messages come once each, in any order. Word that is older than what is known changes nothing.
"""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils import timezone

from waystation.casework.problems import TooManyWaiting
from waystation.casework.road import MOST_WAITING
from waystation.exchange.identity import exchange_actor
from waystation.exchange.kinds import Answered, Received
from waystation.familylinks.news import moving
from waystation.familylinks.news.codes import (
    BY_NEWS,
    LONGEST_WORDS,
    MOST_BEFORE,
    MOST_OFFICES,
    TABLE,
    Act,
    NotDelivered,
    State,
)
from waystation.familylinks.news.documents import AddressDocument, WordsDocument
from waystation.familylinks.news.models import NewsStep, RedCrossMessage
from waystation.familylinks.news.problems import AlreadyHere, TooManyOffices, UnknownMessage
from waystation.kernel import clock, journal
from waystation.kernel.errors import Invalid
from waystation.kernel.ids import new_id
from waystation.people import cleaning
from waystation.people.tongues import LANGUAGES
from waystation.vault import new_person_key, seal

GONE = ("refused", "given_up")


def message(received: Received) -> None:
    """Family news has come, to be delivered here or sent on; who sent it hears that it arrived.

    Raises AlreadyHere, TooManyOffices, TooManyWaiting, Invalid.
    """
    known = RedCrossMessage.objects.filter(exchange=_uuid(received.body["exchange"])).first()
    if known is not None:
        if known.came_from_id == received.peer_id and known.state == State.TAKEN_BACK:
            return
        if not _came_before(known):
            raise AlreadyHere
        known.delete()  # another's word, which holds for nothing that this office brings
    if len(received.body["route"]) >= MOST_OFFICES:
        raise TooManyOffices
    waiting = RedCrossMessage.objects.filter(came_from=received.peer_id, state=State.ARRIVED, sent_to__isnull=True)
    if waiting.count() >= MOST_WAITING:
        raise TooManyWaiting
    row = _taken(received)
    moving.move(received.by, row, Act.ARRIVE)
    moving.tell_back(received.by, row)
    moving.answered(received.by, row.reply_to)


def _taken(received: Received) -> RedCrossMessage:
    body = received.body
    answers = _answered_by(received)
    row = RedCrossMessage(
        id=new_id(),
        number=cleaning.line(body["number"])[:12] or "N-",
        exchange=_uuid(body["exchange"]),
        came_from_id=received.peer_id,
        reply_to=answers,
        person=answers.person if answers and answers.is_ours else None,
        language=body.get("language", "") if body.get("language") in LANGUAGES else "",
        state=State.SENT,
        state_at=received.came_at,
        made_at=_moment(body["written_on"]),
    )
    if row.person_id is None:
        new_person_key(row.pk)
    address, words = _documents(body)
    seal(row, "address", address)
    seal(row, "words", words)
    row.save(force_insert=True)
    # Where it was written stands with the address: what another office says is no word of ours to keep unsealed.
    NewsStep.objects.create(message=row, state=State.CHECKED, at=row.made_at)
    return row


def _documents(body: Any) -> tuple[AddressDocument, WordsDocument]:
    errors: cleaning.Errors = {}
    address = AddressDocument(
        name=body["to"],
        parents=body.get("parents", ""),
        place=body.get("place", ""),
        phone=cleaning.line(body.get("phone", "")),
        route=tuple(cleaning.line(office)[:200] for office in body["route"]) or ("",),
        agreed_on=_day(body.get("agreed_on")),
        until=_day(body.get("until")),
    )
    words = WordsDocument(writer=cleaning.line(body.get("writer", "")), words=cleaning.note(body["words"]))
    if len(words.words) > LONGEST_WORDS:
        errors["words"] = str(len(words.words))
    cleaned = cleaning.texts(address, errors, name=200, parents=200, place=cleaning.LONGEST_NOTE)
    cleaning.refuse(errors)
    return cleaned, words


def _answered_by(received: Received) -> RedCrossMessage | None:
    """The message it answers, where that went on from here to who sends the answer."""
    said = received.body.get("reply_to")
    if not said:
        return None
    rows = RedCrossMessage.objects.select_for_update(of=("self",)).select_related("person")
    return rows.filter(exchange=_uuid(said), sent_to=received.peer_id).first()


def state(received: Received) -> None:
    """Word from further on: it is passed back to where the message came from. Raises UnknownMessage, Invalid."""
    body = received.body
    row = _ours(received, sent_to=received.peer_id)
    act = BY_NEWS.get(body["state"])
    if act is None:
        raise Invalid({"state": body["state"]})
    if body["place"] < row.reached or not TABLE.allows(row.state, act):
        return
    row.reached = body["place"]
    reason = body.get("reason", "")
    if act == Act.FAIL:
        row.failed = reason if reason in NotDelivered.values else NotDelivered.OTHER
    office = cleaning.line(body["office"])[:200]
    moving.move(received.by, row, act, "reached", "failed", office=office)
    if row.came_from_id:
        said = {name: body.get(name, "") for name in ("state", "place", "office", "reason")}
        moving.tell(received.by, row, row.came_from_id, moving.STATE, said)
    if act in {Act.HAND_OVER, Act.FAIL}:
        moving.forget_words(row)


def withdraw(received: Received) -> None:
    """The writer takes it back: what has not been delivered never is; before it came, that is kept until it comes."""
    number = _uuid(received.body["exchange"])
    row = RedCrossMessage.objects.select_for_update(of=("self",)).filter(exchange=number).first()
    if row is None:
        _keep_until_it_comes(received, number)
    elif row.came_from_id != received.peer_id:
        raise UnknownMessage
    elif TABLE.allows(row.state, Act.WITHDRAW):
        moving.take_back(received.by, row)


def _came_before(row: RedCrossMessage) -> bool:
    """Whether it is only the word that a message is taken back which has not come: that one has no number."""
    return row.state == State.TAKEN_BACK and not row.number


def _keep_until_it_comes(received: Received, number: UUID) -> None:
    """Of what one office takes back before it came, the newest are kept."""
    before = RedCrossMessage.objects.filter(came_from=received.peer_id, state=State.TAKEN_BACK, number="")
    for old in before.order_by("-made_at", "-pk")[MOST_BEFORE - 1 :]:
        old.delete()
    now = clock.now()
    made = RedCrossMessage.objects.create(
        number="", exchange=number, came_from_id=received.peer_id, state=State.TAKEN_BACK, state_at=now, made_at=now
    )
    journal.about(received.by, "news.withdraw", made)


def message_answered(ended: Answered) -> None:
    """It came, so that an office on the way keeps no words; or it did not, and lies here again to be sent by
    another way."""
    rows = RedCrossMessage.objects.select_for_update(of=("self",))
    row = rows.filter(pk=ended.subject, sent_to=ended.peer_id).first() if ended.subject else None
    if row is None:
        return
    if ended.state == "received" and not ended.reason and not row.is_ours:
        moving.forget_words(row)
    elif ended.state in GONE and row.state == State.SENT:
        row.sent_to, row.lost = None, (ended.reason or "given-up")[:60]
        moving.move(exchange_actor(), row, Act.LOSE if row.is_ours else Act.STALL, "sent_to", "lost")


def withdraw_answered(ended: Answered) -> None:
    """Where nobody knows whether it came, it is said again."""
    row = RedCrossMessage.objects.filter(pk=ended.subject, sent_to=ended.peer_id).first() if ended.subject else None
    if row is not None and ended.state == "given_up":
        moving.tell(exchange_actor(), row, ended.peer_id, moving.WITHDRAW, {})


def _ours(received: Received, **more: Any) -> RedCrossMessage:
    rows = RedCrossMessage.objects.select_for_update(of=("self",))
    row = rows.filter(exchange=_uuid(received.body["exchange"]), **more).first()
    if row is None:
        raise UnknownMessage
    return row


def _uuid(raw: bytes) -> UUID:
    try:
        return UUID(bytes=raw)
    except ValueError as problem:
        raise UnknownMessage from problem


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as problem:
        raise Invalid({"day": str(text)}) from problem


def _moment(text: str) -> datetime:
    day = _day(text)
    return timezone.make_aware(datetime.combine(day, time(12))) if day else clock.now()
