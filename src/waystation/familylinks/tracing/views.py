"""Pages of tracing requests: the list, writing one, one with all that is known, what the enquirer is told, the form."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.accounts.queries import handles, with_handles
from waystation.familylinks.tracing import actions, panels, queries
from waystation.familylinks.tracing.codes import (
    ACKNOWLEDGE_WITHIN,
    BY_HAND,
    OPEN,
    REPORT_EVERY,
    TABLE,
    WORDED_ACTS,
    Act,
    Ask,
    News,
    Relation,
    State,
    coarse,
)
from waystation.familylinks.tracing.forms import ListForm, MoveForm, NewsForm, RequestForm, initial_of
from waystation.familylinks.tracing.models import TracingRequest
from waystation.familylinks.tracing.showing import shown as facts_of
from waystation.kernel import clock
from waystation.kernel.actors import Compartment
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.organisations.queries import own_organisation
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.people.panels import readers_of
from waystation.people.views.common import suggested_languages
from waystation.web.forms import mend, status_of

PER_PAGE = 25


@page("tracing.work")
def requests(request: StaffRequest) -> HttpResponse:
    """The list: filter, order, turn pages."""
    form = ListForm(request.GET)
    form.is_valid()
    answers = getattr(form, "cleaned_data", {})
    wanted = {name: answers[name] for name in ("state", "relation") if answers.get(name)}
    rows = queries.visible_to(request.actor).filter(**wanted).select_related("person")
    if "state" not in wanted:
        rows = rows.filter(state__in=OPEN)
    if answers.get("mine"):
        rows = rows.filter(owner=request.actor.account_id)
    order = "opened_at" if answers.get("order") == "oldest" else "-opened_at"
    shown = Paginator(rows.order_by(order, "pk"), PER_PAGE).get_page(request.GET.get("page"))
    enquirers = people.identities([row.person for row in shown], by=request.actor)
    texts = queries.documents_of(shown, by=request.actor)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "lines": [(row, texts.get(row.pk), enquirers.get(row.person_id), _news_due(row)) for row in shown],
        "page": shown,
        "form": form,
        "query": f"{query.urlencode()}&" if query else "",
    }
    return render(request, "tracing/list.html", context)


@page("tracing.work")
def person(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Everything about a person's family links on one page; each noun adds its part."""
    found = people.get_for_page(request.actor, person_id)
    context = {
        "person": found,
        "identity": people.identity_of(found, by=request.actor),
        "readers": readers_of("tracing.work", Compartment.FAMILY_LINKS, found),
        "panels": panels.shown_for(request, found),
    }
    return render(request, "tracing/person.html", context)


@page("tracing.work")
def begin(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """A person looks for somebody: write it down."""
    enquirer = people.get_for(request.actor, person_id)
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_request(by=request.actor, person_id=enquirer.pk, draft=form.draft())
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded. Tell the enquirer within 14 days that it was received."))
            return redirect("tracing:request", made.pk)
    return _write(request, form, enquirer, _("Look for family"))


@page("tracing.work")
def rewrite(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """What became known since."""
    row = queries.get_for(request.actor, request_id)
    form = RequestForm(request.POST or None, initial=initial_of(row, queries.document_of(row, by=request.actor)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.rewrite(by=request.actor, request_id=row.pk, draft=form.draft())
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk)
    return _write(request, form, row.person, _("Change what is known"))


@page("tracing.work")
def tracing_request(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """One request: who is sought, where it stands, what the enquirer was told, what others show about it."""
    row = queries.get_for(request.actor, request_id)
    said = queries.document_of(row, by=request.actor)
    told = queries.told_of(row, by=request.actor)
    acts = [act for act in TABLE.acts(row.state) if act in BY_HAND]
    context = {
        **_base(request, row),
        "said": said,
        "facts": facts_of(row, said),
        "state": coarse(row.state).label,
        "told": [(one, News(one.news).label, text) for one, text in told],
        "acts": [(act, Act(act).label) for act in acts if act not in WORDED_ACTS],
        "worded_acts": [(act, Act(act).label) for act in acts if act in WORDED_ACTS],
        "may_ask": [Ask(code).label for code in said.may_ask],
        "is_open": row.state in OPEN,
        "mine": row.owner == request.actor.account_id,
        "due": _news_due(row),
        "panels": panels.shown_on(request, row),
    }
    return render(request, "tracing/request.html", context)


@page("tracing.work")
def steps(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Every step with its day: not to be opened beside the enquirer."""
    row = queries.get_for(request.actor, request_id)
    made = [(one, Act(one.act).label, State(one.state).label) for one in with_handles(row.steps.all())]
    context = {**_base(request, row), "title": _("Step by step"), "steps": made, "handles": handles({row.opened_by})}
    return render(request, "tracing/steps.html", context)


@page("tracing.work")
@require_POST
def go_on(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """One tap for what needs no words."""
    act = request.POST.get("act", "")
    if act in WORDED_ACTS:
        raise NotFound
    actions.move(by=request.actor, request_id=request_id, draft=actions.MoveDraft(act=act))
    return _done(request, request_id)


@page("tracing.work")
@require_POST
def take(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Make it one's own."""
    actions.take(by=request.actor, request_id=request_id)
    return _done(request, request_id)


@page("tracing.work")
def move(request: StaffRequest, request_id: UUID, act: str) -> HttpResponse:
    """An act that needs a reason."""
    row = queries.get_for(request.actor, request_id)
    if act not in WORDED_ACTS or not TABLE.allows(row.state, act):
        raise NotFound
    form = MoveForm(request.POST if request.method == "POST" else None, act=act)
    if request.method == "POST" and form.is_valid():
        try:
            draft = actions.MoveDraft(act=act, **form.cleaned_data)
            actions.move(by=request.actor, request_id=row.pk, draft=draft)
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk)
    return _part(request, row, form, Act(act).label)


@page("tracing.work")
def tell(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Record what the enquirer was told."""
    row = queries.get_for(request.actor, request_id)
    usual = News.LOOKING if row.acknowledged_at else News.RECEIVED
    form = NewsForm(request.POST or None, initial={"news": usual, "on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell(by=request.actor, request_id=row.pk, draft=actions.NewsDraft(**form.cleaned_data))
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk)
    return _part(request, row, form, _("Tell the enquirer"), telling=True)


@page("tracing.work")
def paper(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """The request on paper, to check it with the enquirer."""
    row = queries.get_for(request.actor, request_id)
    said = queries.document_of(row, by=request.actor)
    context = {
        **_base(request, row),
        "facts": facts_of(row, said),
        "organisation": own_organisation(),
        "may_ask": [Ask(code).label for code in said.may_ask],
    }
    return render(request, "tracing/paper.html", context)


def _news_due(row: TracingRequest) -> Any:
    """Until when the enquirer is owed news; None for a request that is closed."""
    if row.state not in OPEN:
        return None
    return row.opened_at + ACKNOWLEDGE_WITHIN if row.told_at is None else row.told_at + REPORT_EVERY


def _base(request: StaffRequest, row: TracingRequest) -> dict[str, Any]:
    return {
        "row": row,
        "person": row.person,
        "identity": people.identity_of(row.person, by=request.actor),
        "relation": Relation(row.relation).label,
        "readers": readers_of("tracing.work", Compartment.FAMILY_LINKS, row.person),
    }


def _write(request: StaffRequest, form: RequestForm, enquirer: Person, title: str) -> HttpResponse:
    context = {
        "form": form,
        "groups": form.groups(),
        "title": title,
        "person": enquirer,
        "identity": people.identity_of(enquirer, by=request.actor),
        "readers": readers_of("tracing.work", Compartment.FAMILY_LINKS, enquirer),
        "suggestions": suggested_languages(),
    }
    return render(request, "tracing/write.html", context, status=status_of(form))


def _part(request: StaffRequest, row: TracingRequest, form: Any, title: Any, **more: Any) -> HttpResponse:
    context = {**_base(request, row), "form": form, "title": title, **more}
    return render(request, "tracing/part.html", context, status=status_of(form))


def _done(request: StaffRequest, request_id: UUID) -> HttpResponse:
    messages.success(request, _("Recorded."))
    return redirect("tracing:request", request_id)
