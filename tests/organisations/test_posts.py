"""Posts: who may open, change and close them, what bad input is told, and what closing one means."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from waystation.accounts.models import Account
from waystation.audit.models import Leaf
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotAllowed, NotFound
from waystation.organisations import actions, queries
from waystation.organisations.models import Post

BRIDGE = {"name": "Border bridge", "kind": "border", "place": "Bridge Road 1", "hours": "07:00-21:00", "languages": ""}


def test_a_post_is_added_listed_and_stands_in_the_log(client_for: Callable[..., Client]) -> None:
    client = client_for("administrator")
    assert client.post("/posts/add/", BRIDGE).headers["Location"] == "/posts/"
    page = client.get("/posts/").content.decode()
    assert "Border bridge" in page
    assert "Bridge Road 1" in page
    post = Post.objects.get(name="Border bridge")
    assert Leaf.objects.filter(action="posts.add", subject=post.pk).count() == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "required"),
        ({"name": "x" * 300}, "at most 80 characters"),
        ({"kind": "castle"}, "Select a valid choice"),
    ],
)
def test_bad_input_comes_back_filled_and_says_what_to_mend(
    client_for: Callable[..., Client], wrong: dict[str, str], says: str
) -> None:
    page = client_for("coordinator").post("/posts/add/", {**BRIDGE, **wrong}).content.decode()
    assert says in page
    assert 'value="Bridge Road 1"' in page
    assert not Post.objects.filter(place="Bridge Road 1").exists()


def test_two_posts_do_not_share_a_name(client_for: Callable[..., Client], node: Post) -> None:
    page = client_for("coordinator").post("/posts/add/", {**BRIDGE, "name": node.name}).content.decode()
    assert "already exists" in page
    assert Post.objects.count() == 1


def test_a_post_is_corrected_closed_and_opened_again(client_for: Callable[..., Client], node: Post) -> None:
    client = client_for("coordinator")
    client.post(f"/posts/{node.pk}/", {**BRIDGE, "name": "New name"})
    client.post(f"/posts/{node.pk}/", {"is_open": "no"})
    node.refresh_from_db()
    assert (node.name, node.is_open) == ("New name", False)
    assert "Closed" in client.get("/posts/").content.decode()
    client.post(f"/posts/{node.pk}/", {"is_open": "yes"})
    node.refresh_from_db()
    assert node.is_open


def test_nobody_goes_to_work_at_a_closed_or_unknown_post(actors: dict[str, Actor], node: Post) -> None:
    closed = Post.objects.create(name="Old pier", is_open=False)
    for post_id in (closed.pk, uuid4()):
        with pytest.raises(NotFound):
            actions.switch_post(by=actors["volunteer"], post_id=post_id)
    assert closed not in queries.open_posts()
    assert Account.objects.get(pk=actors["volunteer"].account_id).post_id == node.pk


def test_switching_leads_back_to_where_one_was_and_never_elsewhere(client_for: Callable[..., Client]) -> None:
    other = Post.objects.create(name="Pier")
    client = client_for("volunteer")
    answer = client.post("/posts/switch/", {"post": str(other.pk), "next": "/people/"})
    assert answer.headers["Location"] == "/people/"
    answer = client.post("/posts/switch/", {"post": str(other.pk), "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert client.post("/posts/switch/", {"post": "not a number"}).status_code == 404


@pytest.mark.parametrize("role", ["volunteer", "health", "caseworker", "family-links", "detention"])
def test_who_does_not_lead_posts_sees_them_and_changes_none(
    actors: dict[str, Actor], client_for: Callable[..., Client], node: Post, role: str
) -> None:
    with pytest.raises(NotAllowed):
        actions.add_post(by=actors[role], name="Pier", kind="port")
    with pytest.raises(NotAllowed):
        actions.change_post(by=actors[role], post_id=node.pk, is_open=False)
    client = client_for(role)
    assert client.get("/posts/").status_code == 200
    assert client.post(f"/posts/{node.pk}/", {"is_open": "no"}).status_code == 403
    node.refresh_from_db()
    assert node.is_open
