"""Rooms show their part on a person's page, in order, to those who may see it, and say in its head who that is."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client, RequestFactory

from tests.people.factories import registered, staff
from waystation.accounts.roles import CARDS, HELPERS, Role, RoleCard
from waystation.kernel.actors import Actor, Compartment
from waystation.organisations.models import Post
from waystation.people import panels
from waystation.people.panels import Panel

EVERYONE = "those who help people at the posts of this organisation"


@pytest.fixture(autouse=True)
def _two_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_panels", {})
    for key, order, permission in (("late", 20, "people.view"), ("early", 10, "people.merge")):
        panels.register_panel(
            Panel(
                key=key,
                title=key,
                order=order,
                permission=permission,
                template=f"{key}.html",
                context=lambda _request, person: {"person": person} if person.sex != "male" else None,
            )
        )


def test_panels_stand_in_order_and_only_for_those_who_may_see_them(volunteer: Actor, caseworker: Actor) -> None:
    person = registered(volunteer, sex="female").person
    request = RequestFactory().get("/")
    assert [shown.panel.key for shown in panels.shown_on(request, caseworker, person)] == ["early", "late"]
    (only,) = panels.shown_on(request, volunteer, person)
    assert (only.panel.key, only.context) == ("late", {"person": person})


def test_a_panel_with_nothing_to_show_is_left_out(caseworker: Actor) -> None:
    person = registered(caseworker, sex="male").person
    assert panels.shown_on(RequestFactory().get("/"), caseworker, person) == ()


def panel(permission: str, compartment: Compartment) -> Panel:
    return Panel(
        key="tried",
        title="Tried",
        order=30,
        permission=permission,
        template="casework/panel_now.html",
        context=lambda _request, _person: {},
        compartment=compartment,
    )


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Changes what a role opens, for this test."""

    def change(role: Role, *compartments: Compartment) -> None:
        card: RoleCard = replace(CARDS[role], compartments=frozenset(compartments))
        monkeypatch.setitem(CARDS, role, card)

    return change


def said(tried: Panel, volunteer: Actor, *, kept: bool = False) -> str:
    person = registered(volunteer, kept_to_post=kept).person
    return panels.readers_of(tried.permission, tried.compartment, person)


@pytest.mark.parametrize("compartment", list(Compartment))
@pytest.mark.parametrize("permission", ["people.view", "people.merge", "people.disclose", "posts.view", "posts.manage"])
def test_a_panel_names_exactly_those_to_whom_it_is_shown(
    node: Post, volunteer: Actor, permission: str, compartment: Compartment
) -> None:
    tried = panel(permission, compartment)
    panels.register_panel(tried)
    shown = {role for role in HELPERS if tried in panels.panels_for(staff(role, node))}
    named = EVERYONE if shown == HELPERS else ", ".join(str(CARDS[role].label) for role in Role if role in shown)
    assert said(tried, volunteer) == named


def test_the_words_follow_the_table_of_roles(volunteer: Actor, table: Callable[..., None]) -> None:
    health = panel("people.view", Compartment.HEALTH)
    assert said(health, volunteer) == "Health worker"
    table(Role.CASEWORKER, Compartment.BASIC, Compartment.HEALTH)
    assert said(health, volunteer) == "Health worker, Caseworker"


def test_whoever_cannot_open_people_is_never_named(volunteer: Actor, table: Callable[..., None]) -> None:
    table(Role.ADMINISTRATOR, Compartment.HEALTH)
    assert said(panel("posts.view", Compartment.HEALTH), volunteer) == "Health worker"


def test_a_person_kept_to_one_post_is_said_to_be_seen_there_only(volunteer: Actor) -> None:
    here = "those who help people at \u2068Lakeside crossing\u2069, and nobody else"
    assert said(panel("people.view", Compartment.BASIC), volunteer, kept=True) == here
    assert said(panel("people.view", Compartment.HEALTH), volunteer, kept=True) == f"{here} (Health worker)"


@pytest.mark.parametrize(("order", "page"), [(30, ""), (60, "before/")])
def test_the_head_of_a_panel_says_who_else_sees_it(
    client_for: Callable[..., Client], volunteer: Actor, monkeypatch: pytest.MonkeyPatch, order: int, page: str
) -> None:
    monkeypatch.setattr(panels, "_panels", {})
    panels.register_panel(replace(panel("people.merge", Compartment.PROTECTION), order=order))
    person = registered(volunteer).person
    content = " ".join(client_for("caseworker").get(f"/people/{person.pk}/{page}").content.decode().split())
    assert '>Tried</h2> <p class="seen-by">Seen by Caseworker, Coordinator.</p>' in content
    assert ">Tried</h2>" not in client_for("volunteer").get(f"/people/{person.pk}/{page}").content.decode()
