"""The only door to the rows of this room. Who may not see a person meets the same answer as for nobody."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from waystation.kernel import clock, policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound, Text
from waystation.people.codes import Basis, Relation, relation_between
from waystation.people.documents import (
    ConsentDocument,
    DisclosureDocument,
    IdentityDocument,
    MembershipDocument,
    MergeDocument,
    StopDocument,
)
from waystation.people.models import (
    Consent,
    Disclosure,
    Household,
    JourneyStop,
    Membership,
    Merge,
    NoticeReading,
    Person,
)
from waystation.vault import open_documents


@dataclass(frozen=True, kw_only=True)
class Member:
    """One member of a household: who, what they are to its first person, and what to the person asked about."""

    membership: Membership
    person: Person
    identity: IdentityDocument
    document: MembershipDocument
    relation: str
    to_person: str
    is_self: bool

    @property
    def to_person_label(self) -> Text:
        """What they are to the person asked about, in words."""
        return Relation(self.to_person).label


@dataclass(frozen=True, kw_only=True)
class HouseholdView:
    """A household with those members the actor may see."""

    household_id: UUID
    members: tuple[Member, ...]


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A stop of the road with its sealed part."""

    row: JourneyStop
    document: StopDocument


@dataclass(frozen=True, kw_only=True)
class ConsentView:
    """A consent with its sealed part; `stands`: it allows something today."""

    row: Consent
    document: ConsentDocument
    stands: bool


@dataclass(frozen=True, kw_only=True)
class DisclosureView:
    """A disclosure with its sealed part."""

    row: Disclosure
    document: DisclosureDocument


@dataclass(frozen=True, kw_only=True)
class MergeView:
    """A merge that stands, with why."""

    row: Merge
    document: MergeDocument


def visible_to(actor: Actor) -> QuerySet[Person]:
    """People the actor may see, one row for each (the survivor of merged ones)."""
    return Person.objects.filter(policies.rows(actor, "people.view"), merged_into__isnull=True)


def get_for(actor: Actor, person_id: UUID) -> Person:
    """One person; the number of a merged record gives its survivor. Raises NotFound, also for who may not see them."""
    found = get_for_page(actor, person_id)
    found.known_ids = None
    return found


def get_for_page(actor: Actor, person_id: UUID) -> Person:
    """As `get_for`; the person then knows the numbers of all their records, which must not outlive one page."""
    seen = Exists(visible_to(actor).filter(pk=OuterRef("pk")))
    records = Person.objects.filter(Q(pk=person_id) | Q(merged_into=person_id)).annotate(is_seen=seen)
    rows = list(records.select_related("registered_post", "last_met_post"))
    root = next((row for row in rows if row.merged_into_id is None), None)
    if root is None and rows and rows[0].merged_into_id is not None:
        return get_for_page(actor, rows[0].merged_into_id)
    if root is None or not root.is_seen:
        raise NotFound
    root.known_ids = (root.pk, *sorted(row.pk for row in rows if row.pk != root.pk))
    return root


def any_visible(actor: Actor, person_ids: Iterable[UUID]) -> bool:
    """Whether the actor may see at least one of the people."""
    return visible_to(actor).filter(pk__in=set(survivors(person_ids).values())).exists()


def one_person_ids(person: Person | UUID) -> tuple[UUID, ...]:
    """The numbers of all records of one person, the survivor's first. Every query about a person uses all of them."""
    if isinstance(person, Person):
        known: tuple[UUID, ...] | None = getattr(person, "known_ids", None)
        return known or _ids_of(person.merged_into_id or person.pk)
    return _ids_of(Person.objects.filter(pk=person).values_list("merged_into_id", flat=True).first() or person)


def _ids_of(root: UUID) -> tuple[UUID, ...]:
    return (root, *Person.objects.filter(merged_into=root).order_by("pk").values_list("pk", flat=True))


def survivors(person_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Who stands for each number."""
    rows = Person.objects.filter(pk__in=list(person_ids)).values_list("pk", "merged_into_id")
    return {own: survivor or own for own, survivor in rows}


def household_for(actor: Actor, household_id: UUID) -> Household:
    """One household with at least one member the actor may see. Raises NotFound."""
    members = Membership.objects.filter(household=household_id, left_on__isnull=True)
    if not any_visible(actor, members.values_list("person_id", flat=True)):
        raise NotFound
    return Household.objects.get(pk=household_id)


def identities(people: Iterable[Person], *, by: Actor) -> dict[UUID, IdentityDocument]:
    """The opened identities of people, by their numbers; counted, journalled, erased ones left out."""
    return open_documents(list(people), IdentityDocument, by=by)


def identity_of(person: Person, *, by: Actor) -> IdentityDocument:
    """One opened identity. Raises NotFound for an erased person."""
    found = identities([person], by=by)
    if person.pk not in found:
        raise NotFound
    return found[person.pk]


def households_of(person: Person, *, by: Actor) -> tuple[HouseholdView, ...]:
    """The households a person travels with now, each with the members this actor may see (first person first)."""
    ids = one_person_ids(person)
    memberships = list(
        Membership.objects.filter(
            left_on__isnull=True,
            household__in=Membership.objects.filter(person__in=ids, left_on__isnull=True).values("household"),
        ).select_related("person")
    )
    if not memberships:
        return ()
    standing = {m.person_id: m.person.merged_into_id or m.person_id for m in memberships}
    people = {seen.pk: seen for seen in visible_to(by).filter(pk__in=set(standing.values()))}
    names = identities(people.values(), by=by)
    shown = [m for m in memberships if standing.get(m.person_id) in names]
    documents = open_documents(shown, MembershipDocument, by=by)
    grouped: dict[UUID, list[Membership]] = defaultdict(list)
    for membership in shown:
        if membership.pk in documents:
            grouped[membership.household_id].append(membership)
    return tuple(
        _household(household_id, rows, documents, standing, people, names, ids)
        for household_id, rows in grouped.items()
    )


def household_of(person: Person, *, by: Actor) -> HouseholdView | None:
    """The household a person travels with now; the one joined last when there are several."""
    found = households_of(person, by=by)
    return max(found, key=_joined, default=None)


def _joined(view: HouseholdView) -> date:
    return max((member.membership.joined_on for member in view.members if member.is_self), default=date.min)


def _household(
    household_id: UUID,
    rows: Sequence[Membership],
    documents: dict[UUID, MembershipDocument],
    standing: dict[UUID, UUID],
    people: dict[UUID, Person],
    names: dict[UUID, IdentityDocument],
    ids: tuple[UUID, ...],
) -> HouseholdView:
    own = next((documents[row.pk].relation for row in rows if row.person_id in ids), "")
    members = []
    seen: set[UUID] = set()
    for row in sorted(rows, key=lambda row: (documents[row.pk].relation != "first", row.joined_on, row.pk)):
        survivor = standing[row.person_id]
        if survivor in seen:
            continue
        seen.add(survivor)
        relation = documents[row.pk].relation
        members.append(
            Member(
                membership=row,
                person=people[survivor],
                identity=names[survivor],
                document=documents[row.pk],
                relation=relation,
                to_person=relation_between(relation, own),
                is_self=row.person_id in ids,
            )
        )
    return HouseholdView(household_id=household_id, members=tuple(members))


def journey_of(person: Person, *, by: Actor) -> tuple[Stop, ...]:
    """The stops of a person's road, in order."""
    return opened_stops(list(JourneyStop.objects.filter(person__in=one_person_ids(person))), by=by)


def opened_stops(rows: Sequence[JourneyStop], *, by: Actor) -> tuple[Stop, ...]:
    """Stops with their sealed parts."""
    documents = open_documents(rows, StopDocument, by=by)
    return tuple(Stop(row=row, document=documents[row.pk]) for row in rows if row.pk in documents)


def consents_of(person: Person, *, by: Actor) -> tuple[ConsentView, ...]:
    """What a person allowed, refused and took back, newest first."""
    return opened_consents(list(Consent.objects.filter(person__in=one_person_ids(person))), by=by)


def opened_consents(rows: Sequence[Consent], *, by: Actor) -> tuple[ConsentView, ...]:
    """All consents of a person with their sealed parts, and which of them stand."""
    from waystation.people.permission import stands

    documents = open_documents(rows, ConsentDocument, by=by)
    return tuple(
        ConsentView(row=row, document=documents[row.pk], stands=stands(row, rows))
        for row in rows
        if row.pk in documents
    )


def overrides_since(months: int) -> int:
    """How often something left without consent in the last months because a life was in danger; in every report."""
    since = clock.now() - timedelta(days=30 * months)
    return Disclosure.objects.filter(basis=Basis.VITAL_INTEREST, sent_at__gte=since).count()


def overrides_in(year: int) -> int:
    """The same for a calendar year."""
    return Disclosure.objects.filter(basis=Basis.VITAL_INTEREST, sent_at__year=year).count()


def disclosures_of(person: Person, *, by: Actor) -> tuple[DisclosureView, ...]:
    """Everything that left about a person, newest first; what waits for a second officer has no `sent_at`."""
    return opened_disclosures(list(Disclosure.objects.filter(person__in=one_person_ids(person))), by=by)


def opened_disclosures(rows: Sequence[Disclosure], *, by: Actor) -> tuple[DisclosureView, ...]:
    """Disclosures with their sealed parts."""
    documents = open_documents(rows, DisclosureDocument, by=by)
    return tuple(DisclosureView(row=row, document=documents[row.pk]) for row in rows if row.pk in documents)


def notices_of(person: Person) -> tuple[NoticeReading, ...]:
    """When and how a person was told who sees their record, newest first."""
    return tuple(NoticeReading.objects.filter(person__in=one_person_ids(person)))


def merges_of(person: Person, *, by: Actor) -> tuple[MergeView, ...]:
    """The merges that make up this one person, newest first, each of which can be undone."""
    rows = Merge.objects.filter(undone_at__isnull=True, absorbed__in=one_person_ids(person))
    return opened_merges(list(rows.order_by("-merged_at", "pk")), by=by)


def opened_merges(rows: Sequence[Merge], *, by: Actor) -> tuple[MergeView, ...]:
    """Merges with their sealed parts."""
    documents = open_documents(rows, MergeDocument, by=by)
    return tuple(MergeView(row=row, document=documents[row.pk]) for row in rows if row.pk in documents)
