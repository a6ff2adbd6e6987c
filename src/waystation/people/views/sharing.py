"""What left about a person, on paper for them; and a list of people for one partner."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import override

from waystation.kernel import clock
from waystation.kernel.errors import Invalid
from waystation.kernel.pages import StaffRequest, page
from waystation.organisations.queries import own_organisation
from waystation.people import actions, coverage, queries
from waystation.people.codes import Told
from waystation.people.forms import ShareForm
from waystation.people.views.common import opened, show
from waystation.people.views.notice import language_for, written_languages
from waystation.web.forms import mend, status_of
from waystation.web.tables import csv_file


@page("people.notice")
def left(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The person's own sheet: everything that left, what is allowed now, how to take it back. In their language."""
    person, identity = opened(request, person_id)
    language = language_for(request, identity)
    consents = queries.consents_of(person, by=request.actor)
    context = {
        "sent": [view for view in queries.disclosures_of(person, by=request.actor) if view.row.sent_at],
        "standing": [view for view in consents if view.stands],
        "never": sorted({name for view in consents for name in view.document.withheld}),
        "organisation": own_organisation(),
        "today": clock.today(),
        "language": language,
        "choices": written_languages(),
    }
    with override(language):
        return show(request, "left", person, identity, context)


@page("people.disclose")
def share(request: StaffRequest) -> HttpResponse:
    """Who allows it today; then the list, as a file, each line written down as told."""
    form = ShareForm(request.POST or None)
    covered: list[Any] | None = None
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            question = _question(form)
            if "write" in request.POST:
                why = form.cleaned_data["why"]
                return _file(question, actions.share_list(by=request.actor, question=question, why=why))
            covered = coverage.covered(request.actor, question)
        except Invalid as problem:
            mend(form, problem)
        except actions.AuthorityRefused as problem:
            refused = str(problem)
    context = {"form": form, "covered": covered, "refused": refused}
    return render(request, "people/share.html", context, status=409 if refused else status_of(form))


def _question(form: ShareForm) -> coverage.Question:
    answers = form.cleaned_data
    told = {name: answers[name] for name in ("purpose", "recipient_kind", "kind", "recipient")}
    return coverage.Question(**told, fields=tuple(answers["fields_told"]))


def _file(question: coverage.Question, lines: list[list[str]]) -> HttpResponse:
    return csv_file("list", [str(Told(code).label) for code in question.fields], lines)
