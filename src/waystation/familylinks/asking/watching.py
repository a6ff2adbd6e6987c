"""Who asks as one does who tries out names is answered no more, and the stewards of the circle are told."""

from uuid import UUID

from waystation.casework.followups import actions as followups
from waystation.exchange import actions as exchange
from waystation.exchange.circles import rules
from waystation.exchange.queries import trusted
from waystation.familylinks.asking import quotas
from waystation.familylinks.asking.codes import DECIDE_WITHIN, WARNING, AskingClock
from waystation.familylinks.asking.models import OwnPublication, Suspended
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import NotFound


def is_suspended(peer_id: UUID) -> bool:
    """Whether a node is answered no more."""
    return Suspended.objects.filter(peer=peer_id, lifted_at__isnull=True).exists()


def look_at(by: Actor, publication: OwnPublication, peer_id: UUID) -> None:
    """After a question: whether that was one too many. Inside the transaction that took it."""
    why = quotas.why_suspend(publication, peer_id)
    if why is None:
        return
    Suspended.objects.create(peer_id=peer_id, why=why, at=clock.now())
    journal.record(by, journal.Entry(action="asking.suspend", subject=peer_id, reason=why))
    owe_a_look(by, peer_id)
    circle = next((one for one in rules.joined() if one.id == publication.circle), None)
    stewards = {one.node for one in circle.stewards} - {peer_id} if circle else set()
    body = {"circle": publication.circle.bytes, "node": peer_id.bytes, "why": str(why)}
    for steward in trusted().filter(pk__in=stewards).values_list("pk", flat=True):
        exchange.send(by=by, peer_id=steward, kind=WARNING, subject=peer_id, body=body)


def owe_a_look(by: Actor, peer_id: UUID) -> None:
    """Somebody here looks at it."""
    followups.open_follow_up(
        by=by,
        kind=AskingClock.SUSPENDED,
        subject=peer_id,
        compartment=Compartment.FAMILY_LINKS,
        due_at=clock.now() + DECIDE_WITHIN,
    )


@action("asking.publish")
def lift(*, by: Actor, peer_id: UUID) -> None:
    """Answer a node again: what it asked before counts against it no more. Raises NotFound."""
    rows = Suspended.objects.filter(peer=peer_id, lifted_at__isnull=True)
    if not rows.update(lifted_at=clock.now(), lifted_by=by.account_id):
        raise NotFound
    followups.drop_all(by=by, subject=peer_id)
    journal.record(by, journal.Entry(action="asking.lift", subject=peer_id))
