"""Two nodes in one: what leaves for the other organisation is opened there by the protocol, and comes back from it.

Every node gives and takes, in two tables that share nothing. So one node may play both sides of a handover, with the
far node as the road between them: it opens each envelope with its own keys and sends its body on, as its own message.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.exchange.far import Far
from tests.people.factories import registered
from waystation.casework.cases import actions as cases
from waystation.casework.cases.models import Case
from waystation.casework.handover import giving
from waystation.casework.handover.models import Given, Offered
from waystation.exchange import inbox, outbox, wire
from waystation.exchange.models import Outgoing
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people.documents import ConsentDocument

FIELDS = ("name", "born", "languages", "phone", "reason", "plan")


@dataclass
class Road:
    """What has left and has not come; who calls decides what comes, how often, in what order."""

    far: Far
    seen: set[UUID] = field(default_factory=set)
    waiting: list[tuple[UUID, UUID, bytes]] = field(default_factory=list)
    said: list[wire.Message] = field(default_factory=list)
    room: str = "handover."

    def gather(self, most: int | None = None) -> None:
        """Take what has newly left onto the road; with `most`, the line is cut after so many."""
        for row in Outgoing.objects.filter(peer=self.far.id).exclude(pk__in=self.seen).order_by("seq")[:most]:
            self.seen.add(row.pk)
            outbox.left([row.pk])
            message = self.far.opened(bytes(row.envelope.file))
            self.said.append(message)
            if message.kind.startswith(self.room):
                back = self.far.message(message.kind, message.body)
                self.waiting.append((row.pk, back.id, self.far.sealed(back)))

    def come(self, place: int = 0, *, again: bool = False) -> str:
        """Let one come, and its receipt go back; how it ended."""
        sent, came, file = self.waiting[place] if again else self.waiting.pop(place)
        (receipt,) = inbox.take(file, "stick")
        code = str(self.far.opened(receipt).body["refused"].get(came.hex, ""))
        inbox.take(self.far.receipt(ids=[sent.bytes], refused={sent.hex: code} if code else {}), "stick")
        self.gather()
        return code

    def come_only(self) -> None:
        """Let one come, while the line that brings more is cut."""
        sent, _came, file = self.waiting.pop(0)
        inbox.take(file, "stick")
        inbox.take(self.far.receipt(ids=[sent.bytes]), "stick")

    def through(self) -> list[str]:
        """Let everything come, and all that it leads to; the codes of what was refused."""
        self.gather()
        codes = []
        while self.waiting:
            codes.append(self.come())
        return [code for code in codes if code]


def case_of(by: Actor, supervisor: Actor, **said: Any) -> Case:
    """A case that a supervisor lets go."""
    identity = {"phone": "+49 170 5550123", "birth_year": 1994, "languages": ("tir",)} | said
    person = registered(by, "Selam", "Tesfaye", **identity).person
    draft = cases.CaseDraft(kind="general", risk="high", reason="Threatened on the road", wishes="To reach her sister")
    case = cases.open_case(by=by, person_id=person.pk, draft=draft)
    let_go(by, supervisor, case)
    return case


def let_go(by: Actor, supervisor: Actor, case: Case) -> None:
    """The supervisor agrees that somebody else takes over."""
    review = cases.ask_supervisor(by=by, case_id=case.pk, of="closure", closing="handed_over")
    cases.decide(by=supervisor, review_id=review.pk, act="approve")


def draft(far: Far, **said: Any) -> giving.Draft:
    """To the far node, until next week."""
    wanted: dict[str, Any] = {
        "peer_id": far.id,
        "recipient_kind": "society",
        "until": clock.today() + timedelta(days=7),
        "asked": ("shelter",),
        "fields": FIELDS,
    }
    return giving.Draft(**wanted | said)


def agreed(by: Actor, case: Case, far: Far, *, tell_back: bool = True, **said: Any) -> Given:
    """A handover to which the person agreed."""
    row = giving.begin(by=by, case_id=case.pk, draft=draft(far, **said))
    return giving.agree(
        by=by,
        handover_id=row.pk,
        document=ConsentDocument(read_back=True),
        expires_on=clock.today() + timedelta(days=30),
        tell_back=tell_back,
    )


def other_side(row: Given) -> Offered:
    """What the same handover is at who is asked."""
    return Offered.objects.get(exchange=row.pk)
