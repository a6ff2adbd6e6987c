"""The log on a page, as a table for a spreadsheet, and its newest checkpoint to take away."""

import csv
from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from waystation.audit import actions, queries
from waystation.audit.forms import WantedForm
from waystation.audit.models import Checkpoint
from waystation.kernel.actors import Actor
from waystation.kernel.pages import StaffRequest, page

COLUMNS = ("entry", "time", "account", "account id", "role", "via", "action", "in words", "reason", "record")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@page("audit.view")
def log(request: StaffRequest) -> HttpResponse:
    """Who did what, newest first."""
    form = WantedForm(request.GET or None)
    found = queries.page(request.actor, form.wanted(), before=queries.place(request.GET.get("before", "")))
    query = request.GET.copy()
    query.pop("before", None)
    context = {
        "form": form,
        "page": found,
        "query": query.urlencode(),
        "filtered": any(query.values()),
        "checkpoint": Checkpoint.objects.order_by("-size").defer("note").first(),
    }
    return render(request, "audit/log.html", context)


@page("audit.view")
@require_POST
def export(request: StaffRequest) -> StreamingHttpResponse:
    """The wanted part of the log as CSV; that it was taken is an entry of its own."""
    wanted = WantedForm(request.POST).wanted()
    actions.export(by=request.actor, wanted=wanted)
    return StreamingHttpResponse(
        _rows(request.actor, wanted),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="log.csv"'},
    )


@page("audit.view")
@require_POST
def checkpoint(request: StaffRequest) -> HttpResponse:
    """The log signed as it is now, as a small text file to be kept by someone else."""
    made = actions.take_checkpoint(by=request.actor)
    return HttpResponse(
        made.note,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="checkpoint-{made.size}.txt"'},
    )


def _rows(by: Actor, wanted: queries.Wanted) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow(COLUMNS))
    for leaf, line in queries.each(by, wanted):
        cells = (line.who, leaf.account, line.role, line.via, leaf.action, line.says, leaf.reason, line.record or "")
        yield str(writer.writerow([leaf.index, leaf.at.isoformat(), *(_harmless(str(cell)) for cell in cells)]))


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, value: str) -> str:
        return value
