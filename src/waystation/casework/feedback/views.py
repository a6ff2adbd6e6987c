"""Pages of feedback: two that are open to anybody, and those of who reads and answers."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from waystation.accounts.queries import handles
from waystation.casework.feedback import actions, queries
from waystation.casework.feedback.codes import TABLE, Act, State
from waystation.casework.feedback.forms import AgainForm, AnswerForm, GoOnForm, ListForm, SayForm, TakeDownForm
from waystation.kernel import clock, policies
from waystation.kernel.errors import Invalid, NodeLocked, NotFound
from waystation.kernel.pages import ANYONE, StaffRequest, page
from waystation.people.queries import overrides_since
from waystation.people.views.common import suggested_languages
from waystation.web.forms import mend, status_of

PER_PAGE = 25
MONTHS = 12


@page(ANYONE)
@never_cache
def say(request: HttpRequest) -> HttpResponse:
    """Anybody says what they want, signed in or not, the node open or not; the reply code is shown once."""
    form = SayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            code = actions.receive(kind=form.cleaned_data["kind"], text=form.cleaned_data["text"])
        except Invalid as problem:
            mend(form, problem)
        except (actions.TooMany, NodeLocked) as problem:
            form.add_error(None, str(problem))
        else:
            return render(request, "feedback/thanks.html", {"code": code})
    return render(request, "feedback/say.html", {"form": form}, status=status_of(form))


@page(ANYONE)
@never_cache
def answer(request: HttpRequest) -> HttpResponse:
    """Who holds a reply code reads the answer, and may write again. The code never stands in an address."""
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        said = AgainForm(request.POST if "text" in request.POST else None, initial={"code": code})
        if said.is_bound and said.is_valid() and not _written_again(said):
            found = _thread(request, code, said, status=422)
        else:
            found = _thread(request, code, AgainForm(initial={"code": code}))
        if found is not None:
            return found
        form.add_error("code", _("No letter belongs to this code. Compare it with what you kept."))
    return render(request, "feedback/answer.html", {"form": form}, status=status_of(form))


def _written_again(form: AgainForm) -> bool:
    try:
        return actions.write_again(code=form.cleaned_data["code"], text=form.cleaned_data["text"])
    except Invalid as problem:
        mend(form, problem)
    except actions.TooMany as problem:
        form.add_error(None, str(problem))
    return False


def _thread(request: HttpRequest, code: str, form: AgainForm, status: int = 200) -> HttpResponse | None:
    found = queries.by_code(code)
    if found is None:
        return None
    row, key = found
    context = {"feedback": row, "letters": queries.thread_for_them(row, key), "form": form}
    return render(request, "feedback/thread.html", context, status=status)


@page("feedback.work")
def feedback_list(request: StaffRequest) -> HttpResponse:
    """What people said, what waits longest first."""
    form = ListForm(request.GET)
    form.is_valid()
    wanted = {name: value for name, value in getattr(form, "cleaned_data", {}).items() if value}
    rows = queries.visible_to(request.actor).filter(**wanted)
    if "state" not in wanted:
        rows = rows.exclude(state=State.CLOSED)
    shown = Paginator(rows.order_by("received_on", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {"page": shown, "form": form, "query": f"{query.urlencode()}&" if query else ""}
    return render(request, "feedback/list.html", context)


@page("feedback.work")
def feedback(request: StaffRequest, feedback_id: UUID) -> HttpResponse:
    """All letters of one, where it stands, what may be done now."""
    row = queries.get_for(request.actor, feedback_id)
    thread = queries.thread(row)
    context = {
        "feedback": row,
        "letters": thread,
        "handles": handles({one.row.by for one in thread if one.row.by}),
        "acts": [(act, Act(act).label) for act in TABLE.acts(row.state) if act != Act.WRITE_AGAIN],
        "may_mark": not row.sensitive,
    }
    return render(request, "feedback/feedback.html", context)


@page("feedback.work")
def go_on(request: StaffRequest, feedback_id: UUID, act: str) -> HttpResponse:
    """One act, with words."""
    row = queries.get_for(request.actor, feedback_id)
    if act not in Act.values or act == Act.WRITE_AGAIN:
        raise NotFound
    form = GoOnForm(request.POST or None, act=act)
    if request.method == "POST" and form.is_valid():
        try:
            actions.go_on(by=request.actor, feedback_id=row.pk, act=act, **form.cleaned_data)
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect("feedback:feedback", row.pk)
    context = {"feedback": row, "form": form, "title": Act(act).label}
    return render(request, "feedback/part.html", context, status=status_of(form))


@page("feedback.work")
@require_POST
def mark(request: StaffRequest, feedback_id: UUID) -> HttpResponse:
    """It is about the conduct of one of us: fewer read it from now on."""
    actions.mark_sensitive(by=request.actor, feedback_id=feedback_id)
    messages.success(request, _("From now on only those who look into conduct read it."))
    if policies.permits(request.actor, "feedback.conduct"):
        return redirect("feedback:feedback", feedback_id)
    return redirect("feedback:list")


@page("feedback.take")
def take_down(request: StaffRequest) -> HttpResponse:
    """Write down for somebody what they say; the code is for them."""
    form = TakeDownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            code = actions.take_down(by=request.actor, **form.cleaned_data)
        except Invalid as problem:
            mend(form, problem)
        else:
            return render(request, "feedback/thanks.html", {"code": code, "for_them": True})
    context = {"form": form, "suggestions": suggested_languages()}
    return render(request, "feedback/take_down.html", context, status=status_of(form))


@page("feedback.work")
def figures(request: StaffRequest) -> HttpResponse:
    """How much was said by month and kind, and what came of it; small numbers hidden."""
    since = clock.today().replace(day=1) - timedelta(days=30 * (MONTHS - 1))
    titles = {"kind": _("What was said, by month"), "outcome": _("What came of it, by month")}
    tables = []
    for column, codes in queries.COLUMNS.items():
        found = queries.figures(request.actor, column, codes.values, since=since)
        heads = [codes(code).label for code in found.heads]
        tables.append((titles[column], heads, list(zip(found.months, found.cells, strict=False)), found.cells[-1]))
    return render(request, "feedback/figures.html", {"tables": tables, "overrides": overrides_since(MONTHS)})
