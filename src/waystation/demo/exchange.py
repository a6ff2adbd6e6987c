"""Two neighbours of the demo node: one trusted, with mail that waits for a stick, one still to be compared."""

from datetime import timedelta
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from waystation.exchange import actions, keys
from waystation.exchange.descriptors import Descriptor, SealingKey
from waystation.kernel import clock
from waystation.kernel.actors import Actor

NEIGHBOURS = (("Society of the Green Valley", "FR"), ("Lagoon Relief Association", "SN"))


def known_nodes(by: Actor) -> None:
    """Write both down, and trust the first."""
    (first, second) = (actions.meet(by=by, file=_descriptor(name, country)) for name, country in NEIGHBOURS)
    actions.trust(by=by, peer_id=first.pk, words=actions.fingerprint_of(first))
    actions.announce(by=by, addresses=[])
    actions.route(by=by, peer_id=second.pk, relay_id=first.pk, holds_mail=False)


def _descriptor(name: str, country: str) -> bytes:
    """Of a node that is nowhere: its keys are forgotten at once."""
    root = Ed25519PrivateKey.generate()
    public = root.public_key().public_bytes_raw()
    sealing = keys.public_bytes_of(keys.new_private())
    made = Descriptor(
        node=uuid4(),
        number=1,
        at=clock.now(),
        name=name,
        country=country,
        root=public,
        signing=public,
        log=public,
        keys=(SealingKey(public=sealing, until=clock.now() + timedelta(days=30)),),
    )
    return made.signed(root)
