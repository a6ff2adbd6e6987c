"""Pages of incidents: what they add up to, the list, one of them, files to read, what came of a file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.csrf import csrf_exempt

from waystation.accounts.queries import handles
from waystation.familylinks.missing import queries
from waystation.familylinks.missing.actions import incidents as actions
from waystation.familylinks.missing.codes import CREDIT, Source
from waystation.familylinks.missing.forms.incidents import FileForm, FilterForm, IncidentForm, ListForm
from waystation.familylinks.missing.models import Incident
from waystation.familylinks.missing.queries import Line, Wanted
from waystation.familylinks.missing.reading import MOST_BYTES
from waystation.kernel import policies
from waystation.kernel.actors import Compartment
from waystation.kernel.errors import Invalid
from waystation.kernel.pages import StaffRequest, page
from waystation.web.arriving import in_memory
from waystation.web.charts import columns
from waystation.web.forms import mend, status_of
from waystation.web.tables import csv_file

PER_PAGE, SHOWN, FIRST_CAUSES = 25, 200, 12
VIEW, KEEP = "missing.view", "missing.keep"


@page(VIEW)
def totals(request: StaffRequest) -> HttpResponse:
    """What they add up to by year, by route and by cause."""
    form = FilterForm(request.GET, choices=queries.choices(request.actor))
    wanted = _wanted(form)
    years = queries.totals(request.actor, "year", wanted)
    routes = queries.totals(request.actor, "route", wanted)
    causes = queries.totals(request.actor, "cause", wanted)
    everything = queries.sum_of(years)
    context = {
        **_base(request),
        "form": form,
        "query": request.GET.urlencode(),
        "chart": columns([(line.label, max(line.total, 0)) for line in years]),
        "tables": [
            ("year", _("By year"), _shares(years, everything), [], _kept(request, "first_year", "last_year")),
            ("route", _("By route"), _shares(routes, everything), [], _kept(request, "route")),
            ("cause", _("By cause"), _shares(causes[:FIRST_CAUSES], everything), causes[FIRST_CAUSES:], _kept(request)),
        ],
        "heads": _heads(),
        "sum": everything,
    }
    return render(request, "missing/totals.html", context)


@page(VIEW)
def totals_file(request: StaffRequest) -> HttpResponse:
    """The same as one table to keep."""
    wanted = _wanted(FilterForm(request.GET, choices=queries.choices(request.actor)))
    names = {"year": _("By year"), "route": _("By route"), "cause": _("By cause")}
    rows = [
        [title, line.label, line.incidents, *line.counts, CREDIT]
        for by, title in names.items()
        for line in queries.totals(request.actor, by, wanted)
    ]
    return csv_file("missing-totals", [_("Table"), _("What"), *_heads(), _("Credit")], rows)


@page(VIEW)
def listed(request: StaffRequest) -> HttpResponse:
    """The list: filter, sort, turn pages."""
    form = ListForm(request.GET, choices=queries.choices(request.actor))
    shown = Paginator(_rows(request, form), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        **_base(request),
        "form": form,
        "cause": _wanted(form).cause,
        "page": shown,
        "query": f"{query.urlencode()}&" if query else "",
    }
    return render(request, "missing/list.html", context)


@page(VIEW)
def list_file(request: StaffRequest) -> HttpResponse:
    """The list as it is filtered, as a table to keep."""
    form = ListForm(request.GET, choices=queries.choices(request.actor))
    heads = [_("Who says so?"), _("Number"), _("Part"), _("Year"), _("Day"), _("Region"), _("Route"), _("Country")]
    heads += [_("Where, in words"), _("Latitude"), _("Longitude"), *_heads()[1:], _("Cause"), _("How sure is it?")]
    heads += [_("Who says so, in words"), _("Address on the web"), _("Credit")]
    rows = ([_plain(cell) for cell in _cells(row)] for row in _rows(request, form).iterator(chunk_size=1000))
    return csv_file("missing-incidents", heads, rows)


@page(VIEW)
def incident(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """One incident, with all that its source says."""
    row = queries.incident_for(request.actor, incident_id)
    counts = [(head, getattr(row, name)) for head, name in zip(_heads()[1:], queries.COUNTED, strict=True)]
    context = {
        **_base(request),
        "incident": row,
        "counts": [(head, count) for head, count in counts if count is not None],
        "is_own": row.source == Source.OWN,
        **_officers_part(request, row),
        "handles": handles({row.by}),
    }
    return render(request, "missing/incident.html", context)


def _officers_part(request: StaffRequest, row: Incident) -> dict[str, Any]:
    """Who was aboard and who may look for them, for who may know."""
    may = policies.permits(request.actor, "missing.aboard") and request.actor.opens(Compartment.FAMILY_LINKS)
    if not may:
        return {}
    found = list(queries.hypotheses(request.actor).filter(incident=row)[:PER_PAGE])
    return {
        "may_aboard": True,
        "many_aboard": queries.aboard(request.actor).filter(incident=row).count(),
        "hypotheses": found,
    }


@page(KEEP)
def add(request: StaffRequest) -> HttpResponse:
    """Write one down."""
    return _form(request, IncidentForm(request.POST or None), None)


@page(KEEP)
def correct(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """Mend one that we wrote down."""
    row = queries.incident_for(request.actor, incident_id)
    if row.source != Source.OWN:
        return redirect("missing:incident", row.pk)
    told = {name: getattr(row, name) for name in IncidentForm.base_fields}
    return _form(request, IncidentForm(request.POST or None, initial=told), row)


@csrf_exempt  # checked by `in_memory`
@page(KEEP)
@in_memory(MOST_BYTES)
def read(request: StaffRequest) -> HttpResponse:
    """Read a file; what was read before."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = actions.take(by=request.actor, name=file.name, data=file.read(MOST_BYTES + 1))
        except Invalid as problem:
            mend(form, problem)
        else:
            return redirect("missing:came", made.pk)
    context = {**_base(request), "form": form, "before": queries.readings(request.actor)[:10]}
    return render(request, "missing/read.html", context, status=status_of(form))


@page(KEEP)
def came(request: StaffRequest, reading_id: UUID) -> HttpResponse:
    """What came of a file, and each row that could not be taken as it stood."""
    row = queries.reading_for(request.actor, reading_id)
    remarks = list(row.remarks.all()[: SHOWN + 1])
    context = {
        "reading": row,
        "remarks": remarks[:SHOWN],
        "more": len(remarks) > SHOWN,
        "handles": handles({row.by}),
    }
    return render(request, "missing/came.html", context)


def _base(request: StaffRequest) -> dict[str, Any]:
    may = {name: policies.permits(request.actor, f"missing.{name}") for name in ("keep", "work", "forensic")}
    return {"credit": CREDIT, **{f"may_{name}": yes for name, yes in may.items()}}


def _wanted(form: FilterForm) -> Wanted:
    form.is_valid()
    answers = {name: value for name, value in form.cleaned_data.items() if value and name in Wanted.__slots__}
    return Wanted(**answers)


def _kept(request: StaffRequest, *but: str) -> str:
    """The filter as it stands, for a link that chooses something more."""
    query = request.GET.copy()
    for name in but:
        query.pop(name, None)
    return f"{query.urlencode()}&" if query else ""


def _rows(request: StaffRequest, form: ListForm) -> Any:
    rows = queries.incidents(request.actor, _wanted(form))
    return rows.order_by(*queries.ORDERS[form.cleaned_data.get("order") or "newest"])


def _heads() -> list[str]:
    """Over the columns of `queries.COUNTED`, and before them how many incidents."""
    heads = [_("Incidents"), _("Dead"), pgettext("people counted", "Missing"), _("Dead and missing"), _("Survivors")]
    return [*heads, _("Women"), _("Men"), _("Children")]


def _shares(lines: list[Line], everything: Line) -> list[tuple[Line, int | None]]:
    """Each line with its share of all dead and missing, in percent."""
    return [
        (line, round(100 * max(line.total, 0) / everything.total) if everything.total > 0 else None) for line in lines
    ]


def _cells(row: Incident) -> list[Any]:
    counts = [getattr(row, name) for name in queries.COUNTED]
    where = [row.region, row.route, row.country, row.place, row.latitude, row.longitude]
    credit = CREDIT if row.source == Source.IOM else ""
    told = [row.get_source_display(), row.source_id, row.part, row.year, row.day]
    return [*told, *where, *counts, row.cause, row.quality, row.sources, row.url, credit]


def _plain(cell: Any) -> Any:
    return "" if cell is None else cell


def _form(request: StaffRequest, form: IncidentForm, row: Incident | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        draft = actions.IncidentDraft(**form.cleaned_data)
        try:
            if row is None:
                done = actions.record_incident(by=request.actor, draft=draft)
            else:
                done = actions.correct_incident(by=request.actor, incident_id=row.pk, draft=draft)
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect("missing:incident", done.pk)
    context = {
        **_base(request),
        "form": form,
        "title": _("Correct this") if row else _("What happened on a route"),
        "routes": queries.choices(request.actor)["route"],
    }
    return render(request, "missing/record.html", context, status=status_of(form))
