"""What family news shows on a person's page: where messages stand, and to whom it may be told that they are well."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.news import queries
from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel

SHOWN = 5


def of_person(request: HttpRequest, person: Person) -> Mapping[str, Any]:
    """The newest messages, and the notice; nothing sealed is opened."""
    actor = request.actor  # type: ignore[attr-defined]
    return {
        "person": person,
        "messages": list(queries.of_person(person, by=actor)[:SHOWN]),
        "notice": queries.notice_of(person, by=actor),
        "works": queries.works(actor),
    }


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
