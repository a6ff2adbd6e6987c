"""What happens when a message about a request comes, or when we learn how one of ours ended.

Messages come once each, in any order. What comes too late for the state something is in changes nothing.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from waystation.casework.cases.codes import KINDS, CaseKind
from waystation.casework.handover import told as handed
from waystation.casework.problems import NotAccepted, TooLate
from waystation.casework.referrals.queries import kind_of_node
from waystation.casework.requests import moving, queries, telling
from waystation.casework.requests.codes import (
    ANSWER_WITHIN,
    ANSWERER,
    ASKER,
    FIND_FIELDS,
    FIND_WITHIN,
    LONGEST,
    LOOK_WITHIN,
    OVER,
    PART_CODES,
    QUESTION_WITHIN,
    TELL_WIRE,
    WHO_WITHIN,
    AnswererAct,
    Answering,
    AskerAct,
    Asking,
    Refusal,
    RequestClock,
    Why,
)
from waystation.casework.requests.documents import AskedDocument, FoundDocument, TheirDocument
from waystation.casework.requests.models import Found, OurRequest, TheirRequest
from waystation.casework.requests.problems import TooMany, UnknownRequest
from waystation.exchange.identity import exchange_actor
from waystation.exchange.kinds import Answered, Received
from waystation.exchange.models import Peer
from waystation.kernel import clock
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid
from waystation.people import cleaning
from waystation.people.actions import AuthorityRefused
from waystation.people.codes import AgeBand, GivenBy, RecipientKind, Sex
from waystation.people.tongues import LANGUAGES
from waystation.vault import new_person_key, seal
from waystation.vault.sealing import open_for_keeping

GIVEN_UP, REFUSED = "given_up", "refused"
STATED = ("consent_on", "consent_until", "consent_given_by", "consent_language", "consent_read_back")


def ask(received: Received) -> None:
    """Somebody asks what we know, without a name.

    Raises Invalid for codes that are not ours, TooMany, AuthorityRefused.
    """
    if _known(received) is not None:
        return
    body, peer = received.body, Peer.objects.get(pk=received.peer_id)
    if kind_of_node(peer, RecipientKind.OTHER) == RecipientKind.AUTHORITY:
        raise AuthorityRefused
    if queries.theirs_too_many(peer.pk):
        raise TooMany
    row = TheirRequest(
        peer=peer,
        exchange=exchange_of(received),
        state_at=clock.now(),
        came_at=clock.now(),
        until=_until(body["until"]),
        **{name: body[name] for name in ("case_kind", "why", "age_band", "sex")},
    )
    for codes, value in ((CaseKind, row.case_kind), (Why, row.why), (AgeBand, row.age_band), (Sex, row.sex)):
        if value not in codes.values:
            raise Invalid({"": str(value)})
    when = body.get("when", "")
    if when and not cleaning.is_when(when):
        raise Invalid({"when": when})
    row.compartment = KINDS[CaseKind(row.case_kind)].compartment
    new_person_key(row.pk)
    languages = tuple(code for code in body.get("languages", ()) if code in LANGUAGES)
    parts = tuple(code for code in PART_CODES if code in body["parts"])
    seal(row, "sealed", TheirDocument(languages=languages, parts=parts, when=when))
    row.save(force_insert=True)
    due = min(clock.now() + ANSWER_WITHIN, clock.end_of(row.until)) if row.until else clock.now() + ANSWER_WITHIN
    moving.remind(received.by, row, RequestClock.DECIDE, due)
    moving.note(received.by, "requests.heard.ask", row)


def answer(received: Received) -> None:
    """They will look, refuse or ask; or they answer what we asked. Raises UnknownRequest, TooLate, Invalid."""
    acts: dict[str, Callable[[Received], None]] = {
        "accept": _accepted,
        "refuse": _refused,
        "ask": _asked_back,
        "reply": _replied,
    }
    act = acts.get(received.body["answer"])
    if act is None:
        raise Invalid({"answer": received.body["answer"]})
    act(received)


def _accepted(received: Received) -> None:
    row = _ours(received)
    if row.state in OVER:
        raise TooLate
    if ASKER.allows(row.state, AskerAct.ACCEPT):
        moving.ours(received.by, row, AskerAct.ACCEPT)
        moving.remind(received.by, row, RequestClock.WHO, clock.now() + WHO_WITHIN)


def _refused(received: Received) -> None:
    row = _ours(received)
    if ASKER.allows(row.state, AskerAct.REFUSE):
        reason = received.body.get("reason", "")
        row.refused = reason if reason in Refusal.values else Refusal.OTHER
        moving.ours(received.by, row, AskerAct.REFUSE, "refused")
        _look(received.by, row)


def _asked_back(received: Received) -> None:
    row = _ours(received)
    if row.state in {Asking.ASKED, Asking.ACCEPTED}:
        moving.say(row, received.body.get("words", ""), at=received.came_at, theirs=True)
        moving.remind(received.by, row, RequestClock.QUESTION, clock.now() + QUESTION_WITHIN)
    moving.note(received.by, "requests.heard.asked_back", row)


def _replied(received: Received) -> None:
    row = _theirs(received)
    moving.say(row, received.body.get("words", ""), at=received.came_at, theirs=True)
    moving.note(received.by, "requests.heard.reply", row)


def who(received: Received) -> None:
    """Whom they mean, and the consent they state. Raises UnknownRequest, TooLate, NotAccepted, Invalid."""
    row = _theirs(received)
    if row.state == Answering.ASKED:
        raise NotAccepted
    if row.state in {Answering.WITHDRAWN, Answering.LAPSED, Answering.REFUSED}:
        raise TooLate
    if not ANSWERER.allows(row.state, AnswererAct.NAME):
        return
    body = received.body
    said = telling.checked({name: body[name] for name in FIND_FIELDS if name in body})
    for name in ("consent_on", "consent_until"):
        telling.day_of(body[name])
    if body["consent_given_by"] not in GivenBy.values:
        raise Invalid({"consent_given_by": body["consent_given_by"]})
    stated = {name: body[name] for name in STATED}
    seal(row, "sealed", replace(open_for_keeping(row, TheirDocument), who=handed.kept(said | stated)))
    moving.theirs(received.by, row, AnswererAct.NAME, "sealed")
    moving.remind(received.by, row, RequestClock.FIND, clock.now() + FIND_WITHIN)


def told(received: Received) -> None:
    """What they tell: kept beside our own record, field by field. Raises UnknownRequest, TooLate, Invalid."""
    row = _ours(received)
    if row.state in OVER:
        raise TooLate
    if not ASKER.allows(row.state, AskerAct.TELL):
        return
    parts = open_for_keeping(row, AskedDocument).parts
    asked = {name for code in parts for name in TELL_WIRE[code]}
    said = telling.checked({name: value for name, value in received.body.items() if name in asked})
    for name, value in said.items():
        found = Found(request=row, name=name, came_at=received.came_at)
        seal(found, "sealed", FoundDocument(value=json.dumps(value)))
        found.save(force_insert=True)
    moving.ours(received.by, row, AskerAct.TELL)
    _look(received.by, row)


def nothing(received: Received) -> None:
    """They have nothing to tell. Raises UnknownRequest, TooLate."""
    row = _ours(received)
    if row.state in OVER:
        raise TooLate
    if ASKER.allows(row.state, AskerAct.NOTHING):
        moving.ours(received.by, row, AskerAct.NOTHING)
        _look(received.by, row)


def withdraw(received: Received) -> None:
    """They take the question back: we stop and forget whom they mean, and what waits to be told never leaves.

    Before the question came, that is kept until it comes.
    """
    row = _known(received)
    if row is None:
        _before_its_question(received)
    elif ANSWERER.allows(row.state, AnswererAct.WITHDRAW):
        moving.nothing_instead(received.by, row)
        moving.theirs(received.by, row, AnswererAct.WITHDRAW, "person", "consent")


def ask_answered(ended: Answered) -> None:
    """A question that they could not take, or that nobody can open any more."""
    _failed(ended)


def who_answered(ended: Answered) -> None:
    """They could not take whom we mean, or nobody knows whether it came: they are told to forget it."""
    row = _failed(ended)
    if row is not None:
        moving.tell_surely(exchange_actor(), row, moving.WITHDRAW)


def answer_answered(ended: Answered) -> None:
    """Our yes came too late, and nobody is named. Where nobody knows whether an answer came, it is said again."""
    row = _theirs_of(ended)
    if row is None:
        return
    by = exchange_actor()
    if ended.state == REFUSED and row.state == Answering.ACCEPTED:
        moving.theirs(by, row, AnswererAct.LOSE)
    elif ended.state == GIVEN_UP and row.state == Answering.ACCEPTED:
        moving.tell_surely(by, row, moving.ANSWER, answer="accept")
    elif ended.state == GIVEN_UP and row.state == Answering.REFUSED:
        moving.tell_surely(by, row, moving.ANSWER, answer="refuse", reason=row.refused)


def told_answered(ended: Answered) -> None:
    """It came too late, and nothing of it is kept there."""
    row = _theirs_of(ended)
    if row is not None and ended.state == REFUSED and ANSWERER.allows(row.state, AnswererAct.LOSE):
        moving.theirs(exchange_actor(), row, AnswererAct.LOSE)


def nothing_answered(ended: Answered) -> None:
    """It came too late; where nobody knows whether it came, it is said again."""
    told_answered(ended)
    row = _theirs_of(ended)
    if row is not None and ended.state == GIVEN_UP and row.state == Answering.NOTHING:
        moving.tell_surely(exchange_actor(), row, moving.NOTHING)


def withdraw_answered(ended: Answered) -> None:
    """Where nobody knows whether it came, it is said again."""
    row = _ours_of(ended)
    if row is not None and ended.state == GIVEN_UP:
        moving.tell_surely(exchange_actor(), row, moving.WITHDRAW)


def exchange_of(received: Received) -> UUID:
    """What both sides call the request. Raises UnknownRequest."""
    try:
        return UUID(bytes=received.body["exchange"])
    except ValueError as problem:
        raise UnknownRequest from problem


def _failed(ended: Answered) -> OurRequest | None:
    """Write that it did not reach them, where that ends it; the request then."""
    row = _ours_of(ended)
    if row is None or ended.state not in {REFUSED, GIVEN_UP} or not ASKER.allows(row.state, AskerAct.FAIL):
        return None
    by = exchange_actor()
    row.refused = ended.reason[:60]
    moving.ours(by, row, AskerAct.FAIL, "refused")
    _look(by, row)
    return row


def _look(by: Actor, row: OurRequest) -> None:
    moving.remind(by, row, RequestClock.LOOK, clock.now() + LOOK_WITHIN)


def _until(text: str) -> date:
    """Until when an answer is asked for; no longer than any may be."""
    today = clock.today()
    return min(max(telling.day_of(text), today - timedelta(days=1)), today + LONGEST)


def _ours(received: Received) -> OurRequest:
    rows = OurRequest.objects.select_for_update(of=("self",))
    row = rows.filter(pk=exchange_of(received), peer=received.peer_id).first()
    if row is None:
        raise UnknownRequest
    return row


def _known(received: Received) -> TheirRequest | None:
    rows = TheirRequest.objects.select_for_update(of=("self",))
    return rows.filter(exchange=exchange_of(received), peer=received.peer_id).first()


def _theirs(received: Received) -> TheirRequest:
    row = _known(received)
    if row is None:
        raise UnknownRequest
    return row


def _ours_of(ended: Answered) -> OurRequest | None:
    rows = OurRequest.objects.select_for_update(of=("self",))
    return rows.filter(pk=ended.subject).first() if ended.subject else None


def _theirs_of(ended: Answered) -> TheirRequest | None:
    rows = TheirRequest.objects.select_for_update(of=("self",))
    return rows.filter(pk=ended.subject).first() if ended.subject else None


def _before_its_question(received: Received) -> None:
    row = TheirRequest.objects.create(
        peer_id=received.peer_id,
        exchange=exchange_of(received),
        compartment=Compartment.BASIC,
        state=Answering.WITHDRAWN,
        state_at=clock.now(),
        came_at=clock.now(),
    )
    moving.note(received.by, "requests.heard.withdraw", row)
