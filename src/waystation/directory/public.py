"""What anybody sees of the directory: no sign-in, no cookie, nothing kept of what was asked, also while locked.

What is asked is posted and answered at an address that holds it roughly, so that it can be gone back to, printed and
handed on (docs/decisions/0016). The language stands in the address too, because nothing is set in the browser.
"""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from waystation.casework.referrals.codes import Service as Kind
from waystation.directory import queries, search
from waystation.directory.forms import AskForm
from waystation.directory.near import Point, read_point
from waystation.directory.search import Place, Question
from waystation.kernel import clock
from waystation.kernel.pages import ANYONE, page
from waystation.organisations.queries import own_organisation
from waystation.people.tongues import LANGUAGES
from waystation.web.strangers import frame_of, language_of, query_of

PER_PAGE, ON_A_SHEET = 20, 40


@csrf_exempt
@page(ANYONE)
def ask(request: HttpRequest) -> HttpResponse:
    """The question. It writes nothing, so it needs no token, and a token would be a cookie."""
    with override(language_of(request)):
        places = search.places()
        data = request.POST if request.method == "POST" else None
        form = AskForm(data, places=places, languages=queries.shown_languages(), initial=_asked_before(request))
        if form.is_valid():
            return HttpResponseRedirect(f"{reverse('directory:found')}?{_address_of(request, form)}")
        status = 422 if form.is_bound else 200
        return _render(request, "ask", {"form": form, "nothing": not queries.shown().exists()}, status)


@page(ANYONE)
def found(request: HttpRequest) -> HttpResponse:
    """The answer, nearest first."""
    with override(language_of(request)):
        question, near = _question(request)
        lines = Paginator(search.answers(question, clock.now()), PER_PAGE).get_page(request.GET.get("page"))
        return _render(request, "found", {**_asked(request, question, near), "page": lines})


@page(ANYONE)
def sheet(request: HttpRequest) -> HttpResponse:
    """The same on paper."""
    with override(language_of(request)):
        question, near = _question(request)
        lines = search.answers(question, clock.now())
        context = {
            **_asked(request, question, near),
            "lines": lines[:ON_A_SHEET],
            "more": max(len(lines) - ON_A_SHEET, 0),
            "now": clock.now(),
            "organisation": own_organisation(),
            "public": request.build_absolute_uri(f"{reverse('directory:found')}?{query_of(request)}"),
        }
        return _render(request, "sheet", context)


@page(ANYONE)
def service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """One service, with all that is known."""
    with override(language_of(request)):
        row = queries.shown_one(service_id)
        wordings = list(row.wordings.all())
        rows = queries.with_parts(queries.shown_places().filter(service=row), search.reader())
        near = _question(request)[1]
        lines = [search.line_of(at, near.point if near else None, clock.now()) for at in rows]
        wanted = request.GET.get("in", "")
        text = next((one for one in (row, *wordings) if one.language == wanted), search.in_words(row, wordings))
        context = {
            "service": row,
            "text": text,
            "other": text.language != search.reader(),
            "written": [one.language for one in (row, *wordings) if one.language != text.language],
            "lines": lines,
            "spoken": [one.code for one in row.languages.all()],
            "right_to_left": _right_to_left(text.language),
            "public": request.build_absolute_uri(reverse("directory:service", args=[row.pk])),
        }
        return _render(request, "service", context)


def _render(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, f"directory/{name}.html", {**frame_of(request), **context}, status=status)


def _address_of(request: HttpRequest, form: AskForm) -> str:
    answers = form.cleaned_data
    said = {
        "kind": answers["kind"],
        "near": str(answers["where"]) if answers["where"] else answers["near"],
        "open": "1" if answers["open"] else "",
        "language": answers["language"],
        "step_free": "1" if answers["step_free"] else "",
        "lang": request.GET.get("lang", ""),
    }
    return urlencode({name: value for name, value in said.items() if value})


def _asked_before(request: HttpRequest) -> dict[str, Any]:
    near = request.GET.get("near", "")
    point = _point(near)
    return {
        "kind": request.GET.get("kind", ""),
        "near": "" if point else near,
        "where": str(point) if point else "",
        "open": "open" in request.GET,
        "language": request.GET.get("language", ""),
        "step_free": "step_free" in request.GET,
    }


def _question(request: HttpRequest) -> tuple[Question, Place | None]:
    """What an address asks; what cannot be read in it asks nothing."""
    said = request.GET
    code = said.get("near", "")
    near = next((place for place in search.places() if place.code == code), None) if code else None
    if near is None and (point := _point(code)):
        near = Place(code=code, name="", point=point.coarse)
    question = Question(
        kind=said.get("kind", "") if said.get("kind") in Kind.values else "",
        near=near.point if near else None,
        open_now="open" in said,
        language=said.get("language", "") if said.get("language") in LANGUAGES else "",
        step_free="step_free" in said,
    )
    return question, near


def _point(text: str) -> Point | None:
    try:
        return read_point(text)
    except ValueError:
        return None


def _asked(request: HttpRequest, question: Question, near: Place | None) -> dict[str, Any]:
    later = QueryDict(query_of(request), mutable=True)
    later.pop("open", None)
    return {
        "question": question,
        "near": near,
        "kind": Kind(question.kind).label if question.kind else "",
        "later": later.urlencode(),
    }


def _right_to_left(language: str) -> bool:
    return language in RIGHT_TO_LEFT


RIGHT_TO_LEFT = frozenset({"ara", "fas", "prs", "pus", "urd", "heb", "ckb", "snd", "uig", "yid", "div"})
"""Languages whose usual letters run from right to left (Unicode CLDR)."""
