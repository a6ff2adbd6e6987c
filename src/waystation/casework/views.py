"""Pages of the desk: find, register, help, count, and who waits."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.casework import actions, queries
from waystation.casework.codes import EncounterKind, NeedState
from waystation.casework.forms import PersonHelpForm, RegistrationForms, UrgentForm
from waystation.casework.words import why_found, why_here
from waystation.kernel import clock
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.ids import new_id, read_id
from waystation.kernel.pages import StaffRequest, page
from waystation.organisations.queries import visible_to as posts_visible_to
from waystation.people import queries as people
from waystation.people import search
from waystation.people.codes import AgeBand, Sex
from waystation.people.drafts import AlreadyRegistered
from waystation.people.search import Found
from waystation.web.forms import mend

PER_PAGE = 25
SHOWN = 5
TALLY_SEXES = (Sex.FEMALE, Sex.MALE, Sex.NOT_KNOWN)


@page("casework.desk")
def front_desk(request: StaffRequest) -> HttpResponse:
    """Find or register; record urgent help; count. A search is posted, so that no name stands in an address."""
    typed = request.POST.get("q", "").strip()
    context = {"q": typed, "post_names": _post_names(request), **_tally(request), "progress": search.progress()}
    if typed:
        context |= _results(request, typed)
    if getattr(request, "htmx", False):
        return render(request, "casework/results.html", context)
    return render(request, "casework/front_desk.html", context)


@page("people.register")
def register(request: StaffRequest) -> HttpResponse:
    """Three short groups on one page: who, with whom, what now."""
    begun = "begun" in request.POST
    forms = RegistrationForms(request.POST if begun else None, initial=search.as_told(request.POST.get("q", "")))
    context: dict[str, Any] = {
        "forms": forms,
        "person_id": request.POST.get("person_id") or new_id(),
        "encounter": request.POST.get("encounter", ""),
        "urgent_help": queries.unclaimed_for(request.actor, read_id(request.POST.get("encounter"))),
    }
    asked_to_change = "another" in request.POST or "without" in request.POST
    if begun and not asked_to_change and forms.is_valid():
        first, encounter = read_id(context["person_id"]), read_id(context["encounter"])
        try:
            made = actions.register_at_desk(
                by=request.actor, members=forms.drafts(first), draft=forms.help_draft(), encounter_id=encounter
            )
        except AlreadyRegistered as again:
            return redirect("people:person", again.person_id)
        except Invalid as problem:
            forms.mend(problem)
        else:
            return redirect("people:notice", made[0].person.pk)
    if begun:
        context["likely"] = _likely(request, forms)
    context["to_mend"] = begun and not asked_to_change and forms.has_errors()
    return render(request, "casework/register.html", context)


@page("people.register")
@require_POST
def likely_doubles(request: StaffRequest) -> HttpResponse:
    """While someone types: who may be this person already, and why."""
    forms = RegistrationForms(request.POST)
    return render(request, "casework/likely.html", {"likely": _likely(request, forms)})


@page("casework.help")
def urgent(request: StaffRequest) -> HttpResponse:
    """Record urgent help before any registration."""
    form = UrgentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        encounter = actions.record_urgent(
            by=request.actor,
            draft=form.draft(EncounterKind.URGENT),
            sex=answers["sex"],
            age_band=answers["age_band"],
        )
        messages.success(request, _("Recorded. Until someone sees to it, it stands under Who waits."))
        return redirect("casework:whose", encounter.pk)
    return render(request, "casework/urgent.html", {"form": form})


@page("casework.help")
def whose(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """Say whose urgent help it was: someone who is here already, or someone to register."""
    urgent_help = queries.unclaimed_for(request.actor, encounter_id)
    if urgent_help is None:
        raise NotFound
    typed = request.POST.get("q", "").strip()
    if person_id := read_id(request.POST.get("person")):
        actions.attach_encounter(by=request.actor, encounter_id=encounter_id, person_id=person_id)
        messages.success(request, _("Recorded."))
        return redirect("people:person", person_id)
    context = {"q": typed, "urgent_help": urgent_help, "post_names": _post_names(request)}
    return render(request, "casework/whose.html", context | (_results(request, typed) if typed else {}))


@page("casework.help")
def help_person(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Record what a person needs and what was given."""
    person = people.get_for(request.actor, person_id)
    form = PersonHelpForm(request.POST or None, seen=queries.seen_codes(request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_help(by=request.actor, person_id=person.pk, draft=form.draft(EncounterKind.VISIT))
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect("people:person", person.pk)
    identity = people.identity_of(person, by=request.actor)
    return render(request, "casework/help.html", {"form": form, "person": person, "identity": identity})


@page("casework.help")
@require_POST
def need_state(request: StaffRequest, need_id: UUID) -> HttpResponse:
    """One tap: what became of a need."""
    need = actions.set_need_state(by=request.actor, need_id=need_id, state=request.POST.get("state", NeedState.MET))
    messages.success(request, _("Recorded."))
    return redirect("people:person", need.person_id) if need.person_id else redirect("casework:today")


@page("casework.count")
@require_POST
def count(request: StaffRequest) -> HttpResponse:
    """One tap: a person served without a name; or the last tap taken back."""
    if "undo" in request.POST:
        actions.undo_count(by=request.actor)
    else:
        sex, _colon, band = request.POST.get("who", "").partition(":")
        actions.count_unnamed(by=request.actor, sex=sex, age_band=band)
    if getattr(request, "htmx", False):
        return render(request, "casework/tally.html", {**_tally(request), "only_counts": True})
    return redirect("casework:front-desk")


@page("casework.today")
def today(request: StaffRequest) -> HttpResponse:
    """Who waits, in order of need and risk only, each place explained."""
    here = request.GET.get("post") == "here"
    waiting = queries.waiting_list(request.actor, post_id=request.actor.post_id if here else None)
    shown = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    names = queries.names_of(shown, by=request.actor)
    queries.reveal([need for line in shown for need in line.needs], by=request.actor)
    lines = [
        {"line": line, "identity": names.get(line.person.pk) if line.person else None, "why": why_here(line.reasons)}
        for line in shown
    ]
    return render(request, "casework/today.html", {"lines": lines, "page": shown, "here": here})


def _results(request: StaffRequest, typed: str) -> dict[str, Any]:
    try:
        found = search.find(typed, by=request.actor, limit=SHOWN)
    except Invalid as problem:
        return {"problem": next(iter(problem.fields.values()))}
    return {"found": _lines(found), "searched": True}


def _likely(request: StaffRequest, forms: RegistrationForms) -> list[tuple[Found, str]]:
    """Doubles of the first person, as far as what is typed so far can be read."""
    draft = forms.first_draft()
    if draft is None:
        return []
    try:
        return _lines(search.duplicates_of(draft, by=request.actor, limit=3))
    except (Invalid, ValueError):
        return []


def _lines(found: list[Found]) -> list[tuple[Found, str]]:
    return [(one, why_found(one.reasons)) for one in found]


def _tally(request: StaffRequest) -> dict[str, Any]:
    counts = queries.unnamed_of(request.actor, clock.today())
    rows = [
        (label, [(f"{sex.value}:{band}", sex.label, counts.get((sex.value, band), 0)) for sex in TALLY_SEXES])
        for band, label in AgeBand.choices
    ]
    return {"tally": rows, "tally_sexes": [sex.label for sex in TALLY_SEXES], "tally_total": sum(counts.values())}


def _post_names(request: StaffRequest) -> dict[UUID, str]:
    return dict(posts_visible_to(request.actor).values_list("pk", "name"))
