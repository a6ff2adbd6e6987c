"""Signing in with two factors, locking one's screen, locking the node."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from waystation.accounts import factors, guesses, passkeys, sessions
from waystation.accounts.actors import actor_of
from waystation.accounts.forms import SecondFactorForm, SignInForm
from waystation.accounts.models import Account, Factor
from waystation.accounts.sessions import NEXT, START
from waystation.kernel import journal
from waystation.kernel.pages import ANYONE, SIGNED_IN, StaffRequest, page
from waystation.vault import epochs, node
from waystation.vault.actors import system_actor
from waystation.web.ways import next_of

SEED = "seed"


@page(ANYONE)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Handle and passphrase; an officer's passphrase also opens a locked node."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        was_locked = not node.is_unlocked()
        handle = form.cleaned_data["handle"].strip().lower()
        # `handle` as well: failures and the lock against guessing are counted under that name.
        typed = {"username": handle, "handle": handle, "password": form.cleaned_data["passphrase"]}
        account = authenticate(request, **typed)
        if isinstance(account, Account) and node.is_unlocked():
            sessions.begin(request, account)
            request.session[NEXT] = next_of(request, START, target=request.GET.get(NEXT, ""))
            return redirect("accounts:second-factor")
        form.add_error(None, _refusal(was_locked=was_locked, known=account is not None))
    return render(request, "accounts/sign_in.html", {"form": form, "locked": not node.is_unlocked()})


@page(ANYONE)
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second factor, or setting one up where there is none yet."""
    account = sessions.pending_account(request)
    if account is None or not node.is_unlocked():
        messages.info(request, _("Begin again: that took a while."))
        return redirect("accounts:sign-in")
    if not account.factors.exists():
        return redirect("accounts:first-factor")
    if not guesses.may_try(request, _second_step(account)):
        return locked_out(request)
    form = SecondFactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if factors.use_code(account, form.cleaned_data["code"]):
            guesses.forget(request, _second_step(account))
            return _let_in(request, account)
        guesses.count_wrong(request, _second_step(account))
        journal.record(system_actor(account.pk), journal.Entry(action="accounts.wrong_code", subject=account.pk))
        form.add_error("code", _wrong_code(account, form.cleaned_data["code"]))
    by_passkey = passkeys.possible(request) and account.factors.filter(kind=Factor.PASSKEY).exists()
    context = {"form": form, "passkeys": by_passkey, "demo": _demo(account)}
    return render(request, "accounts/second_factor.html", context)


@page(ANYONE)
def first_factor(request: HttpRequest) -> HttpResponse:
    """Setting up one-time codes, before anything else may be done."""
    account = sessions.pending_account(request)
    if account is None or not node.is_unlocked() or account.factors.exists():
        return redirect("accounts:sign-in")
    seed = factors.open_seed(request.session.setdefault(SEED, factors.new_sealed_seed()))
    form = SecondFactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        step = factors.matches(seed, "".join(form.cleaned_data["code"].split()))
        if step is not None:
            factors.add_totp(account, seed, last_step=step)
            request.session.pop(SEED)
            journal.record(actor_of(account), journal.Entry(action="accounts.add_factor", subject=account.pk))
            codes = factors.new_spare_codes(account)
            _let_in(request, account)
            return render(request, "accounts/spare_codes.html", {"codes": codes})
        says = _("This is not the code of this moment. Wait for the next one and type that.")
        form.add_error("code", epochs.clock_problem() or says)
    link = factors.seed_link(seed, account.handle)
    return render(request, "accounts/first_factor.html", {"form": form, "link": link, "seed": factors.seed_text(seed)})


@page(SIGNED_IN)
@require_POST
def lock_screen(request: StaffRequest) -> HttpResponse:
    """End this session: whoever comes next signs in."""
    journal.record(request.actor, journal.Entry(action="accounts.sign_out", subject=request.actor.account_id))
    request.session.flush()
    messages.success(request, _("Locked. Nobody reads anything here until someone signs in."))
    return redirect("accounts:sign-in")


@page("accounts.panic")
def panic(request: StaffRequest) -> HttpResponse:
    """Lock the node: keys leave memory, everyone is signed out."""
    if request.method != "POST":
        return render(request, "accounts/panic.html")
    node.lock("panic")
    return redirect("accounts:sign-in")


def locked_out(
    request: HttpRequest, _credentials: dict[str, Any] | None = None, *_args: object, **_kw: object
) -> HttpResponse:
    """Too many wrong passphrases from here for this name."""
    return render(request, "accounts/locked_out.html", status=429)


def _second_step(account: Account) -> str:
    """Under which name wrong codes are counted: not under the passphrase's, which was right."""
    return f"{account.handle}/code"


def _let_in(request: HttpRequest, account: Account) -> HttpResponse:
    target = request.session.get(NEXT, START)
    sessions.complete(request, account)
    journal.record(actor_of(account), journal.Entry(action="accounts.sign_in", subject=account.pk))
    return redirect(target)


def _refusal(*, was_locked: bool, known: bool) -> str:
    if was_locked and known:
        return _("This node is locked. An officer must sign in first; then you can.")
    if was_locked:
        return _("Not right, or not an officer: this node is locked, and only an officer's passphrase opens it.")
    return _("The sign-in name or passphrase is not right. Nothing was lost; type both again.")


def _wrong_code(account: Account, typed: str) -> str:
    minutes = factors.clock_is_off_by(account, "".join(typed.split()))
    if minutes is None:
        says = _("This code is not right, or was used already. Wait for the next one and type that.")
        return epochs.clock_problem() or says
    return ngettext(
        "The code is right for another time: this machine's clock seems wrong by about %(minutes)d minute. Set it.",
        "The code is right for another time: this machine's clock seems wrong by about %(minutes)d minutes. Set it.",
        minutes,
    ) % {"minutes": minutes}


def _demo(account: Account) -> str:
    from django.conf import settings

    return factors.demo_code(account) if settings.DEMO else ""
