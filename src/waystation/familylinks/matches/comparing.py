"""Who may be the one sought: proposed by the index, weighed by places and relatives, kept from who must not know."""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from waystation.familylinks.lists import queries as lists
from waystation.familylinks.lists.documents import ListedDocument
from waystation.familylinks.lists.models import ListedPerson
from waystation.familylinks.matches.codes import Why
from waystation.familylinks.matches.index import Near, Sought, known
from waystation.familylinks.matches.models import Never, NeverDocument
from waystation.familylinks.tracing.codes import NameKind
from waystation.familylinks.tracing.documents import RequestDocument
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel.actors import Actor
from waystation.names.index import NameIndex
from waystation.names.registry import SCALE
from waystation.names.writing import normal
from waystation.people import queries as people
from waystation.people.codes import ConsentState, Purpose, RecipientKind
from waystation.people.documents import ConsentDocument
from waystation.people.models import Consent, JourneyStop, Membership, Person
from waystation.vault import open_documents

PROPOSED, SHOWN = 40, 8
"""How many the index proposes, and how many of them are opened and shown: each opened counts in the officer's hour."""
LEAST = 0.005
"""Less probable than this nobody is shown."""
PLACE_TELLS, RELATIVE_TELLS = 1.5, 2.5
"""What a place in common and a relative of the same name add: judgement, to be fitted once a field has verified a few
hundred matches. A place is shared by thousands; a mother's name by few."""
SAME_NAME = 0.75
"""From which likeness two relatives' names are held to be one."""
SHORTEST_PLACE = 3
ABOUT_FAMILY = {"purpose": Purpose.TRACING, "recipient_kind": RecipientKind.FAMILY}

Whom = tuple[Near, Person | ListedPerson]


@dataclass(frozen=True, kw_only=True)
class Side:
    """What is known of somebody who may be the one, from our book or from a list."""

    id: UUID
    names: tuple[str, ...]
    sex: str = ""
    birth_year: int | None = None
    country: str = ""
    places: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    source: str = ""
    person: Person | None = None
    listed: ListedPerson | None = None


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One who may be the one, with what speaks for and against, and how probable it is."""

    side: Side
    probability: float
    score: float
    why: tuple[tuple[str, float], ...]


def candidates(
    index: Sought, row: TracingRequest, said: RequestDocument, *, by: Actor, only: UUID | None = None
) -> list[Candidate]:
    """Who may be the one sought, the most probable first; `only` one of them, however improbable.

    Left out: the enquirer and who travels with them, whoever said no to being found, whoever said that this enquirer
    must never be told. Raises NotAllowed, BudgetSpent, NodeLocked.
    """
    near = propose(index, row, said)
    wanted = [one for one in near if one.id == only] if only else [one for one in near if one.probability >= LEAST]
    chosen = _may_be_found(row, _seen(wanted, row, by)[: 2 * SHOWN], by)[:SHOWN]
    company = bool(only or _relatives_of(said))
    sides = _sides([whom for _one, whom in chosen], by, company=company)
    never = _never_of(row, by)
    shown = [sides[one.id] for one, _whom in chosen if one.id in sides and not _is_never(sides[one.id], never)]
    near_of = {one.id: one for one, _whom in chosen}
    found = [_weighed(near_of[side.id], side, said) for side in shown]
    return sorted(found, key=lambda one: (-one.probability, -one.score))


def propose(index: Sought, row: TracingRequest, said: RequestDocument) -> list[Near]:
    """What the index alone says; nobody is opened."""
    return index.find(said.names_to_seek, known(said.birth_year, row.sex, said.country), limit=PROPOSED)


def best(index: Sought, row: TracingRequest, said: RequestDocument, known: Collection[UUID] = ()) -> float:
    """How probable the most probable is of whom nobody has looked into yet (`known`), for a queue.

    Nobody is opened: whoever said no to anybody is not counted.
    """
    near = [one for one in propose(index, row, said) if one.id not in known]
    ids = [one.id for one in near if not one.listed]
    answers = Consent.objects.filter(person__in=ids, **ABOUT_FAMILY, state=ConsentState.REFUSED)
    hidden = {*together(row, ids), *answers.values_list("person_id", flat=True)}
    return max((one.probability for one in near if one.listed or one.id not in hidden), default=0.0)


def together(row: TracingRequest, ids: Sequence[UUID]) -> set[UUID]:
    """The enquirer, and who of these travels with them."""
    own = people.one_person_ids(row.person)
    households = Membership.objects.filter(person__in=own, left_on__isnull=True).values("household")
    together = Membership.objects.filter(household__in=households, left_on__isnull=True, person__in=ids)
    return {*own, *together.values_list("person_id", flat=True)}


def _seen(near: Sequence[Near], row: TracingRequest, by: Actor) -> list[Whom]:
    ids = [one.id for one in near if not one.listed]
    survivors = people.survivors(ids)
    hidden = together(row, ids)
    persons = people.visible_to(by).in_bulk(set(survivors.values()))
    listed = lists.visible_to(by).filter(emptied_at__isnull=True).select_related("of")
    rows = listed.in_bulk([one.id for one in near if one.listed])
    found: dict[UUID, Whom] = {}
    for one in near:
        whom = rows.get(one.id) if one.listed else persons.get(survivors.get(one.id, one.id))
        if whom is not None and one.id not in hidden and whom.pk not in hidden:
            found.setdefault(whom.pk, (replace(one, id=whom.pk), whom))
    return list(found.values())


def _may_be_found(row: TracingRequest, found: Sequence[Whom], by: Actor) -> list[Whom]:
    """Without those who do not wish to be found by family, or said that this enquirer must never be told, in whatever
    script they named them."""
    persons = [whom.pk for _one, whom in found if isinstance(whom, Person)]
    consents = list(Consent.objects.filter(person__in=persons).order_by("given_at"))
    if not consents:
        return list(found)
    opened = open_documents(consents, ConsentDocument, by=by)
    enquirer = people.identity_of(row.person, by=by).all_names
    answers: dict[UUID, list[tuple[Consent, ConsentDocument]]] = {}
    for consent in consents:
        if consent.pk in opened:
            answers.setdefault(consent.person_id, []).append((consent, opened[consent.pk]))
    return [(one, whom) for one, whom in found if not is_hidden(answers.get(whom.pk, []), enquirer)]


def is_hidden(answers: Sequence[tuple[Consent, ConsentDocument]], enquirer: Sequence[str]) -> bool:
    """Whether a person's answers, the oldest first, say that this enquirer must not find them."""
    to_all = [
        row.state
        for row, said in answers
        if not said.recipients and (row.purpose, row.recipient_kind) == (Purpose.TRACING, RecipientKind.FAMILY)
    ]
    never = [name for _row, said in answers for name in said.withheld]
    refused = to_all[-1:] == [ConsentState.REFUSED]
    return refused or any(is_same_name(name, never) for name in enquirer)


def is_same_name(name: str, others: Sequence[str]) -> bool:
    """Whether a name is one of others, in whatever script and spelling."""
    if not others:
        return False
    small = NameIndex()
    for other in others:
        small.add([other])
    near = small.near(name, limit=1)
    return bool(near) and near[0].score >= SAME_NAME


def _sides(whom: Sequence[Person | ListedPerson], by: Actor, *, company: bool) -> dict[UUID, Side]:
    persons = [one for one in whom if isinstance(one, Person)]
    listed = [one for one in whom if isinstance(one, ListedPerson)]
    texts = lists.documents(listed, by=by) if listed else {}
    sides = of_people(persons, by=by, company=company) if persons else []
    sides += [of_listed(one, texts[one.pk]) for one in listed if one.pk in texts]
    return {side.id: side for side in sides}


def _never_of(row: TracingRequest, by: Actor) -> list[NeverDocument]:
    rows = list(Never.objects.filter(request__person=row.person_id))
    return list(open_documents(rows, NeverDocument, by=by).values()) if rows else []


def _is_never(side: Side, never: Sequence[NeverDocument]) -> bool:
    """Whether they are one of those who said never to this enquirer, in whatever list they come again."""
    for said in never:
        near = not said.birth_year or not side.birth_year or abs(said.birth_year - side.birth_year) <= 1
        if near and any(is_same_name(name, said.names) for name in side.names):
            return True
    return False


def of_people(persons: Sequence[Person], *, by: Actor, company: bool) -> list[Side]:
    """People of our book with the places of their road; with `company` also who travels with them, who then count in
    the officer's hour too."""
    ids = [person.pk for person in persons]
    identities = people.identities(persons, by=by)
    places: dict[UUID, list[str]] = {}
    stops = list(JourneyStop.objects.filter(person__in=ids).order_by("position"))
    for stop in people.opened_stops(stops, by=by) if stops else ():
        if stop.document.place:
            places.setdefault(stop.row.person_id, []).append(stop.document.place)
    others = _company(ids, by) if company else {}
    return [
        Side(
            id=person.pk,
            names=(identity := identities[person.pk]).all_names,
            sex=person.sex,
            birth_year=identity.birth_year,
            country=identity.origin,
            places=tuple(dict.fromkeys(places.get(person.pk, ()))),
            relatives=tuple(others.get(person.pk, ())),
            languages=identity.languages,
            person=person,
        )
        for person in persons
        if person.pk in identities
    ]


def _company(ids: Sequence[UUID], by: Actor) -> dict[UUID, list[str]]:
    """By person, the names of those in their households now whom the actor may see."""
    now = Membership.objects.filter(left_on__isnull=True)
    own = now.filter(person__in=ids).values("household")
    rows = list(now.filter(household__in=own, person__in=people.visible_to(by)).select_related("person"))
    if len(rows) <= len({row.household_id for row in rows}):
        return {}
    names = people.identities([row.person for row in rows], by=by)
    found: dict[UUID, list[str]] = {}
    for row in rows:
        beside = [other for other in rows if other.household_id == row.household_id and other is not row]
        if row.person_id in ids:
            found[row.person_id] = [name for one in beside for name in names[one.person_id].all_names[:1]]
    return found


def of_listed(listed: ListedPerson, said: ListedDocument) -> Side:
    """Somebody of a list."""
    return Side(
        id=listed.pk,
        names=said.names,
        sex=said.sex,
        birth_year=said.birth_year,
        country=said.country,
        places=(said.place,) if said.place else (),
        relatives=tuple(filter(None, (said.mother, said.father))),
        source=f"{listed.of.name}, {listed.of.keeper}",
        listed=listed,
    )


def _weighed(near: Near, side: Side, said: RequestDocument) -> Candidate:
    more = [*_places(said, side), *_relatives(said, side)]
    extra = sum(weight for _code, weight in more)
    return Candidate(
        side=side,
        probability=_moved(near.probability, extra),
        score=near.score + extra,
        why=(*near.why, *more),
    )


def _moved(probability: float, extra: float) -> float:
    """A probability after more was told: the same scale on which the registry's own sums were calibrated."""
    if not extra:
        return probability
    bounded = min(max(probability, 1e-9), 1 - 1e-9)
    return 1 / (1 + math.exp(-(math.log(bounded / (1 - bounded)) + SCALE * extra)))


def _places(said: RequestDocument, side: Side) -> Iterable[tuple[str, float]]:
    asked = {normal(place) for place in (said.last_place, said.lost_at, said.birth_place)}
    asked = {place for place in asked if len(place) >= SHORTEST_PLACE}
    if asked & {normal(place) for place in side.places}:
        yield Why.PLACE, PLACE_TELLS


def _relatives(said: RequestDocument, side: Side) -> Iterable[tuple[str, float]]:
    if any(is_same_name(name, side.relatives) for name in _relatives_of(said)):
        yield Why.RELATIVE, RELATIVE_TELLS


def _relatives_of(said: RequestDocument) -> list[str]:
    return [*(one.name for one in said.relatives), *said.of(NameKind.MOTHER), *said.of(NameKind.FATHER)]
