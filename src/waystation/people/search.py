"""Finding people by name in any script, alias, telephone or card code, in an index that exists only while unlocked.

Each process keeps its own index: built after unlocking, brought up to date by change numbers before each search, and
dropped on locking. It only proposes; rows are fetched and opened by the same rules as everywhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NodeLocked
from waystation.names.writing import normal, spelled
from waystation.people import cards, cleaning, queries
from waystation.people.documents import IdentityDocument
from waystation.people.drafts import RegistrationDraft
from waystation.people.index import Near, PeopleIndex
from waystation.people.indexing import service
from waystation.people.models import Person
from waystation.vault import node

MOST_SHOWN = 25
CANDIDATES = 60
"""How many the index proposes, so that enough remain when some are not for this actor."""
SHORTEST = 2
LIKELY_DOUBLE = 0.8
"""From which nearness a person is shown as a likely double at registration."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """One person found: how near (0 to 1) and why (codes of `reasons`)."""

    person: Person
    identity: IdentityDocument
    reasons: tuple[str, ...]
    score: float
    last_met_at: datetime | None
    last_met_post_id: UUID | None


def find(
    text: str,
    *,
    by: Actor,
    limit: int = 5,
    sex: str = "",
    birth_year: int | None = None,
    origin: str = "",
) -> list[Found]:
    """The nearest people to a name in any script, an alias, a telephone number or a card code, best first.

    `sex`, `birth_year` (3 years either way) and `origin` leave out whom they surely do not fit. Only people the actor
    may see; only those given back are opened, counted and journalled. Raises NodeLocked, NotAllowed, BudgetSpent,
    Invalid (field `card_code`) for a card code with a wrong character.
    """
    policies.require(by, "people.view")
    wanted = cleaning.line(text)[: cleaning.LONGEST_NAME]
    if len(wanted) < SHORTEST:
        return []
    index = service.ready_index()
    near = _exact(index, wanted)
    if near is None:
        near = index.near([wanted], limit=CANDIDATES)
    near = [one for one in near if index.fits(one.person_id, birth_year=birth_year, origin=origin)]
    return [_begun(wanted, one) for one in _open(near, by=by, limit=min(limit, MOST_SHOWN), sex=sex)]


def _begun(wanted: str, found: Found) -> Found:
    """Says of a name that only begins as typed that it begins so, and not that it is spelled alike."""
    typed = spelled(normal(wanted.rsplit(maxsplit=1)[-1]))
    words = {spelled(normal(word)) for name in found.identity.all_names for word in name.split()}
    if not typed or not any(word.startswith(typed) and word != typed for word in words):
        return found
    said = ["name-begins" if reason == "name-like" else reason for reason in found.reasons]
    return replace(found, reasons=tuple(said))


def as_told(text: str) -> dict[str, str]:
    """What was typed into a search, as the answers of a registration: a code into none, a number as telephone."""
    told = cleaning.line(text)
    if cards.looks_like_code(told) or cards.is_cut_short(told):
        return {}
    if told and not any(character.isalpha() for character in told):
        return {"phone": told}
    given, _space, family = told.partition(" ")
    return {"given_name": given, "family_name": family}


def duplicates_of(draft: RegistrationDraft, *, by: Actor, limit: int = 5) -> list[Found]:
    """People already registered who may be the one being registered, with why. Raises as `find`."""
    policies.require(by, "people.view")
    index = service.ready_index()
    names = [cleaning.line(name)[: cleaning.LONGEST_NAME] for name in draft.identity.all_names]
    near = _by_phone(index, draft.identity.phone)
    year, origin = draft.identity.birth_year, draft.identity.origin.strip().upper()
    near += [
        one
        for one in index.near(names, limit=CANDIDATES)
        if one.score >= LIKELY_DOUBLE and index.fits(one.person_id, birth_year=year, origin=origin)
    ]
    return _open(near, by=by, limit=min(limit, MOST_SHOWN), sex=draft.sex)


def progress() -> tuple[int, int]:
    """How many people the index holds of how many there are; (0, 0) while locked."""
    return service.progress()


def is_ready() -> bool:
    """Whether the whole index stands, so that who is not found is not there."""
    return service.is_complete


def announce(people: Iterable[tuple[Person, IdentityDocument]]) -> None:
    """What an action just wrote, so that this process need not open it again; counts once the transaction commits."""
    written = list(people)
    transaction.on_commit(lambda: service.learn(written))


def forget(person_ids: Sequence[UUID]) -> None:
    """Erased people leave this process's index now; others leave theirs when they catch up."""
    service.forget(person_ids)


def listen() -> None:
    """Build when the node unlocks, drop when it locks."""
    node.on_unlock(service.start)
    node.on_lock(service.stop)


def _exact(index: PeopleIndex, text: str) -> list[Near] | None:
    """Who is meant by a card code or a telephone number; None when the text is neither."""
    if cards.looks_like_code(text):
        return index.with_code(cards.parse(text))
    if cards.is_cut_short(text):
        raise Invalid({"card_code": cards.CUT_SHORT})
    if any(character.isalpha() for character in text):
        return None
    return _by_phone(index, text)


def _by_phone(index: PeopleIndex, text: str) -> list[Near]:
    try:
        return index.with_phone(cleaning.phone(text))
    except ValueError:
        return []


def _open(near: Sequence[Near], *, by: Actor, limit: int, sex: str) -> list[Found]:
    standing = queries.survivors(one.person_id for one in near)
    best: dict[UUID, Near] = {}
    for one in near:
        survivor = standing.get(one.person_id)
        if survivor is not None:
            best[survivor] = one.beside(best.get(survivor, one))
    rows = queries.visible_to(by).filter(pk__in=best)
    if sex in {"female", "male"}:
        rows = rows.exclude(sex={"female": "male", "male": "female"}[sex])
    people = sorted(rows, key=lambda person: -best[person.pk].score)[:limit]
    identities = queries.identities(people, by=by)
    return [
        Found(
            person=person,
            identity=identities[person.pk],
            reasons=best[person.pk].reasons,
            score=best[person.pk].score,
            last_met_at=person.last_met_at,
            last_met_post_id=person.last_met_post_id,
        )
        for person in people
        if person.pk in identities
    ]


__all__ = ["Found", "NodeLocked", "announce", "duplicates_of", "find", "forget", "is_ready", "listen", "progress"]
