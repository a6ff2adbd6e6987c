"""Holders that copy, change keys, stuff sets or refuse: nobody stops another's questions or learns who is sought."""

from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.exchange.far import Far
from tests.familylinks.asking.holder import another, publish, send
from tests.familylinks.asking.mirror import asked
from tests.people.factories import registered
from waystation.familylinks.asking import road as asking_road
from waystation.familylinks.asking.models import Asking, Question, TheirPublication
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

    def fails(actor: Actor, row: Asking, facts: asking_road.Facts) -> None:
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
