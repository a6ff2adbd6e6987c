"""A need that fewer may see than the rest of the page says who they are."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from waystation.casework.actions import HelpDraft, NeedDraft, register_at_desk
from waystation.casework.codes import NEEDS
from waystation.kernel.actors import Actor, Compartment
from waystation.people.drafts import MemberDraft, RegistrationDraft


def now_panel(client: Client, person: Any) -> str:
    page = " ".join(client.get(f"/people/{person.pk}/").content.decode().split())
    return page.split('id="panel-now"')[1].split("</section>")[0]


def in_need(by: Actor, *needs: NeedDraft) -> Any:
    draft = HelpDraft(needs=list(needs), kind="registration")
    return register_at_desk(by=by, members=[MemberDraft(person=RegistrationDraft())], draft=draft)[0].person


@pytest.mark.parametrize(
    ("need", "role", "said"),
    [
        (NeedDraft(code="hiv"), "health", "Seen by Health worker."),
        (NeedDraft(code="smuggler_harm"), "coordinator", "Seen by Caseworker, Coordinator."),
        (NeedDraft(code="health", note="asthma"), "health", "Seen by Health worker."),
        (NeedDraft(code="legal_help", note="a hearing"), "caseworker", "Seen by Caseworker."),
    ],
)
def test_what_fewer_see_names_them_beside_it(
    actors: dict[str, Actor], client_for: Callable[..., Client], need: NeedDraft, role: str, said: str
) -> None:
    person = in_need(actors[role], need)
    assert f"{said}</p> </div>" in now_panel(client_for(role), person)
    others = now_panel(client_for("volunteer"), person)
    assert said not in others
    assert not need.note or need.note not in others
    if NEEDS[need.code].seen != Compartment.BASIC:
        assert str(NEEDS[need.code].label) not in others


def test_what_all_see_is_said_once_in_the_head(actors: dict[str, Actor], client_for: Callable[..., Client]) -> None:
    person = in_need(actors["volunteer"], NeedDraft(code="food"), NeedDraft(code="health"))
    panel = now_panel(client_for("health"), person)
    assert panel.count("Seen by") == 1
    assert "Seen by those who help people at the posts of this organisation." in panel
