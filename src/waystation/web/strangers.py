"""Pages for whoever is not signed in: the language stands in the address, because nothing is set in the browser."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info


def language_of(request: HttpRequest) -> str:
    """The language asked for in the address, else the browser's."""
    wanted = request.GET.get("lang", "")
    return wanted if wanted in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE


def query_of(request: HttpRequest, **changes: str) -> str:
    """What was asked, with some of it changed (an empty value takes it away), on the first page."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query[name] = value
        if not value:
            del query[name]
    return query.urlencode()


def frame_of(request: HttpRequest) -> dict[str, Any]:
    """What the frame of such a page shows: the same question in each language."""
    tongues = [
        {"code": code, "name": get_language_info(code)["name_local"], "query": query_of(request, lang=code)}
        for code, _name in settings.LANGUAGES
    ]
    return {
        "tongues": tongues,
        "query": query_of(request),
        "lang": request.GET.get("lang", ""),
        "here": get_language(),
    }
