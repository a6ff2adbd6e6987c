"""Personal tokens for the HTTP API: the account's own permissions, budget and log."""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waystation.accounts import factors
from waystation.accounts.actors import actor_of
from waystation.accounts.backends import PassphraseBackend
from waystation.accounts.models import ApiToken
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Via
from waystation.kernel.errors import Invalid, NodeLocked, Problem
from waystation.vault import node
from waystation.vault.slots import WrongPassphrase

MOST_DAYS = 90
PREFIX = "wst_"


class TokenMissing(Problem):
    """A call without a token; the ways in which a token can be no good are its kinds."""

    code = "token-missing"
    status = 401
    message = gettext_lazy(
        "This call needs a personal token, sent as “Authorization: Bearer wst_…”. Make one under My account."
    )


class TokenUnknown(TokenMissing):
    """Mistyped, cut short, or ended by its owner."""

    code = "token-unknown"
    message = gettext_lazy(
        "There is no such token, or it was ended. Send all of it, or make a new one under My account."
    )


class TokenExpired(TokenMissing):
    """Its days are over."""

    code = "token-expired"
    message = gettext_lazy("The time of this token is over. Make a new one under My account.")


class AccountClosed(TokenMissing):
    """Whoever it stood for no longer works here."""

    code = "account-closed"
    message = gettext_lazy("The account of this token is closed. A coordinator can open it again.")


@action("accounts.own")
def issue_token(*, by: Actor, label: str, days: int = 30) -> str:
    """Make a token for oneself; it is returned once. Raises Invalid."""
    if not 1 <= days <= MOST_DAYS:
        raise Invalid({"days": _("Write a number of days from 1 to %(most)d.") % {"most": MOST_DAYS}})
    if not label.strip():
        raise Invalid({"label": _("Say what the token is for.")})
    raw = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        account_id=by.account_id,
        label=label.strip()[:60],
        digest=_digest(raw),
        expires_at=clock.now() + timedelta(days=days),
    )
    journal.record(by, journal.Entry(action="accounts.issue_token", subject=token.pk))
    return raw


@action("accounts.own")
def end_token(*, by: Actor, token_id: UUID) -> None:
    """End one of one's own tokens."""
    ApiToken.objects.filter(pk=token_id, account_id=by.account_id).delete()
    journal.record(by, journal.Entry(action="accounts.end_token", subject=token_id))


def issue_with_passphrase(*, handle: str, passphrase: str, code: str, label: str, days: int) -> str:
    """A token from the command line, past both factors. Raises WrongPassphrase (also for a wrong code), Invalid."""
    by = actor_with_passphrase(handle=handle, passphrase=passphrase, code=code)
    return issue_token(by=by, label=label, days=days)


def actor_with_passphrase(*, handle: str, passphrase: str, code: str) -> Actor:
    """Who works at the command line, past both factors; the node is open in this process then.

    Raises WrongPassphrase (also for a wrong code).
    """
    account = PassphraseBackend().authenticate(None, username=handle, password=passphrase)
    if account is None or not node.is_unlocked() or not factors.use_code(account, code):
        raise WrongPassphrase
    return actor_of(account, Via.COMMAND)


def actor_for_token(raw: str) -> Actor:
    """Who a token stands for. Raises TokenUnknown, TokenExpired, AccountClosed, NodeLocked.

    A program at work is nobody at the screen: it never puts the idle lock off.

    Only who holds a real token is told more than that it is unknown.
    """
    token = ApiToken.objects.select_related("account").filter(digest=_digest(raw)).first()
    if token is None:
        raise TokenUnknown
    if token.expires_at <= clock.now():
        raise TokenExpired
    if not token.account.is_active:
        raise AccountClosed
    if not node.is_unlocked():
        raise NodeLocked
    return actor_of(token.account, Via.API)


def _digest(raw: str) -> str:
    return hashlib.sha256(b"ws/token/1|" + raw.encode()).hexdigest()
