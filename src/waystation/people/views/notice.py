"""The notice of who sees what, to show or print, with read-back."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext as _

from waystation.kernel.errors import Invalid
from waystation.kernel.pages import StaffRequest, page
from waystation.organisations.queries import own_organisation
from waystation.people import actions, facts, notices, queries
from waystation.people.documents import IdentityDocument
from waystation.people.forms import NoticeForm
from waystation.people.models import Person
from waystation.people.tongues import FROM_SHORT, language_name
from waystation.people.views.common import opened, show
from waystation.web.forms import mend, status_of


@page("people.notice")
def notice(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Show the notice in a language, read it back, record how it went."""
    found, identity = opened(request, person_id)
    language = language_for(request, identity)
    questions = notices.questions(language)
    form = NoticeForm(request.POST or None, questions=[(one.key, one.words) for one in questions])
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, found, language, form)
        except Invalid as problem:
            mend(form, problem)
        else:
            return redirect("people:slip", found.pk) if form.understood else redirect(request.get_full_path())
    reader = _short(get_language())
    context = _context(found, identity, language) | {
        "form": form,
        "pairs": list(zip(form.questions, questions, strict=True)),
        "two_languages": language != reader,
        "readings": queries.notices_of(found),
    }
    return show(request, "notice", found, identity, context, status_of(form))


@page("people.notice")
def printed(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The notice on paper: the person's language first, the reader's second."""
    found, identity = opened(request, person_id)
    languages = dict.fromkeys((language_for(request, identity), _short(get_language())))
    pages = [_context(found, identity, language) for language in languages]
    return show(request, "notice_print", found, identity, {"pages": pages})


def _record(request: StaffRequest, person: Person, language: str, form: NoticeForm) -> None:
    actions.record_notice(
        by=request.actor,
        person_id=person.pk,
        language=FROM_SHORT[language],
        understood=form.understood,
        via=form.cleaned_data["via"],
    )
    if form.understood:
        messages.success(request, _("Written down: the person was told who sees the record, and understood."))
    else:
        messages.warning(request, _("Written down. Explain again what was not understood, then ask once more."))


def _context(person: Person, identity: IdentityDocument, language: str) -> dict[str, Any]:
    organisation = own_organisation()
    with override(language):
        parts = notices.notice(person, organisation.name if organisation else "")
        title = _("Who sees what you tell us")
    spoken = facts.spoken_here(identity)
    best = identity.languages[0] if identity.languages else ""
    return {
        "parts": parts,
        "notice_title": title,
        "notice_language": language,
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "choices": written_languages(),
        "not_written_in": language_name(best) if best and not spoken else "",
    }


def written_languages() -> list[tuple[str, str]]:
    """The languages our papers are written in, each by its own name."""
    return [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]


def language_for(request: StaffRequest, identity: IdentityDocument) -> str:
    """The language asked for, else the person's if the notice is written in it, else the reader's."""
    asked = request.GET.get("lang", "")
    if asked in dict(settings.LANGUAGES):
        return asked
    return facts.spoken_here(identity) or _short(get_language())


def _short(language: str | None) -> str:
    return (language or "en").split("-", maxsplit=1)[0]
