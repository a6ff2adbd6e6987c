"""What a circle's file does to what we know: kept as a draft, or held once enough of its stewards signed; told on."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from waystation.exchange import actions, identity
from waystation.exchange.circles import documents
from waystation.exchange.circles.documents import Circle, NotACircle, Signed
from waystation.exchange.circles.problems import CircleRefused, refused
from waystation.exchange.codes import MOST_CIRCLES, MOST_DRAFTS, PeerState
from waystation.exchange.kinds import Received
from waystation.exchange.models import CircleDraft, KnownCircle, Peer
from waystation.kernel import journal
from waystation.kernel.actors import Actor
from waystation.kernel.clock import now


def take_message(received: Received) -> None:
    """A circle that another node tells us of. Raises CircleRefused."""
    with in_words():
        signed = documents.read(received.body["file"])
    parties = signed.circle.nodes | _members_now(signed.circle.id)
    if not {received.peer_id, identity.node_id()} <= parties:
        raise CircleRefused("outsider")
    if not signed.signatures:
        raise CircleRefused("too-few")
    if changed := take(received.by, signed):
        journal.record(received.by, journal.Entry(action="exchange.circle_take", subject=signed.circle.id))
        tell(received.by, changed, known_to=received.peer_id if changed == signed else None)


def take(by: Actor, signed: Signed) -> Signed | None:
    """Write down what a file says, inside the caller's transaction; None when nothing in it is new.

    Gives the version with every signature known now. Raises CircleRefused.
    """
    circle = signed.circle
    row = _row_of(circle)
    known = held(row)
    with in_words():
        if known is not None and known.circle.raw == circle.raw:
            return _signed_further(row, known, signed)
        if known is not None and known.circle.number == circle.number:
            raise CircleRefused("forked")
        if known is not None and circle.number <= known.circle.number + 1:
            documents.read(signed.to_bytes(), known.circle)
        elif known is None and circle.until <= now():
            raise CircleRefused("ended")
        changed = _kept(row, signed)
    _hold_what_holds(by, row)
    return changed


def held(row: KnownCircle) -> Signed | None:
    """The newest version of a circle that holds."""
    return documents.stored(bytes(row.file)) if row.number else None


def tell(by: Actor, signed: Signed, known_to: UUID | None = None) -> int:
    """Send a version to whom we trust of its members and those of the one that holds; how many. Raises NodeLocked."""
    parties = (signed.circle.nodes | _members_now(signed.circle.id)) - {known_to}
    told = Peer.objects.filter(pk__in=parties, state=PeerState.TRUSTED).order_by("pk").values_list("pk", flat=True)
    for peer_id in told:
        body = {"file": signed.to_bytes()}
        actions.send(by=by, peer_id=peer_id, kind="exchange.circle", subject=signed.circle.id, body=body)
    return len(told)


@contextmanager
def in_words() -> Iterator[None]:
    """A refusal of the document, said to a person."""
    try:
        yield
    except NotACircle as problem:
        raise refused(problem) from problem


def _row_of(circle: Circle) -> KnownCircle:
    row = KnownCircle.objects.select_for_update().filter(pk=circle.id).first()
    if row is None:
        if KnownCircle.objects.count() >= MOST_CIRCLES:
            raise CircleRefused("too-many")
        row = KnownCircle.objects.create(id=circle.id, name=circle.name, until=circle.until, met_at=now())
    return row


def _members_now(circle_id: UUID) -> frozenset[UUID]:
    row = KnownCircle.objects.filter(pk=circle_id).first()
    known = held(row) if row is not None else None
    return known.circle.nodes if known is not None else frozenset()


def _signed_further(row: KnownCircle, known: Signed, signed: Signed) -> Signed | None:
    own = {key: signature for key, signature in signed.signatures.items() if key in known.circle.keys}
    merged = known.with_more(own)
    if merged == known:
        return None
    row.file = merged.to_bytes()
    row.save(update_fields=["file"])
    return merged


def _kept(row: KnownCircle, signed: Signed) -> Signed | None:
    draft = row.drafts.filter(digest=signed.circle.digest).first()
    if draft is None:
        if row.drafts.count() >= MOST_DRAFTS:
            raise CircleRefused("too-many")
        draft = CircleDraft(circle=row, number=signed.circle.number, digest=signed.circle.digest, came_at=now())
        merged = signed
    else:
        known = documents.stored(bytes(draft.file))
        merged = known.with_more(signed.signatures)
        if merged == known:
            return None
    draft.file = merged.to_bytes()
    draft.save()
    return merged


def _hold_what_holds(by: Actor, row: KnownCircle) -> None:
    """Take up, one after another, the versions that enough stewards have signed now."""
    known = held(row)
    while ready := next(_ready(row, known), None):
        circle = ready.circle
        row.file, row.number, row.name, row.until = ready.to_bytes(), circle.number, circle.name, circle.until
        row.save(update_fields=["file", "number", "name", "until"])
        row.drafts.filter(number__lte=circle.number).delete()
        journal.record(by, journal.Entry(action="exchange.circle_hold", subject=row.pk))
        known = ready


def _ready(row: KnownCircle, known: Signed | None) -> Iterator[Signed]:
    before = known.circle if known is not None else None
    for draft in row.drafts.order_by("-number" if before is None else "number", "pk"):
        try:
            signed = documents.stored(bytes(draft.file)).by_stewards(before)
            documents.read(signed.to_bytes(), before)
            documents.require_holding(signed, at=now(), before=before)
        except NotACircle:
            continue
        yield signed
