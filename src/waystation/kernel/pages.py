"""What a page needs from its request: one declared permission, and the actor behind it."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from waystation.kernel import journal, policies
from waystation.kernel.actors import Actor

P = ParamSpec("P")
View = Callable[..., HttpResponseBase]
ANYONE = "anyone"
SIGNED_IN = "signed-in"


class StaffRequest(HttpRequest):
    """A request that `accounts` has put an actor on."""

    actor: Actor


def page(
    permission: str,
) -> Callable[[Callable[Concatenate[Any, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Declare who may see a page: a permission's name, SIGNED_IN, or ANYONE.

    Without an actor the visitor is sent to sign in and comes back here; without the permission NotAllowed is raised
    (one middleware turns every Problem into a page). The declaration stays readable as `view.permission`, so that the
    table of every role on every address is made from the code.
    """

    def decorate(view: Callable[Concatenate[Any, P], HttpResponseBase]) -> View:
        @wraps(view)
        def show(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if permission == ANYONE:
                return view(request, *args, **kwargs)
            actor = getattr(request, "actor", None)
            if actor is None:
                return to_sign_in(request)
            if permission != SIGNED_IN:
                policies.require(actor, permission)
            with journal.gather_reads():
                return view(request, *args, **kwargs)

        show.permission = permission  # type: ignore[attr-defined]
        return show

    return decorate


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a visitor to sign in and remember where they wanted to go; what was typed waits for them in its page."""
    if request.headers.get("HX-Request"):
        return render(request, "web/signed_out_part.html", {"sign_in": settings.LOGIN_URL})
    if request.method == "POST":
        context = {"sign_in": settings.LOGIN_URL, "typed": list(_typed(request))}
        return render(request, "web/signed_out.html", context, status=401)
    return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name != "csrfmiddlewaretoken":
            yield from ((name, value) for value in values)
