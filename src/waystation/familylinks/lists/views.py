"""Pages of lists: all of them, bringing one, looking at its columns, its people, what could not be taken, its end."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from waystation.accounts.queries import handles
from waystation.accounts.roles import label, readers
from waystation.familylinks.lists import actions, formats, queries
from waystation.familylinks.lists.codes import USUAL_USE_DAYS, State
from waystation.familylinks.lists.documents import FileDocument
from waystation.familylinks.lists.forms import BringForm, ColumnsForm, ListForm
from waystation.familylinks.lists.models import PersonList
from waystation.familylinks.lists.reading.columns import Field
from waystation.kernel import clock
from waystation.kernel.actors import Compartment
from waystation.kernel.errors import Invalid
from waystation.kernel.pages import StaffRequest, page
from waystation.people.codes import Basis, Sex
from waystation.vault import open_document
from waystation.web.arriving import in_memory
from waystation.web.components.cldr import country_name
from waystation.web.forms import mend, status_of
from waystation.web.tables import csv_file

PER_PAGE = 25
SHOWN_PEOPLE, SHOWN_FAULTS = 5, 50
TELLING = frozenset({Field.BIRTH.value, Field.AGE.value, Field.FATHER.value, Field.MOTHER.value})
"""Without any of these people of one name cannot be told apart."""
ORDERS = {"newest": ("-made_at", "pk"), "ends": ("until", "pk"), "keeper": ("keeper", "name", "pk")}


@page("lists.view")
def lists(request: StaffRequest) -> HttpResponse:
    """All lists: filter, order, turn pages. Nobody is looked for here; that is what matches are for."""
    form = ListForm(request.GET)
    answers = form.cleaned_data if form.is_valid() else {}
    rows = queries.lists(request.actor).order_by(*ORDERS[answers.get("order") or "newest"])
    if answers.get("state"):
        rows = rows.filter(state=answers["state"])
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": Paginator(rows.defer("gone", "file", "sealed"), PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "query": f"{query.urlencode()}&" if query else "",
    }
    return render(request, "lists/lists.html", context)


@csrf_exempt  # checked by `in_memory`
@page("lists.keep")
@in_memory(actions.MOST_BYTES)
def bring(request: StaffRequest) -> HttpResponse:
    """Bring a list."""
    today = clock.today()
    initial = {"came_on": today, "until": today + timedelta(days=USUAL_USE_DAYS)}
    form = BringForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data, file_name = form.data_and_name()
        try:
            row = actions.bring(by=request.actor, draft=form.draft(), file_name=file_name, data=data)
        except Invalid as problem:
            mend(form, problem)
        else:
            return redirect("lists:look", row.pk)
    return render(request, "lists/bring.html", {"form": form}, status=status_of(form))


@page("lists.keep")
def look(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """What would be taken of a file; what each column holds can be changed until it is right."""
    row = queries.list_for(request.actor, list_id)
    if row.state != State.WAITING or not row.file:
        return redirect("lists:list", row.pk)
    data = open_document(row, FileDocument, by=request.actor).data
    kind = formats.get(row.format)
    columns = kind.columns(data) if kind else ()
    form = ColumnsForm(request.POST or None, columns=columns)
    chosen = form.columns() if form.is_bound and form.is_valid() and columns else None
    if request.method == "POST" and form.is_valid() and "take" in request.POST:
        try:
            row = actions.take(by=request.actor, list_id=row.pk, columns=chosen)
        except Invalid as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The people of this list can be found from now on."))
            return redirect("lists:list", row.pk)
    read = set(chosen if chosen is not None else (column.field for column in columns))
    context = {
        "list": row,
        "form": form if columns else None,
        "kind": kind,
        "tells_little": bool(columns) and not read & TELLING,
        **_preview(request, row, chosen),
    }
    return render(request, "lists/look.html", context, status=status_of(form))


def _preview(request: StaffRequest, row: PersonList, columns: list[str] | None) -> dict[str, Any]:
    found = actions.read(row, columns, by=request.actor)
    return {
        "people": [(one.line, one.said, _facts(one.said)) for one in found.people[:SHOWN_PEOPLE]],
        "count": len(found.people),
        "wrong": [(one, _says(row, one.why)) for one in found.wrong[:SHOWN_FAULTS]],
        "wrong_count": len(found.wrong),
        "refused": sum(not one.taken for one in found.wrong),
    }


@page("lists.view")
def one(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """A list: its people, page by page, and what could not be taken as it stood."""
    row = queries.list_for(request.actor, list_id)
    shown = Paginator(row.people.all(), PER_PAGE).get_page(request.GET.get("page"))
    said = queries.documents(shown.object_list, by=request.actor) if row.stands else {}
    faults = list(row.faults.all()[:SHOWN_FAULTS])
    context = {
        "list": row,
        "words": queries.words_of(row, by=request.actor),
        "kind": formats.get(row.format),
        "basis": Basis(row.basis).label,
        "by": handles({row.made_by}).get(row.made_by, ""),
        "page": shown,
        "readers": _readers(),
        "query": "",
        "people": [(one, said[one.pk], _facts(said[one.pk])) for one in shown if one.pk in said],
        "faults": [(one, told, _says(row, one.why)) for one, told in queries.opened_faults(faults, by=request.actor)],
        "more_faults": max(row.bad - SHOWN_FAULTS, 0) if faults else 0,
    }
    return render(request, "lists/list.html", context)


@page("lists.view")
def faults(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """What could not be taken as it stood, as a table for the keeper of the list to mend."""
    row = queries.list_for(request.actor, list_id)
    heads = [_("Line"), _("Where"), _("What is wrong"), _("Taken without this"), _("What stands there"), _("The row")]
    lines = [
        [one.line, told.where, _says(row, one.why), _("Yes") if one.taken else _("No"), told.said, *told.cells]
        for one, told in queries.faults_of(row, by=request.actor)
    ]
    return csv_file("to-mend", heads, lines)


@page("lists.view")
def person(request: StaffRequest, listed_id: UUID) -> HttpResponse:
    """Everything that a list tells of one person."""
    row = queries.get_for(request.actor, listed_id)
    said = queries.document_of(row, by=request.actor)
    context = {
        "row": row,
        "list": row.of,
        "said": said,
        "facts": _facts(said),
        "readers": _readers(),
        "basis": Basis(row.of.basis).label,
        "title": said.names[0] if said.names else _("A record that is over"),
    }
    return render(request, "lists/person.html", context)


@page("lists.keep")
def delete(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """Asks once more, and says what will be lost."""
    row = queries.list_for(request.actor, list_id)
    if request.method == "POST":
        actions.delete(by=request.actor, list_id=row.pk)
        messages.success(request, _("The list is deleted, and everybody in it."))
        return redirect("lists:lists")
    return render(request, "lists/delete.html", {"list": row, "people": row.people.count()})


def _readers() -> str:
    """Who sees what lists tell of people, in words."""
    return _(", ").join(str(label(role)) for role in sorted(readers("lists.view", Compartment.FAMILY_LINKS)))


def _facts(said: Any) -> list[str]:
    """What is known of a person, in words, the shortest first."""
    sex = str(Sex(said.sex).label) if said.sex in Sex.values else ""
    age = _("%(age)s years") % {"age": said.age} if said.age else ""
    return [fact for fact in (sex, said.birth or age, country_name(said.country), said.place) if fact]


def _says(row: PersonList, why: str) -> str:
    kind = formats.get(row.format)
    return str(kind.says(why)) if kind else why
