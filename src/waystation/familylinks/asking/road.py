"""Asking the road: one tap, and every node of every circle is asked blindly, now and whenever it publishes anew."""

import logging
import random
import secrets
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.accounts import approvals
from waystation.exchange import actions as exchange
from waystation.exchange.circles import rules
from waystation.exchange.identity import exchange_actor
from waystation.exchange.problems import PeerNotTrusted, WrongCircle
from waystation.familylinks.asking import quotas
from waystation.familylinks.asking.codes import (
    ASKED_A_DAY,
    CLAIM,
    CLAIMED,
    LASTS_IN_DANGER,
    QUERY,
    AskingState,
    CheckedBy,
    QuestionState,
)
from waystation.familylinks.asking.documents import HiddenDocument
from waystation.familylinks.asking.models import Asking, Question, TheirPublication
from waystation.familylinks.asking.problems import NoSodium
from waystation.familylinks.asking.protocol import golomb, keys, questions, ristretto, tokens
from waystation.familylinks.asking.protocol.publication import FOUR, Publication, read_again
from waystation.familylinks.asking.protocol.ristretto import NotInGroup
from waystation.familylinks.asking.protocol.tokens import Facts
from waystation.familylinks.asking.protocol.voprf import NotProven
from waystation.familylinks.tracing import queries as requests
from waystation.familylinks.tracing.codes import AT_WORK, Ask, NameKind, Relation
from waystation.familylinks.tracing.documents import RequestDocument
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.states import WrongState
from waystation.people import cleaning
from waystation.vault import PersonErased, seal
from waystation.vault.sealing import open_for_keeping

log = logging.getLogger(__name__)
DAY = timedelta(days=1)
MORE = "asking.more"
_FOR_LATER = Q(state=QuestionState.LATER, word__isnull=True)
CHANCE = random.SystemRandom()


@action("asking.ask")
def ask(*, by: Actor, request_id: UUID, checked_by: str) -> Asking:
    """Ask every node of our circles. Whether anybody is known nobody here learns, before that person wishes it.

    The sixth question of an account in a day waits for a second officer.
    Raises NotFound, WrongState, Invalid, NoSodium.
    """
    request = requests.get_for(by, request_id, lock=True)
    facts = _checked(request, requests.document_of(request, by=by), checked_by)
    row = Asking.objects.select_for_update().filter(request=request).first()
    if row is not None and row.state != AskingState.STOPPED:
        return row
    asked_today = Asking.objects.filter(by=by.account_id, at__gt=clock.now() - DAY).count()
    row = row or Asking(request=request)
    row.checked_by, row.at, row.by = checked_by, clock.now(), by.account_id
    row.state = AskingState.ASKED if asked_today < ASKED_A_DAY else AskingState.WAITING
    row.save()
    journal.record(by, journal.Entry(action="asking.ask", subject=row.pk, person=request.person_id))
    if row.state == AskingState.WAITING:
        reason = _("Asked from this account today: %(count)s") % {"count": asked_today}
        approvals.request(by=by, kind=MORE, subject=row.pk, reason=str(reason))
    else:
        _spread(by, row, facts)
    return row


@action("asking.ask")
def stop(*, by: Actor, request_id: UUID) -> Asking:
    """Ask no more: what is on the road is not read. Raises NotFound, WrongState."""
    request = requests.get_for(by, request_id, lock=True)
    row = Asking.objects.select_for_update().filter(request=request).first()
    if row is None:
        raise NotFound
    if row.state == AskingState.STOPPED:
        raise WrongState
    _end(by, row)
    return row


def _end(by: Actor, row: Asking) -> None:
    """Nothing more is asked or read. Questions still on the road are forgotten, so that one may ask them again."""
    row.state = AskingState.STOPPED
    row.save(update_fields=["state"])
    row.questions.exclude(state=QuestionState.OVER).filter(word__isnull=True).delete()
    row.questions.update(state=QuestionState.OVER, sealed=None)
    journal.record(by, journal.Entry(action="asking.stop_asking", subject=row.pk, person=row.request.person_id))


def allow(by: Actor, asking_id: UUID) -> None:
    """The second officer agreed; of a search that ended meanwhile nothing is asked. Raises NotFound if none waits."""
    row = Asking.objects.select_for_update(of=("self",)).select_related("request").filter(pk=asking_id).first()
    if row is None or row.state != AskingState.WAITING:
        raise NotFound
    journal.record(by, journal.Entry(action="asking.allow", subject=row.pk, person=row.request.person_id))
    facts = _still_sought(by, row)
    if facts is None:
        return
    row.state = AskingState.ASKED
    row.save(update_fields=["state"])
    _spread(by, row, facts)


def keep_back(by: Actor, asking_id: UUID) -> None:
    """The second officer refused."""
    for row in Asking.objects.filter(pk=asking_id, state=AskingState.WAITING).select_related("request"):
        row.state = AskingState.STOPPED
        row.save(update_fields=["state"])
        journal.record(by, journal.Entry(action="asking.keep_back", subject=row.pk, person=row.request.person_id))


def ask_on() -> None:
    """Whoever is still sought is asked about wherever something new was published, as far as the day's quotas go."""
    if not ristretto.is_there():
        return
    rows = Asking.objects.exclude(state=AskingState.STOPPED).select_related("request")
    current = {(one.peer_id, one.number) for one in _current()}
    for row in rows.order_by("at", "pk"):
        try:
            with transaction.atomic():
                _ask_on(row, current)
        except Exception:
            log.exception("Asking the road: about %s nobody was asked; it is tried again in an hour.", row.pk)


def _ask_on(row: Asking, current: set[tuple[UUID, UUID]]) -> None:
    if row.request.state in AT_WORK and (row.state == AskingState.WAITING or current <= _asked(row)):
        return
    facts = _still_sought(exchange_actor(), row)
    if facts is not None:
        _spread(exchange_actor(), row, facts)


def _still_sought(by: Actor, row: Asking) -> Facts | None:
    """By what to ask while the search goes on and the enquirer lets nodes be asked; else the asking ends."""
    if row.request.state in AT_WORK:
        try:
            document = open_for_keeping(row.request, RequestDocument)
        except PersonErased:
            return None
        if Ask.NODES in document.may_ask:
            return facts_of(document)
    _end(by, row)
    return None


def facts_of(document: RequestDocument) -> Facts:
    """What tokens are made of: every name, the year, the mother's name, places (whence they come first)."""
    mother = next(iter(document.of(NameKind.MOTHER)), "")
    places = dict.fromkeys((document.country, document.birth_place, document.last_place))
    return Facts(document.names_to_seek, document.birth_year or 0, mother, [place for place in places if place])


def read_answer(row: Question, evaluated: list[bytes], proof: bytes) -> None:
    """Read an answer, and answer in the same way whether it found somebody or not: with a claim of so many tags.

    Where fewer than two hit, they are random: whoever holds the table finds nobody by them, and knows no more than
    that. So nothing here, in this book or on the road, differs between somebody unknown and somebody who declines.
    Of a search that ended nothing is read.
    """
    if _still_sought(exchange_actor(), row.asking) is None:
        return
    hits = _hits(row, evaluated, proof)
    tags = [*hits, *(secrets.token_bytes(golomb.TAG_BYTES) for _ in range(CLAIMED - len(hits)))]
    CHANCE.shuffle(tags)
    claim = {
        "exchange": row.pk.bytes,
        "case": (uuid5(row.asking_id, row.peer_id.hex) if hits else uuid4()).bytes,
        "tags": tags,
        "relation": row.asking.request.relation if hits else CHANCE.choice(Relation.values),
        "checked_by": row.asking.checked_by if hits else CHANCE.choice(CheckedBy.values),
    }
    row.sealed, row.state = None, QuestionState.OVER
    row.save(update_fields=["sealed", "state"])
    exchange.send(by=exchange_actor(), peer_id=row.peer_id, kind=CLAIM, subject=row.pk, body=claim)


def _hits(row: Question, evaluated: list[bytes], proof: bytes) -> list[bytes]:
    theirs = TheirPublication.objects.filter(peer=row.peer_id, number=row.publication).first()
    if theirs is None:
        return []
    hidden = open_for_keeping(row, HiddenDocument)
    asked = questions.Asked(hidden.tokens, hidden.blinds, hidden.elements)
    try:
        tags = golomb.TagSet(bytes(theirs.tags))
        found = questions.hits(asked, published(theirs).key, evaluated, proof, tags)
    except (NotProven, NotInGroup):
        journal.record(exchange_actor(), journal.Entry(action="asking.heard.forged", subject=row.peer_id))
        return []
    return CHANCE.sample(found, min(len(found), CLAIMED))


def published(row: TheirPublication) -> Publication:
    """What they signed, by the key that they had when it came."""
    return read_again(bytes(row.file))


def _checked(request: TracingRequest, document: RequestDocument, checked_by: str) -> Facts:
    """The facts of a request that may be asked about. Raises WrongState, Invalid, NoSodium."""
    if not ristretto.is_there():
        raise NoSodium
    if request.state not in AT_WORK:
        raise WrongState
    errors: cleaning.Errors = {}
    cleaning.require_code(CheckedBy, checked_by, "checked_by", errors)
    cleaning.refuse(errors)
    if Ask.NODES not in document.may_ask:
        raise Invalid(
            {"": _("The enquirer has not said that the nodes of our circles may be asked. Ask the enquirer.")}
        )
    facts = facts_of(document)
    if not tokens.can_be_found(facts):
        raise Invalid({"": _("Too little is known: two parts of the name, and a year, a place or the mother's name.")})
    return facts


def _current() -> list[TheirPublication]:
    """What may be asked now: whole, not over, by our key rules, of a circle that binds both."""
    circles = {circle.id: circle.nodes for circle in rules.joined()}
    rows = TheirPublication.objects.filter(is_whole=True, until__gt=clock.now()).defer("tags")
    return [row for row in rows if row.peer_id in circles.get(row.circle, ()) and published(row).rules == keys.VERSION]


def _spread(by: Actor, row: Asking, facts: Facts) -> None:
    for theirs in _with_room(row):
        few = published(theirs).facts == FOUR
        _send(by, row, theirs, questions.ask(tokens.asked(facts, few=few)))


def _asked(row: Asking) -> set[tuple[UUID, UUID]]:
    """Of which publications an asking has asked: of a peer and a number, for anybody can copy a number."""
    return set(row.questions.exclude(_FOR_LATER).values_list("peer", "publication"))


def _with_room(row: Asking) -> Iterator[TheirPublication]:
    """Publications not asked yet, of nodes that we have not asked as much as they answer in a day.

    Of one node in one circle a search asks once in a week at most: else one that publishes other guesses each hour
    would hear of each whether it hit.
    """
    asked, held = _asked(row), set(row.questions.filter(again_at__gt=clock.now()).values_list("peer", "circle"))
    for theirs in _current():
        quota, since = quotas.quota_for(theirs.people), clock.now() - DAY
        of_peer = Question.objects.filter(peer=theirs.peer_id)
        spent = of_peer.filter(asked_at__gt=since).count() >= quota.day
        spent = spent or of_peer.filter(publication=theirs.number).exclude(_FOR_LATER).count() >= quota.peer
        known = (theirs.peer_id, theirs.number) in asked or (theirs.peer_id, theirs.circle) in held
        if not known and not spent:
            yield theirs


def _send(by: Actor, row: Asking, theirs: TheirPublication, asked: questions.Asked) -> None:
    moment = clock.now()
    question = Question(asking=row, peer_id=theirs.peer_id, circle=theirs.circle, publication=theirs.number)
    question.asked_at, question.again_at = moment, moment + LASTS_IN_DANGER
    hidden = HiddenDocument(tokens=asked.tokens, blinds=asked.blinds, elements=asked.elements)
    seal(question, "sealed", hidden)
    body = {
        "exchange": question.pk.bytes,
        "publication": theirs.number.bytes,
        "elements": list(asked.elements),
    }
    try:
        with transaction.atomic():
            row.questions.filter(_FOR_LATER, peer=theirs.peer_id, publication=theirs.number).delete()
            question.save(force_insert=True)
            exchange.send(by=by, peer_id=theirs.peer_id, kind=QUERY, subject=question.pk, body=body)
    except (PeerNotTrusted, WrongCircle):
        return
