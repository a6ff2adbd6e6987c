"""The first run: organisation, first post, first officer, keys."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from anyascii import anyascii
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waystation.accounts.models import Account
from waystation.accounts.passphrases import check_passphrase
from waystation.accounts.roles import Role
from waystation.kernel import journal
from waystation.kernel.errors import Conflict, Invalid, Text
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


class AlreadyMade(Conflict):
    """A second click, or someone else, while the node was being made."""

    code = "already-made"
    message = gettext_lazy(
        "This node is made, and nothing was made twice. Sign in with the sign-in name and passphrase that were chosen. "
        "Was the recovery code not seen? Once signed in, make a new one under My account."
    )


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
    """Make this node. Raises Invalid with what to mend, AlreadyMade."""
    try:
        _check(organisation=organisation, country=country, post=post, handle=handle, passphrase=passphrase)
        plain = clean_handle(handle)
    except Invalid as problem:
        # The first of two clicks has taken the sign-in name by now.
        if node.is_initialised():
            raise AlreadyMade from problem
        raise
    return _make(organisation, country, post, plain, passphrase)


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


def _make(organisation: str, country: str, post: str, handle: str, passphrase: str) -> Made:
    """Keys, organisation, post and first account: all of it or nothing."""
    account, recovery = Account(id=new_id(), handle=handle, role=Role.COORDINATOR), None
    account.set_unusable_password()
    try:
        with transaction.atomic():
            recovery = _initialise(passphrase, account.pk)
            first_post = _open_house[0](organisation.strip(), country.strip().upper(), post.strip())
            account.post_id = getattr(first_post, "pk", None)
            account.posts = [str(account.post_id)] if account.post_id else []
            account.save(force_insert=True)
            journal.record(system_actor(account.pk), journal.Entry(action="accounts.set_up", subject=account.pk))
    except Exception:
        # The database forgot the node again; its keys must not outlive it. Another click's keys are none of ours.
        if recovery is not None:
            node.lock("set-up failed")
        raise
    return Made(account, recovery)


def _initialise(passphrase: str, slot_id: UUID) -> RecoveryCode:
    try:
        return node.initialise(passphrase=passphrase, slot_id=slot_id)
    except Conflict as problem:
        raise AlreadyMade from problem
