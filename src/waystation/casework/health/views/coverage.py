"""The report on screening, on a page and as a file."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from waystation.casework.health import coverage
from waystation.casework.health.codes.diseases import Column, Disease, Place
from waystation.casework.health.forms.summary import CoverageForm
from waystation.kernel.pages import StaffRequest, page
from waystation.people.queries import overrides_in
from waystation.web.tables import csv_file


@page("health.coverage")
def report(request: StaffRequest) -> HttpResponse:
    """One disease, one year, by facility."""
    form, asked = _asked(request)
    found = coverage.report(request.actor, **asked)
    context = {
        "form": form,
        "title": f"{asked['disease'].label}, {asked['year']}",
        "columns": Column.labels,
        "lines": [(_facility(line), line) for line in found.lines],
        "total": found.total,
        "hides": found.hides,
        "overrides": overrides_in(asked["year"]),
        "query": request.GET.urlencode(),
    }
    return render(request, "health/coverage.html", context)


@page("health.coverage")
def table(request: StaffRequest) -> HttpResponse:
    """The same as a file."""
    _form, asked = _asked(request)
    found = coverage.report(request.actor, **asked)
    heads = [_("Where"), _("All asked"), _("Said yes"), *map(str, Column.labels), _("Found, all together")]
    rows = [[_facility(line), *_cells(line)] for line in found.lines]
    return csv_file("screening", heads, [*rows, [_("All"), *_cells(found.total)]])


def _asked(request: StaffRequest) -> tuple[CoverageForm, dict[str, Any]]:
    years = coverage.years()
    usual: dict[str, Any] = {"disease": Disease.TB, "year": years[0]}
    form = CoverageForm({**usual, **request.GET.dict()}, diseases=Disease.choices, years=years)
    answers = form.cleaned_data if form.is_valid() else usual
    return form, {"disease": Disease(answers["disease"]), "year": int(answers["year"])}


def _facility(line: coverage.Line) -> str:
    place = str(Place(line.place).label)
    if line.place == Place.POST:
        return line.post or place
    return f"{line.post} · {place}" if line.post else place


def _cells(line: coverage.Line) -> list[str]:
    counts = (line.total, line.agreed, *line.cells, line.positive)
    return ["…" if count is None else str(count) for count in counts]
