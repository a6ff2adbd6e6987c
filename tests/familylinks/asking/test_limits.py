"""Quotas hold against a node that tries out names, and against an account that does."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.far import Far
from tests.familylinks.asking.mirror import Road, asked
from tests.people.factories import registered
from waystation.accounts import approvals
from waystation.casework.followups.models import FollowUp
from waystation.exchange import inbox
from waystation.exchange.models import Incoming, Outgoing
from waystation.familylinks.asking import quotas, watching
from waystation.familylinks.asking import road as asking_road
from waystation.familylinks.asking.codes import ASKED_A_DAY, WARNING, AskingState, Suspension
from waystation.familylinks.asking.models import Answered, Asking, OwnPublication, Question, Suspended
from waystation.familylinks.asking.protocol import questions
from waystation.familylinks.asking.protocol.tokens import ASKED
from waystation.familylinks.asking.quotas import AT_A_POST, AT_HEADQUARTERS, quota_for
from waystation.kernel import clock
from waystation.kernel.actors import Actor


def query(far: Far, publication: UUID, elements: list[bytes] | None = None, **other: Any) -> str:
    """The far node asks by itself, whatever it may; how it ended here."""
    elements = list(questions.ask([]).elements) if elements is None else elements
    body = {"exchange": uuid4().bytes, "publication": publication.bytes, "elements": elements} | other
    message = far.message("trace.query/1", body)
    inbox.take(far.sealed(message), "https")
    return Incoming.objects.get(message_id=message.id).outcome


@pytest.mark.parametrize(
    ("people", "quota"), [(0, AT_A_POST), (5_000, AT_A_POST), (1_000_000, AT_HEADQUARTERS), (10**8, AT_HEADQUARTERS)]
)
def test_quotas_at_a_post_and_at_headquarters_are_those_of_the_protocol(people: int, quota: quotas.Quota) -> None:
    assert quota_for(people) == quota
    assert (quotas.Quota(10, 60, 100), quotas.Quota(50, 600, 3000)) == (AT_A_POST, AT_HEADQUARTERS)


@given(st.integers(0, 2_000_000), st.integers(0, 2_000_000))
def test_more_people_never_mean_fewer_questions(one: int, other: int) -> None:
    fewer, more = quota_for(min(one, other)), quota_for(max(one, other))

    assert fewer.day <= more.day
    assert fewer.peer <= more.peer
    assert fewer.everyone <= more.everyone


def test_an_enumerator_gets_a_day_s_answers_and_not_one_more(far: Far, published: OwnPublication) -> None:
    """It asks as fast as it can with 32 guesses each; what it learns is bounded by the day's quota."""
    outcomes = [query(far, published.pk) for _ in range(AT_A_POST.day + 15)]

    assert outcomes == ["done"] * AT_A_POST.day + ["quota-spent"] * 15
    assert Answered.objects.count() * ASKED == AT_A_POST.day * ASKED
    assert Outgoing.objects.filter(kind="trace.answer/1").count() == 0


def test_over_the_days_it_gets_no_more_than_a_publication_gives_and_is_then_answered_no_more(
    far: Far, published: OwnPublication
) -> None:
    outcomes: list[str] = []
    for day in range(1, 12):
        with time_machine.travel(clock.now() + timedelta(days=day), tick=False):
            outcomes += [query(far, published.pk) for _ in range(AT_A_POST.day + 1)]

    answered = outcomes.count("done")
    assert answered <= AT_A_POST.peer
    assert answered <= quotas.MUCH * AT_A_POST.peer + 1
    assert "asking-suspended" in outcomes
    assert Suspended.objects.get().why == Suspension.NO_CLAIMS


def test_all_peers_together_get_what_a_publication_gives(far: Far, published: OwnPublication) -> None:
    rows = [
        Answered(
            peer_id=far.id, publication=published, number=uuid4(), meant=True,
            came_at=clock.now() - timedelta(days=2), leaves_at=clock.now(), left_at=clock.now(),
        )
        for _ in range(AT_A_POST.everyone)
    ]  # fmt: skip
    Answered.objects.bulk_create(rows)

    assert query(far, published.pk) == "quota-spent"


def test_three_days_at_quota_suspend_and_the_stewards_are_told(
    far: Far, published: OwnPublication, actors: dict[str, Actor]
) -> None:
    for back in (1, 2):
        Answered.objects.bulk_create(
            Answered(
                peer_id=far.id, publication=published, number=uuid4(), meant=True,
                came_at=clock.now() - timedelta(days=back, hours=1), leaves_at=clock.now(), left_at=clock.now(),
            )
            for _ in range(AT_A_POST.day)
        )  # fmt: skip
    for _ in range(AT_A_POST.day):
        assert query(far, published.pk) == "done"

    assert Suspended.objects.get().why == Suspension.AT_QUOTA
    assert query(far, published.pk) == "asking-suspended"
    assert FollowUp.objects.filter(kind="asking.suspended", subject=far.id, state="open").exists()
    assert not Outgoing.objects.filter(kind=f"{WARNING}/1").exists(), (
        "the suspect itself is not told, and is the only other steward"
    )

    watching.lift(by=actors["coordinator"], peer_id=far.id)
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        assert query(far, published.pk) == "done"
    assert not watching.is_suspended(far.id)


def test_a_steward_is_warned_and_looks(far: Far, circle: UUID) -> None:
    suspect = uuid4()
    message = far.message("trace.warning/1", {"circle": circle.bytes, "node": suspect.bytes, "why": "at-quota"})
    inbox.take(far.sealed(message), "https")
    assert not FollowUp.objects.filter(kind="asking.suspended").exists(), "it is of no circle of ours"

    message = far.message("trace.warning/1", {"circle": circle.bytes, "node": far.id.bytes, "why": "at-quota"})
    inbox.take(far.sealed(message), "https")
    assert FollowUp.objects.filter(kind="asking.suspended", subject=far.id).exists()


@pytest.mark.parametrize("bent", ["few", "twice", "identity", "no point"])
def test_a_question_that_is_none_is_refused_and_counts_nothing(far: Far, published: OwnPublication, bent: str) -> None:
    good = list(questions.ask([]).elements)
    elements = {
        "few": good[:31],
        "twice": [*good[:31], good[0]],
        "identity": [*good[:31], bytes(32)],
        "no point": [*good[:31], b"\xff" * 32],
    }[bent]

    assert query(far, published.pk, elements) == "invalid"
    assert not Answered.objects.exists()


def test_a_question_twice_is_answered_once(far: Far, published: OwnPublication) -> None:
    number = uuid4().bytes
    assert query(far, published.pk, exchange=number) == query(far, published.pk, exchange=number) == "done"
    assert Answered.objects.count() == 1


@pytest.mark.parametrize("number", [b"", b"short", bytes(15)])
def test_a_number_that_is_none_is_refused(far: Far, published: OwnPublication, number: bytes) -> None:
    assert query(far, published.pk, exchange=number) == "invalid"


def test_who_is_of_no_circle_may_not_ask(far: Far, published: OwnPublication, actors: dict[str, Actor]) -> None:
    OwnPublication.objects.update(circle=uuid4())

    assert query(far, published.pk) == "not-of-circle"


def test_the_sixth_question_of_an_account_in_a_day_waits_for_a_second_officer(
    by: Actor, actors: dict[str, Actor], road: Road, published: OwnPublication
) -> None:
    rows = [asked(by, registered(by, f"Enquirer {number}", "One").person) for number in range(ASKED_A_DAY + 1)]

    assert [row.state for row in rows] == [AskingState.ASKED] * ASKED_A_DAY + [AskingState.WAITING]
    assert Question.objects.count() == ASKED_A_DAY
    (waiting,) = approvals.waiting_for(actors["coordinator"])
    approvals.approve(by=actors["coordinator"], approval_id=waiting.pk)
    assert Question.objects.count() == ASKED_A_DAY + 1
    assert Asking.objects.get(pk=rows[-1].pk).state == AskingState.ASKED


def test_refused_by_the_second_officer_it_is_not_asked(
    by: Actor, actors: dict[str, Actor], road: Road, published: OwnPublication
) -> None:
    rows = [asked(by, registered(by, f"Enquirer {number}", "One").person) for number in range(ASKED_A_DAY + 1)]
    (waiting,) = approvals.waiting_for(actors["coordinator"])
    approvals.refuse(by=actors["coordinator"], approval_id=waiting.pk)

    asking_road.ask_on()

    assert Asking.objects.get(pk=rows[-1].pk).state == AskingState.STOPPED
    assert Question.objects.count() == ASKED_A_DAY


def test_an_honest_node_asks_no_more_in_a_day_than_is_answered_and_goes_on_the_next(
    by: Actor, road: Road, published: OwnPublication
) -> None:
    Answered.objects.all().delete()
    for number in range(AT_A_POST.day + 2):
        row = asked(by, registered(by, f"Enquirer {number}", "One").person)
        Asking.objects.filter(pk=row.pk).update(by=uuid4())
    assert Question.objects.count() == AT_A_POST.day

    with time_machine.travel(clock.now() + timedelta(days=1, hours=1), tick=False):
        asking_road.ask_on()

    assert Question.objects.count() == AT_A_POST.day + 2
