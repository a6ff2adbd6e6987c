"""What anybody sees: photos of people who look for family, and whom they look for; nothing else is known here.

No sign-in, no cookie, nothing kept of who looked, no search. The language stands in the address, because nothing is
set in the browser; forms carry no token, because nobody is signed in whose name could be misused. Whatever does not
stand here any more and whatever never did are answered alike.
"""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from waystation.familylinks.photos import answering, queries
from waystation.familylinks.photos.codes import ON_A_PAGE, SAYS, LooksFor
from waystation.familylinks.photos.forms import AnswerForm
from waystation.kernel.errors import Invalid, NodeLocked, NotFound
from waystation.kernel.pages import ANYONE, page
from waystation.organisations.queries import own_organisation
from waystation.web.forms import mend, status_of
from waystation.web.strangers import frame_of, language_of, query_of

NO_ROBOTS = "noindex, nofollow, noarchive, noimageindex, nosnippet"
GONE = _("No photo stands at this address, or it stands here no more.")
ROBOTS = "User-agent: *\nDisallow: /photos/\n"


@page(ANYONE)
@require_safe
def photos(request: HttpRequest) -> HttpResponse:
    """All photos, by whom the people on them look for, and by nothing else."""
    with override(language_of(request)):
        wanted = request.GET.get("for", "")
        rows = queries.shown().filter(looks_for=wanted) if wanted in LooksFor.values else queries.shown()
        shown = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")) if queries.can_be_shown() else None
        kinds = [(code, label, query_of(request, **{"for": code})) for code, label in LooksFor.choices]
        context = {"page": shown, "kinds": kinds, "wanted": SAYS.get(wanted), "all": query_of(request, **{"for": ""})}
        return _render(request, "photos", context)


@csrf_exempt
@page(ANYONE)
def photo(request: HttpRequest, number: UUID) -> HttpResponse:
    """One photo, and a form for who knows something. Only officers read it, and nothing is confirmed here."""
    with override(language_of(request)):
        form = AnswerForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid() and _taken(form, number):
            return _render(request, "thanks", {"organisation": own_organisation()})
        row = queries.shown_one(number)
        if row is None:
            return _render(request, "gone", {}, 404)
        context = {
            "posting": row,
            "form": form,
            "visible": queries.can_be_shown(),
            "organisation": own_organisation(),
        }
        return _render(request, "photo", context, _status(form))


@page(ANYONE)
@require_safe
def picture(request: HttpRequest, number: UUID) -> HttpResponse:
    """The picture, while it is shown and the node is open; to look at on our page only."""
    found = queries.public_picture(number) if queries.can_be_shown() else None
    if found is None:
        return _private(request, HttpResponse(GONE, content_type="text/plain; charset=utf-8", status=404))
    return _private(request, picture_answer(found.kind, found.plain))


@page(ANYONE)
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Search engines stay away from the photos."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


def picture_answer(kind: str, plain: bytes) -> HttpResponse:
    """A picture for a page of this node and for no other, kept by nobody on the way."""
    answer = HttpResponse(plain, content_type=f"image/{kind}")
    answer["Content-Encoding"] = "identity"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "no-store"
    return answer


def _taken(form: AnswerForm, number: UUID) -> bool:
    said = form.cleaned_data
    if said["website"]:
        return True
    try:
        answering.receive(number=number, text=said["text"], reach=said["reach"])
    except Invalid as problem:
        mend(form, problem)
    except (answering.TooManyAnswers, NodeLocked) as problem:
        form.add_error(None, str(problem))
    except NotFound:
        return False
    return not form.errors


def _status(form: AnswerForm) -> int:
    busy = form.is_bound and str(answering.TooManyAnswers.message) in form.non_field_errors()
    return answering.TooManyAnswers.status if busy else status_of(form)


def _render(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    page = render(request, f"photos/{name}.html", {**frame_of(request), **context}, status=status)
    return _private(request, page)


def _private(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = NO_ROBOTS
    answer["Cache-Control"] = "no-store"
    # Not for who is signed in: their frame has forms whose origin is checked.
    if getattr(request, "actor", None) is None:
        answer["Referrer-Policy"] = "no-referrer"
    return answer
