"""Before a record is kept to one post, the page says to which, and who loses sight of it."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.people_pages.conftest import at
from waystation.organisations.models import Post
from waystation.people.models import Person


@pytest.fixture
def at_harbour(client_for: Callable[..., Client], other_post: Post) -> Client:
    """A volunteer at another post than where Amina was registered."""
    return client_for("volunteer", post=other_post)


def test_the_page_names_the_post_those_that_lose_sight_and_who_travels_along(
    at_harbour: Client, amina: Person, node: Post, other_post: Post
) -> None:
    page = at_harbour.get(at("keep", amina)).content.decode()
    assert f"help people at <bdi>{other_post.name}</bdi>" in page
    assert f"<bdi>{node.name}</bdi> – <strong>the person was registered there</strong>" in page
    assert "who say that they work here" in page
    assert "every post goes on seeing" in page
    assert Person.objects.get(pk=amina.pk).kept_to_post is None


def test_one_tap_on_the_persons_page_keeps_nothing(volunteer: Client, amina: Person) -> None:
    page = volunteer.get(at("person", amina)).content.decode()
    assert f'action="{at("keep", amina)}"' not in page
    assert f'href="{at("keep", amina)}"' in page


def test_the_post_that_was_read_is_the_post_it_is_kept_to(
    at_harbour: Client, volunteer: Client, amina: Person, node: Post, other_post: Post
) -> None:
    stale = at_harbour.post(at("keep", amina), {"kept": "yes", "post": str(node.pk)})
    assert stale.status_code == 409
    assert "Nothing was changed" in stale.content.decode()
    assert Person.objects.get(pk=amina.pk).kept_to_post is None
    at_harbour.post(at("keep", amina), {"kept": "yes", "post": str(other_post.pk)})
    assert Person.objects.get(pk=amina.pk).kept_to_post == other_post
    assert volunteer.get(at("keep", amina)).status_code == 404
    assert "Let every post see this person" in at_harbour.get(at("keep", amina)).content.decode()
    at_harbour.post(at("keep", amina), {"kept": "no"})
    assert volunteer.get(at("person", amina)).status_code == 200


def test_who_works_at_no_post_is_asked_to_choose_one(client_for: Callable[..., Client], amina: Person) -> None:
    page = client_for("volunteer", post=None).get(at("keep", amina)).content.decode()
    assert "Choose the post where you are first" in page
    assert 'name="kept"' not in page


def test_nobody_is_told_of_an_erasure_that_did_not_happen(coordinator: Client, amina: Person) -> None:
    assert coordinator.get("/people/erased/").headers["Location"] == "/people/"
    done = coordinator.post(at("erase", amina), {"reason": "person-asked", "sure": "on"}, follow=True)
    assert "The record was erased" in done.content.decode()
    assert coordinator.get("/people/erased/").headers["Location"] == "/people/"


def test_the_posts_page_offers_only_what_leads_somewhere(
    volunteer: Client, coordinator: Client, node: Post, other_post: Post
) -> None:
    seen = volunteer.get("/posts/").content.decode()
    assert other_post.name in seen
    assert "/posts/add/" not in seen
    assert f"/posts/{other_post.pk}/" not in seen
    managed = coordinator.get("/posts/").content.decode()
    assert "/posts/add/" in managed
    assert f"/posts/{other_post.pk}/" in managed
