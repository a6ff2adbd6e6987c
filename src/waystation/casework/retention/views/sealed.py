"""Records that are sealed to the offline key: sealing, finding, bringing back, and which key it is."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.casework.retention import actions, queries
from waystation.casework.retention.actions import returning
from waystation.casework.retention.codes import Away
from waystation.casework.retention.forms import AnswerForm, CardForm, OfflineKeyForm, ReasonForm, SealForm
from waystation.casework.retention.models import SealedRecord
from waystation.kernel.errors import Conflict, Invalid
from waystation.kernel.pages import StaffRequest, page
from waystation.people import actions as people
from waystation.people.views.common import opened
from waystation.vault import epochs, offline_keys
from waystation.web.forms import mend, status_of

PER_PAGE = 25
MOST_BYTES = 256 * 1024


@page("retention.seal")
def seal(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Seal one person, after what it means was read."""
    person, identity = opened(request, person_id)
    form = SealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.seal_away(by=request.actor, person_ids=[person.pk])
        except Conflict as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Sealed away. Nobody on this node can open this record now."))
            return redirect("retention:away")
    preview = people.erasure_preview(by=request.actor, person_id=person.pk)
    context = {
        "person": person,
        "identity": identity,
        "form": form,
        "preview": preview,
        "ends_at": epochs.ends_at(),
        "key": queries.offline_key(),
    }
    return render(request, "retention/seal.html", context, status=status_of(form))


@page("retention.bring-back")
def away(request: StaffRequest) -> HttpResponse:
    """What is sealed away, by day and number; the code of a slip finds its record."""
    form = CardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = queries.by_card(request.actor, form.cleaned_data["card"])
        except Invalid as problem:
            form.add_error("card", str(next(iter(problem.fields.values()))))
        else:
            if found is not None:
                return redirect("retention:sealed", found.pk)
            form.add_error("card", _("No sealed record has this code."))
    shown = Paginator(queries.records_for(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": shown, "key": queries.offline_key(), "asked": queries.offline_key_asked()}
    return render(request, "retention/away.html", context, status=status_of(form))


@page("retention.bring-back")
def record(request: StaffRequest, record_id: UUID) -> HttpResponse:
    """One sealed record: ask for it, take the question along, bring the answer; or ask to erase it."""
    found = queries.record_for(request.actor, record_id)
    if request.method == "POST":
        return _act(request, found)
    context = {"record": found, "form": AnswerForm(), "reason": ReasonForm(), "states": Away}
    return render(request, "retention/sealed.html", context)


def _act(request: StaffRequest, found: SealedRecord) -> HttpResponse:
    by, act = request.actor, request.POST.get("act", "")
    try:
        if act == "ask":
            actions.ask_back(by=by, record_id=found.pk, reason=request.POST.get("reason", ""))
            messages.success(request, _("A second officer was asked. Until then nothing changes."))
        elif act == "erase":
            actions.ask_erase_sealed(by=by, record_id=found.pk)
            messages.success(request, _("A second officer was asked. Until then nothing changes."))
        elif act == "give-up":
            actions.give_up(by=by, record_id=found.pk)
            messages.success(request, _("The record stays sealed."))
        else:
            person = actions.bring_back(by=by, record_id=found.pk, answer=_file(request))
            messages.success(request, _("The record is back. Helpers can find and open it again."))
            return redirect("people:person", person.pk)
    except Invalid as problem:
        messages.error(request, str(next(iter(problem.fields.values()))))
    return redirect("retention:sealed", found.pk)


def _file(request: StaffRequest) -> str:
    sent = request.FILES.get("answer")
    if sent is None or (sent.size or 0) > MOST_BYTES:
        raise Invalid({"answer": _("Choose the file that the offline machine wrote.")})
    return str(sent.read(), "utf-8", errors="replace")


@page("retention.bring-back")
def question(request: StaffRequest, record_id: UUID) -> HttpResponse:
    """The file for the offline machine."""
    found = queries.record_for(request.actor, record_id)
    return _text(returning.question(found).to_text(), f"bring-back-{found.number}.json")


@page("retention.bring-back")
@require_POST
def packages(request: StaffRequest) -> HttpResponse:
    """All packages, so that the offline machine can tell whose they are."""
    return _text(actions.export_packages(by=request.actor).to_text(), "sealed-records.json")


@page("retention.offline-key")
def offline_key(request: StaffRequest) -> HttpResponse:
    """Which offline key is in use; name another."""
    form = OfflineKeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_offline_key(by=request.actor, text=form.cleaned_data["public"])
        except Invalid as problem:
            # Whatever was typed may be the private half: it is not shown again.
            form = OfflineKeyForm({})
            form.is_valid()
            mend(form, problem)
        else:
            messages.success(request, _("A second officer was asked. Until then nothing changes."))
            return redirect("retention:offline-key")
    key, asked = queries.offline_key(), queries.offline_key_asked()
    context = {
        "form": form,
        "key": key,
        "asked": asked,
        "shown": offline_keys.show_public(bytes(key.public)) if key else "",
    }
    return render(request, "retention/offline_key.html", context, status=status_of(form))


def _text(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)
