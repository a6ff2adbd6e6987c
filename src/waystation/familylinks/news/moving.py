"""How a message moves along its table, and what every move brings along: its day, clocks, the log, word to others."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from waystation.casework import road
from waystation.casework.followups import actions as followups
from waystation.casework.followups.codes import WaitingOn
from waystation.exchange import actions as exchange
from waystation.exchange.problems import PeerNotTrusted
from waystation.familylinks.news.codes import (
    HERE,
    OURS_AWAY,
    OURS_ENDED,
    PER_OFFICE,
    PLACE,
    TABLE,
    WAITING,
    WITHIN,
    Act,
    NewsClock,
    State,
)
from waystation.familylinks.news.documents import FAMILY_LINKS, AddressDocument, WordsDocument
from waystation.familylinks.news.models import NewsStep, RedCrossMessage
from waystation.kernel import clock, journal
from waystation.kernel.actors import Actor
from waystation.organisations.queries import own_organisation
from waystation.people.models import Consent
from waystation.vault import seal
from waystation.vault.sealing import open_for_keeping

MESSAGE, STATE, WITHDRAW = "news.message", "news.state", "news.withdraw"


def move(by: Actor, row: RedCrossMessage, act: str, *changed: str, office: str = "") -> None:
    """Move along the table, with its step, its clocks and its line in the log.

    `office` is where it stands after this, if not here. Raises WrongState.
    """
    row.state, row.state_at = TABLE.after(row.state, act), clock.now()
    row.save(update_fields=["state", "state_at", *changed])
    NewsStep.objects.create(message=row, state=row.state, at=row.state_at, office=office)
    followups.drop_all(by=by, subject=row.pk)
    if kind := _clock(row, act):
        remind(by, row, kind)
    journal.about(by, f"news.{act}", row)


def _clock(row: RedCrossMessage, act: str) -> NewsClock | None:
    if row.is_ours and act in OURS_ENDED:
        return NewsClock.TELL
    if row.is_here:
        return HERE.get(act)
    return OURS_AWAY.get(act) if row.is_ours else None


def remind(by: Actor, row: RedCrossMessage, kind: NewsClock) -> None:
    """Something is owed within the time of its clock."""
    followups.open_follow_up(
        by=by,
        kind=kind,
        subject=row.pk,
        compartment=FAMILY_LINKS,
        person_id=row.person_id,
        due_at=clock.now() + WITHIN[kind],
        owner=row.checked_by if row.state == State.RETURNED else None,
        waiting_on=WAITING.get(kind, WaitingOn.US),
    )


def answered(by: Actor, row: RedCrossMessage | None) -> None:
    """An answer to a message is on its way, or came."""
    if row is not None and TABLE.allows(row.state, Act.REPLY):
        move(by, row, Act.REPLY)


def write(row: RedCrossMessage, address: AddressDocument | None, words: WordsDocument | None) -> None:
    """Seal anew what is given; what is not stays."""
    if address is not None:
        seal(row, "address", address)
    if words is not None:
        seal(row, "words", words)
    row.save(update_fields=["address", "words"])


def opened(row: RedCrossMessage) -> tuple[AddressDocument, WordsDocument]:
    """Both documents, to move them on; nobody is shown anything."""
    address = open_for_keeping(row, AddressDocument) if row.address else AddressDocument()
    return address, open_for_keeping(row, WordsDocument) if row.words else WordsDocument()


def forget_words(row: RedCrossMessage) -> None:
    """The words are needed here no more."""
    row.words = None
    row.save(update_fields=["words"])


def take_back(by: Actor, row: RedCrossMessage) -> None:
    """The writer takes it back, or the office before us says so: the words go at once, here and further on."""
    row.words = None
    if row.state == State.DRAFT:
        row.address = None
    move(by, row, Act.WITHDRAW, "words", "address")
    if row.sent_to_id and not road.call_back(by, {MESSAGE}, row.pk):
        tell(by, row, row.sent_to_id, WITHDRAW, {})


def send_on(by: Actor, row: RedCrossMessage) -> UUID:
    """Queue the message itself to the office in `sent_to`; its number. Raises PeerNotTrusted, WrongCircle."""
    if row.sent_to_id is None:
        raise PeerNotTrusted
    address, words = opened(row)
    body: dict[str, Any] = {
        "exchange": row.exchange.bytes,
        "number": row.number,
        "reply_to": row.reply_to.exchange.bytes if row.reply_to else b"",
        "language": row.language,
        "written_on": row.made_at.date().isoformat(),
        "agreed_on": _day(address.agreed_on),
        "until": _day(address.until),
        "to": address.name,
        "parents": address.parents,
        "place": address.place,
        "phone": address.phone,
        "route": [*address.route, own_name()],
        "writer": words.writer,
        "words": words.words,
    }
    said = {name: value for name, value in body.items() if value}
    return exchange.send(by=by, peer_id=row.sent_to_id, kind=MESSAGE, subject=row.pk, body=said).pk


def tell_back(by: Actor, row: RedCrossMessage, *, office: str = "") -> None:
    """Tell the office that sent it to us where it stands now."""
    if row.came_from_id is None or row.state not in PLACE:
        return
    leg = len(opened(row)[0].route)
    said = {
        "state": row.state,
        "place": leg * PER_OFFICE + PLACE[row.state],
        "office": office or own_name(),
        "reason": row.failed,
    }
    tell(by, row, row.came_from_id, STATE, said)


def tell(by: Actor, row: RedCrossMessage, peer_id: UUID, kind: str, said: Mapping[str, Any]) -> None:
    """Send what is no content; to who is not trusted now nothing leaves, and that is noted."""
    body = {"exchange": row.exchange.bytes, **{name: value for name, value in said.items() if value != ""}}
    try:
        exchange.send(by=by, peer_id=peer_id, kind=kind, subject=row.pk, body=body)
    except PeerNotTrusted:
        journal.about(by, "news.untold", row)


def own_name() -> str:
    """What this office is called on the road of a message."""
    own = own_organisation()
    return own.name if own else ""


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def consent_withdrawn(by: Actor, consent: Consent) -> None:
    """The writer takes the consent back: what was not delivered never is. Inside that action."""
    for row in RedCrossMessage.objects.select_for_update(of=("self",)).filter(consent=consent):
        if TABLE.allows(row.state, Act.WITHDRAW):
            take_back(by, row)
