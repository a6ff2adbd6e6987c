"""The directory for other programs, and directories of others for us."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from waystation.accounts.queries import handles
from waystation.directory import queries
from waystation.directory.codes import Why
from waystation.directory.forms import ImportForm
from waystation.directory.hsds import taking, writing
from waystation.directory.hsds.reading import MOST_BYTES
from waystation.kernel.errors import Invalid
from waystation.kernel.pages import ANYONE, StaffRequest, page
from waystation.people.views.common import suggested_languages
from waystation.web.forms import mend, status_of

SHOWN = 200


@page(ANYONE)
def as_json(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """Everything the public is shown, as a full service list of HSDS 3.0."""
    return JsonResponse(writing.page_of(writing.with_everything(queries.shown())))


@page(ANYONE)
def as_tables(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """The same as a package of tables."""
    data = writing.package(writing.with_everything(queries.shown()))
    answer = HttpResponse(data, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="hsds.zip"'
    return answer


@page("directory.import")
def read(request: StaffRequest) -> HttpResponse:
    """Read a directory of others; what was read before."""
    form = ImportForm(request.POST or None, request.FILES or None, initial={"language": "eng"})
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        said = {"language": form.cleaned_data["language"], "show": form.cleaned_data["show"]}
        try:
            made = taking.take(by=request.actor, name=file.name, data=file.read(MOST_BYTES + 1), **said)
        except Invalid as problem:
            mend(form, problem)
        else:
            return redirect("directory:imported", made.pk)
    context = {"form": form, "before": queries.imports(request.actor)[:10], "suggestions": suggested_languages()}
    return render(request, "directory/import.html", context, status=status_of(form))


@page("directory.import")
def imported(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """What came of a file: what is new, what changed, and each row that could not be taken as it stood."""
    row = queries.import_for(request.actor, import_id)
    bad = [(one, Why(one.why).label) for one in queries.bad_rows(row)[:SHOWN]]
    context = {
        "source": row,
        "bad": bad,
        "more": max(row.bad_rows.count() - SHOWN, 0),
        "left_out": row.left_out.items(),
        "by": handles({row.by}).get(row.by, ""),
        "title": _("What came of a file"),
    }
    return render(request, "directory/imported.html", context)
