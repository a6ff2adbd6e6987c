"""Pages about one's own account, other accounts, invitations, and what waits for a second officer."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.accounts import actions, approvals, factors, guesses, passkeys, queries, sessions, tokens
from waystation.accounts.confirming import confirmed, count_wrong, refuse_guesser
from waystation.accounts.forms import (
    AcceptForm,
    AgainForm,
    ChangePassphraseForm,
    InviteForm,
    ReasonForm,
    RenewForm,
    TokenForm,
    TrainingForm,
)
from waystation.accounts.models import Account, Approval, Factor
from waystation.accounts.roles import CARDS, COMPARTMENT_LABELS, SENSITIVE, Role
from waystation.accounts.sign_in_views import locked_out
from waystation.kernel import journal, policies
from waystation.kernel.actors import Compartment
from waystation.kernel.errors import Invalid
from waystation.kernel.pages import ANYONE, StaffRequest, page
from waystation.vault import budget, node
from waystation.web.forms import mend

__all__ = ["locked_out"]


def _labels(compartments: Iterable[Compartment]) -> list[Promise]:
    return [COMPARTMENT_LABELS[compartment] for compartment in sorted(compartments)]


@page("accounts.own")
def me(request: StaffRequest) -> HttpResponse:
    """One's own account: what it opens, factors, tokens, passphrase."""
    account = Account.objects.get(pk=request.actor.account_id)
    form = ChangePassphraseForm(request.POST or None)
    own = list(account.factors.order_by("created_at"))
    context = {
        "account": account,
        "name": queries.name_of(account),
        "card": CARDS[Role(account.role)],
        "compartments": _labels(request.actor.compartments),
        "untrained": _labels((CARDS[Role(account.role)].compartments & SENSITIVE) - request.actor.compartments),
        "factors": own,
        "some_may_go": len(own) > 1,
        "passkeys": passkeys.possible(request),
        "tokens": account.tokens.order_by("-created_at"),
        "spent": budget.spent(request.actor),
        "form": form,
        "may_renew": policies.permits(request.actor, "accounts.renew"),
    }
    if request.method == "POST" and form.is_valid():
        refuse_guesser(request)
        try:
            actions.change_passphrase(
                by=request.actor, but_session=request.session.session_key or "", **form.cleaned_data
            )
        except Invalid as problem:
            if "old" in problem.fields:
                count_wrong(request)
            mend(form, problem)
        else:
            messages.success(request, _("Your passphrase is changed."))
            return redirect("accounts:me")
    return render(request, "accounts/me.html", context)


@page("accounts.own")
def make_token(request: StaffRequest) -> HttpResponse:
    """Make an API token, past the passphrase, and show it once."""
    form = TokenForm(request.POST or None)
    if not confirmed(request, form):
        return render(request, "accounts/token.html", {"form": form})
    return render(request, "accounts/token.html", {"token": tokens.issue_token(by=request.actor, **form.cleaned_data)})


@page("accounts.own")
@require_POST
def end_token(request: StaffRequest, token_id: UUID) -> HttpResponse:
    """End an API token."""
    tokens.end_token(by=request.actor, token_id=token_id)
    messages.success(request, _("The token is ended."))
    return redirect("accounts:me")


@page("accounts.own")
def spare_codes(request: StaffRequest) -> HttpResponse:
    """Make new spare codes, past the passphrase, and show them once."""
    form = AgainForm(request.POST or None)
    if not confirmed(request, form):
        return render(request, "accounts/new_spare_codes.html", {"form": form})
    codes = factors.new_spare_codes(Account.objects.get(pk=request.actor.account_id))
    journal.record(request.actor, journal.Entry(action="accounts.spare_codes", subject=request.actor.account_id))
    return render(request, "accounts/spare_codes.html", {"codes": codes})


@page("accounts.own")
def remove_passkey(request: StaffRequest, factor_id: UUID) -> HttpResponse:
    """Take away one passkey, past the passphrase."""
    own = Factor.objects.filter(account_id=request.actor.account_id, kind=Factor.PASSKEY)
    form = AgainForm(request.POST or None)
    if not confirmed(request, form):
        found = get_object_or_404(own, pk=factor_id)
        return render(request, "accounts/remove_passkey.html", {"form": form, "passkey": found})
    actions.remove_passkey(by=request.actor, factor_id=factor_id)
    messages.success(request, _("The passkey opens nothing any more."))
    return redirect("accounts:me")


@page("accounts.manage")
def accounts(request: StaffRequest) -> HttpResponse:
    """All accounts."""
    rows = [(account, CARDS[Role(account.role)].label) for account in queries.visible_to(request.actor)]
    return render(request, "accounts/accounts.html", {"rows": rows})


@page("accounts.manage")
def account(request: StaffRequest, account_id: UUID) -> HttpResponse:
    """One account."""
    found = queries.get_for(request.actor, account_id)
    form = TrainingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_training(by=request.actor, account_id=account_id, **form.cleaned_data)
            return redirect("accounts:account", account_id)
        except Invalid as problem:
            mend(form, problem)
    context = {
        "account": found,
        "name": queries.name_of(found),
        "card": CARDS[Role(found.role)],
        "trainings": found.trainings.order_by("-lapses_on"),
        "has_factor": found.factors.exists(),
        "is_own": found.pk == request.actor.account_id,
        "may_unlock": node.has_slot(found.pk),
        "may_renew": found.is_active and policies.permits(request.actor, "accounts.renew"),
        "form": form,
    }
    return render(request, "accounts/account.html", context)


@page("accounts.manage")
def set_active(request: StaffRequest, account_id: UUID) -> HttpResponse:
    """Close an account, asked first with what happens then, or open it again."""
    if request.method != "POST":
        found = queries.get_for(request.actor, account_id)
        return render(request, "accounts/close.html", {"account": found, "name": queries.name_of(found)})
    actions.set_active(by=request.actor, account_id=account_id, active=request.POST.get("active") == "yes")
    return redirect("accounts:account", account_id)


@page("accounts.manage")
def reset_factor(request: StaffRequest, account_id: UUID) -> HttpResponse:
    """Take away a lost second factor; asked first, because its owner may have it still."""
    found = queries.get_for(request.actor, account_id)
    if request.method != "POST":
        if found.pk == request.actor.account_id or not found.factors.exists():
            return redirect("accounts:account", account_id)
        return render(request, "accounts/reset_factor.html", {"account": found, "name": queries.name_of(found)})
    actions.reset_factor(by=request.actor, account_id=account_id)
    messages.success(request, _("The second factor is gone. A new one is set up at the next sign-in."))
    return redirect("accounts:account", account_id)


@page("accounts.renew")
@require_POST
def let_renew(request: StaffRequest, account_id: UUID) -> HttpResponse:
    """A link for someone who forgot their passphrase; shown once."""
    token = actions.let_renew(by=request.actor, account_id=account_id)
    return render(request, "accounts/invited.html", {"link": request.build_absolute_uri(f"/invitations/{token}/")})


@page("accounts.renew")
def new_recovery_code(request: StaffRequest) -> HttpResponse:
    """Make the recovery code anew, past the passphrase, and show it once."""
    form = AgainForm(request.POST or None)
    if not confirmed(request, form):
        return render(request, "accounts/new_recovery_code.html", {"form": form})
    code = actions.new_recovery_code(by=request.actor)
    return render(request, "accounts/recovery_code.html", {"code": code, "go_on": reverse("accounts:me")})


@page("accounts.manage")
def invite(request: StaffRequest) -> HttpResponse:
    """Invite someone; the link is shown once."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invited = actions.invite(by=request.actor, role=form.cleaned_data["role"], post_id=request.actor.post_id)
        link = request.build_absolute_uri(f"/invitations/{invited.token}/")
        return render(request, "accounts/invited.html", {"link": link, "waits": invited.invitation.needs_approval})
    return render(request, "accounts/invite.html", {"form": form, "cards": CARDS.values()})


@page(ANYONE)
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """An invited person makes an account."""
    invitation = queries.open_invitation(token)
    if invitation.account_id:
        return _renew(request, token)
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = {name: form.cleaned_data[name] for name in ("handle", "name", "passphrase")}
        try:
            made = actions.accept_invitation(token=token, **answers)
        except Invalid as problem:
            mend(form, problem)
        else:
            sessions.begin(request, made)
            return redirect("accounts:first-factor")
    return render(request, "accounts/accept.html", {"form": form, "card": CARDS[Role(invitation.role)]})


def _renew(request: HttpRequest, token: str) -> HttpResponse:
    form = RenewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = actions.renew_passphrase(token=token, passphrase=form.cleaned_data["passphrase"])
        except Invalid as problem:
            mend(form, problem)
        else:
            guesses.forget(request, account.handle)
            messages.success(request, _("Your passphrase is changed."))
            return redirect("accounts:sign-in")
    return render(request, "accounts/renew.html", {"form": form})


@page("accounts.decide")
def approvals_list(request: StaffRequest) -> HttpResponse:
    """What waits for a second officer."""
    waiting = list(approvals.waiting_for(request.actor))
    names = queries.handles({approval.asked_by for approval in waiting})
    rows = [
        {
            "approval": row,
            "kind": approvals.kind_of(row),
            "about": approvals.about(row, by=request.actor),
            "reason": approvals.reason_of(row),
            "asked_by": names.get(row.asked_by, ""),
        }
        for row in waiting
    ]
    return render(request, "accounts/approvals.html", {"rows": rows})


@page("accounts.decide")
@require_POST
def decide(request: StaffRequest, approval_id: UUID) -> HttpResponse:
    """Say yes or no."""
    if request.POST.get("answer") == "yes":
        approval = approvals.waiting_for(request.actor).filter(pk=approval_id).first()
        if approval and approvals.kind_of(approval).for_good and not request.POST.get("sure"):
            messages.error(request, _("This cannot be undone. Say that you have looked at whom it is about."))
            return redirect("accounts:approvals")
        approvals.approve(by=request.actor, approval_id=approval_id)
        messages.success(request, _("Approved and done."))
    else:
        approvals.refuse(by=request.actor, approval_id=approval_id)
        messages.success(request, _("Refused. Nothing was done."))
    return redirect("accounts:approvals")


@page("accounts.ask")
def ask_for_more(request: StaffRequest) -> HttpResponse:
    """Ask a second officer to release more people in this hour."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        asked: Approval = approvals.request(
            by=request.actor, kind="vault.release_budget", subject=request.actor.account_id, reason=reason
        )
        return render(request, "accounts/asked.html", {"approval": asked})
    return render(request, "accounts/ask_for_more.html", {"form": form, "spent": budget.spent(request.actor)})
