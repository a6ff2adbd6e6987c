"""Forms filled in by hand: refused in words, with nothing broken and nothing lost."""

from typing import Any

import pytest

from tests.people.factories import registered
from waystation.casework.cases import actions as cases
from waystation.kernel.actors import Actor
from waystation.people.models import Person


def case_of(by: Actor, person: Person) -> Any:
    return cases.open_case(by=by, person_id=person.pk, draft=cases.CaseDraft(kind="general", risk="high", reason="x"))


@pytest.mark.parametrize(
    ("address", "sent_along"),
    [
        ("/work/covers/", {"end": "x"}),
        ("/work/?section=" + "9" * 5000, None),
        ("/children/guardians/{}/end/", {"case": "x"}),
        ("/files/of/{}/begin/", {"size": "9" * 5000}),
    ],
)
def test_crafted_values_break_no_page(client_for: Any, actors: Any, address: str, sent_along: Any) -> None:
    person = registered(actors["coordinator"], "Amal").person
    client = client_for("coordinator")
    client.raise_request_exception = False
    path = address.format(person.pk)
    answer = client.get(path) if sent_along is None else client.post(path, sent_along)
    assert answer.status_code < 500, answer.status_code
