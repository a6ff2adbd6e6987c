"""Bar: whatever is lost, doubled, late or crossed, both sides move by their tables and rest in states that fit.

Both sides run the real actions and handlers; the road between them decides what comes, when, and how often.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.asked.mirror import Road, agreed
from tests.exchange.far import Far
from waystation.casework.asked import answering
from waystation.casework.asked.codes import TABLE as THEIRS
from waystation.casework.asked.codes import State as Theirs
from waystation.casework.asked.models import Asked
from waystation.casework.referrals import actions
from waystation.casework.referrals import road as asking
from waystation.casework.referrals.codes import TABLE, State
from waystation.casework.referrals.models import Referral
from waystation.exchange import housekeeping, inbox
from waystation.exchange.models import Outgoing
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Problem
from waystation.people.actions import withdraw_consent

IN_CI = bool(os.environ.get("CI"))
"""There the same walks each time: what is new is looked for at the desk, not while something lands."""
ACTS = ("send", "tell", "reply", "consent", "give up", "accept", "decline", "ask", "start", "complete", "fail", "say")
ROAD = ("come", "come", "come", "again", "lose", "deaf")
OVER = {Theirs.WITHDRAWN, Theirs.DECLINED}
QUIET: dict[str, set[Theirs | None]] = {
    State.CONSENTED: {None},
    State.DRAFT: {None},
    State.SENT: {Theirs.ASKED},
    State.ACKNOWLEDGED: {Theirs.ASKED},
    State.WILLING: {Theirs.ACCEPTED},
    State.ACCEPTED: {Theirs.TOLD},
    State.STARTED: {Theirs.STARTED},
    State.COMPLETED: {Theirs.COMPLETED, Theirs.WITHDRAWN},
    State.FEEDBACK: {Theirs.COMPLETED, Theirs.FAILED, Theirs.WITHDRAWN},
    State.DECLINED: {Theirs.DECLINED},
    State.RECALLED: {None, *OVER},
    State.FAILED: {None, Theirs.FAILED, *OVER},
}
"""Which states the two sides rest in together while nothing was lost for good."""


class Both:
    """The two sides of one referral."""

    def __init__(self, by: Actor, far: Far) -> None:
        self.by, self.road, self.lost = by, Road(far), False
        self.road.seen = set(Outgoing.objects.values_list("pk", flat=True))
        self.row = agreed(by, far)

    @property
    def theirs(self) -> Asked | None:
        return Asked.objects.filter(exchange=self.row.pk).first()

    def do(self, act: str) -> None:
        ours: dict[str, Any] = {"by": self.by, "referral_id": self.row.pk}
        theirs: dict[str, Any] = {"by": self.by, "asked_id": self.theirs.pk if self.theirs else uuid4()}
        acts: dict[str, Callable[[], object]] = {
            "send": lambda: actions.send(**ours, way="node"),
            "tell": lambda: asking.tell(**ours),
            "reply": lambda: asking.reply(**ours, words="Two beds"),
            "consent": lambda: withdraw_consent(by=self.by, consent_id=self.row.consent_id or uuid4()),
            "give up": lambda: actions.go_on(**ours, act="fail"),
            "accept": lambda: answering.accept(**theirs),
            "decline": lambda: answering.decline(**theirs, declined="full"),
            "ask": lambda: answering.ask(**theirs, words="How many beds?"),
            "say": lambda: answering.tell_feedback(**theirs, verdict="helped"),
        }
        with suppress(Problem):
            acts.get(act, lambda: answering.go_on(**theirs, act=act))()
        self.road.gather()

    def travel(self, how: str, place: int) -> None:
        if not self.road.waiting:
            return
        chosen = place % len(self.road.waiting)
        if how in {"lose", "deaf"}:
            self.lose(chosen, comes=how == "deaf")
        else:
            self.road.come(chosen, again=how == "again")

    def lose(self, place: int, *, comes: bool) -> None:
        """No receipt ever comes, whether the message did or not: it is given up."""
        self.lost = True
        number, _came, file = self.road.waiting.pop(place)
        if comes:
            inbox.take(file, "stick")
        Outgoing.objects.filter(pk=number).update(made_at=clock.now() - timedelta(days=200))
        housekeeping.give_up()
        self.road.gather()


walks = st.lists(
    st.one_of(st.sampled_from(ACTS), st.tuples(st.sampled_from(ROAD), st.integers(0, 7))), min_size=4, max_size=24
)
LIKELY: list[str | tuple[str, int]] = [
    "send", ("come", 0), "accept", ("come", 0), "tell", ("come", 0), "start", ("come", 0), "complete", ("come", 0),
    "say", ("come", 0),
]  # fmt: skip


@settings(derandomize=IN_CI, max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(begun=st.integers(0, len(LIKELY)), walk=walks)
def test_both_sides_rest_in_states_that_fit(
    actors: dict[str, Actor], far: Far, begun: int, walk: list[str | tuple[str, int]]
) -> None:
    both = Both(actors["caseworker"], far)
    for step in [*LIKELY[:begun], *walk]:
        before, theirs_before = Referral.objects.get(pk=both.row.pk), both.theirs
        if isinstance(step, str):
            both.do(step)
        else:
            both.travel(*step)
        after, theirs = Referral.objects.get(pk=both.row.pk), both.theirs
        assert reached(TABLE, before.state, after.state)
        if theirs_before and theirs:
            assert reached(THEIRS, theirs_before.state, theirs.state)
        assert not (theirs and theirs.person_id and after.sent_at is None), "nobody is known there who was not asked"
    both.road.through()
    row, theirs = Referral.objects.get(pk=both.row.pk), both.theirs
    if not both.lost:
        assert (Theirs(theirs.state) if theirs else None) in QUIET[row.state]
    if row.state == State.RECALLED and theirs:
        assert theirs.state in OVER


def reached(table: Any, before: str, after: str) -> bool:
    """Whether some acts lead from one state to the other: a message that comes late may do two."""
    edge, seen = {before}, {before}
    while edge:
        edge = {table.after(state, act) for state in edge for act in table.acts(state)} - seen
        seen |= edge
    return after in seen


def test_the_likely_way_comes_to_its_end(actors: dict[str, Actor], far: Far) -> None:
    both, seen = Both(actors["caseworker"], far), []
    for step in LIKELY:
        if isinstance(step, str):
            both.do(step)
        else:
            both.travel(*step)
            seen.append(Referral.objects.get(pk=both.row.pk).state)
    assert seen == ["acknowledged", "willing", "accepted", "started", "completed", "feedback"]


def test_every_state_can_be_come_to() -> None:
    assert TABLE.reachable() == set(State.values)
    assert THEIRS.reachable() == set(Theirs.values)
