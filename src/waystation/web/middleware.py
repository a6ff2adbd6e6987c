"""Every problem becomes a page that says what happened and what to do; nothing that was typed is lost."""

import errno
import logging
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Invalid, Problem, StorageFailed, Text
from waystation.web.ways import page_before

Answer = Callable[[HttpRequest], HttpResponse]
PROGRAMS = "/api/"
NEVER_SHOWN_AGAIN = {"csrfmiddlewaretoken", "passphrase", "again", "old", "new", "code"}
log = logging.getLogger(__name__)

WAYS_ON: dict[str, tuple[str, Text]] = {
    "node-locked": ("/sign-in/", _("Go to sign in")),
    "budget-spent": ("/me/more-people/", _("Ask a second officer")),
}


class TooMuch(Problem):
    """More text than any form here can need."""

    code = "too-much"
    status = 413
    message = _("That was too much text for one form (2 MB at most). Go back: your browser still has it. Shorten it.")


class WrongMethod(Problem):
    """An address that only takes what a form or a program sends, opened in another way."""

    code = "wrong-method"
    status = 405
    message = _("This address cannot be used in this way. Go back and use the buttons of the page.")


class ProblemMiddleware:
    """Turns refusals into pages, and keeps signed-in pages out of every cache."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; never let a page with people in it be stored."""
        try:
            response = self.get_response(request)
        except RequestDataTooBig:
            response = problem_page(request, TooMuch(), typed=False)
        if response.status_code == WrongMethod.status:
            response = _wrong_method(request, response)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for what a person must be told; None for what is our own mistake."""
        if isinstance(exception, Problem):
            return problem_page(request, exception)
        if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
            return problem_page(request, TooMuch(), typed=False)
        if isinstance(exception, OperationalError) or _is_full(exception):
            log.error("The database could not be written: %s", type(exception).__name__)
            return problem_page(request, StorageFailed())
        return None


def problem_page(request: HttpRequest, problem: Problem, *, typed: bool = True) -> HttpResponse:
    """What happened, what to do, and what was typed, to be copied; as JSON for a program."""
    if request.path.startswith(PROGRAMS) or request.headers.get("Accept", "").startswith("application/json"):
        return problem_json(problem)
    way_on = WAYS_ON.get(problem.code)
    context = {
        "problem": problem,
        "fields": getattr(problem, "fields", {}) if isinstance(problem, Invalid) else {},
        "way_on": way_on,
        "page_before": page_before(request) if request.method == "POST" else "",
        "typed": _typed(request) if typed and request.method == "POST" else [],
        "fragment": bool(getattr(request, "htmx", False)),
    }
    return render(request, "web/problem.html", context, status=problem.status)


def problem_json(problem: Problem) -> HttpResponse:
    """What happened, for a program (RFC 9457): `type` is the stable code, `fields` says what to mend."""
    fields = {name: str(says) for name, says in problem.fields.items()} if isinstance(problem, Invalid) else {}
    body = {"type": problem.code, "title": str(problem), "status": problem.status, "fields": fields}
    response = JsonResponse(body, status=problem.status, content_type="application/problem+json")
    if problem.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _wrong_method(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Words in place of the empty answer; it still says which methods are allowed."""
    worded = problem_page(request, WrongMethod(), typed=False)
    worded.headers["Allow"] = response.headers["Allow"]
    return worded


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NEVER_SHOWN_AGAIN and isinstance(value, str) and value.strip()
    ]


def _is_full(exception: Exception) -> bool:
    return isinstance(exception, OSError) and exception.errno in {errno.ENOSPC, errno.EROFS, errno.EDQUOT}
