"""Bar: whatever is lost, doubled, late or crossed, both sides end the same, and what has ended is forgotten there.

Both sides run the real actions and handlers; the road between them decides what comes, when, and how often.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

import cbor2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.requests.mirror import Road, agreed, met_here, met_there, named, other_side, tell
from tests.exchange.far import Far
from waystation.casework.requests import answering, asking, keeping
from waystation.casework.requests.codes import ANSWERER, ASKER, FOUND_TABLE, WAITING, Answering, Asking, FoundState
from waystation.casework.requests.models import Found, OurRequest, TheirRequest
from waystation.exchange import housekeeping, inbox
from waystation.exchange.models import Outgoing
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Problem
from waystation.people.actions import withdraw_consent
from waystation.people.models import Disclosure, Person
from waystation.vault.models import PersonKey

IN_CI = bool(os.environ.get("CI"))
"""There the same walks each time: what is new is looked for at the desk, not while something lands."""
ACTS = ("ask", "withdraw", "name", "reply", "consent", "accept", "refuse", "back", "tell", "nothing", "recall", "late")
ROAD = ("come", "come", "come", "again", "lose", "deaf")
OVER = {Answering.WITHDRAWN, Answering.LAPSED}
QUIET: dict[str, set[Answering | None]] = {
    Asking.AGREED: {None},
    Asking.DRAFT: {None},
    Asking.ASKED: {Answering.ASKED, Answering.LAPSED},
    Asking.ACCEPTED: {Answering.ACCEPTED, Answering.LAPSED},
    Asking.NAMED: {Answering.NAMED, Answering.TOLD, Answering.LAPSED},
    Asking.TOLD: {Answering.TOLD},
    Asking.NOTHING: {Answering.NOTHING},
    Asking.REFUSED: {Answering.REFUSED},
    Asking.WITHDRAWN: {None, *OVER},
    Asking.LAPSED: {None, *OVER, Answering.ASKED, Answering.REFUSED},
    Asking.FAILED: {None, *OVER, Answering.ASKED, Answering.REFUSED},
}
"""Which states the two sides may rest in together. A question that was given up may have come all the same, and so may
an answer: then whoever asked hears nothing more, and takes the question back."""


class Both:
    """The two sides of one request."""

    def __init__(self, by: Actor, person: Person, known: Person, far: Far) -> None:
        self.by, self.known, self.road = by, known, Road(far)
        self.road.seen = set(Outgoing.objects.values_list("pk", flat=True))
        self.ours = agreed(by, person, far)

    @property
    def theirs(self) -> TheirRequest | None:
        return TheirRequest.objects.filter(exchange=self.ours.pk).first()

    def do(self, act: str) -> None:
        theirs = self.theirs
        mine: dict[str, Any] = {"by": self.by, "request_id": self.ours.pk}
        other: dict[str, Any] = {"by": self.by, "request_id": theirs.pk if theirs else uuid4()}
        told = (theirs.consent_id if theirs else None) or uuid4()
        acts: dict[str, Callable[[], object]] = {
            "ask": lambda: asking.ask(**mine),
            "withdraw": lambda: asking.withdraw(**mine),
            "name": lambda: asking.name(**mine),
            "reply": lambda: asking.reply(**mine, words="At the harbour"),
            "consent": lambda: withdraw_consent(by=self.by, consent_id=self.ours.consent_id or uuid4()),
            "accept": lambda: answering.accept(**other),
            "refuse": lambda: answering.refuse(**other, reason="full"),
            "back": lambda: answering.ask(**other, words="Where?"),
            "tell": lambda: tell(self.by, self.ours, self.known) if theirs else None,
            "nothing": lambda: answering.nothing(**other),
            "recall": lambda: withdraw_consent(by=self.by, consent_id=told),
            "late": lambda: keeping.lapse(clock.now() + timedelta(days=91)),
        }
        with suppress(Problem):
            acts[act]()
        if act != "tell":
            self.road.gather()

    def travel(self, how: str, place: int) -> None:
        self.road.gather()
        if not self.road.waiting:
            return
        chosen = place % len(self.road.waiting)
        if how in {"lose", "deaf"}:
            self.lose(chosen, comes=how == "deaf")
        else:
            self.road.come(chosen, again=how == "again")

    def lose(self, place: int, *, comes: bool) -> None:
        """No receipt ever comes, whether the message did or not: it is given up."""
        number, _came, file = self.road.waiting.pop(place)
        if comes:
            inbox.take(file, "stick")
        Outgoing.objects.filter(pk=number).update(made_at=clock.now() - timedelta(days=200))
        housekeeping.give_up()
        self.road.gather()

    def check(self) -> None:
        ours, theirs = OurRequest.objects.get(pk=self.ours.pk), self.theirs
        assert ours.state in ASKER.reachable()
        assert Found.objects.filter(request=ours).exists() <= (ours.state == Asking.TOLD)
        if theirs is not None:
            assert theirs.state in ANSWERER.reachable()
            open_there = theirs.state in WAITING
            assert bool(theirs.sealed) is open_there
            assert PersonKey.objects.filter(person=theirs.pk).exists() is open_there


walks = st.lists(
    st.one_of(st.sampled_from(ACTS), st.tuples(st.sampled_from(ROAD), st.integers(0, 7))), min_size=4, max_size=20
)
LIKELY: list[str | tuple[str, int]] = [
    "ask",
    ("come", 0),
    "accept",
    ("come", 0),
    "name",
    ("come", 0),
    "tell",
    ("come", 0),
]


@settings(derandomize=IN_CI, max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(begun=st.integers(0, len(LIKELY)), walk=walks)
def test_both_sides_end_the_same_and_what_has_ended_is_forgotten(
    actors: dict[str, Actor], far: Far, person: Person, known: Person, begun: int, walk: list[str | tuple[str, int]]
) -> None:
    for rows in (OurRequest.objects, TheirRequest.objects):
        rows.all().delete()
    both = Both(actors["caseworker"], person, known, far)
    for step in [*LIKELY[:begun], *walk]:
        if isinstance(step, str):
            both.do(step)
        else:
            both.travel(*step)
        both.check()
    both.road.through()
    both.check()
    ours, theirs = OurRequest.objects.get(pk=both.ours.pk), both.theirs
    assert (Answering(theirs.state) if theirs else None) in QUIET[Asking(ours.state)]


def test_the_likely_way(actors: dict[str, Actor], far: Far, person: Person, known: Person) -> None:
    both, seen = Both(actors["caseworker"], person, known, far), []
    for step in LIKELY:
        if isinstance(step, str):
            both.do(step)
        else:
            both.travel(*step)
        theirs = both.theirs
        seen.append((OurRequest.objects.get(pk=both.ours.pk).state, theirs.state if theirs else ""))
    assert seen == [
        ("asked", ""),
        ("asked", "asked"),
        ("asked", "accepted"),
        ("accepted", "accepted"),
        ("named", "accepted"),
        ("named", "named"),
        ("named", "told"),
        ("told", "told"),
    ]


def test_every_state_can_be_come_to() -> None:
    assert ASKER.reachable() == set(Asking.values)
    assert ANSWERER.reachable() == set(Answering.values)
    assert FOUND_TABLE.reachable() == set(FoundState.values)


def test_taken_back_before_it_came_it_is_never_asked(by: Actor, person: Person, road: Road) -> None:
    row = agreed(by, person, road.far)
    asking.ask(by=by, request_id=row.pk)
    road.gather()
    asking.withdraw(by=by, request_id=row.pk)
    road.gather()
    road.come(1)
    assert other_side(row).state == "withdrawn"
    road.come(0)
    assert (other_side(row).state, other_side(row).case_kind) == ("withdrawn", "")


def test_an_answer_after_the_question_was_taken_back_is_not_kept(
    by: Actor, person: Person, known: Person, road: Road
) -> None:
    row = named(by, person, road)
    tell(by, row, known)
    road.gather()
    asking.withdraw(by=by, request_id=row.pk)
    road.gather()
    assert road.come(0) == "too-late"
    assert not Found.objects.exists()
    road.through()
    assert other_side(row).state == "withdrawn"


def test_an_answer_that_waits_never_leaves_once_the_question_was_taken_back(
    by: Actor, person: Person, known: Person, road: Road
) -> None:
    """The person took her yes back over there: what was to be told under it, or under one of ours, stays here."""
    for under in ("stated", "ours"):
        row = named(by, person, road)
        withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
        tell(by, row, known, under=under)
        told = Outgoing.objects.get(subject=other_side(row).pk, kind="request.told/1")
        assert Disclosure.objects.filter(pk=told.pk).exists()
        inbox.take(road.far.sealed(road.far.message("request.withdraw/1", {"exchange": row.pk.bytes})), "stick")
        theirs = other_side(row)
        assert (theirs.state, theirs.person_id, theirs.consent_id) == ("withdrawn", None, None)
        told.refresh_from_db()
        assert (told.kind, told.state) == ("request.nothing/1", "waiting")
        assert not Disclosure.objects.filter(pk=told.pk).exists(), "what never left is not listed"
        assert road.through() == ["too-late"], "nobody learns that there was something to tell"
        assert not Found.objects.exists()


def test_told_twice_is_told_once(by: Actor, person: Person, known: Person, road: Road) -> None:
    row = named(by, person, road)
    tell(by, row, known)
    road.gather()
    road.come(0, again=True)
    before = {one.pk for one in Found.objects.all()}
    road.come(0)
    other = road.far.message("request.told/1", {"exchange": row.pk.bytes, "plan": ["Another"]})
    inbox.take(road.far.sealed(other), "stick")
    assert {one.pk for one in Found.objects.all()} == before


def test_the_order_in_which_two_requests_come_is_free(by: Actor, known: Person, road: Road) -> None:
    rows = [agreed(by, met_here(by), road.far) for _ in range(2)]
    for row in rows:
        asking.ask(by=by, request_id=row.pk)
    road.gather()
    road.come(1)
    road.come(0)
    assert {other_side(row).state for row in rows} == {"asked"}
    assert cbor2.dumps(rows[0].pk.bytes) not in cbor2.dumps(road.said[-1].body)
    assert met_there(by).pk != known.pk
