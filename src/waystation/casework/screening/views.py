"""Pages of screening: beginning, the five domains, the end; and signs passed on."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from waystation.accounts.queries import handles
from waystation.casework.screening import actions, placements, queries
from waystation.casework.screening.codes import CARDS, TABLE, Act, Domain, Help, Immediate, Need, Rating
from waystation.casework.screening.forms import BeginForm, DomainForm, FinishForm, SignsForm, StopForm
from waystation.casework.screening.indicators import SIGNS, Found
from waystation.casework.screening.models import DomainDocument, Screening, ScreeningDocument, SignsDocument
from waystation.casework.screening.placements import Placement
from waystation.kernel.actors import Compartment
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.people.codes import InterviewerSex
from waystation.people.models import Person
from waystation.people.panels import readers_of
from waystation.people.views.common import suggested_languages
from waystation.web.forms import mend, status_of

PRIORITY = {Rating.HIGH: "urgent", Rating.MEDIUM: "normal"}
"""How soon a suggested referral asks for an answer (words of referrals)."""


@page("screening.work")
def begin(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """What this is for, who talks, what cannot wait."""
    person = people.get_for(request.actor, person_id)
    identity = people.identity_of(person, by=request.actor)
    form = BeginForm(request.POST or None, initial={"talks_with": identity.prefers_interviewer_sex})
    if request.method == "POST" and form.is_valid():
        answers = {name: value for name, value in form.cleaned_data.items() if name != "explained"}
        for name in ("needs", "immediate"):
            answers[name] = tuple(answers[name])
        try:
            made = actions.begin(by=request.actor, person_id=person.pk, document=ScreeningDocument(**answers))
        except Invalid as problem:
            mend(form, problem)
        else:
            return redirect("screening:screening", made.pk)
    earlier = queries.of_person(person, by=request.actor)
    more = {"suggestions": suggested_languages(), "earlier": earlier}
    return _part(
        request, person, form, _("A talk about what puts you in danger"), template="screening/begin.html", more=more
    )


@page("screening.work")
def screening(request: StaffRequest, screening_id: UUID) -> HttpResponse:
    """The five domains, what they come to, and what may be done now."""
    row = queries.get_for(request.actor, screening_id)
    opened = queries.opened(row, by=request.actor)
    suggestion = placements.suggest(opened.ratings) if opened.domains else None
    context = {
        **_base(request, row.person),
        "screening": row,
        "said": opened.said,
        "handles": handles({row.by}),
        "needs": [Need(code).label for code in opened.said.needs],
        "immediate": [Immediate(code).label for code in opened.said.immediate],
        "talks_with": InterviewerSex(opened.said.talks_with).label if opened.said.talks_with else "",
        "domains": [_card(domain, opened.domains.get(domain)) for domain in Domain],
        "overall": Rating(suggestion.overall) if suggestion else None,
        "places": [place.label for place in suggestion.places] if suggestion else [],
        "placement": Placement(opened.said.placement).label if opened.said.placement else "",
        "helps": _helps(row.person, opened.ratings, suggestion),
        "may_rate": TABLE.allows(row.state, Act.RATE),
        "next": opened.missing[0] if opened.missing else None,
    }
    return render(request, "screening/screening.html", context)


@page("screening.work")
def look_at(request: StaffRequest, screening_id: UUID, domain: str) -> HttpResponse:
    """One domain, step by step; then the next that nobody looked at."""
    row = queries.get_for(request.actor, screening_id)
    if domain not in Domain.values:
        raise NotFound
    chosen = Domain(domain)
    found = queries.opened(row, by=request.actor).domains.get(chosen)
    initial = {name: getattr(found, name) for name in DomainForm.base_fields} if found else {}
    form = DomainForm(request.POST or None, domain=chosen, initial=initial)

    def save(answers: dict[str, Any]) -> None:
        document = DomainDocument(**{**answers, "prompts": tuple(answers["prompts"])})
        actions.rate(by=request.actor, screening_id=row.pk, domain=chosen, document=document)

    template, more = "screening/domain.html", {"questions": CARDS[chosen].questions}
    return _saved(request, row, form, save) or _part(
        request, row.person, form, str(chosen.label), row=row, template=template, more=more
    )


@page("screening.work")
def finish(request: StaffRequest, screening_id: UUID) -> HttpResponse:
    """Where the person could stay, and the whole in a few sentences."""
    row = queries.get_for(request.actor, screening_id)
    opened = queries.opened(row, by=request.actor)
    if opened.missing:
        messages.error(request, _("Look at all five parts first."))
        return redirect("screening:screening", row.pk)
    suggestion = placements.suggest(opened.ratings)
    initial = {"placement": suggestion.places[0]}
    form = FinishForm(request.POST or None, suggestion=suggestion, initial=initial)

    def save(answers: dict[str, Any]) -> None:
        actions.finish(by=request.actor, screening_id=row.pk, **answers)

    template, more = "screening/finish.html", {"overall": suggestion.overall}
    return _saved(request, row, form, save) or _part(
        request, row.person, form, _("Finish the talk"), row=row, template=template, more=more
    )


@page("screening.work")
def stop(request: StaffRequest, screening_id: UUID) -> HttpResponse:
    """The person wishes to stop."""
    row = queries.get_for(request.actor, screening_id)
    form = StopForm(request.POST or None)

    def save(answers: dict[str, Any]) -> None:
        actions.stop(by=request.actor, screening_id=row.pk, **answers)

    return _saved(request, row, form, save) or _part(request, row.person, form, _("Stop here"), row=row)


@page("screening.signs")
def signs(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Pass on what was seen or heard. What it comes to is told in general words only: others may look on."""
    person = people.get_for(request.actor, person_id)
    form = SignsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = {**form.cleaned_data, "signs": tuple(form.cleaned_data["signs"])}
        try:
            found = actions.pass_on_signs(by=request.actor, person_id=person.pk, document=SignsDocument(**answers))
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Passed on. Who works on protection sees it today."))
            if found is Found.LIKELY:
                messages.warning(
                    request, _("Do not let the person leave with somebody they fear. Call a coordinator now.")
                )
            return redirect("people:person", person.pk)
    return _part(request, person, form, _("Does something worry you?"), template="screening/signs.html")


@page("screening.work")
def sign(request: StaffRequest, signs_id: UUID) -> HttpResponse:
    """Signs that were passed on, and what to do."""
    row = queries.signs_for(request.actor, signs_id)
    shown = [
        (one, text, [SIGNS[code].says for code in text.signs if code in SIGNS], Found(text.found))
        for one, text in queries.signs_of(row.person, by=request.actor)
    ]
    context = {
        **_base(request, row.person),
        "signs": shown,
        "handles": handles({one.by for one, *_rest in shown}),
    }
    return render(request, "screening/sign.html", context)


def _card(domain: Domain, found: DomainDocument | None) -> dict[str, Any]:
    prompts = CARDS[domain].prompts
    return {
        "domain": domain,
        "found": found,
        "rating": Rating(found.rating) if found else None,
        "prompts": [prompts[code] for code in found.prompts if code in prompts] if found else [],
    }


def _helps(
    person: Person, ratings: dict[Domain, Rating], suggestion: placements.Suggestion | None
) -> list[tuple[Help, str]]:
    """Help to ask for, each once, with the address of a referral that is begun already."""
    asked: dict[str, tuple[Help, str]] = {}
    for domain in suggestion.domains if suggestion else ():
        for one in CARDS[domain].helps:
            query = urlencode({"service": one.service, "priority": PRIORITY[ratings[domain]]})
            asked.setdefault(one.service, (one, f"{reverse('referrals:begin', args=[person.pk])}?{query}"))
    return list(asked.values())


def _base(request: StaffRequest, person: Person) -> dict[str, Any]:
    return {
        "person": person,
        "identity": people.identity_of(person, by=request.actor),
        "readers": readers_of("screening.work", Compartment.PROTECTION, person),
    }


def _saved(
    request: StaffRequest, row: Screening, form: forms.Form, save: Callable[[dict[str, Any]], None]
) -> HttpResponse | None:
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        save(dict(form.cleaned_data))
    except Invalid as problem:
        mend(form, problem)
        return None
    messages.success(request, _("Recorded."))
    return redirect("screening:screening", row.pk)


def _part(
    request: StaffRequest,
    person: Person,
    form: forms.Form,
    title: str,
    *,
    row: Screening | None = None,
    template: str = "screening/part.html",
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    back = reverse("screening:screening", args=[row.pk]) if row else reverse("people:person", args=[person.pk])
    context = {**_base(request, person), "form": form, "title": title, "back": back, "screening": row, **(more or {})}
    return render(request, template, context, status=status_of(form))
