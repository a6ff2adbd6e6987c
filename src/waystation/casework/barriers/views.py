"""Pages of barriers: writing one down, the list, one with what was done, and the numbers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.accounts.queries import handles
from waystation.casework.barriers import actions, queries
from waystation.casework.barriers.codes import ACCESS, MONTHS_SHOWN, By, Denied, Done, Kind
from waystation.casework.barriers.counting import REST, Figures, Table
from waystation.casework.barriers.forms import BarrierForm, DoneForm, ListForm
from waystation.casework.barriers.models import Barrier, BarrierDocument
from waystation.kernel import clock, policies
from waystation.kernel.errors import Invalid
from waystation.kernel.ids import read_id
from waystation.kernel.pages import StaffRequest, page
from waystation.organisations.queries import own_organisation
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.people.panels import readers_of
from waystation.people.queries import overrides_since
from waystation.web.components.cldr import country_name
from waystation.web.forms import mend, status_of
from waystation.web.tables import csv_file

PER_PAGE = 25
LISTS = {"denied": Denied.values, "by": By.values, "kind": Kind.values}


@page("barriers.record")
def add(request: StaffRequest) -> HttpResponse:
    """Help was denied to people whose names nobody needs."""
    return _record(request, None)


@page("barriers.record")
def of_person(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Help was denied to a person; what was told elsewhere stands in the address."""
    return _record(request, people.get_for(request.actor, person_id))


@page("barriers.follow")
def barriers(request: StaffRequest) -> HttpResponse:
    """The list: filter, order, turn pages."""
    form = ListForm(request.GET)
    answers = form.cleaned_data if form.is_valid() else {}
    wanted = {name: answers[name] for name in ("done", "denied") if answers.get(name)}
    order = ("day", "made_at", "pk") if answers.get("order") == "oldest" else ("-day", "-made_at", "pk")
    rows = queries.visible_to(request.actor).filter(**wanted).select_related("person").order_by(*order)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    names = people.identities([row.person for row in shown if row.person], by=request.actor)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "lines": [(row, names.get(row.person_id) if row.person_id else None) for row in shown],
        "page": shown,
        "form": form,
        "query": f"{query.urlencode()}&" if query else "",
    }
    return render(request, "barriers/list.html", context)


@page("barriers.follow")
def barrier(request: StaffRequest, barrier_id: UUID) -> HttpResponse:
    """One barrier, and what was done about it."""
    row = queries.get_for(request.actor, barrier_id)
    said = queries.opened([row], by=request.actor).get(row.pk, BarrierDocument())
    form = DoneForm(request.POST or None, initial={"done": row.done, "words": said.done})
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_done(by=request.actor, barrier_id=row.pk, **form.cleaned_data)
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect("barriers:barrier", row.pk)
    context = {
        **_base(request, row.person, Kind(row.kind)),
        "barrier": row,
        "said": said,
        "form": form,
        "access": ACCESS[Kind(row.kind)].label,
        "handles": handles({row.made_by}),
    }
    return render(request, "barriers/barrier.html", context, status=status_of(form))


@page("barriers.follow")
def correct(request: StaffRequest, barrier_id: UUID) -> HttpResponse:
    """Mend what was written down."""
    row = queries.get_for(request.actor, barrier_id)
    said = queries.opened([row], by=request.actor).get(row.pk, BarrierDocument())
    told = {name: getattr(row, name) for name in ("denied", "by", "kind", "people", "day", "country")}
    told |= {name: getattr(said, name) for name in ("ground", "who", "words")}
    form = BarrierForm(request.POST or None, initial=told, named=row.person_id is not None, again=True)
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.correct(by=request.actor, barrier_id=row.pk, draft=form.draft())
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            still_mine = request.actor.opens(done.compartment_of_row)
            return redirect("barriers:barrier", row.pk) if still_mine else redirect("barriers:barriers")
    context = {
        **_base(request, row.person, Kind(row.kind)),
        "form": form,
        "title": _("Correct this"),
        "back": reverse("barriers:barrier", args=[row.pk]),
    }
    return render(request, "barriers/record.html", context, status=status_of(form))


@page("barriers.record")
@require_POST
def take_back(request: StaffRequest, barrier_id: UUID) -> HttpResponse:
    """It was a slip."""
    actions.take_back(by=request.actor, barrier_id=barrier_id)
    messages.success(request, _("Taken back."))
    return redirect("barriers:add")


@page("barriers.figures")
def figures(request: StaffRequest) -> HttpResponse:
    """What keeps people from help, in numbers that name nobody."""
    found = queries.figures(request.actor)
    context = {
        "tables": _tables(found),
        "may_follow": policies.permits(request.actor, "barriers.follow"),
        "overrides": overrides_since(MONTHS_SHOWN),
    }
    return render(request, "barriers/figures.html", context)


@page("barriers.figures")
def file(request: StaffRequest) -> HttpResponse:
    """The same tables as one file, a line for each count."""
    found = queries.figures(request.actor)
    rows = [
        [table["title"], label, access, head, "…" if count is None else count]
        for table in _tables(found)
        for label, access, cells in [*table["lines"], (_("All"), "", table["totals"])]
        for head, count in zip([*table["heads"], _("All")], cells, strict=True)
        if head
    ]
    heads = [_("Table"), _("What"), _("Kind of access"), _("In which country?"), _("People")]
    return csv_file("barriers", heads, rows)


def _tables(found: Figures) -> list[dict[str, Any]]:
    """The tables that may be told, in words."""
    tables = []
    if found.kinds:
        countries = [_("All others") if code == REST else country_name(code) for code in found.kinds.heads]
        kinds = [(str(kind.label), str(ACCESS[kind].label)) for kind in map(Kind, found.kinds.rows)]
        tables.append(_table(_("What stood in the way, by country"), countries, kinds, found.kinds))
    if found.denied:
        denied = [(str(Denied(one).label), "") for one in found.denied.rows]
        tables.append(_table(_("Help that was denied"), [], denied, found.denied))
    if found.months:
        months = [(f"{month:%Y-%m}", "") for month in found.months.rows]
        tables.append(_table(_("By month"), [], months, found.months))
    return tables


def _table(title: str, heads: list[str], labels: list[tuple[str, str]], table: Table) -> dict[str, Any]:
    """With one column only, its total says the same: it stands once."""
    cells = [line if heads else line[-1:] for line in table.cells]
    lines = [(label, access, line) for (label, access), line in zip(labels, cells, strict=False)]
    return {"title": title, "heads": heads, "lines": lines, "totals": cells[-1]}


def _record(request: StaffRequest, person: Person | None) -> HttpResponse:
    organisation = own_organisation()
    initial = {"day": clock.today(), "country": organisation.country if organisation else "", "done": Done.NOTHING}
    told = {name: request.GET[name] for name, known in LISTS.items() if request.GET.get(name) in known}
    form = BarrierForm(request.POST or None, initial={"people": 1, **initial, **told}, named=person is not None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record(by=request.actor, draft=form.draft(), person_id=person.pk if person else None)
        except Invalid as problem:
            mend(form, problem)
        else:
            return _thanks(request, made)
    context = {
        **_base(request, person, None),
        "form": form,
        "title": _("They were turned away"),
        "back": reverse("people:person", args=[person.pk]) if person else reverse("web:more"),
        "earlier": queries.of_person(person, by=request.actor) if person else [],
    }
    return render(request, "barriers/record.html", context, status=status_of(form))


def _thanks(request: StaffRequest, made: Barrier) -> HttpResponse:
    messages.success(request, _("Written down. It counts towards what is told to those who can change it."))
    if made.person_id:
        return redirect("people:person", made.person_id)
    return redirect(f"{reverse('barriers:add')}?last={made.pk}")


def _base(request: StaffRequest, person: Person | None, kind: Kind | None) -> dict[str, Any]:
    base: dict[str, Any] = {"person": person, "last": read_id(request.GET.get("last", ""))}
    if person is not None:
        base["identity"] = people.identity_of(person, by=request.actor)
        if kind is not None:
            base["readers"] = readers_of("barriers.follow", actions.compartment_of(kind), person)
    return base
