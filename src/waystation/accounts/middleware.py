"""Puts the actor on each request, and sends a node that was never set up to its set-up page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from waystation.accounts import sessions
from waystation.vault import node

WITHOUT_NODE = ("/set-up/", "/static/", "/language/", "/api/")
Answer = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """`request.actor` is a kernel Actor after both factors on an unlocked node, else None."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who asks, and answer."""
        request.actor = request.account = None  # type: ignore[attr-defined]
        if request.path.startswith("/static/"):
            return self.get_response(request)
        node.lock_if_idle()
        if not node.is_unlocked() and not node.is_initialised() and not request.path.startswith(WITHOUT_NODE):
            return redirect(reverse("accounts:set-up"))
        self._identify(request)
        return self.get_response(request)

    @staticmethod
    def _identify(request: HttpRequest) -> None:
        account, actor = sessions.signed_in_actor(request)
        if account is None:
            return
        if not node.is_unlocked():
            request.session.flush()
            messages.info(request, _("The node was locked. Sign in again."))
            return
        node.touch()
        request.account = account  # type: ignore[attr-defined]
        request.actor = actor  # type: ignore[attr-defined]
