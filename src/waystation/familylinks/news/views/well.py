"""Saying that somebody is safe and well, and answering relatives who ask."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.familylinks.news import queries
from waystation.familylinks.news.actions import well as actions
from waystation.familylinks.news.forms import AskerForm, WellForm
from waystation.familylinks.news.problems import NothingToSay
from waystation.kernel import clock
from waystation.kernel.actors import Compartment
from waystation.kernel.errors import Invalid
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.people.codes import USUAL_CONSENT, GivenBy
from waystation.people.panels import readers_of
from waystation.web.forms import mend, status_of


@page("news.write")
def say(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """To whom it may be told, in which words, until when."""
    person = people.get_for(request.actor, person_id)
    initial = {"given_by": GivenBy.SELF, "expires_on": clock.today() + USUAL_CONSENT}
    form = WellForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.say(by=request.actor, person_id=person.pk, draft=form.draft())
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect("news:person", person.pk)
    context = {
        "form": form,
        "person": person,
        "identity": people.identity_of(person, by=request.actor),
        "readers": readers_of("news.work", Compartment.FAMILY_LINKS, person),
    }
    return render(request, "news/well.html", context, status=status_of(form))


@page("news.work")
def notice(request: StaffRequest, notice_id: UUID) -> HttpResponse:
    """What the person allows; a relative who asks is checked first, and only then the words are shown to be told."""
    row = queries.notice_for(request.actor, notice_id, permission="news.work")
    form = AskerForm(request.POST if request.method == "POST" else None)
    told, refused = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            told = actions.tell(by=request.actor, notice_id=row.pk, asker=form.asker())
        except Invalid as problem:
            mend(form, problem)
        except NothingToSay as problem:
            refused = str(problem)
    context = {
        "notice": row,
        "form": form,
        "told": told,
        "refused": refused,
        "person": row.person,
        "identity": people.identity_of(row.person, by=request.actor),
        "readers": readers_of("news.work", Compartment.FAMILY_LINKS, row.person),
    }
    return render(request, "news/notice.html", context, status=status_of(form))


@page("news.write")
@require_POST
def take_back(request: StaffRequest, notice_id: UUID) -> HttpResponse:
    """From now on nothing is told."""
    row = actions.take_back(by=request.actor, notice_id=notice_id)
    messages.success(request, _("Recorded."))
    return redirect("news:person", row.person_id)
