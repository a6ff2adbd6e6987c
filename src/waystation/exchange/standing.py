"""How the exchange stands, as lines for whoever runs the machine: counts and names of organisations, nothing sealed."""

from collections.abc import Iterator

from django.db.models import Count, Q, Sum

from waystation.exchange.codes import OPEN, SentState
from waystation.exchange.counting import Came
from waystation.exchange.descriptors import fingerprint
from waystation.exchange.models import Dropped, Held, OwnIdentity, Peer


def lines() -> Iterator[str]:
    """What waits, left, came, is missing, is held and was let fall."""
    counted = Peer.objects.annotate(
        waiting=Count("outgoing", filter=Q(outgoing__state=SentState.WAITING)),
        on_the_road=Count("outgoing", filter=Q(outgoing__state=SentState.LEFT)),
        unanswered=Count("outgoing", filter=Q(outgoing__state__in=OPEN)),
    )
    for peer in counted:
        came = Came.read(peer.came_to, peer.came_later)
        missing = sum(last - first + 1 for first, last in came.gaps())
        yield (
            f"{peer.name} ({peer.state}): {peer.waiting} waiting, {peer.on_the_road} left without a receipt; "
            f"came up to {peer.came_to}, {missing} missing"
        )
        if peer.log_problem:
            yield f"  WARNING: {peer.get_log_problem_display()}"
    yield f"Could not be taken: {Held.objects.count()}"
    dropped = Dropped.objects.aggregate(times=Sum("times"))["times"] or 0
    yield f"Let fall, being nobody's here: {dropped}"


def peers() -> Iterator[str]:
    """Each node: its words, state, name, country, and where it is reached."""
    for peer in Peer.objects.all():
        words = fingerprint(peer.pk, bytes(peer.root))
        yield f"{words}  {peer.state}  {peer.name} ({peer.country})  {' '.join(peer.addresses) or 'no address'}"


def own_descriptor() -> bytes | None:
    """This node's descriptor; None before it was made."""
    own = OwnIdentity.objects.first()
    return bytes(own.descriptor) if own is not None and own.number else None
