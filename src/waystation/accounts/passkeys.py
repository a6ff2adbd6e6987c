"""Passkeys as second factor (WebAuthn level 2, by the `fido2` library). Needs a name in the address, not a number."""

import ipaddress
import json
import time
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
)

from waystation.accounts import sessions
from waystation.accounts.actors import actor_of
from waystation.accounts.confirming import confirmed
from waystation.accounts.forms import PasskeyForm
from waystation.accounts.models import Account, Factor
from waystation.accounts.sessions import NEXT, START
from waystation.kernel import journal
from waystation.kernel.errors import Invalid, NotFound, Problem
from waystation.kernel.pages import ANYONE, StaffRequest, page
from waystation.vault import node

STATE, BEGUN = "passkey-state", "passkey-begun"
BEGUN_SECONDS = 600
NO_ANSWER = (ValueError, KeyError, TypeError, AttributeError)
"""What `fido2` raises for what is not the answer of a passkey that was asked."""


class NotThisPasskey(Problem):
    """A passkey that was not asked, or is not of this account."""

    code = "not-this-passkey"
    message = _("The passkey did not answer, or is not of this account. Try again, or type a code.")


class NotBegun(Problem):
    """The browser asks for a passkey before the passphrase was given again, or long after."""

    code = "passkey-not-begun"
    status = 409
    message = _("Begin again under My account: your passphrase is asked first.")


@page("accounts.own")
def begin(request: StaffRequest) -> HttpResponse:
    """What a new passkey is called, and the passphrase once more; then the browser may make it."""
    _server(request)
    form = PasskeyForm(request.POST or None)
    if confirmed(request, form):
        request.session[BEGUN] = {"label": form.cleaned_data["label"], "until": int(time.time()) + BEGUN_SECONDS}
        return render(request, "accounts/passkey.html", {"label": form.cleaned_data["label"]})
    return render(request, "accounts/passkey.html", {"form": form})


@page("accounts.own")
def add(request: StaffRequest) -> HttpResponse:
    """Set up a passkey that was begun: GET gives the browser its options, POST takes what the key answered."""
    begun = request.session.get(BEGUN, {"until": 0})
    if begun["until"] < time.time():
        raise NotBegun
    account = Account.objects.get(pk=request.actor.account_id)
    server = _server(request)
    if request.method != "POST":
        user = PublicKeyCredentialUserEntity(id=account.pk.bytes, name=account.handle, display_name=account.handle)
        options, state = server.register_begin(user, _credentials(account))
        request.session[STATE] = state
        return JsonResponse(_plain(dict(options)))
    try:
        response = RegistrationResponse.from_dict(json.loads(request.body))
        auth_data = server.register_complete(request.session.pop(STATE), response)
    except NO_ANSWER as problem:
        raise Invalid({"passkey": str(problem)}) from problem
    if auth_data.credential_data is None:
        raise NotFound
    del request.session[BEGUN]
    secret = bytes(auth_data.credential_data)
    Factor.objects.create(account=account, kind=Factor.PASSKEY, label=begun["label"], secret=secret)
    journal.record(request.actor, journal.Entry(action="accounts.add_factor", subject=account.pk))
    return JsonResponse({"next": "/me/"})


@page(ANYONE)
def sign_in_with(request: HttpRequest) -> HttpResponse:
    """Give the second factor by passkey: GET gives options, POST takes the key's answer."""
    account = sessions.pending_account(request)
    if account is None or not node.is_unlocked():
        raise NotFound
    server = _server(request)
    credentials = _credentials(account)
    if request.method != "POST":
        options, state = server.authenticate_begin(credentials)
        request.session[STATE] = state
        return JsonResponse(_plain(dict(options)))
    try:
        response = AuthenticationResponse.from_dict(json.loads(request.body))
        server.authenticate_complete(request.session.pop(STATE), credentials, response)
    except NO_ANSWER as problem:
        raise NotThisPasskey from problem
    target = request.session.get(NEXT, START)
    sessions.complete(request, account)
    journal.record(actor_of(account), journal.Entry(action="accounts.sign_in", subject=account.pk))
    return JsonResponse({"next": target})


def possible(request: HttpRequest) -> bool:
    """Whether browsers take passkeys at the address of this page: they do where it is a name."""
    try:
        ipaddress.ip_address(_host(request))
    except ValueError:
        return True
    return False


def _host(request: HttpRequest) -> str:
    return urlsplit(f"//{request.get_host()}").hostname or ""


def _server(request: HttpRequest) -> Fido2Server:
    if not possible(request):
        raise NotFound
    return Fido2Server(PublicKeyCredentialRpEntity(id=_host(request), name="Waystation"))


def _credentials(account: Account) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(key.secret)) for key in account.factors.filter(kind=Factor.PASSKEY)]


def _plain(value: object) -> object:
    """Options as JSON, binary parts in websafe base64 as browsers' own JSON form has them."""
    if isinstance(value, bytes):
        return websafe_encode(value)
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
