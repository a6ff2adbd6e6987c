"""Pages about where a service is and when it is open."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.directory import places, queries
from waystation.directory.codes import Freq
from waystation.directory.forms import DaysOffForm, HoursForm, PlaceForm, UseForm
from waystation.directory.models import ServiceAt, node_zone
from waystation.kernel.errors import Invalid
from waystation.kernel.ids import known_id
from waystation.kernel.pages import StaffRequest, page
from waystation.organisations.queries import own_organisation
from waystation.web.forms import mend, status_of

KEEP = "directory.keep"
FIELDS = ("kind", "name", "address", "city", "province", "postal_code", "country", "transport", "access", "step_free")


@page(KEEP)
def add_place(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """A place that is new, or one that others use already."""
    service = queries.get_for(request.actor, service_id)
    own = own_organisation()
    initial = {"kind": "physical", "zone": node_zone(), "country": own.country if own else ""}
    using = "location" in request.POST
    known = [(str(row.pk), row.words) for row in queries.locations(request.actor)]
    use = UseForm(request.POST if using else None, locations=known)
    form = PlaceForm(None if using else request.POST or None, initial=initial)
    if use.is_bound and use.is_valid():
        chosen = UUID(use.cleaned_data["location"])
        at = places.use_place(by=request.actor, service_id=service.pk, location_id=chosen)
        return redirect("directory:hours", at.pk)
    if form.is_bound and form.is_valid() and (made := _made(request, service.pk, form)):
        messages.success(request, _("Recorded. When is it open?"))
        return redirect("directory:hours", made.pk)
    context = {"service": service, "form": form, "use": use if known else None}
    return render(request, "directory/place.html", context, status=status_of(form, use))


@page(KEEP)
def change_place(request: StaffRequest, at_id: UUID) -> HttpResponse:
    """Change what is said of a place, or take it away from this service."""
    at = queries.place_for(request.actor, at_id)
    row = at.location
    initial = {name: getattr(row, name) for name in FIELDS} | {"zone": row.zone, "point": str(row.point or "")}
    form = PlaceForm(request.POST or None, initial=initial)
    if "leave" in request.POST:
        places.leave_place(by=request.actor, at_id=at.pk)
        messages.success(request, _("Recorded."))
        return redirect("directory:entry", at.service_id)
    if form.is_bound and form.is_valid():
        try:
            places.change_place(by=request.actor, at_id=at.pk, draft=places.PlaceDraft(**form.cleaned_data))
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect("directory:entry", at.service_id)
    others = row.services.exclude(pk=at.pk).count()
    context = {"service": at.service, "form": form, "at": at, "others": others}
    return render(request, "directory/place.html", context, status=status_of(form))


@page(KEEP)
def hours(request: StaffRequest, at_id: UUID) -> HttpResponse:
    """The rules of opening times, with one more; and the days off."""
    at = queries.place_for(request.actor, at_id)
    form = HoursForm(request.POST or None, initial={"freq": Freq.WEEKLY, "interval": 1})
    if form.is_bound and form.is_valid():
        try:
            places.add_hours(by=request.actor, at_id=at.pk, draft=_hours(form.cleaned_data))
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect("directory:hours", at.pk)
    return render(request, "directory/opening.html", _opening(at, form, DaysOffForm()), status=status_of(form))


@page(KEEP)
@require_POST
def drop_hours(request: StaffRequest, at_id: UUID, schedule_id: UUID) -> HttpResponse:
    """No longer so."""
    places.drop_hours(by=request.actor, at_id=at_id, schedule_id=schedule_id)
    return redirect("directory:hours", at_id)


@page(KEEP)
def days_off(request: StaffRequest, at_id: UUID) -> HttpResponse:
    """Closed on some days, or open after all."""
    at = queries.place_for(request.actor, at_id)
    if dropped := request.POST.get("drop"):
        places.drop_days_off(by=request.actor, at_id=at.pk, day_off_id=known_id(dropped))
        return redirect("directory:hours", at.pk)
    form = DaysOffForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            places.add_days_off(by=request.actor, at_id=at.pk, **form.cleaned_data)
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect("directory:hours", at.pk)
    empty = HoursForm(initial={"freq": Freq.WEEKLY, "interval": 1})
    return render(request, "directory/opening.html", _opening(at, empty, form), status=status_of(form))


def _made(request: StaffRequest, service_id: UUID, form: PlaceForm) -> ServiceAt | None:
    try:
        return places.add_place(by=request.actor, service_id=service_id, draft=places.PlaceDraft(**form.cleaned_data))
    except Invalid as problem:
        mend(form, problem)
    return None


def _hours(said: dict[str, Any]) -> places.HoursDraft:
    answers = dict(said)
    which = answers.pop("which") or "0"
    monthly = answers["freq"] == Freq.MONTHLY and which != "0"
    answers["days"] = tuple(f"{which}{day}" if monthly else day for day in answers["days"])
    answers["interval"] = answers["interval"] or 1
    return places.HoursDraft(**answers)


def _opening(at: ServiceAt, form: HoursForm, off: DaysOffForm) -> dict[str, Any]:
    back = reverse("directory:entry", args=[at.service_id])
    return {"at": at, "service": at.service, "form": form, "off": off, "back": back}
