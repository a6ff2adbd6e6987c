"""The way from a person's page to what other organisations know. It asks the database nothing, so that the page stays
quick: what was asked stands where one asks, and what is owed stands under Today."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel


def of_person(_request: HttpRequest, person: Person) -> Mapping[str, Any]:
    """Whom it is about."""
    return {"person": person}


def declare() -> None:
    """Register it."""
    register_panel(
        Panel(
            key="requests",
            title=_("Known elsewhere"),
            order=46,
            permission="requests.work",
            template="requests/panel.html",
            context=of_person,
        )
    )
