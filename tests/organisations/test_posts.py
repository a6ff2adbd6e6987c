"""Posts: who may open, change, close and switch them, what a bad answer says, and what a closed post no longer does."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from tests.accounts.factories import make_account
from tests.people.factories import registered
from waystation.accounts.actions import accept_invitation, invite
from waystation.accounts.actors import actor_of
from waystation.accounts.models import Account
from waystation.accounts.roles import Role
from waystation.audit.models import Leaf
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.organisations import actions, queries
from waystation.organisations.models import Post
from waystation.people.models import Person

HARBOUR = {"name": "Harbour steps", "kind": "port", "place": "Pier 4", "hours": "07:00-21:00", "languages": "ar, ti"}
NOWHERE = UUID(int=7)
MANAGERS = {Role.COORDINATOR, Role.ADMINISTRATOR}


@pytest.fixture
def harbour(actors: dict[str, Actor]) -> Post:
    return actions.add_post(by=actors["coordinator"], **HARBOUR)


def assigned(actors: dict[str, Actor], role: str, *posts: Post) -> Actor:
    """An actor whom a coordinator lets work at these posts."""
    lead = actor_of(make_account(Role.COORDINATOR))
    return actor_of(
        actions.assign_posts(by=lead, account_id=actors[role].account_id, post_ids=[post.pk for post in posts])
    )


def logged(action: str) -> list[UUID | None]:
    return list(Leaf.objects.filter(action=action).values_list("subject", flat=True))


@pytest.mark.parametrize("role", list(Role))
def test_posts_are_opened_and_changed_by_those_who_manage_them_alone(
    actors: dict[str, Actor], node: Post, role: Role
) -> None:
    if role in MANAGERS:
        made = actions.add_post(by=actors[role], **HARBOUR)
        actions.change_post(by=actors[role], post_id=made.pk, hours="always")
        assert Post.objects.get(pk=made.pk).hours == "always"
        assert (logged("posts.add"), logged("posts.change")) == ([made.pk], [made.pk])
        return
    with pytest.raises(NotAllowed):
        actions.add_post(by=actors[role], **HARBOUR)
    with pytest.raises(NotAllowed):
        actions.close_post(by=actors[role], post_id=node.pk)
    assert list(Post.objects.values_list("pk", "is_open")) == [(node.pk, True)]
    assert logged("posts.change") == []


@pytest.mark.parametrize("role", list(Role))
def test_everyone_says_where_they_work_today(actors: dict[str, Actor], harbour: Post, role: Role) -> None:
    with pytest.raises(NotFound):
        actions.switch_post(by=actors[role], post_id=harbour.pk)
    there = assigned(actors, role, harbour)
    actions.switch_post(by=there, post_id=harbour.pk)
    assert Account.objects.get(pk=actors[role].account_id).post_id == harbour.pk
    assert Account.objects.filter(post_id=harbour.pk).count() == 1, "nobody else went along"
    assert logged("posts.switch") == [harbour.pk]


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"name": "Lakeside crossing"}, "name"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"kind": "castle"}, "kind"),
        ({"hours": "x" * 161}, "hours"),
    ],
)
def test_an_action_refuses_what_a_post_cannot_be_and_keeps_what_was(
    actors: dict[str, Actor], harbour: Post, answers: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as adding:
        actions.add_post(by=actors["coordinator"], **(HARBOUR | {"name": "Another"} | answers))
    with pytest.raises(Invalid) as changing:
        actions.change_post(by=actors["coordinator"], post_id=harbour.pk, **answers)
    assert set(adding.value.fields) == set(changing.value.fields) == {field}
    assert Post.objects.count() == 2
    assert Post.objects.get(pk=harbour.pk).name == "Harbour steps"


def test_a_post_that_is_not_there_is_not_found(actors: dict[str, Actor], client_for: Callable[..., Client]) -> None:
    for act in (actions.change_post, actions.switch_post):
        with pytest.raises(NotFound):
            act(by=actors["coordinator"], post_id=NOWHERE)
    client = client_for("coordinator")
    assert client.get(f"/posts/{NOWHERE}/").status_code == 404
    for said in (str(NOWHERE), "", "not a post"):
        assert client.post("/posts/switch/", {"post": said}).status_code == 404


def test_the_pages_add_a_post_and_change_it(client_for: Callable[..., Client], node: Post) -> None:
    client = client_for("coordinator")
    assert client.post("/posts/add/", HARBOUR).headers["Location"] == "/posts/"
    made = Post.objects.get(name="Harbour steps")
    assert all(getattr(made, field) == value for field, value in HARBOUR.items())
    page = client.get(f"/posts/{made.pk}/").content.decode()
    assert all(f'value="{value}"' in page for value in HARBOUR.values())
    assert client.post(f"/posts/{made.pk}/", HARBOUR | {"place": "Pier 5"}).headers["Location"] == "/posts/"
    listed = client.get("/posts/").content.decode()
    assert "Pier 5" in listed
    assert f"/posts/{made.pk}/" in listed


@pytest.mark.parametrize("existing", [False, True])
@pytest.mark.parametrize(
    ("name", "says"),
    [("Lakeside crossing", "already exists"), ("", "This field is required"), ("x" * 81, "at most 80 characters")],
)
def test_a_bad_answer_comes_back_filled_and_says_what_to_mend(
    client_for: Callable[..., Client], harbour: Post, existing: bool, name: str, says: str
) -> None:
    page = f"/posts/{harbour.pk}/" if existing else "/posts/add/"
    typed = HARBOUR | {"name": name, "place": "Behind the café", "hours": '"><script>alert(1)</script>'}
    content = client_for("coordinator").post(page, typed).content.decode()
    assert "Some answers need mending" in content
    assert says in content
    assert 'value="Behind the café"' in content
    assert not name or f'value="{name}"' in content
    assert "<script>alert" not in content
    assert ("<bdi>Harbour steps</bdi></h1>" if existing else "Add a post</h1>") in content, "the title stays the post's"
    assert Post.objects.filter(place="Behind the café").count() == 0


@pytest.mark.parametrize("role", list(Role))
def test_who_may_not_manage_posts_is_not_offered_it(
    client_for: Callable[..., Client], harbour: Post, role: Role
) -> None:
    page = client_for(role).get("/posts/").content.decode()
    assert "Harbour steps" in page
    assert ("/posts/add/" in page) is (role in MANAGERS)
    assert (f"/posts/{harbour.pk}/" in page) is (role in MANAGERS)


def close(client: Client, post: Post) -> None:
    answer = client.post(f"/posts/{post.pk}/close/", {"to_post": ""})
    assert answer.headers["Location"] == "/posts/"


def test_a_closed_post_keeps_its_history_and_is_offered_to_nobody(
    client_for: Callable[..., Client], actors: dict[str, Actor], harbour: Post
) -> None:
    there = actor_of(make_account(Role.VOLUNTEER, post=harbour))
    person = registered(there, "Amina").person
    client = client_for("coordinator", post=harbour)
    assert f'value="{harbour.pk}"' in client.get("/me/").content.decode()
    close(client, harbour)
    assert f'value="{harbour.pk}"' not in client.get("/me/").content.decode(), "not among the posts one may choose"
    assert harbour not in queries.open_posts()
    with pytest.raises(NotFound):
        actions.switch_post(by=assigned(actors, "volunteer", harbour), post_id=harbour.pk)
    assert client.post("/posts/switch/", {"post": str(harbour.pk)}).status_code == 404
    assert "Closed" in client.get("/posts/").content.decode()
    assert "Harbour steps" in client.get(f"/people/{person.pk}/").content.decode()
    assert Person.objects.get(pk=person.pk).registered_post_id == harbour.pk


def test_who_works_at_a_post_that_closes_chooses_another_before_registering(
    client_for: Callable[..., Client], node: Post, harbour: Post
) -> None:
    volunteer = client_for("volunteer", post=harbour)
    Account.objects.filter(post_id=harbour.pk).update(posts=[str(harbour.pk), str(node.pk)])
    close(client_for("coordinator", post=node), harbour)
    assert '<option value="" selected>—</option>' in volunteer.get("/me/").content.decode()
    typed = {"begun": "yes", "given_name": "Rahel", "sex": "female", "age_band": "25-59", "severity": "medium"}
    page = volunteer.post("/register/", typed).content.decode()
    assert "Choose the post where you are" in page
    assert 'value="Rahel"' in page
    assert Person.objects.count() == 0
    volunteer.post("/posts/switch/", {"post": str(node.pk), "next": "/register/"})
    assert volunteer.post("/register/", typed).status_code == 302
    assert Person.objects.get().registered_post_id == node.pk


def test_an_invitation_to_a_post_that_closed_leads_to_no_post(actors: dict[str, Actor], harbour: Post) -> None:
    invited = invite(by=actors["coordinator"], role="volunteer", post_id=harbour.pk)
    actions.close_post(by=actors["coordinator"], post_id=harbour.pk)
    made = accept_invitation(
        token=invited.token, handle="lucia", name="Lucía", passphrase="four grey herons wade slowly"
    )
    assert made.post_id is None


def test_a_post_opens_again(client_for: Callable[..., Client], actors: dict[str, Actor], harbour: Post) -> None:
    client = client_for("administrator")
    close(client, harbour)
    assert "Open it again" in client.get(f"/posts/{harbour.pk}/").content.decode()
    client.post(f"/posts/{harbour.pk}/", {"reopen": "yes"})
    assert actions.switch_post(by=assigned(actors, "volunteer", harbour), post_id=harbour.pk).is_open


@pytest.mark.parametrize(
    ("wanted", "lands"), [("/today/", "/today/"), ("https://elsewhere.example/", "/"), ("//elsewhere.example", "/")]
)
def test_switching_comes_back_to_where_one_was_and_never_leads_elsewhere(
    client_for: Callable[..., Client], harbour: Post, wanted: str, lands: str
) -> None:
    answer = client_for("volunteer", post=harbour).post("/posts/switch/", {"post": str(harbour.pk), "next": wanted})
    assert answer.headers["Location"] == lands
    assert client_for("volunteer").get("/posts/switch/").status_code == 405


def test_who_picks_a_post_that_was_not_given_to_them_sees_nobody_kept_there(
    actors: dict[str, Actor], client_for: Callable[..., Client], harbour: Post
) -> None:
    kept = registered(actor_of(make_account(Role.VOLUNTEER, post=harbour)), "Amina", kept_to_post=True).person
    curious = client_for("caseworker")
    assert curious.post("/posts/switch/", {"post": str(harbour.pk)}).status_code == 404
    assert curious.get(f"/people/{kept.pk}/").status_code == 404
    assert client_for("caseworker", post=harbour).get(f"/people/{kept.pk}/").status_code == 200


def test_nobody_gives_posts_to_themselves_while_there_is_another_coordinator(
    actors: dict[str, Actor], harbour: Post
) -> None:
    lead = actors["coordinator"]
    actions.assign_posts(by=lead, account_id=lead.account_id, post_ids=[harbour.pk])
    make_account(Role.COORDINATOR)
    with pytest.raises(NotAllowed):
        actions.assign_posts(by=lead, account_id=lead.account_id, post_ids=[])
    with pytest.raises(Invalid):
        actions.assign_posts(by=lead, account_id=actors["volunteer"].account_id, post_ids=[NOWHERE])


def test_people_kept_to_a_post_that_closes_go_to_another_and_are_not_lost(
    actors: dict[str, Actor], client_for: Callable[..., Client], node: Post, harbour: Post
) -> None:
    kept = registered(actor_of(make_account(Role.VOLUNTEER, post=harbour)), "Amina", kept_to_post=True).person
    client = client_for("coordinator")
    assert "1 person is kept to this post" in client.get(f"/posts/{harbour.pk}/close/").content.decode()
    refused = client.post(f"/posts/{harbour.pk}/close/", {"to_post": ""}).content.decode()
    assert "Choose the post that takes over" in refused
    assert Post.objects.get(pk=harbour.pk).is_open
    assert client.post(f"/posts/{harbour.pk}/close/", {"to_post": str(node.pk)}).status_code == 302
    assert Person.objects.get(pk=kept.pk).kept_to_post_id == node.pk
    assert client.get(f"/people/{kept.pk}/").status_code == 200


def test_who_works_where_is_shown_and_changed_on_a_page(
    actors: dict[str, Actor], client_for: Callable[..., Client], harbour: Post
) -> None:
    client, whom = client_for("coordinator"), actors["volunteer"]
    assert whom.handle in client.get("/posts/staff/").content.decode()
    page = f"/posts/staff/{whom.account_id}/"
    assert "Harbour steps" in client.get(page).content.decode()
    assert client.post(page, {"posts": [str(harbour.pk)]}).status_code == 302
    account = Account.objects.get(pk=whom.account_id)
    assert (account.post_ids, account.post_id) == (frozenset({harbour.pk}), None)
