"""The only door to the rows of this room."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Coalesce, ExtractYear

from waystation.accounts.queries import handles
from waystation.audit import receipts
from waystation.audit.models import Leaf
from waystation.casework import clocks
from waystation.casework.clocks import Clock
from waystation.casework.retention import periods
from waystation.casework.retention.codes import ACTIVE, STILL_AWAY, OfTwo
from waystation.casework.retention.models import (
    AuthorityRequest,
    Batch,
    Hold,
    Kept,
    OfflinePublicKey,
    Period,
    Proof,
    ReasonDocument,
    RequestDocument,
    SealedRecord,
    Wish,
)
from waystation.casework.retention.slips import card_mac
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.people import cards
from waystation.people import queries as people
from waystation.people.documents import IdentityDocument
from waystation.people.models import Person
from waystation.people.policies import of_people_seen_by
from waystation.vault import offline, open_documents
from waystation.vault.offline_keys import Package

ERASED = "people.erase"


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """One line of the review: who, since when the clock runs, and what stands in the way of sealing."""

    person: Person
    identity: IdentityDocument
    since: date
    blocked: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """An authority's request with what is sealed of it; None where nobody can open it any more."""

    row: AuthorityRequest
    document: RequestDocument | None
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A hold with its reason."""

    row: Hold
    document: ReasonDocument | None


def due_people(actor: Actor, one: Clock, days: int) -> "QuerySet[Person]":
    """Whose records are due under a clock, oldest first, as far as this actor sees them."""
    assert one.rows is not None
    rows = one.rows(periods.before(days))
    seen = rows.filter(policies.rows(actor, "people.view"), merged_into__isnull=True)
    return seen.order_by("last_met_at", "registered_at", "pk")


def due_counts(actor: Actor, days: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """How many are due under each reviewed clock: whom this actor sees, and whom only another post sees. One query."""
    parts = []
    for one in clocks.reviewed():
        assert one.rows is not None
        due = (("all", one.rows(periods.before(days[one.code]))), ("here", due_people(actor, one, days[one.code])))
        for which, rows in due:
            counted = rows.order_by().values(code=Value(one.code), which=Value(which)).annotate(count=Count("pk"))
            parts.append(counted.values_list("code", "which", "count"))
    found = {(code, which): count for code, which, count in parts[0].union(*parts[1:], all=True)}
    return {
        one.code: (found.get((one.code, "here"), 0), found.get((one.code, "all"), 0) - found.get((one.code, "here"), 0))
        for one in clocks.reviewed()
    }


def lines(rows: Iterable[Person], *, by: Actor) -> list[Due]:
    """Lines of the review, with names."""
    shown = list(rows)
    names = people.identities(shown, by=by)
    stops = clocks.blocked([person.pk for person in shown])
    return [
        Due(
            person=person,
            identity=names[person.pk],
            since=person.since.date(),  # type: ignore[attr-defined]
            blocked=str(stops.get(person.pk, "")),
        )
        for person in shown
        if person.pk in names
    ]


def kept_before(person_ids: Sequence[UUID], *, by: Actor) -> dict[UUID, tuple[Kept, str]]:
    """The last time that each of the people was kept after a review, with the reason."""
    rows = list(Kept.objects.filter(person__in=list(person_ids)).order_by("at"))
    opened = open_documents(rows, ReasonDocument, by=by)
    return {row.person_id: (row, opened[row.pk].reason) for row in rows if row.pk in opened}


def batch_for(_actor: Actor, batch_id: UUID) -> Batch:
    """Several people whom a second officer is asked about. Raises NotFound."""
    batch = Batch.objects.filter(pk=batch_id, state=OfTwo.ASKED).first()
    if batch is None:
        raise NotFound
    return batch


def batch_people(batch: Batch, *, by: Actor) -> list[tuple[Person, IdentityDocument]]:
    """Who they are, as far as this actor may see them."""
    shown = list(people.visible_to(by).filter(pk__in=batch.people.values("pk")))
    names = people.identities(shown, by=by)
    return [(person, names[person.pk]) for person in shown if person.pk in names]


def holds_of(person: Person, *, by: Actor) -> list[Standing]:
    """The holds that stand on a person or wait for their second officer, with why."""
    rows = list(Hold.objects.filter(person__in=people.one_person_ids(person), state__in=ACTIVE))
    opened = open_documents(rows, ReasonDocument, by=by)
    return [Standing(row=row, document=opened.get(row.pk)) for row in rows]


def held() -> "QuerySet[Person]":
    """All records of people on whom a hold stands or waits for its second officer: nothing of them goes."""
    standing = Hold.objects.filter(state__in=ACTIVE)
    roots = standing.annotate(root=Coalesce("person__merged_into_id", "person_id")).values("root")
    return Person.objects.filter(Q(pk__in=roots) | Q(merged_into__in=roots))


def held_person(hold_id: UUID) -> UUID:
    """On whom a hold stands. Raises NotFound."""
    person = Hold.objects.filter(pk=hold_id).values_list("person_id", flat=True).first()
    if person is None:
        raise NotFound
    return person


def wish_of(person: Person) -> Wish | None:
    """That a person asked to be erased while a hold stood."""
    return Wish.objects.filter(person__in=people.one_person_ids(person)).first()


def still_away() -> "QuerySet[SealedRecord]":
    """Records that are sealed to an offline key, newest first."""
    return SealedRecord.objects.filter(state__in=STILL_AWAY).select_related("offline_key")


def record_for(actor: Actor, record_id: UUID) -> SealedRecord:
    """One record that is sealed away. Raises NotFound, also for one kept to another post."""
    record = still_away().filter(pk=record_id).select_related("person").first()
    if record is None or record.person.kept_to_post_id not in {None, actor.post_id}:
        raise NotFound
    return record


def records_for(actor: Actor) -> "QuerySet[SealedRecord]":
    """Sealed records of people who are kept to no other post."""
    elsewhere = still_away().exclude(person__kept_to_post=None)
    if actor.post_id is not None:
        elsewhere = elsewhere.exclude(person__kept_to_post=actor.post_id)
    return still_away().exclude(pk__in=elsewhere.values("pk"))


def by_card(actor: Actor, text: str) -> SealedRecord | None:
    """The sealed record of whoever holds this slip. Raises Invalid for what is no card code."""
    return records_for(actor).filter(card_mac=card_mac(cards.parse(text))).first()


def packages_of(record: SealedRecord) -> tuple[Package, ...]:
    """The packages of all records of a sealed person."""
    return tuple(offline.package_of(one) for one in people.one_person_ids(record.person_id))


def offline_key() -> OfflinePublicKey | None:
    """The key in use."""
    return OfflinePublicKey.objects.filter(state=OfTwo.STANDS).first()


def offline_key_asked() -> OfflinePublicKey | None:
    """The key that waits for a second officer."""
    return OfflinePublicKey.objects.filter(state=OfTwo.ASKED).order_by("-at").first()


def periods_asked() -> dict[str, int]:
    """Longer periods that wait for a second officer."""
    return dict(Period.objects.filter(state=OfTwo.ASKED).values_list("clock", "days"))


def proofs() -> "QuerySet[Proof]":
    """Proofs of erasures, newest first."""
    return Proof.objects.all()


def receipt_of(proof: Proof) -> str:
    """A proof with the log's receipt for it; the log is signed for it. Raises NotFound, NodeLocked."""
    leaf = Leaf.objects.filter(action=ERASED, subject=proof.record).order_by("-index").first()
    if leaf is None:
        raise NotFound
    return receipts.made(leaf, proof.words)


def proof_for(actor: Actor, proof_id: UUID) -> Proof:
    """One proof. Raises NotFound, NotAllowed."""
    policies.require(actor, "retention.proofs")
    proof = Proof.objects.filter(pk=proof_id).first()
    if proof is None:
        raise NotFound
    return proof


def requests_for(actor: Actor) -> "QuerySet[AuthorityRequest]":
    """What authorities asked, newest first; about people whom this actor may see, or nobody on record."""
    return AuthorityRequest.objects.filter(of_people_seen_by(actor)).select_related("post")


def opened_requests(rows: Iterable[AuthorityRequest], *, by: Actor) -> list[Asked]:
    """Requests with what is sealed of them."""
    shown = list(rows)
    opened = open_documents(shown, RequestDocument, by=by)
    names = handles({row.by for row in shown})
    return [Asked(row=row, document=opened.get(row.pk), by=names.get(row.by, "")) for row in shown]


def asked_visible_to(actor: Actor) -> "QuerySet[AuthorityRequest]":
    """Requests of which this actor may know that there are some."""
    rows = AuthorityRequest.objects.all()
    return rows if policies.permits(actor, "retention.asked-about") else rows.none()


def request_for(actor: Actor, request_id: UUID) -> AuthorityRequest:
    """One request. Raises NotFound."""
    row = requests_for(actor).filter(pk=request_id).first()
    if row is None:
        raise NotFound
    return row


def requests_about(person: Person) -> "QuerySet[AuthorityRequest]":
    """What authorities asked about a person, nothing sealed opened."""
    return AuthorityRequest.objects.filter(person__in=people.one_person_ids(person))


def request_counts() -> list[tuple[int, str, str, int]]:
    """How many requests a year came from which authority and what was answered."""
    rows = AuthorityRequest.objects.order_by().annotate(year=ExtractYear("asked_on"))
    counted = rows.values("year", "authority", "answer").annotate(count=Count("pk"))
    return list(counted.order_by("-year", "authority", "answer").values_list("year", "authority", "answer", "count"))
