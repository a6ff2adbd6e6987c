"""What a descriptor does to what we know of its node."""

from waystation.exchange import identity
from waystation.exchange.descriptors import Descriptor, NotADescriptor, require_newer
from waystation.exchange.models import Peer
from waystation.exchange.problems import NotTheirRoot, OlderDescriptor, OwnDescriptor
from waystation.kernel.clock import now

REFUSALS = {"other-root": NotTheirRoot, "older": OlderDescriptor}


def met(descriptor: Descriptor, file: bytes, *, renames: bool = True) -> Peer:
    """A new peer, or a known one with what it now says; its name too only where this `renames` it.

    People allow and forbid by name what an organisation is told, and whether it is an authority is known by its name:
    so a name changes where somebody here takes it over, and never by a message.

    Raises OwnDescriptor, NotTheirRoot, OlderDescriptor.
    """
    if descriptor.node == identity.node_id():
        raise OwnDescriptor
    known = Peer.objects.select_for_update().filter(pk=descriptor.node).first()
    if known is None:
        known = Peer(id=descriptor.node, root=descriptor.root, number=0, met_at=now())
    try:
        require_newer(descriptor, root=bytes(known.root), number=known.number)
    except NotADescriptor as problem:
        raise REFUSALS[problem.reason] from problem
    known.number, known.descriptor = descriptor.number, file
    known.name, known.country = descriptor.name if renames else known.name, descriptor.country
    known.addresses = list(descriptor.addresses)
    known.signing, known.log_key = descriptor.signing, descriptor.log
    known.save()
    return known
