"""Making one of the four nodes, step by step, through the same actions as pages use.

Each node is a process of its own. Whoever starts them asks every node for the same step, and carries between two steps
what waits, as files; what one node says (`Said`) all others are told.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from django.conf import settings

from waystation.accounts.setup import set_up
from waystation.casework.handover import giving, taking
from waystation.casework.handover.models import Offered
from waystation.demo.accounts import PASSPHRASE
from waystation.demo.arrivals import arrive
from waystation.demo.handover import agreed, begun
from waystation.demo.road.nodes import HEADQUARTERS, POST, ROAD, RoadNode, node_in, port_of
from waystation.demo.road.people import ACCEPTED, AGREED, HANDINGS, OFFERED, SENT, Handing
from waystation.demo.staff import at_work, equip, hire, unlock
from waystation.exchange import actions as exchange
from waystation.exchange import descriptors, folders, identity
from waystation.exchange.models import Peer
from waystation.kernel.actors import Actor
from waystation.organisations.actions import change_post
from waystation.organisations.models import Post

Said = dict[str, str]
"""What a node tells the others: its descriptor by its name, the numbers of its handovers by whose they are."""


def here() -> RoadNode:
    """The node of this process."""
    return node_in(settings.DATA)


def make(_said: Said) -> Said:
    """The node itself and who works there; it is unlocked afterwards."""
    node = here()
    made = set_up(
        organisation=node.organisation,
        country=node.country,
        post=node.post,
        handle=node.coordinator.handle,
        passphrase=PASSPHRASE,
    )
    posts = {post.name: post for post in Post.objects.all()}
    equip(made.account, node.coordinator, posts)
    equip(hire(node.caseworker), node.caseworker, posts)
    change_post(by=_officer(), post_id=posts[node.post].pk, kind=node.kind, hours="07:00-21:00")
    return {}


def open_again(_said: Said) -> Said:
    """Unlocked, as its officer would."""
    unlock(here().coordinator)
    return {}


def introduce(_said: Said) -> Said:
    """Where it is reached, and its descriptor."""
    node = here()
    addresses = [f"http://127.0.0.1:{port_of(node, settings.DEMO_ROAD)}"] if node.has_address else []
    if identity.required().addresses != addresses:
        exchange.announce(by=_officer(), addresses=addresses)
    return {node.name: descriptors.to_text(bytes(identity.required().descriptor))}


def meet(said: Said) -> Said:
    """The others are known and trusted; the headquarters hold the mail of the post, which nobody reaches."""
    by, met = _officer(), {}
    for name, text in said.items():
        if name != here().name:
            peer = exchange.meet(by=by, file=descriptors.from_text(text))
            if peer.compared_at is None:
                exchange.trust(by=by, peer_id=peer.pk, words=exchange.fingerprint_of(peer))
            met[name] = peer.pk
    if here() is not POST:
        holds = here() is HEADQUARTERS
        relay = None if holds else met[HEADQUARTERS.name]
        exchange.route(by=by, peer_id=met[POST.name], relay_id=relay, holds_mail=holds)
    return {}


def offer(_said: Said) -> Said:
    """Whom this node hands over; each with their yes, and offered where it has come that far."""
    by, said = _caseworker(), {}
    for one in _given(AGREED):
        person = arrive(one.who, by)[one.key]
        peer = Peer.objects.get(name=one.taker.organisation)
        row = begun(person, by=by, supervisor=_officer(), peer=peer, why=one.why, asked=one.asked)
        agreed(row, by)
        if one.has_come_to(OFFERED):
            giving.offer(by=by, handover_id=row.pk)
        said[one.key] = str(row.pk)
    return said


def accept(said: Said) -> Said:
    """What is taken over here."""
    for one in _taken(ACCEPTED):
        taking.accept(by=_caseworker(), offered_id=_offered(one, said).pk)
    return {}


def send(said: Said) -> Said:
    """What was agreed leaves."""
    for one in _given(SENT):
        giving.send(by=_caseworker(), handover_id=UUID(said[one.key]))
    return {}


def tell(said: Said) -> Said:
    """The person arrived and was met; who handed them over hears it."""
    for one in _taken(SENT):
        for news in ("arrived", "seen"):
            taking.tell_news(by=_caseworker(), offered_id=_offered(one, said).pk, news=news)
    return {}


def put_out(_said: Said) -> Said:
    """What waits, as files in a folder of this node's own."""
    shutil.rmtree(_between(here()), ignore_errors=True)
    folders.export(by=_officer(), folder=_between(here()))
    return {}


def take_in(_said: Said) -> Said:
    """What the others put into theirs."""
    for node in ROAD:
        if node is not here():
            folders.take_in(by=_officer(), folder=_between(node))
    return {}


STEPS: dict[str, Callable[[Said], Said]] = {
    step.__name__: step for step in (make, open_again, introduce, meet, offer, accept, send, tell, put_out, take_in)
}
CARRY = ("put_out", "take_in")
FIRST_TIME = ("make", "introduce", "meet", "offer", *CARRY, "accept", *CARRY, "send", *CARRY, "tell", *CARRY, *CARRY)
"""The steps of a road that is made; the last files are receipts."""
AGAIN = ("open_again", "introduce", "meet")
"""The steps of a road that is there already: its ports may be others now."""
BETWEEN = "first-mail"
"""The folder for what is carried while the road is made; each node has one in it."""


def _between(node: RoadNode) -> Path:
    return Path(settings.DATA).parent / BETWEEN / node.name


def _officer() -> Actor:
    return at_work(here().coordinator.handle)


def _caseworker() -> Actor:
    return at_work(here().caseworker.handle)


def _given(stage: str) -> list[Handing]:
    return [one for one in HANDINGS if one.giver is here() and one.has_come_to(stage)]


def _taken(stage: str) -> list[Handing]:
    return [one for one in HANDINGS if one.taker is here() and one.has_come_to(stage)]


def _offered(one: Handing, said: Said) -> Offered:
    return Offered.objects.get(exchange=UUID(said[one.key]))
