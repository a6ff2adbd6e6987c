"""Sessions: half signed in after the passphrase, wholly after the second factor, ended by idleness and by locking."""

import time
from uuid import UUID

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from waystation.accounts.actors import actor_of, with_training
from waystation.accounts.models import Account
from waystation.kernel.actors import Actor

ACCOUNT, PENDING, SEEN, NEXT = "account", "pending", "seen", "next"
START = "/start/"
PENDING_SECONDS = 600
SEEN_EVERY = 30


def begin(request: HttpRequest, account: Account) -> None:
    """The passphrase was right: remember who, for ten minutes, until the second factor is there."""
    request.session.flush()
    request.session[PENDING] = str(account.pk)
    request.session[SEEN] = int(time.time())


def pending_account(request: HttpRequest) -> Account | None:
    """Who gave the right passphrase and owes the second factor."""
    if time.time() - request.session.get(SEEN, 0) > PENDING_SECONDS:
        return None
    return _account(request.session.get(PENDING))


def complete(request: HttpRequest, account: Account) -> None:
    """Both factors were right: a new session key, and from here on there is an actor."""
    request.session.cycle_key()
    request.session.pop(PENDING, None)
    request.session[ACCOUNT] = str(account.pk)
    request.session[SEEN] = int(time.time())
    user_logged_in.send(sender=Account, request=request, user=account)


def signed_in_actor(request: HttpRequest) -> tuple[Account | None, Actor | None]:
    """Who is wholly signed in, and what they may do; nobody, and the session is over, after the idle time."""
    if ACCOUNT not in request.session:
        return None, None
    present = int(time.time())
    if present - request.session.get(SEEN, 0) > settings.IDLE_MINUTES * 60:
        request.session.flush()
        return None, None
    if present - request.session[SEEN] >= SEEN_EVERY:
        request.session[SEEN] = present
    account, trained = with_training(UUID(request.session[ACCOUNT]))
    return (account, actor_of(account, trained=trained)) if account else (None, None)


def end_all() -> None:
    """Sign everyone out: the node locks."""
    Session.objects.all().delete()


def end_all_of(account_id: UUID, *, but: str = "") -> None:
    """Sign one account out everywhere, but in the session of that key."""
    for session in Session.objects.exclude(session_key=but):
        held = session.get_decoded()
        if str(account_id) in {held.get(ACCOUNT), held.get(PENDING)}:
            session.delete()


def _account(account_id: str | None) -> Account | None:
    return Account.objects.filter(pk=UUID(account_id), is_active=True).first() if account_id else None
