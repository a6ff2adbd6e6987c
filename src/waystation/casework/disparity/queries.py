"""What happened to people, each once, and which group they are of. Nobody is named to anyone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from waystation.casework.cases.codes import CaseState, Closing
from waystation.casework.cases.models import Case
from waystation.casework.codes import NeedState
from waystation.casework.disparity.codes import CARDS, Ground, Measure
from waystation.casework.disparity.counting import Table, tabulate
from waystation.casework.models import Need
from waystation.casework.referrals.models import Referral
from waystation.kernel import clock, journal, policies
from waystation.kernel.actors import Actor
from waystation.people import queries as people
from waystation.people.documents import IdentityDocument
from waystation.people.models import Person
from waystation.vault import stream_for_index

CHUNK = 500
MONTH = timedelta(days=30)
REACHED = frozenset({Closing.HELPED, Closing.REUNITED, Closing.RETURNED, Closing.HANDED_OVER, Closing.GROWN_UP})
Outcomes = dict[UUID, str]
Span = tuple[datetime, datetime]


def report(by: Actor, *, measure: Measure, ground: Ground, months: int) -> Table:
    """One table for the twelve months that began so many months ago. Raises NotAllowed, NodeLocked."""
    policies.require(by, "disparity.view")
    since = clock.now() - months * MONTH
    outcomes = _by_survivor(OUTCOMES[measure]((since, since + 12 * MONTH)))
    groups = GROUPS[ground](outcomes)
    journal.record(by, journal.Entry(action="disparity.view", detail={"measure": measure, "ground": ground}))
    pairs = [(groups[person], outcome) for person, outcome in outcomes.items() if person in groups]
    card = CARDS[measure]
    return tabulate(pairs, list(card.columns), card.good)


def _acceptance(span: Span) -> Iterator[tuple[UUID, str]]:
    sent = Referral.objects.filter(sent_at__range=span).order_by("sent_at", "pk")
    for person, declined, answered in sent.values_list("person_id", "declined", "answered_at"):
        yield person, "declined" if declined else ("accepted" if answered else "unanswered")


def _waiting(span: Span) -> Iterator[tuple[UUID, str]]:
    needs = Need.objects.filter(recorded_at__range=span, person__isnull=False).exclude(state=NeedState.WITHDRAWN)
    now = clock.now()
    waited = []
    for person, state, recorded, ended in needs.values_list("person_id", "state", "recorded_at", "state_at"):
        is_met = state == NeedState.MET
        waited.append(((ended if is_met else now) - recorded, is_met, person))
    for days, is_met, person in sorted(waited, key=lambda one: (one[0], one[2])):
        yield person, _how_long(days) if is_met else "open"


def _how_long(waited: timedelta) -> str:
    if waited <= timedelta(days=1):
        return "day"
    return "week" if waited <= timedelta(days=7) else "later"


def _closure(span: Span) -> Iterator[tuple[UUID, str]]:
    closed = Case.objects.filter(state=CaseState.CLOSED, state_at__range=span).exclude(closing=Closing.DUPLICATE)
    for person, closing in closed.order_by("state_at", "pk").values_list("person_id", "closing"):
        yield person, "lost" if closing == Closing.LOST_CONTACT else ("reached" if closing in REACHED else "other")


OUTCOMES: Mapping[Measure, Callable[[Span], Iterable[tuple[UUID, str]]]] = {
    Measure.ACCEPTANCE: _acceptance,
    Measure.WAITING: _waiting,
    Measure.CLOSURE: _closure,
}


def _by_survivor(found: Iterable[tuple[UUID, str]]) -> Outcomes:
    """Each person once, whatever records were joined in them: what came last counts."""
    pairs = list(found)
    roots: dict[UUID, UUID] = {}
    for chunk in _chunks({person for person, _outcome in pairs}):
        roots |= people.survivors(chunk)
    return {roots[person]: outcome for person, outcome in pairs if person in roots}


def _column(name: str) -> Callable[[Iterable[UUID]], dict[UUID, str]]:
    def of(ids: Iterable[UUID]) -> dict[UUID, str]:
        found: dict[UUID, str] = {}
        for chunk in _chunks(ids):
            found |= dict(Person.objects.filter(pk__in=chunk).values_list("pk", name))
        return found

    return of


def _told(part: Callable[[IdentityDocument], str]) -> Callable[[Iterable[UUID]], dict[UUID, str]]:
    def of(ids: Iterable[UUID]) -> dict[UUID, str]:
        found: dict[UUID, str] = {}
        for chunk in _chunks(ids):
            rows = Person.objects.filter(pk__in=chunk)
            # Who cannot be opened is counted all the same, or totals would tell how many they are.
            found |= dict.fromkeys(chunk, "?")
            found |= {person: part(identity) or "?" for person, identity in stream_for_index(rows, IdentityDocument)}
        return found

    return of


GROUPS: Mapping[Ground, Callable[[Iterable[UUID]], dict[UUID, str]]] = {
    Ground.SEX: _column("sex"),
    Ground.AGE: _column("age_band"),
    Ground.ORIGIN: _told(lambda identity: identity.origin),
    Ground.LANGUAGE: _told(lambda identity: identity.languages[0] if identity.languages else ""),
}


def _chunks(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    rest = iter(ids)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
