"""Bar: whatever is lost, doubled, late or crossed, one organisation is responsible at every quiet moment.

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

from tests.casework.handover.mirror import Road, agreed, case_of
from tests.exchange.far import Far
from waystation.casework.handover import giving, taking
from waystation.casework.handover.codes import GIVER, TAKER, WITH_US, Giving, Taking
from waystation.casework.handover.models import Given, Offered
from waystation.exchange import housekeeping, inbox
from waystation.exchange.models import Outgoing
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Problem
from waystation.people.actions import withdraw_consent

IN_CI = bool(os.environ.get("CI"))
"""There the same walks each time: what is new is looked for at the desk, not while something lands."""
ACTS = ("offer", "withdraw", "send", "reply", "correct", "consent", "accept", "refuse", "ask", "back", "news")
ROAD = ("come", "come", "come", "again", "lose", "deaf")
QUIET: dict[str, set[Taking | None]] = {
    Giving.AGREED: {None},
    Giving.DRAFT: {None},
    Giving.OFFERED: {Taking.OFFERED},
    Giving.ACCEPTED: {Taking.ACCEPTED},
    Giving.TAKEN: {Taking.TAKEN},
    Giving.BACK: {Taking.GIVEN_BACK},
    Giving.REFUSED: {Taking.REFUSED},
    Giving.WITHDRAWN: {None, Taking.WITHDRAWN},
    Giving.FAILED: {None, Taking.OFFERED, Taking.REFUSED, Taking.WITHDRAWN},
}
"""Which states the two sides may rest in together. An offer that was given up may have come all the same."""


class Both:
    """The two sides of one handover."""

    def __init__(self, by: Actor, supervisor: Actor, far: Far) -> None:
        self.by, self.road = by, Road(far)
        self.road.seen = set(Outgoing.objects.values_list("pk", flat=True))
        self.given = agreed(by, case_of(by, supervisor), far)

    @property
    def offered(self) -> Offered | None:
        return Offered.objects.select_related("case").filter(exchange=self.given.pk).first()

    def do(self, act: str) -> None:
        mine: dict[str, Any] = {"by": self.by, "handover_id": self.given.pk}
        theirs: dict[str, Any] = {"by": self.by, "offered_id": self.offered.pk if self.offered else uuid4()}
        acts: dict[str, Callable[[], object]] = {
            "offer": lambda: giving.offer(**mine),
            "withdraw": lambda: giving.withdraw(**mine),
            "send": lambda: giving.send(**mine),
            "reply": lambda: giving.reply(**mine, words="Two beds"),
            "correct": lambda: giving.correct(**mine),
            "consent": lambda: withdraw_consent(by=self.by, consent_id=self.given.consent_id or uuid4()),
            "accept": lambda: taking.accept(**theirs),
            "refuse": lambda: taking.refuse(**theirs, reason="full"),
            "ask": lambda: taking.ask(**theirs, words="How many beds?"),
            "back": lambda: taking.give_back(**theirs, reason="wish"),
            "news": lambda: taking.tell_news(**theirs, news="arrived"),
        }
        with suppress(Problem):
            acts[act]()
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
        number, _came, file = self.road.waiting.pop(place)
        if comes:
            inbox.take(file, "stick")
        Outgoing.objects.filter(pk=number).update(made_at=clock.now() - timedelta(days=200))
        housekeeping.give_up()
        self.road.gather()

    def settle(self) -> None:
        """Everything comes; what nobody knows of is taken back by hand."""
        self.road.through()
        row = Given.objects.get(pk=self.given.pk)
        if row.state == Giving.SENT and giving.was_given_up(row):
            self.do("withdraw")
            self.road.through()

    def owners(self) -> list[str]:
        row = Given.objects.select_related("case").get(pk=self.given.pk)
        offered = self.offered
        found = []
        if row.state != Giving.TAKEN:
            assert row.case.state != "closed"
            found.append("giver")
        else:
            assert row.case.state == "closed"
        if offered and offered.case:
            assert (offered.state in WITH_US) is (offered.case.state != "closed")
        if offered and offered.state in WITH_US:
            found.append("taker")
        return found


walks = st.lists(
    st.one_of(st.sampled_from(ACTS), st.tuples(st.sampled_from(ROAD), st.integers(0, 7))), min_size=4, max_size=24
)
LIKELY: list[str | tuple[str, int]] = [
    "offer", ("come", 0), "accept", ("come", 0), "send", ("come", 0), ("come", 0), "back", ("come", 0)
]  # fmt: skip


@settings(derandomize=IN_CI, max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(begun=st.integers(0, len(LIKELY)), walk=walks)
def test_one_is_responsible_whenever_nothing_is_on_the_road(
    actors: dict[str, Actor], far: Far, begun: int, walk: list[str | tuple[str, int]]
) -> None:
    both = Both(actors["caseworker"], actors["coordinator"], far)
    for step in [*LIKELY[:begun], *walk]:
        if isinstance(step, str):
            both.do(step)
        else:
            both.travel(*step)
        row, offered = Given.objects.get(pk=both.given.pk), both.offered
        assert row.state in GIVER.reachable()
        assert offered is None or offered.state in TAKER.reachable()
        assert both.owners(), "at no moment nobody"
        if not both.road.waiting and not giving.was_given_up(row):
            assert len(both.owners()) == 1
    both.settle()
    row, offered = Given.objects.get(pk=both.given.pk), both.offered
    assert len(both.owners()) == 1
    assert (Taking(offered.state) if offered else None) in QUIET[Giving(row.state)]


def test_the_likely_way_goes_there_and_back(actors: dict[str, Actor], far: Far) -> None:
    both, seen = Both(actors["caseworker"], actors["coordinator"], far), []
    for step in LIKELY:
        if isinstance(step, str):
            both.do(step)
        else:
            both.travel(*step)
        seen.append((Given.objects.get(pk=both.given.pk).state, both.owners()))
    assert [state for state, _owners in seen] == [
        "offered", "offered", "offered", "accepted", "sent", "taken", "taken", "taken", "back"
    ]  # fmt: skip
    assert seen[-1][1] == ["giver"]


def test_every_state_can_be_come_to() -> None:
    assert GIVER.reachable() == set(Giving.values)
    assert TAKER.reachable() == set(Taking.values)
