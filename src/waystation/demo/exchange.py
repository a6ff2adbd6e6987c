"""Two neighbours of the demo node: one trusted, with mail for a stick, one to be compared; a circle of the three."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from waystation.demo import asking
from waystation.exchange import actions, identity, keys
from waystation.exchange.circles import actions as circling
from waystation.exchange.circles.documents import Circle, Member, Signed, Steward
from waystation.exchange.descriptors import Descriptor, SealingKey
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.organisations.queries import own_organisation

BEGIN = ("handover.offer", "referral.offer", "request.ask", "news.message", "trace.publication", "trace.query")
AGREEMENT = """Each answers an offer within three days, and says why when it cannot.
Only what the person agreed to is told, and nothing to an authority.
Who makes a mistake says so to the others within a day.
Who wants to leave says so a month before; what was taken over stays with who has it."""


@dataclass(frozen=True)
class Neighbour:
    """A node that is nowhere: its keys are forgotten once the demo is made."""

    name: str
    country: str
    id: UUID = field(default_factory=uuid4)
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def public(self) -> bytes:
        """Its one signing key."""
        return self.key.public_key().public_bytes_raw()

    def descriptor(self) -> bytes:
        """Its descriptor's file."""
        made = Descriptor(
            node=self.id,
            number=1,
            at=clock.now(),
            name=self.name,
            country=self.country,
            root=self.public,
            signing=self.public,
            log=self.public,
            keys=(
                SealingKey(
                    public=keys.public_bytes_of(keys.new_private()),
                    until=clock.now() + timedelta(days=30),
                ),
            ),
        )
        return made.signed(self.key)


def known_nodes(by: Actor) -> None:
    """Write both down, trust the first, and keep to a circle with them."""
    valley = Neighbour("Society of the Green Valley", "FR")
    lagoon = Neighbour("Lagoon Relief Association", "SN")
    first, second = (actions.meet(by=by, file=one.descriptor()) for one in (valley, lagoon))
    actions.trust(by=by, peer_id=first.pk, words=actions.fingerprint_of(first))
    actions.announce(by=by, addresses=[])
    actions.route(by=by, peer_id=second.pk, relay_id=first.pk, holds_mail=False)
    _circle(by, valley, lagoon)


def _circle(by: Actor, valley: Neighbour, lagoon: Neighbour) -> None:
    """One that holds, and its next version, which the neighbours have not signed yet."""
    organisation = own_organisation()
    us, ours = identity.node_id(), identity.signing_key().public_key().public_bytes_raw()
    circle = Circle(
        id=uuid4(),
        number=1,
        at=clock.now(),
        name="River road",
        purpose="Hand people over along the river, so that nobody has to tell everything again.",
        agreement=AGREEMENT,
        until=(clock.now() + timedelta(days=330)).replace(microsecond=0),
        k=2,
        stewards=(Steward(node=us, key=ours), Steward(node=valley.id, key=valley.public)),
        members=(
            Member(node=us, name=organisation.name if organisation else "", begins=BEGIN),
            Member(node=valley.id, name=valley.name, begins=BEGIN),
            Member(node=lagoon.id, name=lagoon.name),
        ),
    )
    signed = Signed(circle, dict([circle.signature(valley.key)]))
    circling.take_in(by=by, file=signed.to_bytes())
    circling.sign(by=by, circle_id=circle.id, digest=circle.digest)
    asking.may_ask(valley.id, valley.key, circle.id)
    coming = Steward(node=lagoon.id, key=lagoon.public)
    following = replace(circle, number=2, stewards=(*circle.stewards, coming))
    circling.draft(by=by, circle=following)
    circling.sign(by=by, circle_id=circle.id, digest=following.digest)
