"""Two nodes in one: who publishes and who asks are tables that share nothing, with the far node as the road."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.casework.handover import mirror
from tests.exchange.far import Far
from tests.exchange.test_circle_road import circle_of, signed, told
from tests.familylinks.factories import searching
from tests.people.factories import registered
from waystation.exchange import cbor, outbox, wire
from waystation.exchange.circles import actions as circling
from waystation.exchange.models import Outgoing
from waystation.familylinks.asking import housekeeping, resolving, road
from waystation.familylinks.asking.codes import PUBLICATION, QUERY
from waystation.familylinks.asking.models import Answered, Asking
from waystation.familylinks.asking.protocol.publication import CONTEXT
from waystation.familylinks.tracing.documents import NamePart
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people import actions as people
from waystation.people.codes import Purpose, RecipientKind
from waystation.people.documents import ConsentDocument
from waystation.people.models import Person

CIRCLE = "Family links of the coast"
BROTHER = (
    NamePart(kind="given", text="ሚካኤል"),
    NamePart(kind="father", text="ተኽለ"),
    NamePart(kind="grandfather", text="ገብረ"),
)
STRANGER = (
    NamePart(kind="given", text="Leila"),
    NamePart(kind="father", text="Rostam"),
    NamePart(kind="family", text="Nasseri"),
)


@dataclass
class Road(mirror.Road):
    """The road of questions. What we publish comes back signed by the far node, as if it were its own."""

    room: str = "trace."

    def gather(self, most: int | None = None) -> None:
        """Take what has newly left onto the road."""
        for row in Outgoing.objects.filter(peer=self.far.id).exclude(pk__in=self.seen).order_by("seq")[:most]:
            self.seen.add(row.pk)
            outbox.left([row.pk])
            message = self.far.opened(bytes(row.envelope.file))
            self.said.append(message)
            if message.kind.startswith(self.room):
                back = self.far.message(message.kind, self._theirs(message))
                self.waiting.append((row.pk, back.id, self.far.sealed(back)))

    def _theirs(self, message: wire.Message) -> dict[str, Any]:
        if message.kind != f"{PUBLICATION}/1":
            return dict(message.body)
        raw, _signature = cbor.decode(message.body["file"])
        raw = cbor.encode(cbor.decode(raw) | {"node": self.far.id.bytes})
        return {"file": cbor.encode([raw, self.far.signing.sign(CONTEXT + raw)])}

    def hour(self) -> list[str]:
        """Everything comes; the answers of the hour leave and come, and all that they lead to."""
        codes = self.through()
        Answered.objects.filter(left_at__isnull=True).update(leaves_at=clock.now())
        housekeeping.leave()
        codes += self.through()
        resolving.look()
        return codes

    def of_kind(self, code: str) -> list[wire.Message]:
        """What left of one kind."""
        return [message for message in self.said if message.kind == f"{code}/1"]


def joined(far: Far, coordinator: Actor, *, begins: tuple[str, ...] = (PUBLICATION, QUERY)) -> UUID:
    """A circle of us and the far node, which binds us."""
    circle = circle_of(far, ours=begins, theirs=begins, name=CIRCLE)
    told(far, signed(circle, far, ours=True))
    circling.join(by=coordinator, circle_id=circle.id)
    return circle.id


def findable(by: Actor, person: Person, **said: Any) -> Person:
    """The person says yes to being found by the family."""
    people.give_consent(
        by=by,
        person_id=person.pk,
        purpose=Purpose.TRACING,
        recipient_kind=said.pop("kind", RecipientKind.FAMILY),
        document=ConsentDocument(read_back=True, **said),
        expires_on=clock.today() + timedelta(days=200),
    )
    return person


def brother(by: Actor) -> Person:
    """In the book in another script, a year older, and findable."""
    found = registered(by, "Mikael", "Tekle Gebre", birth_year=2000, origin="ER", sex="male").person
    return findable(by, found)


def asked(by: Actor, enquirer: Person, **said: Any) -> Asking:
    """The road is asked about a brother."""
    document = {"names": BROTHER, "birth_year": 1999, "country": "ER", "may_ask": ("nodes",)} | said
    row = searching(by, enquirer, **document)
    return road.ask(by=by, request_id=row.pk, checked_by="document")


def claimed(by: Actor, enquirer: Person, road: Road, **said: Any) -> Asking:
    """Asked, answered, claimed."""
    row = asked(by, enquirer, **said)
    assert road.hour() == []
    return row
