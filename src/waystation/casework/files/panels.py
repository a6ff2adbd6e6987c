"""The way to a person's files, from their page and from a case's."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.casework.cases.models import Case
from waystation.casework.cases.panels import CasePanel, register_case_panel
from waystation.kernel import policies
from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel

Context = Mapping[str, Any]


def of_person(_request: HttpRequest, person: Person) -> Context:
    """A link; what is there stands on a page of its own."""
    return {"person": person}


def of_case(request: HttpRequest, case: Case) -> Context | None:
    """The same beside a case."""
    actor = request.actor  # type: ignore[attr-defined]
    return {"person": case.person} if policies.permits(actor, "files.work") else None


def declare() -> None:
    """Register both."""
    title = _("Papers and pictures")
    register_panel(
        Panel(
            key="files", title=title, order=49, permission="files.work", template="files/panel.html", context=of_person
        )
    )
    register_case_panel(CasePanel(key="files", title=title, order=60, template="files/panel.html", context=of_case))
