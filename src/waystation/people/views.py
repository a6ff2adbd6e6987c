"""A person's pages: list, person, correcting, road, household, permissions, notice, slip, history, merging, erasing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.accounts.roles import Role
from waystation.audit.queries import history_of, place
from waystation.kernel import policies
from waystation.kernel.errors import Conflict, Invalid
from waystation.kernel.pages import StaffRequest, page
from waystation.people import actions, cards, queries, search
from waystation.people.codes import AgeBand, ConsentState, Sex, Stage
from waystation.people.forms import (
    ConsentForm,
    CorrectForm,
    DisclosureForm,
    EraseForm,
    NoticeForm,
    RelationForm,
    StopForm,
)
from waystation.people.notices import NOTICE, READ_BACK
from waystation.people.panels import shown_on
from waystation.people.tongues import FROM_SHORT, own_name
from waystation.vault import epochs
from waystation.web.forms import mend

PER_PAGE = 25
SPOKEN = {"eng": "en", "fra": "fr", "spa": "es", "ara": "ar"}
SORTS = {"met": "-last_met_at", "new": "-registered_at", "old": "registered_at"}


@page("people.view")
def people(request: StaffRequest) -> HttpResponse:
    """People, filtered by coarse facts. Names of one page are opened, and count."""
    rows = queries.visible_to(request.actor)
    for name in ("sex", "age_band"):
        if request.GET.get(name):
            rows = rows.filter(**{name: request.GET[name]})
    order = SORTS.get(request.GET.get("sort", ""), "-registered_at")
    shown = Paginator(rows.order_by(order, "pk"), PER_PAGE).get_page(request.GET.get("page"))
    identities = queries.identities(shown, by=request.actor)
    kept = {name: request.GET[name] for name in ("sex", "age_band", "sort") if request.GET.get(name)}
    context = {
        "page": shown,
        "lines": [(person, identities[person.pk]) for person in shown if person.pk in identities],
        "sexes": Sex.choices,
        "age_bands": AgeBand.choices,
        "kept": kept,
        "query": "".join(f"{name}={value}&" for name, value in kept.items()),
    }
    return render(request, "people/people.html", context)


@page("people.view")
def person(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """One person: header, road, now, household."""
    found = queries.get_for(request.actor, person_id)
    household = queries.household_of(found, by=request.actor)
    identity = queries.identity_of(found, by=request.actor)
    stops = queries.journey_of(found, by=request.actor)
    context = {
        "person": found,
        "identity": identity,
        "code": cards.shown(identity.card_code),
        "stops": [_stop(stop) for stop in stops],
        "household": household,
        "panels": shown_on(request, request.actor, found),
        "may_merge": policies.permits(request.actor, "people.merge"),
    }
    return render(request, "people/person.html", context)


@page("people.correct")
def correct(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Correct what is written; when someone else saved in between, both texts stand side by side."""
    found = queries.get_for(request.actor, person_id)
    identity = queries.identity_of(found, by=request.actor)
    form = CorrectForm(request.POST or None, initial=CorrectForm.initial_of(found, identity))
    theirs: list[tuple[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            actions.correct(
                by=request.actor,
                person_id=found.pk,
                revision=answers["revision"],
                changes=form.identity(),
                sex=answers["sex"],
                age_band=answers["age_band"],
                interpreter_needed=answers["interpreter_needed"],
            )
        except Invalid as problem:
            mend(form, problem)
        except Conflict as problem:
            form, theirs = _side_by_side(form, CorrectForm.initial_of(found, identity), str(problem))
        else:
            messages.success(request, _("Corrected."))
            return redirect("people:person", found.pk)
    context = {"form": form, "person": found, "identity": identity, "theirs": theirs}
    return render(request, "people/correct.html", context, status=409 if theirs else 200)


@page("people.journey")
def journey(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The road: add stops, move them, take them away."""
    found = queries.get_for(request.actor, person_id)
    form = StopForm(request.POST if "stage" in request.POST else None)
    if request.method == "POST" and _change_road(request, found.pk, form):
        return redirect("people:journey", found.pk)
    stops = queries.journey_of(found, by=request.actor)
    identity = queries.identity_of(found, by=request.actor)
    context = {"form": form, "person": found, "identity": identity, "stops": [_stop(stop) for stop in stops]}
    return render(request, "people/journey.html", context)


@page("people.household")
def household(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """With whom: add someone who is registered, or let someone go their own way."""
    found = queries.get_for(request.actor, person_id)
    if "membership" in request.POST:
        actions.leave_household(by=request.actor, membership_id=_uuid(request.POST["membership"]))
        return redirect("people:household", found.pk)
    form = RelationForm(request.POST if "other" in request.POST else None)
    if "other" in request.POST and form.is_valid():
        try:
            _join(request, found.pk, form)
            return redirect("people:household", found.pk)
        except Invalid as problem:
            mend(form, problem)
    context = {
        "person": found,
        "household": queries.household_of(found, by=request.actor),
        "identity": queries.identity_of(found, by=request.actor),
        "form": form,
        **_search(request, found.pk),
    }
    return render(request, "people/household.html", context)


@page("people.consent")
def permissions(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """What the person allows, what left under it, and how the notice was given."""
    found = queries.get_for(request.actor, person_id)
    form = ConsentForm(
        request.POST if "state" in request.POST else None, initial={"state": "given", "given_by": "self"}
    )
    sent = DisclosureForm(request.POST if "fields_told" in request.POST else None)
    if request.method == "POST" and _change_permissions(request, found.pk, form, sent):
        return redirect("people:permissions", found.pk)
    context = {
        "person": found,
        "form": form,
        "sent_form": sent,
        "may_disclose": policies.permits(request.actor, "people.disclose"),
        "consents": queries.consents_of(found, by=request.actor),
        "disclosures": queries.disclosures_of(found, by=request.actor),
        "notices": [(reading, own_name(reading.language)) for reading in queries.notices_of(found)],
        "identity": queries.identity_of(found, by=request.actor),
    }
    return render(request, "people/permissions.html", context)


@page("people.notice")
def notice(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Who will and will not see this, in the person's language, with read-back."""
    found = queries.get_for(request.actor, person_id)
    identity = queries.identity_of(found, by=request.actor)
    language, spoken = _notice_language(request, identity.languages)
    form = NoticeForm(request.POST or None, initial={"via": "read-aloud"})
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_notice(
                by=request.actor,
                person_id=found.pk,
                language=FROM_SHORT.get(language, "eng"),
                understood=form.cleaned_data["understood"] == "yes",
                via=form.cleaned_data["via"],
            )
        except Invalid as problem:
            mend(form, problem)
        else:
            return redirect("people:slip", found.pk)
    with translation.override(language):
        text = [(str(part.question), str(part.answer)) for part in NOTICE]
        title, back = _("Who will see this, and who will not"), [str(question) for question in READ_BACK]
    context = {
        "person": found,
        "form": form,
        "text": text,
        "title_in_language": title,
        "read_back": back,
        "language": language,
        "direction": "rtl" if language == "ar" else "ltr",
        "languages": [(code, own_name(FROM_SHORT[code])) for code, _name in settings.LANGUAGES],
        "unspoken": "" if spoken or not identity.languages else own_name(identity.languages[0]),
    }
    return render(request, "people/notice.html", context)


@page("people.view")
def slip(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """A slip of paper with a code that finds the person again; no name, no mark, no country."""
    found = queries.get_for(request.actor, person_id)
    identity = queries.identity_of(found, by=request.actor)
    language, _spoken = _notice_language(request, identity.languages)
    context = {"person": found, "code": cards.shown(identity.card_code), "language": language}
    with translation.override(language):
        context["theirs"] = _("Show this code when you come back. It opens nothing by itself.")
    context["direction"] = "rtl" if language == "ar" else "ltr"
    return render(request, "people/slip.html", context)


@page("people.view")
def history(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Which records make up this person, and who opened or changed them."""
    found = queries.get_for(request.actor, person_id)
    before = place(request.GET.get("before", ""))
    lines = history_of(queries.one_person_ids(found), request.actor, before=before, most=PER_PAGE * 2)
    context = {
        "person": found,
        "identity": queries.identity_of(found, by=request.actor),
        "lines": lines,
        "older": lines[-1].first if sum(line.times for line in lines) == PER_PAGE * 2 else None,
        "merges": queries.merges_of(found, by=request.actor),
        "may_merge": policies.permits(request.actor, "people.merge"),
    }
    return render(request, "people/history.html", context)


@page("people.merge")
def merge(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Two records of one person: find the other, compare, join."""
    found = queries.get_for(request.actor, person_id)
    if "absorbed" in request.POST:
        actions.merge(by=request.actor, survivor_id=found.pk, absorbed_id=_uuid(request.POST["absorbed"]))
        messages.success(request, _("Joined. It can be parted again under History."))
        return redirect("people:person", found.pk)
    identity = queries.identity_of(found, by=request.actor)
    context = {"person": found, "identity": identity, **_search(request, found.pk)}
    return render(request, "people/merge.html", context)


@page("people.merge")
@require_POST
def split(request: StaffRequest, merge_id: UUID) -> HttpResponse:
    """Part what was joined by mistake."""
    stays, parted = actions.split(by=request.actor, merge_id=merge_id)
    messages.success(request, _("Parted. Both records stand for themselves again."))
    return redirect("people:person", parted.pk or stays.pk)


@page("people.ask-erasure")
def erase(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Erase for good, or ask a coordinator to; first the page says what will be lost."""
    preview = actions.erasure_preview(by=request.actor, person_id=person_id)
    directly = request.actor.role == Role.COORDINATOR
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        step = actions.erase if directly else actions.request_erasure
        step(by=request.actor, person_id=person_id, reason=form.cleaned_data["reason"])
        return render(request, "people/erased.html", {"directly": directly, "until": epochs.ends_at()})
    identity = queries.identity_of(preview.person, by=request.actor)
    context = {"preview": preview, "form": form, "directly": directly, "identity": identity, "person": preview.person}
    return render(request, "people/erase.html", context)


def _stop(stop: queries.Stop) -> dict[str, Any]:
    return {
        "pk": stop.row.pk,
        "kind": stop.row.stage,
        "label": Stage(stop.row.stage).label,
        "country": stop.document.country,
        "place": stop.document.place,
        "when": stop.document.when,
    }


def _side_by_side(form: CorrectForm, now: dict[str, Any], says: str) -> tuple[CorrectForm, list[tuple[str, Any]]]:
    """The form as typed, ready to be saved over the newer text; and what the other one wrote, where it differs."""
    mine = {name: form.data.get(name) for name in form.data}
    mine["languages"] = form.cleaned_data["languages"]
    mine["revision"] = str(now["revision"])
    again = CorrectForm(mine, initial=now)
    again.is_valid()
    theirs = [(str(again.fields[name].label), now.get(name)) for name in again.changed_data if name != "revision"]
    again.add_error(None, says)
    return again, theirs or [("", "")]


def _change_road(request: StaffRequest, person_id: UUID, form: StopForm) -> bool:
    if "remove" in request.POST:
        actions.remove_stop(by=request.actor, stop_id=_uuid(request.POST["remove"]))
        return True
    if "move" in request.POST:
        stop, _colon, position = request.POST["move"].partition(":")
        actions.move_stop(by=request.actor, stop_id=_uuid(stop), position=int(position or 0))
        return True
    if not form.is_valid():
        return False
    return _tried(form, lambda: actions.add_stop(
        by=request.actor, person_id=person_id, stage=form.cleaned_data["stage"], stop=form.stop()
    ))  # fmt: skip


def _change_permissions(request: StaffRequest, person_id: UUID, form: ConsentForm, sent: DisclosureForm) -> bool:
    if "withdraw" in request.POST:
        actions.withdraw_consent(by=request.actor, consent_id=_uuid(request.POST["withdraw"]))
        return True
    if sent.is_bound and sent.is_valid():
        said = {name: sent.cleaned_data[name] for name in ("purpose", "recipient_kind", "kind")}
        return _tried(sent, lambda: actions.record_disclosure(
            by=request.actor, person_id=person_id, document=sent.document(), **said
        ))  # fmt: skip
    if not form.is_bound or not form.is_valid():
        return False
    return _tried(form, lambda: _answer(request, person_id, form))


def _answer(request: StaffRequest, person_id: UUID, form: ConsentForm) -> None:
    answers = form.cleaned_data
    said = {"purpose": answers["purpose"], "recipient_kind": answers["recipient_kind"]}
    document = form.document(request.actor.handle)
    if answers["state"] == ConsentState.REFUSED:
        actions.refuse_consent(by=request.actor, person_id=person_id, document=document, **said)
    else:
        until = answers["expires_on"]
        actions.give_consent(by=request.actor, person_id=person_id, document=document, expires_on=until, **said)


def _tried(form: django_forms.Form, step: Callable[[], object]) -> bool:
    """Do it; what the action refuses is put beside its field."""
    try:
        step()
    except Invalid as problem:
        mend(form, problem)
        return False
    return True


def _join(request: StaffRequest, person_id: UUID, form: RelationForm) -> None:
    person_row = queries.get_for(request.actor, person_id)
    now = queries.household_of(person_row, by=request.actor)
    home = now.household_id if now else actions.start_household(by=request.actor, person_id=person_id).pk
    actions.add_to_household(
        by=request.actor,
        household_id=home,
        person_id=_uuid(request.POST["other"]),
        relation=form.cleaned_data["relation"],
    )


def _search(request: StaffRequest, but: UUID) -> dict[str, Any]:
    typed = request.POST.get("q", "").strip()
    if not typed:
        return {"q": ""}
    try:
        found = search.find(typed, by=request.actor)
    except Invalid as problem:
        return {"q": typed, "problem": next(iter(problem.fields.values()))}
    return {"q": typed, "searched": True, "others": [one for one in found if one.person.pk != but]}


def _notice_language(request: StaffRequest, languages: tuple[str, ...]) -> tuple[str, bool]:
    """In which of our languages to speak, and whether the person speaks it."""
    offered = dict(settings.LANGUAGES)
    asked = request.GET.get("lang", "")
    spoken = next((SPOKEN[code] for code in languages if code in SPOKEN), "")
    if asked in offered:
        return asked, asked == spoken or bool(spoken)
    return spoken or (translation.get_language() or "en"), bool(spoken)


def _uuid(text: str) -> UUID:
    from waystation.kernel.errors import NotFound

    try:
        return UUID(text)
    except ValueError as problem:
        raise NotFound from problem
