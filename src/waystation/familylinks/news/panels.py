"""What family news shows on a person's page: the way to it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel


def of_person(_request: HttpRequest, person: Person) -> Mapping[str, Any]:
    """The way there: what stands where is asked on a page of its own, so that the person's stays quick."""
    return {"person": person}


def declare() -> None:
    """Register it."""
    register_panel(
        Panel(
            key="familynews",
            title=_("Family news"),
            order=47,
            permission="news.view",
            template="news/panel.html",
            context=of_person,
        )
    )
