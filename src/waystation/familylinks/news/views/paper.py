"""What is printed: the message for the family, the receipt that they sign, and what goes back to its writer."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation

from waystation.familylinks.news import queries
from waystation.familylinks.news.codes import Forbidden, State
from waystation.kernel import journal
from waystation.kernel.errors import NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.organisations.queries import own_organisation
from waystation.people.tongues import LANGUAGES

FORM, RECEIPT, RETURNED = "form", "receipt", "back"


@page("news.work")
def paper(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """One sheet, in the language of the message where our words are written in it, else the reader's."""
    row = queries.get_for(request.actor, message_id, permission="news.work")
    said = queries.words_of(row, by=request.actor)
    if said is None or row.state in {State.DRAFT, State.WRITTEN}:
        raise NotFound
    what = RETURNED if row.state == State.RETURNED else request.GET.get("what", FORM)
    if what not in (FORM, RECEIPT, RETURNED):
        raise NotFound
    reader = translation.get_language() or settings.LANGUAGE_CODE
    language = request.GET.get("language", "") or spoken(row.language) or reader
    if language not in dict(settings.LANGUAGES):
        language = reader
    journal.about(request.actor, "news.print", row)
    with translation.override(language):
        context = {
            "message": row,
            "said": said,
            "why": Forbidden(said.reason).label if said.reason in Forbidden.values else "",
            "address": queries.address_of(row, by=request.actor),
            "what": what,
            "languages": settings.LANGUAGES,
            "language": language,
            "other": reader if reader != language else "",
            "organisation": own_organisation(),
        }
        return render(request, "news/paper.html", context)


def spoken(language: str) -> str:
    """The code of a page's language for one of ISO 639-3; empty where our texts are not written in it."""
    short = LANGUAGES.get(language, "").split("_", maxsplit=1)[0]
    return short if short in dict(settings.LANGUAGES) else ""
