"""What asking the road does by itself while the node is open; the server calls it every hour."""

import logging
from collections.abc import Callable

from django.db import transaction

from waystation.exchange import actions as exchange
from waystation.exchange.identity import exchange_actor
from waystation.exchange.problems import PeerNotTrusted
from waystation.familylinks.asking import holding, resolving, road
from waystation.familylinks.asking.codes import ANSWER, LASTS
from waystation.familylinks.asking.models import Answered, OwnPublication, TheirPart, TheirPublication
from waystation.familylinks.asking.protocol.ristretto import ELEMENT_BYTES
from waystation.kernel import clock
from waystation.vault import node

log = logging.getLogger(__name__)


def tidy() -> None:
    """Answers of the hour leave, claims are looked at, keys that are over are destroyed, what is due is published,
    whoever is sought is asked about where something new came. One of these that fails does not hold up the others."""
    work: tuple[Callable[[], None], ...] = (
        leave,
        resolving.look,
        end_over,
        holding.publish_due,
        forget_theirs,
        road.ask_on,
    )
    for step in work:
        if not node.is_unlocked():
            return
        try:
            step()
        except Exception:
            log.exception("Asking the road: %s failed; it is tried again in an hour.", step.__name__)


def leave() -> None:
    """The answers whose hour has come, all together, and in no order that tells when each was asked."""
    for number in Answered.objects.filter(left_at__isnull=True, leaves_at__lte=clock.now()).order_by("number"):
        with transaction.atomic():
            row = Answered.objects.select_for_update().get(pk=number.pk)
            if row.left_at is not None:
                continue
            raw = bytes(row.elements)
            elements = [raw[at : at + ELEMENT_BYTES] for at in range(0, len(raw), ELEMENT_BYTES)]
            body = {"exchange": row.number.bytes, "elements": elements, "proof": bytes(row.proof)}
            row.elements, row.proof, row.left_at = b"", b"", clock.now()
            row.save(update_fields=["elements", "proof", "left_at"])
            try:
                exchange.send(by=exchange_actor(), peer_id=row.peer_id, kind=ANSWER, subject=row.pk, body=body)
            except PeerNotTrusted:
                continue


def end_over() -> None:
    """Destroy the keys of publications whose time is over."""
    with transaction.atomic():
        over = OwnPublication.objects.select_for_update().filter(ended_at__isnull=True, until__lte=clock.now())
        for row in over:
            holding.end(row)


def forget_theirs() -> None:
    """What others published and is over, and parts that nothing came of."""
    TheirPublication.objects.filter(until__lte=clock.now()).delete()
    TheirPart.objects.filter(came_at__lt=clock.now() - LASTS).delete()
