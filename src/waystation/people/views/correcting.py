"""Correcting what is written about a person."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waystation.kernel.errors import Conflict, Invalid
from waystation.kernel.pages import StaffRequest, page
from waystation.people import actions
from waystation.people.forms import CorrectForm
from waystation.people.forms.identity import TwoTexts, merge_texts
from waystation.people.views.common import opened, show, suggested_languages
from waystation.web.forms import mend, status_of


@page("people.correct")
def correct(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Write a person's identity anew. Of two who save at once, the second sees both texts and decides."""
    found, identity = opened(request, person_id)
    now = CorrectForm.of(found, identity)
    form = CorrectForm.of(found, identity, request.POST) if request.method == "POST" else now
    status, revision = 200, found.revision
    both: list[TwoTexts] = []
    if request.method == "POST":
        revision = _number(request.POST.get("revision", ""), found.revision)
        if form.is_valid():
            try:
                _save(request, found.pk, revision, form)
            except Conflict:
                was = {name: request.POST.get(f"was-{name}", "") for name in now.written}
                kept, both = merge_texts(request.POST.dict(), was, now)
                form, revision, status = CorrectForm.of(found, identity, kept), found.revision, Conflict.status
            except Invalid as problem:
                mend(form, _on_languages(problem))
            else:
                messages.success(request, _("Saved."))
                return redirect("people:person", found.pk)
        status = status if status == Conflict.status else status_of(form)
    context: dict[str, Any] = {
        "form": form,
        "revision": revision,
        "written": now.written,
        "both": both,
        "conflict": status == Conflict.status,
        "suggestions": suggested_languages(),
    }
    return show(request, "correct", found, identity, context, status)


def _save(request: StaffRequest, person_id: UUID, revision: int, form: CorrectForm) -> None:
    answers = form.cleaned_data
    actions.correct(
        by=request.actor,
        person_id=person_id,
        revision=revision,
        changes=form.identity(),
        sex=answers["sex"],
        age_band=answers["age_band"],
        interpreter_needed=answers["interpreter_needed"],
    )


def _on_languages(problem: Invalid) -> Invalid:
    """What the action says about all languages stands beside the first of them."""
    fields = {("language_0" if name == "languages" else name): says for name, says in problem.fields.items()}
    return Invalid(fields)


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise
