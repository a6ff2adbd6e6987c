"""What happens when a message about a referral to us comes, or when we learn how an answer of ours ended.

Messages come once each, in any order. What comes too late for the state something is in changes nothing.
"""

from datetime import date
from typing import Any

from waystation.accounts.models import Account
from waystation.accounts.roles import readers
from waystation.casework.asked import moving, receiving
from waystation.casework.asked.codes import NEWS, OPEN, TABLE, Act, AskedClock, State
from waystation.casework.asked.models import Asked, AskedDocument
from waystation.casework.problems import TooManyWaiting
from waystation.casework.referrals.codes import ANSWER_WITHIN, COMPARTMENT_OF, Priority, Service
from waystation.casework.referrals.hearing import exchange_of
from waystation.casework.referrals.problems import UnknownReferral
from waystation.casework.road import MOST_WAITING
from waystation.exchange.identity import exchange_actor
from waystation.exchange.kinds import Answered, Received
from waystation.kernel import clock
from waystation.kernel.actors import Compartment
from waystation.kernel.errors import Invalid
from waystation.people.codes import AgeBand, Sex
from waystation.people.tongues import LANGUAGES
from waystation.vault import new_person_key, seal

CODES: dict[str, Any] = {"service": Service, "priority": Priority, "age_band": AgeBand, "sex": Sex}


def offer(received: Received) -> None:
    """Somebody asks for help with somebody.

    Raises UnknownReferral, TooManyWaiting, Invalid for codes that are not ours.
    """
    if _known(received) is not None:
        return
    if Asked.objects.filter(peer=received.peer_id, state=State.ASKED).count() >= MOST_WAITING:
        raise TooManyWaiting
    body = received.body
    codes = {name: body[name] for name in CODES if name in body}
    for name, code in codes.items():
        if code not in CODES[name].values:
            raise Invalid({name: str(code)})
    row = Asked(
        peer_id=received.peer_id,
        exchange=exchange_of(received),
        compartment=_compartment(body["service"]),
        state_at=clock.now(),
        came_at=clock.now(),
        needed_by=_day(body.get("needed_by")),
        **codes,
    )
    new_person_key(row.pk)
    languages = tuple(code for code in body.get("languages", ()) if code in LANGUAGES)
    seal(row, "sealed", AskedDocument(languages=languages))
    row.save(force_insert=True)
    due, urgent = clock.now() + ANSWER_WITHIN[row.priority], row.priority == Priority.EMERGENCY
    moving.remind(received.by, row, AskedClock.ANSWER, due, immediate=urgent)
    moving.note(received.by, "heard.offer", row)


def content(received: Received) -> None:
    """What was agreed has come: the person is registered. Raises UnknownReferral, NotAccepted, TooLate, NobodyToTake,
    Invalid."""
    receiving.take(_asked(received), received)


def reply(received: Received) -> None:
    """They answer what we asked. Raises UnknownReferral."""
    row = _asked(received)
    if row.state in OPEN:
        moving.say(row, received.body["words"], at=received.came_at, theirs=True)
    moving.note(received.by, "heard.reply", row)


def withdraw(received: Received) -> None:
    """They take it back; before it came, that is kept until it comes."""
    row = _known(received)
    if row is None:
        _before_its_offer(received)
    elif TABLE.allows(row.state, Act.WITHDRAW):
        moving.withdraw(received.by, row, Act.WITHDRAW)


def answer_answered(ended: Answered) -> None:
    """Our answer came too late: it is over. Where nobody knows whether it came, it is said again."""
    row = _ours(ended)
    if row is None:
        return
    if ended.reason == "too-late" and row.state == State.ACCEPTED:
        moving.withdraw(exchange_actor(), row, Act.LOSE)
    elif ended.state == "given_up" and row.state == State.ACCEPTED:
        moving.tell_surely(exchange_actor(), row, moving.ANSWER, answer="accept")
    elif ended.state == "given_up" and row.state == State.DECLINED:
        moving.tell_surely(exchange_actor(), row, moving.ANSWER, answer="decline", reason=row.declined)


def news_answered(ended: Answered) -> None:
    """As an answer's; what is said again is how it stands now."""
    row = _ours(ended)
    if row is None or row.state not in NEWS:
        return
    if ended.reason == "too-late":
        moving.withdraw(exchange_actor(), row, Act.LOSE)
    elif ended.state == "given_up":
        moving.tell_surely(exchange_actor(), row, moving.NEWS, news=row.state)


def _known(received: Received) -> Asked | None:
    rows = Asked.objects.select_for_update(of=("self",))
    return rows.filter(exchange=exchange_of(received), peer=received.peer_id).first()


def _asked(received: Received) -> Asked:
    row = _known(received)
    if row is None:
        raise UnknownReferral
    return row


def _ours(ended: Answered) -> Asked | None:
    rows = Asked.objects.select_for_update(of=("self",))
    return rows.filter(pk=ended.subject).first() if ended.subject else None


def _compartment(service: str) -> Compartment:
    """Where it belongs: with the service; where nobody here opens that, with those who follow cases, so that somebody
    answers."""
    wanted = COMPARTMENT_OF.get(service, Compartment.BASIC)
    theirs = readers("asked.work", wanted)
    return wanted if Account.objects.filter(role__in=theirs, is_active=True).exists() else Compartment.PROTECTION


def _before_its_offer(received: Received) -> None:
    row = Asked.objects.create(
        peer_id=received.peer_id,
        exchange=exchange_of(received),
        compartment=Compartment.BASIC,
        state=State.WITHDRAWN,
        state_at=clock.now(),
        came_at=clock.now(),
    )
    moving.note(received.by, "heard.withdraw", row)


def _day(text: str | None) -> date | None:
    """A day as it stands in a message. Raises Invalid."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as problem:
        raise Invalid({"needed_by": str(text)}) from problem
