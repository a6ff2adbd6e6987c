"""What family news shows of a person: on the page of their family links, and for who has none of it on their own."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.news import queries
from waystation.familylinks.tracing.panels import PersonPanel, register_for_person
from waystation.kernel import policies
from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel

SHOWN = 20


def messages_of(request: HttpRequest, person: Person) -> dict[str, Any]:
    """Where the newest messages stand; nothing sealed is opened."""
    rows = queries.of_person(person, by=request.actor)  # type: ignore[attr-defined]
    return {"person": person, "rows": list(rows[:SHOWN])}


def well_of(request: HttpRequest, person: Person) -> dict[str, Any]:
    """To whom it may be told that they are well."""
    actor = request.actor  # type: ignore[attr-defined]
    return {"person": person, "notice": queries.notice_of(person, by=actor), "works": queries.works(actor)}


def way_there(request: HttpRequest, person: Person) -> dict[str, Any] | None:
    """The way to a person's news, for who has no page of family links; the person's page stays quick."""
    actor = request.actor  # type: ignore[attr-defined]
    return None if policies.permits(actor, "tracing.work") else {"person": person}


def declare() -> None:
    """Register them."""
    register_panel(
        Panel(
            key="familynews",
            title=_("Family news"),
            order=47,
            permission="news.view",
            template="news/panel.html",
            context=way_there,
        )
    )
    for key, title, order, template, context in (
        ("familynews", _("Family messages"), 30, "news/of_person.html", messages_of),
        ("well", _("Safe and well"), 35, "news/well_of_person.html", well_of),
    ):
        register_for_person(
            PersonPanel(key=key, title=title, order=order, permission="news.work", template=template, context=context)
        )
