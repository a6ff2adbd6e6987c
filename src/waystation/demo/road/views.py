"""Pages of the road: what to try, the switch of the line, the stick in one tap."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.demo.accounts import PASSPHRASE
from waystation.demo.road import actions, nodes
from waystation.exchange import folders, words
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.kernel.pages import ANYONE, StaffRequest, page

CARRY = "exchange.carry"


@page(ANYONE)
def road(request: HttpRequest) -> HttpResponse:
    """The four nodes, the line of this one, and what to try."""
    actor: Actor | None = getattr(request, "actor", None)
    may = actor is not None and policies.permits(actor, CARRY)
    return render(request, "demo/road.html", {"may_cut": may, "passphrase": PASSPHRASE})


@page(CARRY)
@require_POST
def line(request: StaffRequest) -> HttpResponse:
    """One tap: cut the line, or mend it."""
    if request.POST.get("act") == "cut":
        actions.cut(by=request.actor)
    else:
        actions.mend(by=request.actor)
    return redirect("demo:road")


@page(CARRY)
@require_POST
def stick(request: StaffRequest) -> HttpResponse:
    """One tap: fill the stick, take in what is on it, or lose it."""
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise NotFound
    messages.success(request, act(request.actor))
    return redirect("exchange:stick")


def _fill(by: Actor) -> str:
    carried = folders.export(by=by, folder=nodes.stick())
    said = {"messages": carried.messages, "receipts": carried.receipts, "others": carried.for_others}
    return _("Put on the stick: messages %(messages)d, receipts %(receipts)d, files for others %(others)d.") % said


def _take_in(by: Actor) -> str:
    told = words.outcomes(folders.take_in(by=by, folder=nodes.stick()).outcomes)
    return " ".join(told) or _("There is nothing on the stick.")


def _lose(by: Actor) -> str:
    actions.lose_stick(by=by)
    return _("The stick is lost. Nothing else is: what has no receipt goes along again on the next one.")


ACTS: dict[str, Callable[[Actor], Any]] = {"fill": _fill, "take-in": _take_in, "lose": _lose}
