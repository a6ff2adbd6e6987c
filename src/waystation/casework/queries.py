"""The only door to what happened at the desk."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet, Sum

from waystation.casework import triage
from waystation.casework.codes import KEPT_AS, NEEDS, OPEN, EncounterKind, Service, Threat
from waystation.casework.models import Encounter, Need, NeedDocument, Unnamed
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.people import queries as people
from waystation.people.documents import IdentityDocument
from waystation.people.models import Person
from waystation.people.policies import of_people_seen_by
from waystation.vault import open_documents

MOST_WAITING = 500


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One line of the work list: who (or an encounter without a name), which needs, at which place and why."""

    number: int
    position: triage.Position
    reasons: triage.Reasons
    needs: tuple[Need, ...]
    person: Person | None
    encounter_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """One meeting as a person's page shows it."""

    met_at: datetime
    kind: EncounterKind
    post: str
    given: list[Service]


def facts(need: Need) -> triage.NeedFacts:
    """The only facts of a need that triage is told."""
    threats = frozenset(threat.value for threat in Threat if getattr(need, f"threat_{threat.value}"))
    return triage.NeedFacts(threats=threats, severity=need.severity, recorded_at=need.recorded_at)


def seen_codes(actor: Actor) -> list[str]:
    """Codes of needs whose existence this actor may know."""
    return [code for code, card in NEEDS.items() if actor.opens(card.seen)]


def needs_visible_to(actor: Actor) -> QuerySet[Need]:
    """Needs of people this actor may see, and of urgent help without a name."""
    return Need.objects.filter(of_people_seen_by(actor), code__in=seen_codes(actor))


def waiting_list(actor: Actor, *, post_id: UUID | None = None) -> list[Waiting]:
    """Everyone with an open need, the most pressing first. Reads plain columns only; opens nobody."""
    rows = needs_visible_to(actor).filter(state__in=OPEN)
    if post_id is not None:
        rows = rows.filter(encounter__post=post_id)
    grouped: dict[tuple[UUID | None, UUID | None], list[Need]] = defaultdict(list)
    for need in rows.order_by("urgency", "recorded_at", "pk").select_related("person")[:MOST_WAITING]:
        owner = (need.person.merged_into_id or need.person.pk) if need.person else None
        grouped[(owner, None if owner else need.encounter_id)].append(need)
    owners = [owner for owner, _encounter in grouped if owner]
    survivors = people.visible_to(actor).in_bulk(owners)
    grouped = {key: needs for key, needs in grouped.items() if key[0] is None or key[0] in survivors}
    placed = sorted(
        ((triage.place([facts(need) for need in needs]), key, needs) for key, needs in grouped.items()),
        key=lambda item: (item[0], str(item[1])),
    )
    numbers = triage.numbered([position for position, _key, _needs in placed])
    return [
        Waiting(
            number=number,
            position=position,
            reasons=triage.reasons([facts(need) for need in needs]),
            needs=tuple(needs),
            person=survivors.get(owner) if owner else None,
            encounter_id=encounter,
        )
        for number, (position, (owner, encounter), needs) in zip(numbers, placed, strict=True)
    ]


@dataclass(frozen=True, kw_only=True)
class Unclaimed:
    """Urgent help of which nobody has said yet whose it was: where and when, and as much of what as this actor sees."""

    encounter: Encounter
    needs: tuple[Need, ...]


def unclaimed_for(actor: Actor, encounter_id: UUID | None) -> Unclaimed | None:
    """One's own urgent help, or some with a need this actor may know of; None for anything else."""
    if encounter_id is None:
        return None
    unnamed = Encounter.objects.filter(pk=encounter_id, kind=EncounterKind.URGENT, person__isnull=True)
    encounter = unnamed.select_related("post").first()
    if encounter is None:
        return None
    needs = tuple(needs_visible_to(actor).filter(encounter=encounter))
    return Unclaimed(encounter=encounter, needs=needs) if needs or encounter.by == actor.account_id else None


def names_of(waiting: Iterable[Waiting], *, by: Actor) -> dict[UUID, IdentityDocument]:
    """Who they are, for the lines of one page."""
    return people.identities([line.person for line in waiting if line.person], by=by)


def needs_of(person: Person, *, by: Actor) -> list[tuple[Need, NeedDocument | None]]:
    """A person's needs that this actor may know of, open ones first, each with its note where the actor opens it."""
    ids = people.one_person_ids(person)
    rows = list(Need.objects.filter(person__in=ids, code__in=seen_codes(by)).order_by("urgency", "recorded_at"))
    rows.sort(key=lambda need: need.state not in OPEN)
    notes = reveal(rows, by=by, notes=True)
    return [(need, notes.get(need.pk)) for need in rows]


def reveal(rows: Iterable[Need], *, by: Actor, notes: bool = False) -> dict[UUID, NeedDocument]:
    """Open which needs these are where the column does not say it, and with `notes` every note this actor opens.

    Opening is logged and counted as any reading of a sealed document.
    """
    kept = set(KEPT_AS.values())
    readable = [
        need for need in rows if need.detail and (notes or need.code in kept) and by.opens(NEEDS[need.code].note)
    ]
    documents = open_documents(readable, NeedDocument, by=by) if readable else {}
    for need in readable:
        if need.pk in documents:
            need.told = documents[need.pk].code
    return documents


def meetings_of(person: Person, *, limit: int = 20) -> list[Meeting]:
    """A person's latest meetings with what was given in each, in one query."""
    rows = Encounter.objects.filter(person__in=people.one_person_ids(person)).order_by("-met_at", "pk")
    meetings: dict[UUID, Meeting] = {}
    for pk, met_at, kind, post, code in rows.values_list("pk", "met_at", "kind", "post__name", "services__code")[
        : limit * 4
    ]:
        meeting = meetings.setdefault(pk, Meeting(met_at=met_at, kind=EncounterKind(kind), post=post or "", given=[]))
        if code:
            meeting.given.append(Service(code))
    return list(meetings.values())[:limit]


def counted() -> QuerySet[Unnamed]:
    """Everyone served without a name, less what was taken back."""
    return Unnamed.objects.filter(taken_back_at__isnull=True)


def unnamed_of(actor: Actor, day: date) -> dict[tuple[str, str], int]:
    """How many were served without a name at the actor's post on a day, by (sex, age band)."""
    rows = counted().filter(policies.rows(actor, "casework.count"), post=actor.post_id, day=day)
    return {(sex, band): total for sex, band, total in rows.values_list("sex", "age_band").annotate(Sum("count"))}
