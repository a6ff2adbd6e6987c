"""The days to come of everyone, as a page and as a file; and a person's own days on paper."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override

from waystation.accounts.queries import handles
from waystation.casework.procedures import actions, queries
from waystation.casework.procedures.codes import DayKind
from waystation.casework.procedures.forms import ListForm
from waystation.casework.procedures.panels import PERMISSION
from waystation.kernel import clock
from waystation.kernel.pages import StaffRequest, page
from waystation.organisations.queries import own_organisation
from waystation.people import queries as people
from waystation.people.views.notice import language_for, written_languages
from waystation.web.components.cldr import language_name
from waystation.web.tables import csv_file

PER_PAGE = 25
ORDERS = {"soonest": ("due_at", "pk"), "latest": ("-due_at", "pk"), "newest": ("-opened_at", "pk")}


@page(PERMISSION)
def days(request: StaffRequest) -> HttpResponse:
    """What comes when, for whom: filter, order, turn pages."""
    form, asked = _asked(request)
    order = ORDERS[form.cleaned_data.get("order") or "soonest"] if form.is_valid() else ORDERS["soonest"]
    rows = queries.days_to_come(request.actor, **asked).order_by(*order)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = queries.coming(shown, by=request.actor)
    query = request.GET.copy()
    query.pop("page", None)
    now, today = clock.now(), clock.today()
    left = [(line.day.day - today).days if line.day.day else 0 for line in lines]
    context = {
        "lines": [(line, DayKind(line.day.kind).label, days) for line, days in zip(lines, left, strict=True)],
        "late": {line.follow_up.pk for line in lines if line.follow_up.due_at and line.follow_up.due_at < now},
        "handles": handles({line.follow_up.owner for line in lines if line.follow_up.owner}),
        "page": shown,
        "form": form,
        "query": f"{query.urlencode()}&" if query else "",
    }
    return render(request, "procedures/days.html", context)


@page(PERMISSION)
def file(request: StaffRequest) -> HttpResponse:
    """The same days as a file for a diary: no name and no place stands in it."""
    _form, asked = _asked(request)
    lines = actions.export_days(by=request.actor, **asked)
    owners = handles({line.follow_up.owner for line in lines if line.follow_up.owner})
    rows = [
        [
            line.day.day.isoformat() if line.day.day else "",
            line.day.at,
            str(DayKind(line.day.kind).label),
            owners.get(line.follow_up.owner, "") if line.follow_up.owner else "",
            request.build_absolute_uri(line.follow_up.url),
        ]
        for line in lines
    ]
    return csv_file("days", [_("Day"), _("At what time?"), _("What happens on that day?"), _("Whose"), _("Page")], rows)


@page(PERMISSION)
def sheet(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The person's own sheet, in their language: days, times, places, and whom to call. No name stands on it."""
    person = people.get_for(request.actor, person_id)
    identity = people.identity_of(person, by=request.actor)
    language = language_for(request, identity)
    told = queries.opened(queries.of_person(person, by=request.actor), by=request.actor)
    pairs = [(text, one) for one in told for _day, text in one.to_come]
    pairs.sort(key=lambda pair: (pair[0].day or clock.today(), pair[0].at))
    with override(language):
        context: dict[str, Any] = {
            "person": person,
            "days": [(text, DayKind(text.kind).label, _helpers(one)) for text, one in pairs],
            "organisation": own_organisation(),
            "today": clock.today(),
            "language": language,
            "choices": written_languages(),
        }
        return render(request, "procedures/sheet.html", context)


def _helpers(told: queries.Told) -> dict[str, Any]:
    spoken = told.said.interpreter_language if told.said.interpreter not in {"", "none"} else ""
    return {"representative": told.said.representative, "language": language_name(spoken)}


def _asked(request: StaffRequest) -> tuple[ListForm, dict[str, Any]]:
    form = ListForm(request.GET)
    answers = form.cleaned_data if form.is_valid() else {}
    within = answers.get("within") or ""
    return form, {"whose": answers.get("whose", ""), "within": int(within) if within else None}
