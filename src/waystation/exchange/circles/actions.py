"""Every write that staff ask of circles: drafting, signing, taking in, joining, leaving, dropping."""

from uuid import UUID

from django.db import transaction

from waystation.exchange import identity
from waystation.exchange.circles import documents, queries, taking
from waystation.exchange.circles.documents import Circle, Signed
from waystation.exchange.circles.problems import CircleRefused, NotItsMember, NotItsSteward, SignedAnother
from waystation.exchange.codes import CIRCLES, CircleAct, CircleState
from waystation.exchange.models import KnownCircle
from waystation.kernel import journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.clock import now
from waystation.kernel.errors import NotFound


@action("exchange.manage")
def draft(*, by: Actor, circle: Circle) -> KnownCircle:
    """Keep a new circle, or the next version of one, to be signed; it binds nobody. Raises CircleRefused."""
    with taking.in_words():
        signed = Signed(circle, {})
        documents.read(signed.to_bytes())
    taking.take(by, signed)
    journal.record(by, journal.Entry(action="exchange.circle_draft", subject=circle.id))
    return KnownCircle.objects.get(pk=circle.id)


@action("exchange.manage")
def take_in(*, by: Actor, file: bytes) -> KnownCircle:
    """Take a circle's file that somebody brought; members are told what is new. Raises CircleRefused, NodeLocked."""
    with taking.in_words():
        signed = documents.read(file)
    changed = taking.take(by, signed)
    journal.record(by, journal.Entry(action="exchange.circle_take", subject=signed.circle.id))
    if changed is not None and changed.signatures:
        taking.tell(by, changed)
    return KnownCircle.objects.get(pk=signed.circle.id)


@action("exchange.agree")
def sign(*, by: Actor, circle_id: UUID, digest: str) -> KnownCircle:
    """Sign a version as its steward, for this organisation, which joins by that; every member is told.

    Raises NotFound, CircleRefused, NotItsSteward, SignedAnother, NodeLocked.
    """
    row = queries.get_for(by, circle_id, lock=True)
    signed, before = queries.version(row, digest), taking.held(row)
    key, signature = signed.circle.signature(identity.signing_key())
    if key not in signed.circle.keys | (before.circle.keys if before else frozenset()):
        raise NotItsSteward
    if signed.circle.until <= now():
        raise CircleRefused("ended")
    if any(key in other.signatures for other in queries.others_of_number(row, signed)):
        raise SignedAnother
    changed = taking.take(by, signed.with_more({key: signature}))
    row.refresh_from_db()
    if row.state == CircleState.APART and identity.node_id() in signed.circle.nodes:
        _move(by, row, CircleAct.JOIN)
    journal.record(by, journal.Entry(action="exchange.circle_sign", subject=row.pk))
    if changed is not None:
        taking.tell(by, changed)
    return row


@action("exchange.agree")
def join(*, by: Actor, circle_id: UUID) -> KnownCircle:
    """Keep to a circle from now on. Raises NotFound, WrongState, NotItsMember, CircleRefused."""
    row = queries.get_for(by, circle_id, lock=True)
    known = taking.held(row)
    if known is None:
        raise CircleRefused("too-few")
    if identity.node_id() not in known.circle.nodes:
        raise NotItsMember
    _move(by, row, CircleAct.JOIN)
    return row


@action("exchange.agree")
def leave(*, by: Actor, circle_id: UUID) -> KnownCircle:
    """Keep to a circle no longer: it binds this node no more. Raises NotFound, WrongState."""
    row = queries.get_for(by, circle_id, lock=True)
    _move(by, row, CircleAct.LEAVE)
    return row


@action("exchange.manage")
def tell_members(*, by: Actor, circle_id: UUID) -> int:
    """Send what holds, and what was signed further, to all members whom we trust; how many messages.

    For members who were not trusted yet when it changed. Raises NotFound, NodeLocked.
    """
    row = queries.get_for(by, circle_id)
    versions = [one for one in queries.versions(row) if one.signatures]
    journal.record(by, journal.Entry(action="exchange.circle_tell", subject=row.pk))
    return sum(taking.tell(by, one) for one in versions)


@action("exchange.manage")
def drop(*, by: Actor, circle_id: UUID, digest: str) -> bool:
    """Throw away a version that does not hold; whether the circle is still known after that. Raises NotFound."""
    row = queries.get_for(by, circle_id, lock=True)
    gone, _rows = row.drafts.filter(digest=digest).delete()
    if not gone:
        raise NotFound
    journal.record(by, journal.Entry(action="exchange.circle_drop", subject=row.pk))
    if row.number or row.drafts.exists():
        return True
    row.delete()
    return False


@action("exchange.manage")
def forget(*, by: Actor, circle_id: UUID) -> None:
    """Throw away a circle that does not bind this node, with all its versions. Raises NotFound, WrongState."""
    row = queries.get_for(by, circle_id, lock=True)
    CIRCLES.after(row.state, CircleAct.JOIN)
    journal.record(by, journal.Entry(action="exchange.circle_forget", subject=row.pk))
    row.delete()


def _move(by: Actor, row: KnownCircle, act: CircleAct) -> None:
    row.state = CircleState(CIRCLES.after(row.state, act))
    joined = row.state == CircleState.JOINED
    row.joined_at, row.joined_by = (now(), by.account_id) if joined else (None, None)
    with transaction.atomic():
        row.save(update_fields=["state", "joined_at", "joined_by"])
        journal.record(by, journal.Entry(action=f"exchange.circle_{act}", subject=row.pk))
