"""The slip finds the person and says nothing else."""

from django.test import Client

from tests.people_pages.conftest import at
from waystation.kernel.actors import Actor
from waystation.people import cards, queries, search
from waystation.people.models import Person


def test_the_code_on_the_slip_finds_her(volunteer: Client, worker: Actor, amina: Person) -> None:
    code = cards.shown(queries.identity_of(amina, by=worker).card_code)
    page = volunteer.get(at("slip", amina)).content.decode()
    assert code in page
    assert "<svg" in page
    assert [one.person.pk for one in search.find(code, by=worker)] == [amina.pk]


def test_no_name_no_country_and_no_organisation_stand_on_it(volunteer: Client, amina: Person) -> None:
    page = volunteer.get(at("slip", amina)).content.decode()
    slip = page[page.index('<article class="slip"') :]
    for secret in ("Amina", "Somalia", "Lake District", "Kenya", "Lakeside"):
        assert secret not in slip


def test_a_name_stands_on_it_when_she_wants_it(volunteer: Client, amina: Person) -> None:
    assert "Amina" in volunteer.get(at("slip", amina) + "?name=yes").content.decode()


def test_everyone_who_travels_along_gets_one(volunteer: Client, amina: Person) -> None:
    page = volunteer.get(at("slip", amina) + "?everyone=yes").content.decode()
    assert page.count('<article class="slip"') == 2


def test_a_new_code_is_drawn_only_once_someone_said_so(volunteer: Client, worker: Actor, amina: Person) -> None:
    old = queries.identity_of(amina, by=worker).card_code
    slip = volunteer.get(at("slip", amina)).content.decode()
    assert f'action="{at("new-card", amina)}"' not in slip
    assert f'href="{at("new-card", amina)}"' in slip
    page = volunteer.get(at("new-card", amina)).content.decode()
    assert "finds nobody any more" in page
    assert [one.person.pk for one in search.find(cards.shown(old), by=worker)] == [amina.pk]


def test_a_new_code_ends_the_old_one(volunteer: Client, worker: Actor, amina: Person) -> None:
    old = queries.identity_of(amina, by=worker).card_code
    volunteer.post(at("new-card", amina))
    assert search.find(cards.shown(old), by=worker) == []
    new = queries.identity_of(Person.objects.get(pk=amina.pk), by=worker).card_code
    assert [one.person.pk for one in search.find(cards.shown(new), by=worker)] == [amina.pk]
