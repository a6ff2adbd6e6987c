"""Risks by part of the road, in numbers that name nobody: on a page and as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from waystation.casework.safety import queries
from waystation.casework.safety.codes import RiskKind
from waystation.casework.safety.forms import FiguresForm
from waystation.kernel.pages import StaffRequest, page
from waystation.people.codes import Stage
from waystation.people.queries import overrides_since
from waystation.web.tables import csv_file

USUAL = 12


@page("safety.figures")
def figures(request: StaffRequest) -> HttpResponse:
    """One table."""
    form, months = _asked(request)
    found = queries.figures(request.actor, months)
    context = {
        "form": form,
        "heads": _heads(found.stages),
        "lines": [(RiskKind(risk).label, cells) for risk, cells in zip(found.risks, found.cells, strict=False)],
        "totals": found.cells[-1],
        "hides": found.hides,
        "query": request.GET.urlencode(),
        "overrides": overrides_since(months),
    }
    return render(request, "safety/figures.html", context)


@page("safety.figures")
def table(request: StaffRequest) -> HttpResponse:
    """The same as a file."""
    _form, months = _asked(request)
    found = queries.figures(request.actor, months)
    names = [*(str(RiskKind(risk).label) for risk in found.risks), _("All")]
    rows = [
        [name, *("…" if count is None else count for count in cells)]
        for name, cells in zip(names, found.cells, strict=True)
    ]
    return csv_file("road", [_("Risk"), *_heads(found.stages), _("All")], rows)


def _heads(stages: tuple[str, ...]) -> list[str]:
    return [str(Stage(stage).label) if stage else _("Not told") for stage in stages]


def _asked(request: StaffRequest) -> tuple[FiguresForm, int]:
    form = FiguresForm({"months": USUAL, **request.GET.dict()})
    return form, form.cleaned_data["months"] if form.is_valid() else USUAL
