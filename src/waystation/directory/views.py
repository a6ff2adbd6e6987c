"""Pages of who keeps the directory: the list, one entry with its places, organisations, and what is missing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.accounts.queries import handles
from waystation.directory import actions, coverage, queries
from waystation.directory.codes import FRESH, KEPT, TABLE, Act, Status
from waystation.directory.forms import ORDERS, ListForm, NearForm, SafeForm, ServiceForm, TextsForm
from waystation.directory.models import Location, Provider, Service
from waystation.kernel import clock, policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.organisations.queries import partners_for
from waystation.people.tongues import language_name
from waystation.people.views.common import suggested_languages
from waystation.web.forms import mend, status_of
from waystation.web.tables import csv_file

PER_PAGE = 25
VIEW, KEEP = "directory.view", "directory.keep"
TEXTS = ("language", "name", "description", "application", "bring", "fees", "wait_time", "alert")


@page(VIEW)
def entries(request: StaffRequest) -> HttpResponse:
    """All entries: filter, order, turn pages."""
    form, rows = _filtered(request)
    shown = Paginator(rows.select_related("provider").prefetch_related("places__location__post"), PER_PAGE)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": shown.get_page(request.GET.get("page")),
        "form": form,
        "query": f"{query.urlencode()}&" if query else "",
        "may_keep": policies.permits(request.actor, KEEP),
        "may_import": policies.permits(request.actor, "directory.import"),
        "posts": queries.posts_not_listed(request.actor, actions.NOT_PUBLIC_POSTS),
    }
    return render(request, "directory/list.html", context)


@page(VIEW)
def export(request: StaffRequest) -> HttpResponse:
    """The list as it is filtered, as a table to keep."""
    _form, rows = _filtered(request)
    heads = [_("What is it called?"), _("Kind of help"), _("Who helps?"), _("State"), _("Safe to approach?")]
    heads += [_("Confirmed on"), _("Town"), _("Languages spoken there"), _("Telephone")]
    lines = [
        [
            row.name,
            row.get_kind_display(),
            row.provider.name,
            row.get_status_display(),
            row.get_safety_display(),
            row.assured_on or "",
            _(", ").join(sorted({at.location.city for at in row.places.all() if at.location.city})),
            _(", ").join(language_name(spoken.code) for spoken in row.languages.all()),
            _(", ").join(phone.number for phone in row.phones.all()),
        ]
        for row in rows.select_related("provider").prefetch_related("places__location", "languages", "phones")
    ]
    return csv_file("directory", heads, lines)


def _filtered(request: StaffRequest) -> tuple[ListForm, QuerySet[Service]]:
    cities = Location.objects.exclude(city="").values_list("city", flat=True).distinct().order_by("city")
    form = ListForm(request.GET, cities=list(cities))
    form.is_valid()
    wanted = getattr(form, "cleaned_data", {})
    rows = queries.visible_to(request.actor)
    for name in ("kind", "status", "safety"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if not wanted.get("status"):
        rows = rows.exclude(status=Status.DEFUNCT)
    if wanted.get("city"):
        rows = rows.filter(places__location__city=wanted["city"]).distinct()
    if wanted.get("stale"):
        rows = rows.filter(Q(assured_on__isnull=True) | Q(assured_on__lt=clock.today() - FRESH))
    return form, rows.order_by(*ORDERS[wanted.get("order") or "name"])


@page(VIEW)
def entry(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """One entry, with what may be done about it."""
    row = queries.get_for(request.actor, service_id)
    places = list(row.places.select_related("location__post").prefetch_related("schedules", "days_off"))
    context = {
        "service": row,
        "places": places,
        "wordings": list(row.wordings.all()),
        "spoken": [one.code for one in row.languages.all()],
        "handles": handles({number for number in (row.safe_by, row.assured_by) if number}),
        "acts": [(act, Act(act).label) for act in TABLE.acts(row.status)],
        "may_keep": policies.permits(request.actor, KEEP),
        "is_public": queries.shown().filter(pk=row.pk).exists(),
    }
    return render(request, "directory/entry.html", context)


@page(KEEP)
def add(request: StaffRequest) -> HttpResponse:
    """A new entry; then its place."""
    form = ServiceForm(request.POST or None, providers=_providers(request.actor), initial={"language": "eng"})

    def save() -> str:
        row = actions.add_service(by=request.actor, draft=_draft(form))
        return reverse("directory:add-place", args=[row.pk])

    return _form(request, form, _("Add a service"), save, reverse("directory:list"), template="service_form")


@page(KEEP)
def change(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """Change what is said of it."""
    row = queries.get_for(request.actor, service_id)
    back = reverse("directory:entry", args=[row.pk])
    form = ServiceForm(request.POST or None, providers=_providers(request.actor), initial=_said(row))

    def save() -> str:
        actions.change_service(by=request.actor, service_id=row.pk, draft=_draft(form))
        return back

    return _form(request, form, _("Change this entry"), save, back, row, template="service_form")


@page(KEEP)
def write_in(request: StaffRequest, service_id: UUID, language: str = "") -> HttpResponse:
    """The same in another language."""
    row = queries.get_for(request.actor, service_id)
    back = reverse("directory:entry", args=[row.pk])
    known = row.wordings.filter(language=language).first() if language else None
    initial = {name: getattr(known, name) for name in TEXTS} if known else {}
    form = TextsForm(request.POST or None, initial=initial)

    def save() -> str:
        actions.write_in(by=request.actor, service_id=row.pk, texts=actions.TextsDraft(**form.cleaned_data))
        return back

    return _form(request, form, _("Write it in another language"), save, back, row)


@page(KEEP)
@require_POST
def confirm(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """Still true today."""
    row = actions.confirm(by=request.actor, service_id=service_id)
    messages.success(request, _("Confirmed for today."))
    if request.POST.get("back") == "provider":
        return redirect("directory:provider", row.provider_id)
    return redirect("directory:entry", service_id)


@page(KEEP)
@require_POST
def go_on(request: StaffRequest, service_id: UUID, act: str) -> HttpResponse:
    """Show, close for now, hide, end."""
    if act not in Act.values:
        raise NotFound
    actions.go_on(by=request.actor, service_id=service_id, act=act)
    messages.success(request, _("Recorded."))
    return redirect("directory:entry", service_id)


@page(KEEP)
def safe(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """Whether people can go there without fear."""
    row = queries.get_for(request.actor, service_id)
    back = reverse("directory:entry", args=[row.pk])
    if request.method == "POST" and "unsafe" in request.POST:
        actions.mark_unsafe(by=request.actor, service_id=row.pk)
        messages.success(request, _("From now on nobody outside is shown it."))
        return redirect(back)
    form = SafeForm(request.POST or None)

    def save() -> str:
        actions.mark_safe(by=request.actor, service_id=row.pk, checks=form.cleaned_data["checks"])
        return back

    return _form(request, form, _("Is it safe to go there?"), save, back, row, template="safe")


@page(KEEP)
@require_POST
def list_post(request: StaffRequest, post_id: UUID) -> HttpResponse:
    """A post of ours, into the directory."""
    row = actions.list_post(by=request.actor, post_id=post_id)
    messages.success(request, _("It stands in the directory. Say now when it is open and where on the map it is."))
    return redirect("directory:entry", row.pk)


@page(VIEW)
def provider(request: StaffRequest, provider_id: UUID) -> HttpResponse:
    """One organisation with all it offers, to ask whether it is still true."""
    row = queries.provider_for(request.actor, provider_id)
    services = list(row.services.filter(status__in=KEPT).prefetch_related("phones").order_by("assured_on", "name"))
    may_keep = policies.permits(request.actor, KEEP)
    if request.method == "POST":
        policies.require(request.actor, KEEP)
        actions.confirm_all(by=request.actor, provider_id=row.pk)
        messages.success(request, _("Confirmed for today."))
        return redirect("directory:provider", row.pk)
    return render(request, "directory/provider.html", {"provider": row, "services": services, "may_keep": may_keep})


@page(VIEW)
def missing(request: StaffRequest) -> HttpResponse:
    """Kinds of help by place and language, with the gaps."""
    form = NearForm(request.GET or None)
    km = int(form.cleaned_data["km"]) if form.is_valid() and form.cleaned_data["km"] else coverage.USUAL_KM
    context = {"form": NearForm(initial={"km": str(km)}), "tables": coverage.tables(request.actor, km)}
    return render(request, "directory/coverage.html", context)


def _providers(actor: Actor) -> list[tuple[str, str]]:
    known = list(queries.providers(actor).select_related("partner"))
    listed = {row.partner_id for row in known if row.partner_id}
    own = [] if any(row.is_own for row in known) else [("own", actions.own_name())]
    partners = [
        (f"partner:{row.pk}", row.name) for row in partners_for(actor) if row.pk not in listed and row.is_active
    ]
    return own + sorted([(str(row.pk), row.name) for row in known] + partners, key=lambda pair: pair[1].casefold())


def _said(row: Service) -> dict[str, Any]:
    plain = ("kind", "asks_nothing", "referral_needed", "minimum_age", "maximum_age", "area", "website", "email")
    return {
        **{name: getattr(row, name) for name in (*TEXTS, *plain)},
        "provider": str(row.provider_id),
        "languages": tuple(language_name(one.code) for one in row.languages.all()),
        "phones": tuple(one.number for one in row.phones.all()),
    }


def _draft(form: ServiceForm) -> actions.ServiceDraft:
    said = dict(form.cleaned_data)
    texts = actions.TextsDraft(**{name: said.pop(name) for name in TEXTS})
    return actions.ServiceDraft(texts=texts, **said)


def _form(
    request: StaffRequest,
    form: forms.Form,
    title: str,
    save: Callable[[], str],
    back: str,
    row: Service | Provider | None = None,
    template: str = "form",
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            target = save()
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect(target)
    context = {"form": form, "title": title, "back": back, "row": row, "suggestions": suggested_languages()}
    return render(request, f"directory/{template}.html", context, status=status_of(form))
