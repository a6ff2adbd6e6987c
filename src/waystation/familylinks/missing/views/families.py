"""Pages of a family that waits: all about their request, how they are kept told, what they tell; and all who wait."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from waystation.familylinks.missing import queries
from waystation.familylinks.missing.actions import families as actions
from waystation.familylinks.missing.actions import hypotheses as of_hypotheses
from waystation.familylinks.missing.codes import NEED_GROUPS, FamilyNeed, Samples
from waystation.familylinks.missing.documents import AnteMortemDocument, PlanDocument
from waystation.familylinks.missing.forms.families import AsksForm, OwedForm, PlanForm, UpdateForm, plan_initial
from waystation.familylinks.missing.forms.lost import AnteMortemForm, initial_of
from waystation.familylinks.missing.showing import features
from waystation.familylinks.missing.views.common import form_page, of_request, to_request
from waystation.familylinks.tracing import queries as tracing
from waystation.familylinks.tracing.actions import NewsDraft
from waystation.familylinks.tracing.codes import OPEN, News, Relation
from waystation.kernel import clock
from waystation.kernel.errors import NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.people.views.common import suggested_languages
from waystation.web.tables import csv_file

PER_PAGE = 25


@page("missing.work")
def of(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """One family: how they are kept told, and what they tell. Nothing that they must not see stands here."""
    row = tracing.get_for(request.actor, request_id)
    plan, told = queries.plan_of(row, by=request.actor), queries.ante_mortem_of(row, by=request.actor)
    context = {**of_request(request, row), "is_open": row.state in OPEN}
    if plan:
        over = plan[0].next_on < clock.today()
        context |= {"plan": plan[0], "agreed": plan[1], "needs": _needs(plan[1]), "over": over}
    if told:
        samples = Samples(told[1].samples).label if told[1].samples else ""
        context |= {"told": told[1], "features": features(told[1].features), "samples": samples}
    return render(request, "missing/of.html", context)


@page("missing.work")
def plan(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Agree with the family how they are kept told."""
    row = tracing.get_for(request.actor, request_id)
    before = queries.plan_of(row, by=request.actor)
    form = PlanForm(request.POST or None, initial=plan_initial(*before) if before else None)

    def save(filled: Any) -> Any:
        return actions.write_plan(by=request.actor, request_id=row.pk, draft=filled.draft())

    return _page(request, row, form, save, _("How this family is kept told"), suggestions=suggested_languages())


@page("missing.work")
def asks(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """The family wishes to hear sooner."""
    row = tracing.get_for(request.actor, request_id)
    if queries.plan_of(row, by=request.actor) is None:
        raise NotFound

    def save(filled: Any) -> Any:
        return actions.family_asks(by=request.actor, request_id=row.pk, **filled.cleaned_data)

    return _page(request, row, AsksForm(request.POST or None), save, _("The family wishes to hear sooner"))


@page("missing.work")
def update(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """The family was told where things stand."""
    row = tracing.get_for(request.actor, request_id)
    before = queries.plan_of(row, by=request.actor)
    if before is None:
        raise NotFound
    form = UpdateForm(request.POST or None, initial={"on": clock.today()})

    def save(filled: Any) -> Any:
        draft = NewsDraft(news=News.LOOKING, **filled.cleaned_data)
        return actions.tell_family(by=request.actor, request_id=row.pk, draft=draft)

    return _page(request, row, form, save, _("Tell the family where things stand"), agreed=before[1])


@page("missing.work")
def ante_mortem(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """What the family tells of the person sought."""
    row = tracing.get_for(request.actor, request_id)
    before = queries.ante_mortem_of(row, by=request.actor)
    initial = initial_of(before[1]) if before else {"sex": row.sex, **initial_of(AnteMortemDocument()), "samples": "no"}

    def save(filled: Any) -> Any:
        document = filled.document()
        return of_hypotheses.write_ante_mortem(by=request.actor, request_id=row.pk, document=document)

    form = AnteMortemForm(request.POST or None, initial=initial)
    return _page(request, row, form, save, _("What the family tells"), gently=True)


@page("missing.work")
def owed(request: StaffRequest) -> HttpResponse:
    """All families who wait, whoever is owed first on top."""
    form, rows = _owed(request)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    requests = [one.request for one in shown]
    names = people.identities([one.person for one in requests], by=request.actor)
    texts = tracing.documents_of(requests, by=request.actor)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "lines": [
            (one, names.get(one.person_id), texts.get(one.request_id), Relation(one.request.relation).label)
            for one in shown
        ],
        "today": clock.today(),
        "page": shown,
        "form": form,
        "query": f"{query.urlencode()}&" if query else "",
    }
    return render(request, "missing/owed.html", context)


@page("missing.work")
def owed_file(request: StaffRequest) -> HttpResponse:
    """The same as a table to keep, by number and without a name."""
    _form, rows = _owed(request)
    lines = [[one.request.number, one.next_on, one.every_months, _("yes") if one.sooner else ""] for one in rows]
    heads = [_("Tracing request"), _("Owed by"), _("At least every … months"), _("They asked to hear sooner")]
    return csv_file("families-who-wait", heads, lines)


def _owed(request: StaffRequest) -> tuple[OwedForm, Any]:
    form = OwedForm(request.GET)
    answers = form.cleaned_data if form.is_valid() else {}
    rows = queries.owed(request.actor)
    if answers.get("which") == "over":
        rows = rows.filter(next_on__lt=clock.today())
    elif answers.get("which") == "sooner":
        rows = rows.filter(sooner=True)
    return form, rows.order_by("-next_on", "pk") if answers.get("order") == "last" else rows


def _needs(document: PlanDocument) -> list[tuple[Any, list[Any]]]:
    groups = ((legend, [code for code in codes if code in document.needs]) for legend, codes in NEED_GROUPS.values())
    return [(legend, [FamilyNeed(code).label for code in codes]) for legend, codes in groups if codes]


def _page(request: StaffRequest, row: Any, form: Any, save: Any, title: str, **more: Any) -> HttpResponse:
    then = to_request(row.pk)
    context = {**of_request(request, row), "title": title, "back": then(None), **more}
    return form_page(request, form, save, context, template="missing/part_of_request.html", then=then)
