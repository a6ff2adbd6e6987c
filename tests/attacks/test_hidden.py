"""Whoever may not see a record sees nothing of it in any room: no row, no count, no name."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.people.factories import registered, staff
from waystation.casework.cases import actions as cases
from waystation.casework.cases import queries as case_queries
from waystation.casework.retention import actions as retention
from waystation.casework.retention import queries as kept
from waystation.casework.retention.models import RequestDocument
from waystation.casework.screening import actions as screening
from waystation.casework.screening.models import SignsDocument
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.organisations.models import Post
from waystation.people import actions as people
from waystation.people.models import Person


def case_of(by: Actor, person: Person) -> Any:
    return cases.open_case(by=by, person_id=person.pk, draft=cases.CaseDraft(kind="general", risk="high", reason="x"))


@pytest.mark.parametrize("which", ["root", "absorbed"])
def test_no_room_shows_what_hangs_on_any_record_of_someone_kept_to_another_post(node: Post, which: str) -> None:
    here = staff("caseworker", node)
    elsewhere = staff("caseworker", Post.objects.create(name="Harbour", kind="port"))
    root, absorbed, third = (registered(here, name).person for name in ("Amal", "Amaal", "Aml"))
    rows = [case_of(here, person) for person in (root, absorbed, third)]
    for other in (absorbed, third):
        people.merge(by=here, survivor_id=root.pk, absorbed_id=other.pk)
    one = root if which == "root" else absorbed
    Person.objects.filter(pk=one.pk).update(kept_to_post=node)
    assert case_queries.visible_to(here).count() == 3
    assert not case_queries.visible_to(elsewhere).exists()
    for row in rows:
        with pytest.raises(NotFound):
            case_queries.get_for(elsewhere, row.pk)


def test_the_page_that_asks_to_erase_counts_only_what_its_reader_may_know_of(
    actors: dict[str, Actor], client_for: Callable[..., Client]
) -> None:
    by = actors["coordinator"]
    person = registered(by, "Amal").person
    case_of(by, person)
    screening.pass_on_signs(by=by, person_id=person.pk, document=SignsDocument(signs=("locked",)))
    retention.record_request(
        by=by, authority="police", asked_for="person", document=RequestDocument(who="Captain N."), person_id=person.pk
    )
    says = ("Cases with", "Signs passed on to protection", "Things to do", "What authorities asked")
    seen = client_for("coordinator").get(f"/people/{person.pk}/erase/").content.decode()
    assert [text for text in says if text not in seen] == []
    for role in ("volunteer", "health"):
        page = client_for(role).get(f"/people/{person.pk}/erase/").content.decode()
        assert [text for text in says if text in page] == [], role


def test_what_an_authority_asked_about_a_joined_record_is_kept_to_the_post_too(node: Post) -> None:
    here = staff("coordinator", node)
    elsewhere = staff("coordinator", Post.objects.create(name="Harbour", kind="port"))
    root, absorbed = (registered(here, name).person for name in ("Amal", "Amaal"))
    asked = RequestDocument(who="Captain N.")
    for one in (root, absorbed):
        retention.record_request(by=here, authority="police", asked_for="person", document=asked, person_id=one.pk)
    people.merge(by=here, survivor_id=root.pk, absorbed_id=absorbed.pk)
    Person.objects.filter(pk=root.pk).update(kept_to_post=node)
    assert kept.requests_for(here).count() == 2
    assert not kept.requests_for(elsewhere).exists()
