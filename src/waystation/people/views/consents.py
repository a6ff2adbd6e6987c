"""What a person allows and takes back, and what leaves because of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import CheckboxInput
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.kernel import clock, policies
from waystation.kernel.errors import ConsentMissing, Invalid, Problem
from waystation.kernel.pages import StaffRequest, page
from waystation.people import actions
from waystation.people.codes import USUAL_CONSENT, GivenBy
from waystation.people.documents import IdentityDocument
from waystation.people.forms import ConsentForm, DisclosureForm
from waystation.people.views.common import opened, show, suggested_languages
from waystation.web.forms import mend, status_of
from waystation.web.ways import next_of


@page("people.consent")
def consent(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Record what the person answered to one question."""
    found, identity = opened(request, person_id)
    form = ConsentForm(request.POST or None, initial=_usual(identity))
    if request.method == "POST" and form.is_valid():
        try:
            _answer(request, found.pk, form)
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("The answer is written down."))
            return redirect("people:person", found.pk)
    context = {"form": form, "suggestions": suggested_languages()}
    return show(request, "consent", found, identity, context, status_of(form))


@page("people.consent")
@require_POST
def withdraw(request: StaffRequest, person_id: UUID, consent_id: UUID) -> HttpResponse:
    """The person takes a consent back: from now on nothing leaves under it."""
    actions.withdraw_consent(by=request.actor, consent_id=consent_id)
    messages.success(request, _("Taken back. From now on nothing leaves under it; what left before stays listed."))
    return redirect(next_of(request, reverse("people:person", args=[person_id])))


@page("people.disclose")
def disclosure(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Record what is passed on, before it is; without consent it is refused, or a second officer is asked."""
    found, identity = opened(request, person_id)
    form = DisclosureForm(request.POST or None)
    refused: Problem | None = None
    if request.method == "POST" and form.is_valid():
        try:
            said = _pass_on(request, found.pk, form)
        except (ConsentMissing, actions.AuthorityRefused, actions.Withheld) as problem:
            refused = problem
            if isinstance(problem, actions.Withheld):
                form.fields["although_withheld"].widget = CheckboxInput()
        except Invalid as problem:
            mend(form, _on_fields_told(problem))
        else:
            messages.success(request, said)
            return redirect("people:person", found.pk)
    context = {
        "form": form,
        "refused": refused,
        "authority": isinstance(refused, actions.AuthorityRefused),
        "vital": policies.permits(request.actor, "people.disclose-vital"),
    }
    status = refused.status if refused else status_of(form)
    return show(request, "disclosure", found, identity, context, status)


def _answer(request: StaffRequest, person_id: UUID, form: ConsentForm) -> None:
    answers = form.cleaned_data
    common: dict[str, Any] = {
        "by": request.actor,
        "person_id": person_id,
        "purpose": answers["purpose"],
        "recipient_kind": answers["recipient_kind"],
        "document": form.document(),
    }
    if answers["answer"] == "given":
        actions.give_consent(**common, expires_on=answers["expires_on"])
    else:
        actions.refuse_consent(**common)


def _pass_on(request: StaffRequest, person_id: UUID, form: DisclosureForm) -> str:
    answers = form.cleaned_data
    said: dict[str, Any] = {"by": request.actor, "person_id": person_id, "document": form.document()}
    said |= {name: answers[name] for name in ("purpose", "kind")}
    asks = "vital" in request.POST or "authority" in request.POST
    if "vital" in request.POST:
        kind, anyway = answers["recipient_kind"], answers["although_withheld"]
        actions.request_vital_disclosure(**said, recipient_kind=kind, although_withheld=anyway)
    elif "authority" in request.POST:
        actions.request_authority_disclosure(**said)
    else:
        actions.record_disclosure(**said, recipient_kind=answers["recipient_kind"])
    if asks:
        return _("A second officer was asked. Pass nothing on before the answer is yes.")
    return _("Written down. You may pass it on now: these things, to them, and nothing else.")


def _on_fields_told(problem: Invalid) -> Invalid:
    fields = {("fields_told" if name == "fields" else name): says for name, says in problem.fields.items()}
    return Invalid(fields)


def _usual(identity: IdentityDocument) -> dict[str, Any]:
    language = identity.languages[0] if identity.languages else ""
    return {"given_by": GivenBy.SELF, "language": language, "expires_on": clock.today() + USUAL_CONSENT}
