"""Trying a passphrase: against the key slot of an officer, or the hash of anyone else, at one cost."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from waystation.accounts.models import Account
from waystation.kernel.errors import NotFound
from waystation.vault import node
from waystation.vault.slots import WrongPassphrase


class PassphraseBackend(BaseBackend):
    """Signs an account in by handle and passphrase. An officer's passphrase opens the node when it is locked."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Account | None:
        """The account, or None: the same work and the same answer for an officer, anyone else, and a name nobody has.

        One stretching at `settings.ARGON2` each: the slot's, the hash's (`hashers`), or one for nothing.
        """
        del request
        passphrase = str(credentials.get("password", ""))
        account = Account.objects.filter(handle=str(credentials.get("username", "")).strip().lower()).first()
        if account is None or not account.is_active:
            make_password(passphrase)
            return None
        if node.has_slot(account.pk):
            return account if _opens_node(account, passphrase) else None
        return account if account.check_password(passphrase) else None

    def get_user(self, user_id: Any) -> Account | None:
        """The account of a session, as long as it is active."""
        return Account.objects.filter(pk=user_id, is_active=True).first()


def _opens_node(account: Account, passphrase: str) -> bool:
    if node.is_unlocked():
        return node.verify_passphrase(account.pk, passphrase)
    try:
        node.unlock(account.pk, passphrase)
    except (WrongPassphrase, NotFound):
        return False
    return True


def knows_passphrase(account: Account, passphrase: str) -> bool:
    """Whether it is this account's passphrase, on an unlocked node; a wrong one for a key slot is journalled."""
    if node.has_slot(account.pk):
        return node.verify_passphrase(account.pk, passphrase)
    return account.check_password(passphrase)


def client_address(request: HttpRequest) -> str:
    """Whom to slow down: the address that really connected, never one that a header claims."""
    return str(request.META.get("REMOTE_ADDR", ""))
