"""The first run, and the paper it leaves behind."""

import ipaddress
import secrets

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from waystation.accounts import actions, guesses, sessions
from waystation.accounts.forms import RecoveryForm, SetUpForm
from waystation.accounts.setup import AlreadyMade, set_up
from waystation.kernel.errors import Invalid, NotFound, Problem
from waystation.kernel.pages import ANYONE, page
from waystation.vault import node
from waystation.web.components.cldr import country_choices
from waystation.web.forms import mend

FIELDS = ("organisation", "country", "post", "handle", "passphrase")


@page(ANYONE)
def first_run(request: HttpRequest) -> HttpResponse:
    """Make this node; afterwards this address is gone for good."""
    if not _may_claim(request) or (node.is_initialised() and request.method != "POST"):
        raise NotFound
    if node.is_initialised():
        return _made_already(request)
    form = SetUpForm(request.POST or None, countries=country_choices())
    if request.method == "POST" and form.is_valid():
        try:
            made = set_up(**{name: form.cleaned_data[name] for name in FIELDS})
        except AlreadyMade:
            return _made_already(request)
        except Invalid as problem:
            mend(form, problem)
        else:
            sessions.begin(request, made.account)
            return render(request, "accounts/recovery_code.html", {"code": str(made.recovery)})
    return render(request, "accounts/set_up.html", {"form": form})


@page(ANYONE)
def recover(request: HttpRequest) -> HttpResponse:
    """Open a locked node with the code on paper, for the day no officer remembers a passphrase."""
    form = RecoveryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = {name: form.cleaned_data[name] for name in ("code", "handle", "passphrase")}
        try:
            account = actions.recover(**answers)
        except Invalid as problem:
            mend(form, problem)
        except Problem as problem:
            form.add_error("code", str(problem))
        else:
            guesses.forget(request, account.handle)
            messages.success(request, _("The node is open, and the passphrase is changed. Sign in with it."))
            return redirect("accounts:sign-in")
    return render(request, "accounts/recover.html", {"form": form})


def _made_already(request: HttpRequest) -> HttpResponse:
    """A second click: the browser shows this answer in the place of the first one."""
    return render(request, "accounts/made_already.html", {"says": AlreadyMade.message}, status=AlreadyMade.status)


def _may_claim(request: HttpRequest) -> bool:
    """On this machine anyone may set the node up; from elsewhere only who has the token the command was given."""
    if ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback:
        return True
    token = str(settings.SETUP_TOKEN)
    return bool(token) and secrets.compare_digest(request.GET.get("token", request.POST.get("token", "")), token)
