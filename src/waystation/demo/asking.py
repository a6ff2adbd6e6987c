"""Asking the road in the demo: a neighbour publishes, we do, and the neighbour may look for somebody here."""

import hashlib
from collections.abc import Mapping
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from waystation.demo.coming import came
from waystation.exchange import identity
from waystation.exchange.circles import rules
from waystation.exchange.models import Peer
from waystation.familylinks.asking import finding, hearing, holding, housekeeping, resolving
from waystation.familylinks.asking.codes import CLAIM, LASTS, PART, PUBLICATION, QUERY
from waystation.familylinks.asking.documents import KeyDocument
from waystation.familylinks.asking.models import Answered, OwnPublication
from waystation.familylinks.asking.protocol import golomb, publication, questions, ristretto, tokens
from waystation.familylinks.asking.protocol.publication import Publication
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.vault.sealing import open_for_keeping

SOUGHT = "Xaliimo"


def may_ask(node: UUID, signing: Ed25519PrivateKey, circle: UUID) -> None:
    """The neighbour publishes many people of whom we can read nothing: the road can be asked."""
    if not ristretto.is_there():
        return
    tags = golomb.build(golomb.heads_of([]), golomb.SPREAD)
    made = Publication(
        id=uuid4(),
        node=node,
        circle=circle,
        key=questions.new_keys().public,
        people=90,
        slots=golomb.SPREAD,
        facts=publication.FOUR,
        digest=hashlib.sha256(tags).digest(),
        size=len(tags),
        at=clock.now(),
        until=clock.now() + LASTS,
    )
    hearing.published(came(node, PUBLICATION, {"file": made.signed(signing)}))
    hearing.part(came(node, PART, {"publication": made.id.bytes, "place": 0, "part": tags}))


def may_be_looked_for(people: Mapping[str, UUID], by: Actor) -> None:
    """Whoever said yes is published; the neighbour asks, and its claim means one of them."""
    circle = next(iter(rules.joined()), None)
    if circle is None or not ristretto.is_there():
        return
    holding.begin(by=by, circle_id=circle.id)
    own = OwnPublication.objects.get(ended_at__isnull=True)
    peer = Peer.objects.get(pk=next(one.node for one in circle.stewards if one.node != identity.node_id()))
    facts = dict(finding.findable(circle.name))[people[SOUGHT]]
    sought = tokens.stored(facts, few=True)
    number = uuid4().bytes
    asked = {"exchange": number, "publication": own.pk.bytes, "elements": list(questions.ask(sought).elements)}
    hearing.query(came(peer.pk, QUERY, asked))
    Answered.objects.update(leaves_at=clock.now())
    housekeeping.leave()
    secret = open_for_keeping(own, KeyDocument).secret
    claim = {
        "exchange": number,
        "case": uuid4().bytes,
        "tags": questions.tags_of(secret, sought),
        "relation": "sister",
        "checked_by": "document",
    }
    hearing.claim(came(peer.pk, CLAIM, claim))
    resolving.look()
