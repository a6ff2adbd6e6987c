"""Pages of the frame itself: errors, languages, the gallery of components."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from waystation.kernel.errors import NotAllowed, NotFound, Problem
from waystation.kernel.pages import ANYONE, SIGNED_IN, StaffRequest, page
from waystation.web import navigation, samples
from waystation.web.middleware import TooMuch, problem_page
from waystation.web.ways import next_of


class WentWrong(Problem):
    """Our own mistake."""

    code = "went-wrong"
    status = 500
    message = _("Something went wrong here, and it is our mistake. Nothing was half-written. Go back and try again.")


class NotUnderstood(Problem):
    """A request that makes no sense, or a form that was open for too long."""

    code = "not-understood"
    status = 400
    message = _("This could not be understood. Go back and try again.")


class FormTooOld(Problem):
    """The form's token is not of this session."""

    code = "form-too-old"
    status = 403
    message = _("This form was open for too long, or cookies are off. What you typed stands below; load the page anew.")


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """403."""
    return problem_page(request, NotAllowed())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """404."""
    return problem_page(request, NotFound())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, and 413: Django takes too much text for an attack of its own kind."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return problem_page(request, TooMuch(), typed=False)
    return problem_page(request, NotUnderstood())


def went_wrong(request: HttpRequest) -> HttpResponse:
    """500."""
    return problem_page(request, WentWrong())


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """A form without a valid token."""
    return problem_page(request, FormTooOld())


@page(ANYONE)
def mark(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Our mark, where a browser looks for one by itself: beside a file it shows, say."""
    return redirect(static("web/mark.svg"))


@page(SIGNED_IN)
def start(request: StaffRequest) -> HttpResponse:
    """Where one's work begins: the first entry of one's navigation."""
    return redirect(navigation.shown_to(request.actor, request.path)[0]["url"])


@page(SIGNED_IN)
def more(request: StaffRequest) -> HttpResponse:
    """Rooms that are not needed every hour, under their headings."""
    return render(request, "web/more.html", {"groups": navigation.grouped_for(request.actor)})


@page(ANYONE)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on, and stay where one is."""
    response = redirect(next_of(request))
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 86400, httponly=True, samesite="Lax")
    return response


@page(SIGNED_IN)
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component once, with samples: the living documentation of the pages."""
    context: dict[str, Any] = samples.everything(request.POST or None)
    return render(request, "web/gallery.html", context)
