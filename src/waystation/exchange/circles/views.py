"""Pages about circles: which there are, what each says and who signed, writing one, signing, joining, carrying."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.exchange import identity
from waystation.exchange.circles import actions, drafting, queries, showing, taking
from waystation.exchange.circles.documents import Circle
from waystation.exchange.circles.forms import CircleFileForm, CircleForm
from waystation.exchange.circles.problems import CircleRefused
from waystation.exchange.codes import CIRCLES, CircleAct
from waystation.exchange.views import download
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.clock import now
from waystation.kernel.errors import NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.web.forms import status_of

MOVES = {CircleAct.JOIN: actions.join, CircleAct.LEAVE: actions.leave}


@page("exchange.view")
def circles(request: StaffRequest) -> HttpResponse:
    """The circles we know."""
    context = {"circles": queries.visible_to(request.actor), "now": now(), **_may(request.actor)}
    return render(request, "exchange/circles.html", context)


@page("exchange.view")
def circle_page(request: StaffRequest, circle_id: UUID) -> HttpResponse:
    """One circle: what holds, and what is still to be signed."""
    row = queries.get_for(request.actor, circle_id)
    held = taking.held(row)
    ours = held is not None and identity.node_id() in held.circle.nodes
    context = {
        "row": row,
        "versions": showing.shown(list(queries.versions(row)), held),
        "may_be_joined": ours and CIRCLES.allows(row.state, CircleAct.JOIN),
        "may_be_forgotten": CIRCLES.allows(row.state, CircleAct.JOIN),
        "may_be_left": ours and CIRCLES.allows(row.state, CircleAct.LEAVE),
        **_may(request.actor),
    }
    return render(request, "exchange/circle.html", context)


@page("exchange.manage")
def add(request: StaffRequest) -> HttpResponse:
    """Write a new circle."""
    return _draft(request, None)


@page("exchange.manage")
def add_next(request: StaffRequest, circle_id: UUID) -> HttpResponse:
    """Write the next version of a circle that holds."""
    held = taking.held(queries.get_for(request.actor, circle_id))
    if held is None:
        raise NotFound
    return _draft(request, held.circle)


@page("exchange.manage")
def take_in(request: StaffRequest) -> HttpResponse:
    """Take in a circle's file."""
    form = CircleFileForm(request.POST, request.FILES) if request.method == "POST" else CircleFileForm()
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.take_in(by=request.actor, file=form.raw())
        except CircleRefused as problem:
            form.add_error("file", str(problem))
        else:
            messages.success(request, _("Taken in. What is new in it goes to its members."))
            return redirect("exchange:circle", row.pk)
    return render(request, "exchange/circle_file.html", {"form": form}, status=status_of(form))


@page("exchange.agree")
@require_POST
def sign(request: StaffRequest, circle_id: UUID, digest: str) -> HttpResponse:
    """Sign a version as its steward."""
    actions.sign(by=request.actor, circle_id=circle_id, digest=digest)
    messages.success(request, _("Signed for this organisation. Its members are told."))
    return redirect("exchange:circle", circle_id)


@page("exchange.agree")
@require_POST
def move(request: StaffRequest, circle_id: UUID, act: str) -> HttpResponse:
    """Join a circle, or leave it."""
    if act not in MOVES:
        raise NotFound
    MOVES[CircleAct(act)](by=request.actor, circle_id=circle_id)
    messages.success(request, _("Recorded."))
    return redirect("exchange:circle", circle_id)


@page("exchange.manage")
@require_POST
def tell(request: StaffRequest, circle_id: UUID) -> HttpResponse:
    """Send a circle to its members again."""
    count = actions.tell_members(by=request.actor, circle_id=circle_id)
    if count:
        messages.success(request, _("It goes to its members whom we trust."))
    else:
        messages.info(request, _("Nobody to send it to: no member is trusted here yet, or nobody has signed."))
    return redirect("exchange:circle", circle_id)


@page("exchange.manage")
@require_POST
def drop(request: StaffRequest, circle_id: UUID, digest: str) -> HttpResponse:
    """Throw away a version that does not hold."""
    stays = actions.drop(by=request.actor, circle_id=circle_id, digest=digest)
    messages.success(request, _("Thrown away."))
    return redirect("exchange:circle", circle_id) if stays else redirect("exchange:circles")


@page("exchange.manage")
@require_POST
def forget(request: StaffRequest, circle_id: UUID) -> HttpResponse:
    """Throw away a circle that does not bind this node."""
    actions.forget(by=request.actor, circle_id=circle_id)
    messages.success(request, _("Thrown away."))
    return redirect("exchange:circles")


@page("exchange.view")
def circle_file(request: StaffRequest, circle_id: UUID, digest: str) -> HttpResponse:
    """A version with the signatures it bears, as a file."""
    signed = queries.version(queries.get_for(request.actor, circle_id), digest)
    name = f"{signed.circle.id.hex[:8]}-{signed.circle.number}.circle"
    return download(signed.to_bytes(), name, "application/cbor")


def _draft(request: StaffRequest, before: Circle | None) -> HttpResponse:
    form = CircleForm(
        request.POST if request.method == "POST" else None,
        candidates=drafting.candidates(before),
        codes=drafting.can_be_begun(before),
        before=before,
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.draft(by=request.actor, circle=drafting.made(form.chosen(), before))
        except CircleRefused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Kept. It binds nobody before its stewards have signed."))
            return redirect("exchange:circle", row.pk)
    return render(request, "exchange/circle_add.html", {"form": form, "before": before}, status=status_of(form))


def _may(actor: Actor) -> dict[str, Any]:
    return {f"may_{act}": policies.permits(actor, f"exchange.{act}") for act in ("manage", "agree")}
