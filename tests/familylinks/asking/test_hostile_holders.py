"""Holders that copy, change keys, stuff sets or refuse: nobody stops another's questions or learns who is sought."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.exchange.far import Far
from tests.familylinks.asking.holder import another, left, publish, send
from tests.familylinks.asking.mirror import BROTHER, asked
from tests.people.factories import registered
from waystation.exchange import inbox, outbox
from waystation.exchange.kinds import Answered as Ended
from waystation.exchange.models import Outgoing
from waystation.familylinks.asking import road as asking_road
from waystation.familylinks.asking.codes import CLAIM
from waystation.familylinks.asking.hearing import query_answered
from waystation.familylinks.asking.models import Asking, Question, TheirPublication, Word
from waystation.familylinks.asking.protocol import questions, tokens
from waystation.familylinks.tracing.documents import RequestDocument
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people.models import Person


def test_a_copied_number_stops_no_question(
    far: Far, circle: UUID, by: Actor, enquirer: Person, actors: dict[str, Actor]
) -> None:
    number = uuid4()
    publish(far, circle, id=number)
    other, second = another(actors)
    publish(other, second, id=number)
    assert TheirPublication.objects.filter(number=number).count() == 2

    asked(by, enquirer)

    assert set(Question.objects.values_list("peer", flat=True)) == {far.id, other.id}


def test_a_number_copied_beforehand_silences_nobody(
    far: Far, circle: UUID, by: Actor, enquirer: Person, actors: dict[str, Actor]
) -> None:
    number = uuid4()
    publish(far, circle, id=number)
    asked(by, enquirer)
    other, second = another(actors)
    publish(other, second, id=number)

    asking_road.ask_on()

    assert Question.objects.filter(peer=other.id).count() == 1


def test_what_cannot_be_asked_stops_nobody_else(
    far: Far, circle: UUID, by: Actor, enquirer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = asked(by, enquirer)
    good = asked(by, registered(by, "Somebody", "Else").person)
    publish(far, circle)
    spread = asking_road._spread

    def fails(actor: Actor, row: Asking, facts: tokens.Facts) -> None:
        if row.pk == bad.pk:
            raise ValueError
        spread(actor, row, facts)

    monkeypatch.setattr(asking_road, "_spread", fails)
    asking_road.ask_on()

    assert [row.asking for row in Question.objects.all()] == [good]


def test_a_new_signing_key_of_a_holder_ends_nothing(
    far: Far, circle: UUID, by: Actor, enquirer: Person, actors: dict[str, Actor]
) -> None:
    publish(far, circle)
    other, second = another(actors)
    publish(other, second)
    new = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    assert send(far, "exchange.descriptor", {"file": far.descriptor(2, signing=new)}) == "done"

    asked(by, enquirer)

    assert set(Question.objects.values_list("peer", flat=True)) == {far.id, other.id}


def test_guesses_published_by_the_hour_are_asked_once_a_week(
    far: Far, circle: UUID, by: Actor, enquirer: Person
) -> None:
    """Of a dictionary in portions a holder hears by the claims of one a week whether it holds who is sought."""
    facts = asking_road.facts_of(RequestDocument(names=BROTHER, birth_year=1999, country="ER"))
    right = tokens.asked(facts, few=False)
    start, seen, hits, times = clock.now(), set[UUID](), 0, 0
    for hour in (0, 1, 5, 24, 30, 49, 120):
        with time_machine.travel(start + timedelta(hours=hour), tick=True):
            stuffed = publish(far, circle, [b"2y|a|b|1980"] if hour == 0 else right)
            assert stuffed.outcomes <= ({"done"} if hour in {0, 24, 49, 120} else {"wrong-publication", "done"})
            asked(by, enquirer) if hour == 0 else asking_road.ask_on()
            for query in left(far, seen):
                times += 1
                elements, proof = questions.answer(stuffed.keys, query.body["elements"])
                send(far, "trace.answer", {"exchange": query.body["exchange"], "elements": elements, "proof": proof})
            hits += sum(tag in stuffed.meaning for claim in left(far, seen, CLAIM) for tag in claim.body["tags"])

    assert (times, hits) == (1, 0)


@pytest.mark.parametrize(
    "other",
    [
        {"at": clock.now() + timedelta(days=2)},
        {"at": clock.now() + timedelta(hours=3), "until": clock.now() + timedelta(hours=2)},
        {"people": 2_000_001},
    ],
)
def test_what_is_dated_ahead_or_of_too_many_people_is_refused(far: Far, circle: UUID, other: dict[str, Any]) -> None:
    assert "wrong-publication" in publish(far, circle, **other).outcomes
    assert not TheirPublication.objects.exists()


def test_refused_for_a_spent_quota_it_is_asked_again_once_a_day(
    far: Far, circle: UUID, by: Actor, enquirer: Person
) -> None:
    publish(far, circle)
    asked(by, enquirer)
    start, seen, times = clock.now(), set[UUID](), 0
    for hour in range(0, 60, 4):
        with time_machine.travel(start + timedelta(hours=hour), tick=True):
            asking_road.ask_on()
            for _query in left(far, seen):
                times += 1
                row = Outgoing.objects.filter(peer=far.id, kind="trace.query/1").latest("seq")
                outbox.left([row.pk])
                inbox.take(far.receipt(ids=[row.pk.bytes], refused={row.pk.hex: "quota-spent"}), "https")
            assert Question.objects.get().state == "later"

    assert times == 3


def test_words_that_came_stay_whatever_is_refused(far: Far, circle: UUID, by: Actor, enquirer: Person) -> None:
    publish(far, circle)
    asked(by, enquirer)
    question = Question.objects.get()
    Word.objects.create(question=question, came_at=clock.now())
    refused = {"state": "refused", "reason": "quota-spent"}
    query_answered(Ended(id=uuid4(), peer_id=far.id, kind="trace.query/1", subject=question.pk, **refused))

    with time_machine.travel(clock.now() + timedelta(days=2), tick=True):
        asking_road.ask_on()

    assert Word.objects.get().question == question
    assert Question.objects.count() == 1
