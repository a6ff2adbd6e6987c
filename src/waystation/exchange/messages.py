"""The exchange's own counted kinds: a node's newer descriptor, and the empty place of what was taken back."""

from django.utils.translation import gettext_lazy as _

from waystation.exchange import descriptors, peers
from waystation.exchange.kinds import Field, Kind, Received, register
from waystation.exchange.problems import NotTheirRoot, OlderDescriptor
from waystation.kernel.errors import Invalid


def take_descriptor(received: Received) -> None:
    """A trusted node's new keys or addresses; an older one on a late stick is passed by.

    Raises Invalid, NotTheirRoot for another's.
    """
    file = received.body["file"]
    try:
        descriptor = descriptors.read(file)
    except descriptors.NotADescriptor as problem:
        raise Invalid({}) from problem
    if descriptor.node != received.peer_id:
        raise NotTheirRoot
    try:
        peers.met(descriptor, file, renames=False)
    except OlderDescriptor:
        return


DESCRIPTOR = Kind(
    code="exchange.descriptor",
    version=1,
    purpose=_("Tell where this node is reached, and under which keys."),
    legal_basis=_("Running the exchange: nothing about a person is in it."),
    fields={"file": Field("bytes", most=descriptors.LARGEST)},
    retention_days=0,
    handler=take_descriptor,
)
register(DESCRIPTOR)


def take_nothing(_received: Received) -> None:
    """A message was taken back before it left: its number is no gap, and nothing is to be done."""


VOID = Kind(
    code="exchange.void",
    version=1,
    purpose=_("Fill the number of a message that was taken back before it left."),
    legal_basis=_("Running the exchange: nothing about a person is in it."),
    fields={},
    retention_days=0,
    handler=take_nothing,
)
register(VOID)
