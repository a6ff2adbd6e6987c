"""Accounts for tests, made as the actions make them, and a quick way through both factors."""

from datetime import timedelta
from typing import Any

from django.test import Client

from waystation.accounts.models import Account, Training
from waystation.accounts.roles import CARDS, SENSITIVE, Role
from waystation.accounts.sessions import ACCOUNT, SEEN
from waystation.kernel import clock
from waystation.kernel.ids import new_id

PASSPHRASE = "violet ladder nine quiet goats"


def make_account(role: Role, handle: str | None = None, post: Any = None, *, with_training: bool = True) -> Account:
    """An account of a role; with a passphrase hash (never a slot) and, unless told otherwise, valid trainings."""
    account = Account(handle=handle or f"{role}-{new_id().hex[:6]}", role=role, post_id=post.pk if post else None)
    account.posts = [str(post.pk)] if post else []
    account.set_password(PASSPHRASE)
    account.save()
    if with_training:
        day = clock.today()
        for compartment in CARDS[role].compartments & SENSITIVE:
            Training.objects.create(
                account=account, compartment=compartment, completed_on=day, lapses_on=day + timedelta(days=365)
            )
    return account


def sign_in(client: Client, account: Account) -> None:
    """Put a wholly signed-in session on a test client."""
    session = client.session
    session[ACCOUNT] = str(account.pk)
    session[SEEN] = int(clock.now().timestamp())
    session.save()
