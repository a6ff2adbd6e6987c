"""The first run: organisation, first post, first officer, keys."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from anyascii import anyascii
from django.db import transaction
from django.utils.translation import gettext as _

from waystation.accounts.models import Account
from waystation.accounts.passphrases import check_passphrase
from waystation.accounts.roles import Role
from waystation.kernel import journal
from waystation.kernel.errors import Invalid, Text
from waystation.kernel.ids import new_id
from waystation.vault import node
from waystation.vault.actors import system_actor
from waystation.vault.recovery import RecoveryCode
from waystation.web.components.cldr import country_choices

HANDLE = re.compile(r"[\w][\w.\-]{1,38}", re.UNICODE)

OpenHouse = Callable[[str, str, str], object]
_open_house: list[OpenHouse] = []
"""Makes the organisation and its first post: the room of posts stands above this one and registers itself."""


@dataclass(frozen=True, slots=True)
class Made:
    """What set-up gives: the first account, and the recovery code to be written down."""

    account: Account
    recovery: RecoveryCode


def on_open_house(function: OpenHouse) -> None:
    """Register what makes the organisation and the first post: called with organisation, country, post."""
    _open_house[:] = [function]


def clean_handle(handle: str) -> str:
    """A sign-in name in its one form. Raises Invalid."""
    plain = unicodedata.normalize("NFKC", handle).strip().lower()
    if not HANDLE.fullmatch(plain):
        raise Invalid({"handle": _("Use 2 to 40 letters, digits, dots or hyphens, without spaces.")})
    looks = anyascii(plain).lower()
    if any(anyascii(taken).lower() == looks for taken in Account.objects.values_list("handle", flat=True)):
        raise Invalid({"handle": _("This sign-in name is taken. Choose another.")})
    return plain


def set_up(*, organisation: str, country: str, post: str, handle: str, passphrase: str) -> Made:
    """Make this node. Raises Invalid with what to mend, Conflict when it was made already."""
    _check(organisation=organisation, country=country, post=post, handle=handle, passphrase=passphrase)
    plain = clean_handle(handle)
    try:
        account, recovery = _make(organisation, country, post, plain, passphrase)
    except Exception:
        # The database forgot the node again; its keys must not outlive it.
        node.lock("set-up failed")
        raise
    return Made(account, recovery)


def _check(*, handle: str, passphrase: str, **needed: str) -> None:
    problems: dict[str, Text] = {
        name: _("This is needed to begin.") for name, value in needed.items() if not value.strip()
    }
    if "country" not in problems and needed["country"].strip().upper() not in dict(country_choices()):
        problems["country"] = _("Write the two letters of the country, such as KE or IT.")
    for check in (partial(clean_handle, handle), partial(check_passphrase, passphrase, handle=handle)):
        try:
            check()
        except Invalid as problem:
            problems |= problem.fields
    if problems:
        raise Invalid(problems)


def _make(organisation: str, country: str, post: str, handle: str, passphrase: str) -> tuple[Account, RecoveryCode]:
    """Keys, organisation, post and first account: all of it or nothing."""
    with transaction.atomic():
        account = Account(id=new_id(), handle=handle, role=Role.COORDINATOR)
        account.set_unusable_password()
        recovery = node.initialise(passphrase=passphrase, slot_id=account.pk)
        first_post = _open_house[0](organisation.strip(), country.strip().upper(), post.strip())
        account.post_id = getattr(first_post, "pk", None)
        account.save(force_insert=True)
        journal.record(system_actor(account.pk), journal.Entry(action="accounts.set_up", subject=account.pk))
    return account, recovery
