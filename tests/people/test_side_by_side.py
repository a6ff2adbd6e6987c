"""Two people at work at the same moment, each in a transaction of their own."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from tests.people.factories import draft, registered
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Conflict
from waystation.people import actions, queries
from waystation.people.drafts import AlreadyRegistered
from waystation.people.models import ChangeCounter, Person

pytestmark = [
    pytest.mark.django_db(transaction=True),
]


def side_by_side(*acts: Callable[[], Any]) -> list[Any]:
    """Start all at once; what each gave back or raised."""
    if connection.vendor == "sqlite":
        pytest.skip("needs two writers at once: SQLite lets one wait for the other")
    results: list[Any] = [None] * len(acts)
    gate = Barrier(len(acts))

    def run(place: int, act: Callable[[], Any]) -> None:
        gate.wait(5)
        try:
            results[place] = act()
        except Exception as raised:  # noqa: BLE001 - handed to the test
            results[place] = raised
        finally:
            connection.close()

    threads = [Thread(target=run, args=[place, act]) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return results


def test_two_copies_of_one_form_register_one_person(volunteer: Actor) -> None:
    form = draft("Amina", person_id=uuid4())
    results = side_by_side(*[lambda: actions.register(by=volunteer, draft=form)] * 4)
    assert sum(isinstance(result, AlreadyRegistered) for result in results) == 3
    assert Person.objects.count() == 1


def test_of_two_corrections_of_one_record_exactly_one_is_kept(volunteer: Actor, caseworker: Actor) -> None:
    person = registered(volunteer, "Amina").person
    identity = queries.identity_of(person, by=volunteer)
    results = side_by_side(
        *[
            lambda by=by: actions.correct(by=by, person_id=person.pk, revision=1, changes=identity)
            for by in (volunteer, caseworker)
        ]
    )
    assert [type(result) for result in results if isinstance(result, Exception)] == [Conflict]
    assert Person.objects.get(pk=person.pk).revision == 2


def test_registrations_at_once_get_different_numbers(volunteer: Actor) -> None:
    results = side_by_side(*[lambda: registered(volunteer, "Amina")] * 6)
    numbers = {result.person.change_number for result in results}
    assert len(numbers) == 6
    assert max(numbers) == ChangeCounter.objects.get().value
