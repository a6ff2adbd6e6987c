"""Pages of officers: photos put forward, decided, taken down; what people answered."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from waystation.accounts.queries import handles
from waystation.familylinks.photos import actions, ages, answering, queries
from waystation.familylinks.photos.arriving import InMemory
from waystation.familylinks.photos.codes import (
    ANSWER_TABLE,
    TABLE,
    Act,
    AnswerAct,
    AnswerState,
    State,
)
from waystation.familylinks.photos.forms import ANSWER_FORMS, DraftForm, ListForm, ShowForm, TakeDownForm, WhyForm
from waystation.familylinks.photos.models import Posting
from waystation.familylinks.photos.public import picture_answer
from waystation.kernel import policies
from waystation.kernel.actors import Compartment
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.people.panels import readers_of
from waystation.web.forms import mend, status_of

PER_PAGE = 25


@page("photos.work")
def postings(request: StaffRequest) -> HttpResponse:
    """Photos that wait or are shown, or were."""
    form = ListForm(request.GET)
    form.is_valid()
    wanted = {name: value for name, value in getattr(form, "cleaned_data", {}).items() if value}
    rows = queries.visible_to(request.actor).filter(**wanted).select_related("person")
    if not wanted:
        rows = rows.exclude(state=State.DOWN)
    shown = Paginator(rows.order_by("state", "-drafted_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    names = people.identities([row.person for row in shown], by=request.actor)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "lines": [(row, names.get(row.person_id)) for row in shown],
        "page": shown,
        "form": form,
        "query": f"{query.urlencode()}&" if query else "",
        "reads": policies.permits(request.actor, "photos.answers"),
    }
    return render(request, "photos/postings.html", context)


@csrf_exempt  # checked below: the check reads the body, which no handler may put into a file before
@page("photos.work")
def put_forward(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Put a photo forward."""
    handler = InMemory()
    request.upload_handlers = [handler]

    @csrf_protect
    def checked(request: HttpRequest) -> HttpResponse:
        return _put_forward(request, person_id, handler)  # type: ignore[arg-type]

    return checked(request)


def _put_forward(request: StaffRequest, person_id: UUID, handler: InMemory) -> HttpResponse:
    person = people.get_for_page(request.actor, person_id)
    identity = people.identity_of(person, by=request.actor)
    age = ages.of(person, identity)
    form = DraftForm(request.POST or None, ask_age=age is ages.Age.NOT_SURE)
    if request.method == "POST" and form.is_valid():
        try:
            draft = form.draft(bytes(handler.plain))
            row = actions.draft(by=request.actor, person_id=person.pk, draft=draft)
        except Invalid as problem:
            _mend(form, problem)
        else:
            messages.success(request, _("Kept, sealed. A second officer looks at it before anybody else can."))
            return redirect("photos:posting", row.pk)
    context = {**_about(person), "identity": identity, "form": form, "too_young": age is ages.Age.TOO_YOUNG}
    return render(request, "photos/put_forward.html", context, status=status_of(form))


@page("photos.work")
def posting(request: StaffRequest, posting_id: UUID) -> HttpResponse:
    """One photo as officers see it: where it stands and what may be done now."""
    row = queries.get_for(request.actor, posting_id)
    reads = policies.permits(request.actor, "photos.answers")
    acts = [act for act in TABLE.acts(row.state) if act == Act.TAKE_DOWN or row.drafted_by != request.actor.account_id]
    context = {
        **_about(row.person),
        "identity": people.identity_of(row.person, by=request.actor),
        "posting": row,
        "said": queries.words(row, by=request.actor),
        "handles": handles({row.drafted_by, *([row.decided_by] if row.decided_by else [])}),
        "acts": [(act, Act(act).label) for act in acts],
        "own": row.state == State.DRAFTED and row.drafted_by == request.actor.account_id,
        "answers": queries.answers(request.actor).filter(posting=row) if reads else [],
    }
    return render(request, "photos/posting.html", context)


@page("photos.work")
@require_safe
def picture(request: StaffRequest, posting_id: UUID) -> HttpResponse:
    """The picture, for an officer."""
    found = queries.picture_for(request.actor, posting_id)
    return picture_answer(found.kind, found.plain)


@page("photos.work")
def go_on(request: StaffRequest, posting_id: UUID, act: str) -> HttpResponse:
    """Agree to it, do not, or take it down."""
    row = queries.get_for(request.actor, posting_id)
    if act not in STEPS:
        raise NotFound
    make, do = STEPS[act]
    form = make(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            do(by=request.actor, posting_id=row.pk, **form.cleaned_data)
        except Invalid as problem:
            _mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect("photos:posting", row.pk)
    context = {
        **_about(row.person),
        "identity": people.identity_of(row.person, by=request.actor),
        "posting": row,
        "form": form,
        "title": Act(act).label,
        "gone": act != Act.SHOW,
    }
    return render(request, "photos/go_on.html", context, status=status_of(form))


STEPS: dict[str, tuple[type[forms.Form], Callable[..., Posting]]] = {
    Act.SHOW: (ShowForm, actions.show),
    Act.REFUSE: (WhyForm, actions.refuse),
    Act.TAKE_DOWN: (TakeDownForm, actions.take_down),
}


@page("photos.answers")
def answers(request: StaffRequest) -> HttpResponse:
    """What people answered, what waits longest first."""
    rows = queries.answers(request.actor).select_related("person", "posting")
    if request.GET.get("which") != "all":
        rows = rows.exclude(state=AnswerState.CLOSED)
    shown = Paginator(rows.order_by("came_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    names = people.identities([row.person for row in shown], by=request.actor)
    query = "which=all&" if request.GET.get("which") == "all" else ""
    context = {"lines": [(row, names.get(row.person_id)) for row in shown], "page": shown, "query": query}
    return render(request, "photos/answers.html", context)


@page("photos.answers")
def answer(request: StaffRequest, answer_id: UUID) -> HttpResponse:
    """One answer."""
    row = queries.answer_for(request.actor, answer_id)
    answering.settle(row)
    context = {
        **_about(row.person),
        "identity": people.identity_of(row.person, by=request.actor),
        "readers": readers_of("photos.answers", Compartment.FAMILY_LINKS, row.person),
        "answer": row,
        "said": queries.answer_texts([row], by=request.actor)[row.pk],
        "acts": [(act, AnswerAct(act).label) for act in ANSWER_TABLE.acts(row.state)],
    }
    return render(request, "photos/answer.html", context)


@page("photos.answers")
def answer_go_on(request: StaffRequest, answer_id: UUID, act: str) -> HttpResponse:
    """Look into it, or close it."""
    row = queries.answer_for(request.actor, answer_id)
    if act not in ANSWER_FORMS:
        raise NotFound
    form = ANSWER_FORMS[act](request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            answering.go_on(by=request.actor, answer_id=row.pk, act=act, **form.cleaned_data)
        except Invalid as problem:
            _mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect("photos:answer", row.pk)
    context = {
        **_about(row.person),
        "identity": people.identity_of(row.person, by=request.actor),
        "answer": row,
        "form": form,
        "title": AnswerAct(act).label,
    }
    return render(request, "photos/answer_go_on.html", context, status=status_of(form))


def _about(person: Person) -> dict[str, Any]:
    return {"person": person, "readers": readers_of("photos.work", Compartment.BASIC, person)}


def _mend(form: forms.Form, problem: Invalid) -> None:
    mend(form, problem)
    if not problem.fields:
        form.add_error(None, str(problem))
