"""What happens when a message about an enclosure comes, or when we learn how a part of ours ended."""

from uuid import UUID

from waystation.casework.handover import moving
from waystation.casework.handover.codes import LEFT
from waystation.casework.handover.enclosures import coming, going
from waystation.casework.handover.enclosures.codes import ENCLOSURES, OPEN, EnclosureAct, EnclosureState
from waystation.casework.handover.models import EnclosureGoing, Given, Offered
from waystation.casework.handover.problems import UnknownHandover
from waystation.casework.problems import TooLate
from waystation.exchange import actions as exchange
from waystation.exchange.codes import SentState
from waystation.exchange.identity import exchange_actor
from waystation.exchange.kinds import Answered, Received
from waystation.exchange.queries import sent_about
from waystation.people import coverage, permission
from waystation.people.models import Consent

UNWANTED = frozenset({TooLate.code, UnknownHandover.code})
ENDS = {EnclosureState.KEPT.value: EnclosureAct.KEEP, EnclosureState.FAILED.value: EnclosureAct.FAIL}


def part(received: Received) -> None:
    """A part of an enclosure comes. Raises UnknownHandover, TooLate, NotAnnounced, Invalid."""
    coming.take_part(received.by, _offered(received), _number(received, "file"), received.body)


def again(received: Received) -> None:
    """What came there is not what we sent: all of it goes once more, if it still may. Raises UnknownHandover."""
    consents = _consents_locked(received)
    row, enclosure = _enclosure(received)
    if not ENCLOSURES.allows(enclosure.state, EnclosureAct.WRONG):
        return
    going.move(received.by, row, enclosure, EnclosureAct.WRONG)
    if enclosure.state != EnclosureState.AGAIN:
        return
    stands = row.consent is not None and permission.stands(row.consent, consents)
    if enclosure.file is not None and row.state in LEFT and stands:
        going.queue(received.by, row, enclosure)
        return
    going.move(received.by, row, enclosure, EnclosureAct.FAIL)
    moving.tell_surely(received.by, row, "handover.file_stop", file=enclosure.pk.bytes)


def end(received: Received) -> None:
    """An enclosure is whole there, or does not become it. Raises UnknownHandover."""
    row, enclosure = _enclosure(received)
    act = ENDS.get(received.body["end"])
    if act is not None and ENCLOSURES.allows(enclosure.state, act):
        going.move(received.by, row, enclosure, act)


def stop(received: Received) -> None:
    """They do not want an enclosure to come any more. Raises UnknownHandover, NotAnnounced."""
    coming.stop_one(received.by, _offered(received), _number(received, "file"))


def part_answered(ended: Answered) -> None:
    """A part of ours that they did not take, or that nobody can open any more: the rest of the enclosure stays here."""
    if ended.subject is None or ended.state not in {"refused", "given_up"}:
        return
    rows = EnclosureGoing.objects.select_for_update(of=("self",)).select_related("given")
    enclosure = rows.filter(pk=ended.subject).first()
    if enclosure is None or enclosure.state not in OPEN:
        return
    by = exchange_actor()
    for sent in sent_about(enclosure.pk).filter(state=SentState.WAITING):
        exchange.take_back(by=by, message_id=sent.pk)
    going.move(by, enclosure.given, enclosure, EnclosureAct.STOP if ended.reason in UNWANTED else EnclosureAct.FAIL)


def _consents_locked(received: Received) -> list[Consent]:
    """Before the handover itself, as everything does from which something leaves (`giving`)."""
    rows = Given.objects.filter(pk=_number(received, "exchange"), peer=received.peer_id)
    person = rows.values_list("person", flat=True).first()
    if person is None:
        raise UnknownHandover
    return coverage.locked(person)


def _enclosure(received: Received) -> tuple[Given, EnclosureGoing]:
    rows = Given.objects.select_for_update(of=("self",)).select_related("case", "peer", "consent")
    row = rows.filter(pk=_number(received, "exchange"), peer=received.peer_id).first()
    enclosure = row.enclosures.select_for_update().filter(pk=_number(received, "file")).first() if row else None
    if row is None or enclosure is None:
        raise UnknownHandover
    return row, enclosure


def _offered(received: Received) -> Offered:
    rows = Offered.objects.select_for_update(of=("self",))
    row = rows.filter(exchange=_number(received, "exchange"), peer=received.peer_id).first()
    if row is None:
        raise UnknownHandover
    return row


def _number(received: Received, name: str) -> UUID:
    try:
        return UUID(bytes=received.body[name])
    except ValueError as problem:
        raise UnknownHandover from problem
