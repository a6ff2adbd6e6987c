"""What is due, how long things are kept, and legal holds."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.casework import clocks
from waystation.casework.clocks import Clock
from waystation.casework.retention import actions, periods, queries
from waystation.casework.retention.forms import HoldForm, PeriodForm, ReasonForm, ReviewForm
from waystation.casework.retention.words import lasting
from waystation.kernel import policies
from waystation.kernel.errors import Conflict, Invalid, NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.people import facts
from waystation.people.models import Person
from waystation.people.views.common import opened
from waystation.web.forms import mend, status_of

PER_PAGE = 25
if TYPE_CHECKING:
    PeoplePaginator = Paginator[Person]
else:
    PeoplePaginator = Paginator


class _Counted(PeoplePaginator):
    """Pages of rows that are counted already."""

    def __init__(self, rows: "QuerySet[Person]", count: int) -> None:
        super().__init__(rows, PER_PAGE)
        self.count = count


@page("retention.review")
def due(request: StaffRequest) -> HttpResponse:
    """Whose records are due, why and since when; keep, seal, or ask to erase those who are ticked."""
    days = periods.of_node()
    found = queries.due_counts(request.actor, days)
    counts = [(one, found[one.code][0]) for one in clocks.reviewed()]
    chosen = _chosen(request, counts)
    form = ReviewForm(request.POST or None, initial={"act": "keep"})
    if request.method == "POST" and form.is_valid() and _decided(request, chosen, form):
        return redirect(f"{request.path}?clock={chosen.code}")
    rows = queries.due_people(request.actor, chosen, days[chosen.code])
    shown = _Counted(rows, found[chosen.code][0]).get_page(request.GET.get("page"))
    lines = queries.lines(shown, by=request.actor)
    kept = queries.kept_before([line.person.pk for line in lines], by=request.actor)
    context = {
        "form": form,
        "counts": counts,
        "chosen": chosen,
        "days": lasting(days[chosen.code]) if days[chosen.code] else "",
        "lines": [(line, facts.age(line.person, line.identity), kept.get(line.person.pk)) for line in lines],
        "elsewhere": found[chosen.code][1],
        "ticked": set(request.POST.getlist("people")),
        "page": shown,
        "query": f"clock={chosen.code}&",
    }
    return render(request, "retention/due.html", context, status=status_of(form))


def _chosen(request: StaffRequest, counts: list[tuple[Clock, int]]) -> Clock:
    wanted = request.GET.get("clock", "")
    found = next((one for one, _count in counts if one.code == wanted), None)
    return found or next((one for one, count in counts if count), counts[0][0])


def _decided(request: StaffRequest, chosen: Clock, form: ReviewForm) -> bool:
    """Do what was chosen; False when something needs mending."""
    people = _uuids(request.POST.getlist("people"))
    answer = form.cleaned_data
    common: dict[str, Any] = {"by": request.actor, "person_ids": people}
    try:
        if answer["act"] == "keep":
            actions.keep(**common, clock_code=chosen.code, until=answer["until"], reason=answer["reason"])
            messages.success(request, _("Kept. They come up again on that day."))
        elif answer["act"] == "seal":
            actions.seal_away(**common)
            messages.success(request, _("Sealed away. Nobody on this node can open these records now."))
        else:
            actions.ask_erasure(**common, clock_code=chosen.code)
            messages.success(request, _("A second officer was asked. Until then nothing changes."))
    except Invalid as problem:
        mend(form, problem)
        return False
    except Conflict as problem:
        form.add_error(None, str(problem))
        return False
    return True


@page("retention.review")
def batch(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """Who would be erased: for the second officer."""
    found = queries.batch_for(request.actor, batch_id)
    people = queries.batch_people(found, by=request.actor)
    lines = [(person, identity, facts.age(person, identity)) for person, identity in people]
    one = clocks.get(found.clock)
    hidden = found.people.count() - len(lines)
    context = {"batch": found, "lines": lines, "clock": one, "hidden": hidden}
    return render(request, "retention/batch.html", context)


@page("retention.clocks")
def clock_table(request: StaffRequest) -> HttpResponse:
    """How long everything is kept here."""
    days, asked = periods.of_node(), queries.periods_asked()
    longer = {code: lasting(wanted) for code, wanted in asked.items()}
    rows = [(one, lasting(days[one.code]), longer.get(one.code, "")) for one in clocks.all_clocks()]
    return render(request, "retention/clocks.html", {"rows": rows})


@page("retention.clocks")
def period(request: StaffRequest, code: str) -> HttpResponse:
    """Shorten a clock, or ask to lengthen it."""
    one = clocks.get(code.replace("-", "."))
    if one is None or one.fixed:
        raise NotFound
    present = periods.of_node()[one.code]
    form = PeriodForm(request.POST or None, initial={"days": present})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.change_period(by=request.actor, clock_code=one.code, days=form.cleaned_data["days"])
        except Invalid as problem:
            mend(form, problem)
        else:
            shorter = made.days < present
            messages.success(
                request,
                _("Shorter from now on.") if shorter else _("A second officer was asked. Until then nothing changes."),
            )
            return redirect("retention:clocks")
    return render(
        request, "retention/period.html", {"form": form, "clock": one, "days": lasting(present)}, status=status_of(form)
    )


@page("people.view")
def hold(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """What stands against erasing this person, in plain words; a coordinator asks for a hold or lifts it."""
    person, identity = opened(request, person_id)
    may = policies.permits(request.actor, "retention.hold")
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data
        try:
            actions.request_hold(by=request.actor, person_id=person.pk, until=answer["until"], reason=answer["reason"])
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("It holds from now on. A second officer was asked; a refusal ends it."))
            return redirect("retention:hold", person.pk)
    context = {
        "person": person,
        "identity": identity,
        "holds": queries.holds_of(person, by=request.actor),
        "wish": queries.wish_of(person),
        "form": form,
        "lift": ReasonForm(),
        "may": may,
    }
    return render(request, "retention/hold.html", context, status=status_of(form))


@page("retention.hold")
@require_POST
def lift(request: StaffRequest, hold_id: UUID) -> HttpResponse:
    """Lift a hold."""
    try:
        lifted = actions.lift_hold(by=request.actor, hold_id=hold_id, reason=request.POST.get("reason", ""))
    except Invalid as problem:
        messages.error(request, str(next(iter(problem.fields.values()))))
        return redirect("retention:hold", queries.held_person(hold_id))
    messages.success(request, _("Lifted. If the person asked to be erased, that is due now."))
    return redirect("retention:hold", lifted.person_id)


@page("retention.hold")
@require_POST
def stays(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The person asked to be erased and changed their mind."""
    actions.drop_wish(by=request.actor, person_id=person_id)
    messages.success(request, _("Noted. The record stays."))
    return redirect("retention:hold", person_id)


@page("people.view")
def sheet(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """On paper, for the person: how long their record is kept, what holds it, and which authority asked."""
    person, identity = opened(request, person_id)
    may = policies.permits(request.actor, "retention.asked-about")
    days = periods.of_node()
    context = {
        "person": person,
        "identity": identity,
        "holds": queries.holds_of(person, by=request.actor),
        "wish": queries.wish_of(person),
        "asked": queries.requests_about(person) if may else None,
        "clocks": [(one, lasting(days[one.code])) for one in clocks.reviewed() if not one.fixed],
    }
    return render(request, "retention/sheet.html", context)


def _uuids(texts: list[str]) -> list[UUID]:
    try:
        return list(dict.fromkeys(UUID(text) for text in texts))
    except ValueError as problem:
        raise NotFound from problem
