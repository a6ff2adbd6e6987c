"""The report on a page, on paper, and as a file."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from waystation.casework.disparity import queries
from waystation.casework.disparity.codes import CARDS, Ground, Measure
from waystation.casework.disparity.counting import REST, Line
from waystation.casework.disparity.forms import ReportForm
from waystation.kernel.pages import StaffRequest, page
from waystation.people.codes import AgeBand, Sex
from waystation.people.queries import overrides_since
from waystation.web.components.cldr import country_name, language_name
from waystation.web.tables import csv_file

USUAL: dict[str, Any] = {"measure": Measure.ACCEPTANCE, "ground": Ground.SEX, "months": 12}


@page("disparity.view")
def report(request: StaffRequest) -> HttpResponse:
    """One table with its bars."""
    form, asked = _asked(request)
    found = queries.report(request.actor, **asked)
    card = CARDS[asked["measure"]]
    context = {
        "form": form,
        "card": card,
        "columns": list(card.columns.values()),
        "ground": asked["ground"].label,
        "lines": [(_label(asked["ground"], line), line) for line in found.lines],
        "total": found.total,
        "hides": found.hides,
        "looks": any(line.look for line in found.lines),
        "query": request.GET.urlencode(),
        "title": asked["measure"].label,
        "overrides": overrides_since(asked["months"]),
    }
    return render(request, "disparity/report.html", context)


@page("disparity.view")
def table(request: StaffRequest) -> HttpResponse:
    """The same as a file."""
    _form, asked = _asked(request)
    found = queries.report(request.actor, **asked)
    heads = [str(asked["ground"].label), *map(str, CARDS[asked["measure"]].columns.values()), _("All")]
    rows = [[_label(asked["ground"], line), *_cells(line)] for line in found.lines]
    return csv_file("alike", heads, [*rows, [_("All"), *_cells(found.total)]])


def _asked(request: StaffRequest) -> tuple[ReportForm, dict[str, Any]]:
    form = ReportForm({**USUAL, **request.GET.dict()})
    answers = form.cleaned_data if form.is_valid() else USUAL
    return form, {
        "measure": Measure(answers["measure"]),
        "ground": Ground(answers["ground"]),
        "months": int(answers["months"]),
    }


def _cells(line: Line) -> list[str]:
    return ["…" if count is None else str(count) for count in (*line.cells, line.total)]


LABELS: Mapping[Ground, Callable[[str], str]] = {
    Ground.SEX: lambda code: str(Sex(code).label),
    Ground.AGE: lambda code: str(AgeBand(code).label),
    Ground.ORIGIN: country_name,
    Ground.LANGUAGE: language_name,
}


def _label(ground: Ground, line: Line) -> str:
    if line.group == REST:
        return _("All others")
    return _("Not told") if line.group == "?" else LABELS[ground](line.group)
