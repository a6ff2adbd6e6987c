"""Pages of a post's day: its tally, its opening, and the weeks before."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from waystation.casework.codes import Service
from waystation.casework.tally import actions, queries
from waystation.casework.tally.codes import TABLE, Act
from waystation.casework.tally.forms import CloseForm, NotOpenedForm, OpenForm, ReopenForm, now_of_day
from waystation.casework.tally.models import Opening
from waystation.casework.tally.queries import Day, Period
from waystation.kernel import clock, policies
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.organisations.models import Post
from waystation.organisations.queries import open_posts
from waystation.people.codes import AgeBand, Sex
from waystation.people.queries import overrides_since
from waystation.web.charts import columns
from waystation.web.components import cldr
from waystation.web.forms import mend, status_of
from waystation.web.tables import csv_file

ALWAYS_SHOWN = (Sex.FEMALE, Sex.MALE, Sex.NOT_KNOWN)


@page("tally.view")
def day(request: StaffRequest) -> HttpResponse:
    """Who was served without a name on a day, by sex and age and by what they got; stock used; when it was open."""
    post, shown = post_of(request), _day(request)
    if post is None:
        return render(request, "tally/no_post.html", {"title": _("The day's tally")})
    of_day = queries.day_of(request.actor, post.pk, shown)
    sexes = _sexes(of_day)
    lines = queries.table_of(of_day, sexes)
    may_open = policies.permits(request.actor, "tally.open")
    context = {
        "post": post,
        "day": of_day,
        "opening": of_day.opening,
        "acts": [(act, Act(act).label) for act in TABLE.acts(of_day.opening.state)] if may_open else [],
        "sexes": [sex.label for sex in sexes],
        "lines": lines,
        "totals": [sum(cells[place] for _band, cells, _all in lines) for place in range(len(sexes))],
        "before": shown - timedelta(days=1),
        "after": shown + timedelta(days=1) if shown < clock.today() else None,
        "may_count": policies.permits(request.actor, "casework.count"),
    }
    return render(request, "tally/day.html", context)


@page("tally.view")
def day_table(request: StaffRequest) -> HttpResponse:
    """A day as a file: a line for each sex and age, for each thing given, for each thing out of stock."""
    post, shown = _some_post(request), _day(request)
    of_day = queries.day_of(request.actor, post.pk, shown)
    lines: list[list[Any]] = [
        [_("People"), sex.label, band.label, of_day.cells[sex.value, band.value]]
        for sex in Sex
        for band in AgeBand
        if (sex.value, band.value) in of_day.cells
    ]
    lines += [[_("Given"), service.label, "", total] for service, total in of_day.services]
    lines += [[_("From the stock"), item.name, item.unit, total] for item, total in of_day.used]
    head = [_("Post"), _("Day"), _("What"), "", "", _("How many?")]
    rows = [[post.name, shown.isoformat(), *line] for line in lines]
    return csv_file(f"tally-{shown:%Y-%m-%d}", head, rows)


@page("tally.view")
def trend(request: StaffRequest) -> HttpResponse:
    """Eight weeks of a post as a chart with its table, by week or by day."""
    post = post_of(request)
    if post is None:
        return render(request, "tally/no_post.html", {"title": _("The weeks before")})
    periods, by_week = _periods(request, post)
    given = queries.given_in(periods)
    context = {
        "post": post,
        "by_week": by_week,
        "people": columns([(cldr.day(period.first), period.people) for period in periods]),
        "open": columns([(cldr.day(period.first), period.days_open) for period in periods]),
        "given": given,
        "lines": [(period, [period.services[one.value] for one in given]) for period in reversed(periods)],
        "total": sum(period.people for period in periods),
        "overrides": overrides_since(2),
    }
    return render(request, "tally/trend.html", context)


@page("tally.view")
def trend_table(request: StaffRequest) -> HttpResponse:
    """The same eight weeks as a file."""
    post = _some_post(request)
    periods, by_week = _periods(request, post)
    heads = [_("Post"), _("Week from") if by_week else _("Day"), _("Days open"), _("People")]
    heads += [str(one.label) for one in Service]
    rows = [
        [post.name, period.first.isoformat(), period.days_open, period.people]
        + [period.services[one.value] for one in Service]
        for period in periods
    ]
    return csv_file(f"trend-{clock.today():%Y-%m-%d}", heads, rows)


@page("tally.open")
def go_on(request: StaffRequest, act: str) -> HttpResponse:
    """Open a post, close it, say why it is not opened, or open it again."""
    if act not in STEPS:
        raise NotFound
    post, shown = post_of(request), _day(request)
    if post is None:
        return render(request, "tally/no_post.html", {"title": Act(act).label})
    made, do = STEPS[act]
    form = made(request.POST or None, initial=_initial(request, post, shown))
    if request.method == "POST" and form.is_valid():
        try:
            do(request, shown, form)
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect(_address(shown))
    context = {"form": form, "title": Act(act).label, "post": post, "day": shown, "back": _address(shown)}
    return render(request, "tally/form.html", context, status=status_of(form))


def _open(request: StaffRequest, shown: date, form: Any) -> Opening:
    return actions.open_post(by=request.actor, day=shown, draft=form.draft())


def _close(request: StaffRequest, shown: date, form: Any) -> Opening:
    return actions.close_post(by=request.actor, day=shown, at=form.cleaned_data["at"])


def _not_opened(request: StaffRequest, shown: date, form: Any) -> Opening:
    return actions.not_opened(by=request.actor, day=shown, why=form.cleaned_data["why"])


def _reopen(request: StaffRequest, shown: date, form: Any) -> Opening:  # noqa: ARG001 - nothing is asked
    return actions.reopen(by=request.actor, day=shown)


STEPS: dict[str, tuple[type[forms.Form], Callable[[StaffRequest, date, Any], Opening]]] = {
    Act.OPEN: (OpenForm, _open),
    Act.CLOSE: (CloseForm, _close),
    Act.NOT_OPENED: (NotOpenedForm, _not_opened),
    Act.REOPEN: (ReopenForm, _reopen),
}


def _initial(request: StaffRequest, post: Post, shown: date) -> dict[str, Any]:
    last = queries.last_opening(request.actor, post.pk)
    return {
        "at": now_of_day() if shown == clock.today() else None,
        "planned_from": last.planned_from if last else None,
        "planned_to": last.planned_to if last else None,
    }


def _periods(request: StaffRequest, post: Post) -> tuple[list[Period], bool]:
    by_week = request.GET.get("by") != "day"
    return queries.trend(request.actor, post.pk, by_week=by_week), by_week


def _sexes(of_day: Day) -> tuple[Sex, ...]:
    counted = {sex for sex, _band in of_day.cells}
    return tuple(sex for sex in Sex if sex in ALWAYS_SHOWN or sex.value in counted)


def _day(request: StaffRequest) -> date:
    try:
        chosen = parse_date(request.GET.get("day", ""))
    except ValueError:
        chosen = None
    return min(chosen, clock.today()) if chosen else clock.today()


def _address(shown: date) -> str:
    return f"{reverse('tally:day')}?day={shown:%Y-%m-%d}"


def post_of(request: StaffRequest) -> Post | None:
    """The open post one works at today."""
    return next((post for post in open_posts() if post.pk == request.actor.post_id), None)


def _some_post(request: StaffRequest) -> Post:
    post = post_of(request)
    if post is None:
        raise NotFound(_("Choose your post at the top of the page first."))
    return post
