"""The page of one person."""

from django.test import Client

from tests.people.factories import registered, staff
from tests.people_pages.conftest import at
from waystation.kernel.actors import Actor
from waystation.organisations.models import Post
from waystation.people.models import Person


def test_the_page_shows_the_road_the_household_and_what_was_allowed(volunteer: Client, amina: Person) -> None:
    page = volunteer.get(at("person", amina)).content.decode() + volunteer.get(at("before", amina)).content.decode()
    for shown in ("Amina", "Kismaayo", "Kenya", "Yusuf", "Lakeside clinic", "Cousin Omar", "Understood"):
        assert shown in page


def test_what_the_role_may_not_do_is_not_offered(volunteer: Client, caseworker: Client, amina: Person) -> None:
    assert at("same-as", amina) not in volunteer.get(at("person", amina)).content.decode()
    assert at("same-as", amina) in caseworker.get(at("person", amina)).content.decode()


def test_a_person_kept_to_another_post_is_not_found(volunteer: Client, other_post: Post) -> None:
    hidden = registered(staff("volunteer", other_post), "Hidden", kept_to_post=True).person
    for name in ("person", "correct", "slip", "notice", "journey", "household", "consent", "erase"):
        assert volunteer.get(at(name, hidden)).status_code == 404, name


def test_script_in_a_name_is_only_text(volunteer: Client, worker: Actor) -> None:
    evil = registered(worker, "<script>alert(1)</script>", alias='" onmouseover="alert(2)').person
    for name in ("person", "correct", "slip", "notice", "journey", "household", "consent", "erase"):
        page = volunteer.get(at(name, evil) + "?name=yes").content.decode()
        assert "<script>alert" not in page
        assert '" onmouseover="alert' not in page
