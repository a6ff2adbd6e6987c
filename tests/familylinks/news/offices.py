"""Another office, played by the protocol alone, and a message brought to where a test begins."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.exchange.far import Far
from tests.people.factories import registered
from waystation.exchange import inbox, outbox, wire
from waystation.exchange.models import Outgoing
from waystation.familylinks.news.actions import carrying, writing
from waystation.familylinks.news.documents import AddressDocument
from waystation.familylinks.news.models import RedCrossMessage
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people.documents import ConsentDocument

WORDS = "We are well. Little Yusuf walks now. Write to the blue house by the mill."
TO = AddressDocument(name="Amina Warsame", parents="Warsame and Hodan", place="Mill road, by the well", phone="")


@dataclass
class Office:
    """It hears what is sent to it, and says what its own node would say."""

    name: str
    far: Far = field(default_factory=Far)
    heard: set[UUID] = field(default_factory=set)

    @property
    def id(self) -> UUID:
        return self.far.id

    def hears(self, *, refuses: str = "") -> list[wire.Message]:
        """What has newly left for it; the receipt goes back."""
        found = []
        for row in Outgoing.objects.filter(peer=self.far.id).exclude(pk__in=self.heard).order_by("seq"):
            self.heard.add(row.pk)
            outbox.left([row.pk])
            found.append(self.far.opened(bytes(row.envelope.file)))
            refused = {row.pk.hex: refuses} if refuses else {}
            inbox.take(self.far.receipt(ids=[row.pk.bytes], refused=refused), "stick")
        return found

    def says(self, kind: str, **body: Any) -> str:
        """A message of its; the code with which it was refused, if it was."""
        message = self.far.message(f"{kind}/1", body)
        (receipt,) = inbox.take(self.far.sealed(message), "stick")
        return str(self.far.opened(receipt).body["refused"].get(message.id.hex, ""))

    def brings(self, **changes: Any) -> RedCrossMessage:
        """Family news comes from here."""
        body: dict[str, Any] = {
            "exchange": uuid4().bytes,
            "number": "N-23456789",
            "written_on": clock.today().isoformat(),
            "agreed_on": clock.today().isoformat(),
            "until": (clock.today() + timedelta(days=90)).isoformat(),
            "to": TO.name,
            "place": TO.place,
            "route": [self.name],
            "writer": "Hawa Warsame",
            "words": WORDS,
            "language": "som",
        }
        assert self.says("news.message", **body | changes) == ""
        return RedCrossMessage.objects.get(exchange=UUID(bytes=(body | changes)["exchange"]))


def begun(
    by: Actor, *, office: Office | None = None, words: str = WORDS, person: UUID | None = None
) -> RedCrossMessage:
    """A draft of somebody new, by way of an office or by our own hands."""
    person_id = person or registered(by, "Hawa", "Warsame", languages=("som",)).person.pk
    draft = writing.Draft(words=words, address=TO, language="som", office_id=office.id if office else None)
    return writing.begin(by=by, person_id=person_id, draft=draft)


def handed_in(by: Actor, **said: Any) -> RedCrossMessage:
    """One that its writer wants to go."""
    return wished(by, begun(by, **said))


def wished(by: Actor, row: RedCrossMessage) -> RedCrossMessage:
    """The writer heard it and said yes."""
    until = clock.today() + timedelta(days=90)
    return writing.hand_in(by=by, message_id=row.pk, document=ConsentDocument(read_back=True), expires_on=until)


def checked(by: Actor, checker: Actor, **said: Any) -> RedCrossMessage:
    """One against which nothing stands."""
    return carrying.check(by=checker, message_id=handed_in(by, **said).pk)


def sent(by: Actor, checker: Actor, office: Office, **said: Any) -> RedCrossMessage:
    """One that is on its way."""
    row = checked(by, checker, office=office, **said)
    return carrying.send(by=checker, message_id=row.pk, office_id=office.id)


def again(row: RedCrossMessage) -> RedCrossMessage:
    """The row as it stands now."""
    return RedCrossMessage.objects.select_related("person", "office", "sent_to", "came_from", "reply_to").get(pk=row.pk)
