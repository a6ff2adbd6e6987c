"""What authorities asked for: written down, refused, and in the rarest case answered under a court order."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.casework.retention import actions, queries
from waystation.casework.retention.codes import Answer, Authority, Paper
from waystation.casework.retention.forms import GiveForm, RequestForm, ToldForm
from waystation.casework.retention.models import AuthorityRequest, RequestDocument
from waystation.kernel import clock, policies
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.organisations.queries import own_organisation
from waystation.people import queries as people
from waystation.web.forms import mend, status_of
from waystation.web.tables import csv_file

PER_PAGE = 25
COLUMNS = ("day", "post", "authority", "asked for", "paper", "answer", "person told")


@page("retention.requests")
def requests(request: StaffRequest) -> HttpResponse:
    """All requests, newest first, with how many came from whom."""
    shown = Paginator(queries.requests_for(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    rows = queries.opened_requests(shown, by=request.actor)
    return render(request, "retention/requests.html", {"rows": rows, "page": shown, "counts": _counts()})


@page("retention.requests")
def report(request: StaffRequest) -> HttpResponse:
    """The counts on paper: nothing in it identifies anyone."""
    context = {"counts": _counts(), "organisation": own_organisation(), "today": clock.today()}
    return render(request, "retention/requests_print.html", context)


@page("retention.requests")
@require_POST
def table(request: StaffRequest) -> HttpResponse:
    """Every request as a line without names."""
    actions.export_requests(by=request.actor)
    rows = (
        (row.asked_on, row.post or "", row.authority, row.asked_for, row.paper, row.answer, row.told)
        for row in queries.requests_for(request.actor)
    )
    return csv_file("authority-requests", COLUMNS, rows)


@page("retention.record-request")
def add(request: StaffRequest) -> HttpResponse:
    """Write down that an authority asked. Everyone who helps may, for everyone may be asked."""
    person = _person(request)
    form = RequestForm(request.POST or None, initial={"asked_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data
        document = RequestDocument(**{name: answer[name] for name in ("who", "paper", "about", "note")})
        try:
            made = actions.record_request(
                by=request.actor,
                authority=answer["authority"],
                asked_for=answer["asked_for"],
                document=document,
                paper=answer["paper_shown"],
                asked_on=answer["asked_on"],
                person_id=person,
            )
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Written down as refused. Tell them that only a coordinator may answer."))
            return redirect(*_after(request, made))
    return render(request, "retention/request_add.html", {"form": form, "about": person}, status=status_of(form))


@page("retention.requests")
def request_page(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """One request: who asked, what was answered, whether the person was told."""
    row = queries.request_for(request.actor, request_id)
    give, told = GiveForm(), ToldForm(initial={"told": row.told})
    if request.method == "POST":
        if "told" in request.POST:
            actions.say_told(by=request.actor, request_id=row.pk, told=request.POST["told"])
            return redirect("retention:request", row.pk)
        give = GiveForm(request.POST)
        if give.is_valid() and _asked_to_give(request, row, give):
            return redirect("retention:request", row.pk)
    (shown,) = queries.opened_requests([row], by=request.actor)
    may_give = row.answer == Answer.REFUSED and row.paper == Paper.ORDER and shown.document is not None
    context = {"shown": shown, "row": row, "give": give, "told": told, "may_give": may_give}
    return render(request, "retention/request.html", context, status=status_of(give))


def _asked_to_give(request: StaffRequest, row: AuthorityRequest, form: GiveForm) -> bool:
    order, fields = form.cleaned_data["order"], form.cleaned_data["fields_given"]
    try:
        actions.ask_to_give(by=request.actor, request_id=row.pk, order=order, fields=fields)
    except Invalid as problem:
        says = {"fields_given" if name == "fields" else name: text for name, text in problem.fields.items()}
        mend(form, Invalid(says))
        return False
    messages.success(request, _("A second officer was asked. Until then nothing is given."))
    return True


def _after(request: StaffRequest, made: AuthorityRequest) -> tuple[str, ...]:
    if policies.permits(request.actor, "retention.requests"):
        return "retention:request", str(made.pk)
    return ("casework:front-desk",)


def _person(request: StaffRequest) -> UUID | None:
    text = request.GET.get("person", "")
    if not text:
        return None
    try:
        return people.get_for(request.actor, UUID(text)).pk
    except ValueError as problem:
        raise NotFound from problem


def _counts() -> list[tuple[int, str, str, int]]:
    return [
        (year, str(Authority(authority).label), str(Answer(answer).label), count)
        for year, authority, answer, count in queries.request_counts()
    ]
