"""Rooms show their part on a person's page, in order, to those who may see it."""

import pytest
from django.test import RequestFactory

from tests.people.factories import registered
from waystation.kernel.actors import Actor
from waystation.people import panels
from waystation.people.panels import Panel


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
