"""Pages of stock: what a post has, one thing with its movements, and what there is to give out at all."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from waystation.casework.supplies import actions, queries
from waystation.casework.supplies.forms import (
    ArriveForm,
    CountForm,
    IssueForm,
    ItemForm,
    LoseForm,
    MovementForm,
    ReceiveForm,
    SendForm,
    Show,
)
from waystation.casework.supplies.queries import Shelf
from waystation.kernel import clock, policies
from waystation.kernel.errors import Invalid, NotFound, Text
from waystation.kernel.pages import StaffRequest, page
from waystation.organisations.queries import open_posts
from waystation.web.forms import mend, status_of
from waystation.web.tables import csv_file

PER_PAGE = 25
MOST_LINES = 10_000
ACTS: dict[str, tuple[Text, type[MovementForm]]] = {
    "receive": (gettext_lazy("It came in"), ReceiveForm),
    "issue": (gettext_lazy("Give out"), IssueForm),
    "count": (gettext_lazy("Count the shelf"), CountForm),
    "send": (gettext_lazy("Send to another post"), SendForm),
    "lose": (gettext_lazy("Lost or spoilt"), LoseForm),
}


@page("supplies.view")
def stock(request: StaffRequest) -> HttpResponse:
    """What the post has, what runs low, and what is on the way."""
    post_id = request.actor.post_id
    form = Show(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    shelves = queries.shelves(request.actor, post_id) if post_id else []
    shown = [shelf for shelf in shelves if _is_wanted(shelf, wanted)]
    context = {
        "form": form,
        "query": bool(any(wanted.values())),
        "post": _post(request),
        "shelves": shown,
        "has_things": bool(shelves),
        "low": sum(shelf.is_low for shelf in shelves),
        "coming": list(queries.coming(post_id)) if post_id else [],
        **_rights(request),
    }
    return render(request, "supplies/stock.html", context)


def _is_wanted(shelf: Shelf, wanted: dict[str, Any]) -> bool:
    only = wanted.get("only")
    return (
        (only != "low" or shelf.is_low)
        and (only != "difference" or shelf.difference > 0)
        and wanted.get("service", "") in {"", shelf.item.service}
        and wanted.get("material", "") in {"", shelf.item.material}
    )


@page("supplies.view")
def item(request: StaffRequest, item_id: UUID) -> HttpResponse:
    """One thing: how many are there, what may be done, what came and went, and where else it is."""
    row = queries.item_for(request.actor, item_id)
    post_id = request.actor.post_id
    rows = queries.movements(request.actor, post_id, row.pk) if post_id else queries.standing().none()
    last = queries.last_of_mine(request.actor, post_id, row.pk) if post_id else None
    elsewhere = queries.elsewhere(request.actor, row)
    here = next((shelf for post, _name, shelf in elsewhere if post == post_id), Shelf(item=row, book=0, moved=False))
    context = {
        "item": row,
        "post": _post(request),
        "shelf": here,
        "elsewhere": elsewhere,
        "coming": list(queries.coming(post_id, row.pk)) if post_id else [],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "last": last.pk if last else None,
        "acts": [(act, words) for act, (words, _form) in ACTS.items()] if post_id else [],
        **_rights(request),
    }
    return render(request, "supplies/item.html", context)


@page("supplies.move")
def move(request: StaffRequest, item_id: UUID, act: str) -> HttpResponse:
    """One movement, written down."""
    row = queries.item_for(request.actor, item_id)
    if act not in ACTS:
        raise NotFound
    words, made = ACTS[act]
    more = {"posts": _other_posts(request)} if act == "send" else {}
    form = made(request.POST or None, item=row, **more)

    def save() -> None:
        if isinstance(form, SendForm):
            actions.send(by=request.actor, draft=form.draft(), to_post_id=form.to_post_id())
        else:
            DO[act](by=request.actor, draft=form.draft())

    return _form(request, form, words, save, reverse("supplies:item", args=[row.pk]), item=row)


DO: dict[str, Callable[..., Any]] = {
    "receive": actions.receive,
    "issue": actions.issue,
    "count": actions.count,
    "lose": actions.lose,
}


@page("supplies.move")
def arrived(request: StaffRequest, sent_id: UUID) -> HttpResponse:
    """What another post sent is here."""
    post_id = request.actor.post_id
    sent = queries.sent_to(post_id, sent_id) if post_id else None
    if sent is None:
        raise NotFound
    form = ArriveForm(request.POST or None, item=sent.item)
    form.initial["quantity"] = -sent.change

    def save() -> None:
        actions.arrive(by=request.actor, sent_id=sent.pk, draft=form.draft())

    title = _("It has arrived")
    return _form(request, form, title, save, reverse("supplies:item", args=[sent.item_id]), item=sent.item, sent=sent)


@page("supplies.move")
@require_POST
def back(request: StaffRequest, movement_id: UUID) -> HttpResponse:
    """Take one's own last line back."""
    try:
        answer = actions.take_back(by=request.actor, movement_id=movement_id)
    except Invalid as problem:
        for says in problem.fields.values():
            messages.error(request, str(says))
        return redirect("supplies:stock")
    messages.success(request, _("Taken back."))
    return redirect("supplies:item", answer.item_id)


@page("supplies.manage")
def things(request: StaffRequest) -> HttpResponse:
    """What there is to give out at all; add something."""
    form = ItemForm(request.POST or None, initial={"is_active": True})
    rows = queries.items(request.actor, active=False).order_by("-is_active", "name")

    def save() -> None:
        actions.save_item(by=request.actor, **form.cleaned_data)

    return _form(request, form, _("What we give out"), save, reverse("supplies:things"), things=rows)


@page("supplies.manage")
def thing(request: StaffRequest, item_id: UUID) -> HttpResponse:
    """Change what is said of one thing."""
    row = queries.item_for(request.actor, item_id)
    form = ItemForm(request.POST or None, instance=row)

    def save() -> None:
        actions.save_item(by=request.actor, item_id=row.pk, **form.cleaned_data)

    return _form(request, form, row.name, save, reverse("supplies:things"), item=row)


@page("supplies.view")
def sheet(request: StaffRequest) -> HttpResponse:
    """A sheet to count by. It does not tell what the book says, so that it is counted and not copied."""
    post_id = request.actor.post_id
    shelves = queries.shelves(request.actor, post_id) if post_id else []
    context = {"shelves": shelves, "post": _post(request), "today": clock.today()}
    return render(request, "supplies/sheet.html", context)


@page("supplies.view")
def table(request: StaffRequest) -> HttpResponse:
    """The post's stock as a file."""
    post_id = request.actor.post_id
    shelves = queries.shelves(request.actor, post_id) if post_id else []
    heads = [_("What is it?"), _("Given as"), _("What kind of thing?"), _("There"), _("Counted in"), _("Runs low at")]
    lines = [
        [
            one.item.name,
            one.item.get_service_display(),
            one.item.get_material_display(),
            one.book,
            one.item.unit,
            one.item.low_at,
        ]
        for one in shelves
    ]
    return csv_file(f"stock-{clock.today():%Y-%m-%d}", heads, lines)


@page("supplies.view")
def ledger_table(request: StaffRequest) -> HttpResponse:
    """All that came and went at the post, the latest first, as a file."""
    post_id = request.actor.post_id
    rows = queries.ledger(request.actor, post_id)[:MOST_LINES] if post_id else []
    heads = [_("Day"), _("What is it?"), _("What happened"), _("How many?"), _("Why?"), _("Note")]
    lines = [
        [row.day.isoformat(), row.item.name, row.get_kind_display(), row.change, row.get_reason_display(), row.note]
        for row in rows
    ]
    return csv_file(f"stock-ledger-{clock.today():%Y-%m-%d}", heads, lines)


def _post(request: StaffRequest) -> Any:
    return next((post for post in open_posts() if post.pk == request.actor.post_id), None)


def _other_posts(request: StaffRequest) -> list[tuple[str, str]]:
    return [(str(post.pk), post.name) for post in open_posts() if post.pk != request.actor.post_id]


def _rights(request: StaffRequest) -> dict[str, bool]:
    return {
        "may_move": policies.permits(request.actor, "supplies.move"),
        "may_manage": policies.permits(request.actor, "supplies.manage"),
    }


def _form(
    request: StaffRequest, form: forms.BaseForm, title: Text, save: Callable[[], None], back: str, **more: Any
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect(back)
    context = {"form": form, "title": title, "back": back, **more}
    return render(request, "supplies/form.html", context, status=status_of(form))
