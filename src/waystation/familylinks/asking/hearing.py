"""What happens when a message of `trace` comes. Messages come once each, in any order."""

from contextlib import suppress
from uuid import UUID

from django.db.models import Sum

from waystation.casework.followups import actions as followups
from waystation.exchange.circles import rules
from waystation.exchange.circles.documents import Circle
from waystation.exchange.identity import node_id
from waystation.exchange.kinds import Answered as Ended
from waystation.exchange.kinds import Received
from waystation.exchange.models import Peer
from waystation.familylinks.asking import queries, quotas, road, watching
from waystation.familylinks.asking.codes import (
    AHEAD,
    APART,
    LONGEST,
    PART_BYTES,
    READ_WITHIN,
    AskingClock,
    AskingState,
    CheckedBy,
    QuestionState,
)
from waystation.familylinks.asking.documents import KeyDocument, SaidDocument, WordDocument
from waystation.familylinks.asking.models import (
    Answered,
    OwnPublication,
    Question,
    TheirPart,
    TheirPublication,
    Word,
)
from waystation.familylinks.asking.problems import (
    AskingSuspended,
    NoSodium,
    NotOfCircle,
    PublicationOver,
    QuotaSpent,
    WrongPublication,
)
from waystation.familylinks.asking.protocol import publication, questions, ristretto
from waystation.familylinks.asking.protocol.questions import NotAQuestion
from waystation.familylinks.asking.protocol.voprf import KeyPair
from waystation.familylinks.tracing.codes import AT_WORK, Relation
from waystation.kernel import clock, journal
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid
from waystation.vault import PersonErased, seal
from waystation.vault.sealing import open_for_keeping

MOST_PART_BYTES = 128 * 1024 * 1024
"""Of sets on their way from one node: what a million people need, and once more."""
REFUSED, GIVEN_UP = "refused", "given_up"


def published(received: Received) -> None:
    """Another node publishes whom one may ask it about. Raises WrongPublication, NotOfCircle, NoSodium."""
    if not ristretto.is_there():
        raise NoSodium
    peer = Peer.objects.get(pk=received.peer_id)
    try:
        said = publication.read(received.body["file"], bytes(peer.signing))
    except publication.NotAPublication as problem:
        raise WrongPublication from problem
    moment = clock.now()
    if said.node != peer.pk or said.until > moment + LONGEST or said.until - said.at > LONGEST:
        raise WrongPublication
    if said.at > moment + AHEAD:
        raise WrongPublication
    _require_circle(said.circle, peer.pk)
    known = TheirPublication.objects.select_for_update().filter(peer=peer, circle=said.circle).first()
    if said.until <= moment or (known is not None and known.at >= said.at):
        return
    if known is not None:
        if said.at - known.at < APART:
            raise WrongPublication
        known.delete()
    TheirPublication.objects.create(
        peer=peer,
        circle=said.circle,
        number=said.id,
        people=said.people,
        file=received.body["file"],
        at=said.at,
        until=said.until,
    )
    _put_together(peer, said.id)
    _note(received.by, "published", peer.pk)


def part(received: Received) -> None:
    """A part of a set. Raises WrongPublication for more than anybody needs."""
    peer, body = Peer.objects.get(pk=received.peer_id), received.body
    number = _number(body["publication"])
    if not body["part"] or body["place"] < 0:
        raise WrongPublication
    held = TheirPart.objects.filter(peer=peer).aggregate(bytes=Sum("size"))["bytes"] or 0
    if held + len(body["part"]) > MOST_PART_BYTES:
        raise WrongPublication
    TheirPart.objects.get_or_create(
        peer=peer,
        number=number,
        place=body["place"],
        defaults={"part": body["part"], "size": len(body["part"]), "came_at": received.came_at},
    )
    _put_together(peer, number)


def _put_together(peer: Peer, number: UUID) -> None:
    """With its last part a set is whole, and it is the one that was signed; else all of it is thrown away."""
    row = TheirPublication.objects.filter(peer=peer, number=number, is_whole=False).first()
    parts = TheirPart.objects.filter(peer=peer, number=number).order_by("place")
    if row is None:
        return
    said = road.published(row)
    places = list(parts.values_list("place", flat=True))
    if places != list(range(-(-said.size // PART_BYTES))):
        return
    raw = b"".join(bytes(one) for one in parts.values_list("part", flat=True))
    parts.delete()
    try:
        said.check_set(raw)
    except publication.NotAPublication:
        row.delete()
        return
    row.tags, row.is_whole = raw, True
    row.save(update_fields=["tags", "is_whole"])


def query(received: Received) -> None:
    """A question. Its answer leaves with those of the hour.

    Raises PublicationOver, QuotaSpent, AskingSuspended, NotOfCircle, NoSodium, Invalid.
    """
    if not ristretto.is_there():
        raise NoSodium
    body, peer_id = received.body, received.peer_id
    number = _number(body["exchange"])
    if Answered.objects.filter(peer=peer_id, number=number).exists():
        return
    row = OwnPublication.objects.select_for_update().filter(pk=_number(body["publication"])).defer("tags").first()
    if row is None or row.ended_at is not None or row.until <= clock.now():
        raise PublicationOver
    _require_circle(row.circle, peer_id)
    if watching.is_suspended(peer_id):
        raise AskingSuspended
    if quotas.is_spent(row, peer_id):
        raise QuotaSpent
    held = open_for_keeping(row, KeyDocument)
    try:
        evaluated, proof = questions.answer(KeyPair(held.secret, held.public), body["elements"])
    except NotAQuestion as problem:
        raise Invalid({"elements": str(problem)}) from problem
    Answered.objects.create(
        peer_id=peer_id,
        publication=row,
        number=number,
        came_at=clock.now(),
        leaves_at=queries.next_hour(clock.now()),
        elements=b"".join(evaluated),
        proof=proof,
    )
    _note(received.by, "query", peer_id)
    watching.look_at(received.by, row, peer_id)


def answer(received: Received) -> None:
    """An answer to a question of ours; of one that is over nothing is read."""
    number = _number(received.body["exchange"])
    rows = Question.objects.select_for_update(of=("self",)).select_related("asking__request")
    row = rows.filter(pk=number, peer=received.peer_id, state=QuestionState.ASKED).first()
    _note(received.by, "answer", received.peer_id)
    if row is not None and row.sealed:
        road.read_answer(row, list(received.body["elements"]), received.body["proof"])


def claim(received: Received) -> None:
    """Tags that somebody's question hit, or random ones. Whom they mean is looked at with the hour. Raises Invalid."""
    body = received.body
    if body["relation"] not in Relation.values or body["checked_by"] not in CheckedBy.values:
        raise Invalid({"relation": body["relation"]})
    said = SaidDocument(
        tags=tuple(body["tags"]),
        case=_number(body["case"]),
        relation=body["relation"],
        checked_by=body["checked_by"],
    )
    row = (
        Answered.objects.select_for_update()
        .filter(peer=received.peer_id, number=_number(body["exchange"]))
        .filter(claimed_at__isnull=True, left_at__isnull=False)
        .first()
    )
    if row is None:
        return
    row.claimed_at = clock.now()
    with suppress(PersonErased):  # its publication is over
        seal(row, "sealed", said)
    row.save(update_fields=["claimed_at", "sealed"])
    _note(received.by, "claim", received.peer_id)


def word(received: Received) -> None:
    """Words of a person sought; of a search that is over, or of a question whose answer never came, nothing is kept."""
    rows = Question.objects.select_for_update(of=("self",)).select_related("asking__request")
    row = rows.filter(pk=_number(received.body["exchange"]), peer=received.peer_id, state=QuestionState.OVER).first()
    if row is None or row.asking.state == AskingState.STOPPED or row.asking.request.state not in AT_WORK:
        return
    if not received.body["words"].strip() or Word.objects.filter(question=row).exists():
        return
    made = Word(question=row, came_at=clock.now())
    seal(made, "sealed", WordDocument(words=received.body["words"]))
    made.save(force_insert=True)
    followups.open_follow_up(
        by=received.by,
        kind=AskingClock.READ,
        subject=made.pk,
        compartment=Compartment.FAMILY_LINKS,
        person_id=row.asking.request.person_id,
        due_at=clock.now() + READ_WITHIN,
        owner=row.asking.request.owner,
    )
    _note(received.by, "word", received.peer_id)


def query_answered(ended: Ended) -> None:
    """They would not take a question: where a quota was spent it is asked again the next day, else of what comes."""
    rows = Question.objects.filter(pk__in=[ended.subject], state=QuestionState.ASKED)
    if ended.state == REFUSED and ended.reason == QuotaSpent.code:
        rows.update(state=QuestionState.LATER, sealed=None, again_at=clock.now() + road.DAY)
    elif ended.state in {REFUSED, GIVEN_UP}:
        # Of what they refused to answer they learn nothing: the next publication is asked as soon as it comes.
        rows.update(state=QuestionState.OVER, sealed=None, again_at=clock.now())


def warning(received: Received) -> None:
    """A node of a circle whose steward we are asks others as one does who tries out names. Raises NotOfCircle."""
    circle = _require_circle(_number(received.body["circle"]), received.peer_id)
    suspect = _number(received.body["node"])
    if suspect in circle.nodes and suspect != node_id():
        watching.owe_a_look(received.by, suspect)
        _note(received.by, "warning", suspect)


def _require_circle(circle_id: UUID, peer_id: UUID) -> Circle:
    """A circle that binds us and them. Raises NotOfCircle."""
    circle = next((one for one in rules.joined() if one.id == circle_id and peer_id in one.nodes), None)
    if circle is None:
        raise NotOfCircle
    return circle


def _number(raw: bytes) -> UUID:
    try:
        return UUID(bytes=raw)
    except ValueError as problem:
        raise Invalid({"": "16"}) from problem


def _note(by: Actor, what: str, peer_id: UUID) -> None:
    journal.record(by, journal.Entry(action=f"asking.heard.{what}", subject=peer_id))
