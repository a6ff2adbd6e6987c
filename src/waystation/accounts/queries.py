"""The only door to accounts and invitations."""

import hashlib
from typing import TypeVar, cast
from uuid import UUID

from django.db.models import Model, OuterRef, QuerySet, Subquery

from waystation.accounts.models import Account, Invitation
from waystation.kernel import clock, policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.vault import node, open_for_node

M = TypeVar("M", bound=Model)


def visible_to(actor: Actor) -> QuerySet[Account]:
    """Accounts that this actor manages."""
    return Account.objects.filter(policies.rows(actor, "accounts.manage"))


def get_for(actor: Actor, account_id: UUID) -> Account:
    """One account. Raises NotFound."""
    account = visible_to(actor).filter(pk=account_id).first()
    if account is None:
        raise NotFound
    return account


def name_of(account: Account) -> str:
    """The member of staff's name, as told; the handle where none was told or the node is locked."""
    if not account.name_sealed or not node.is_unlocked():
        return account.handle
    return open_for_node("staff-name", bytes(account.name_sealed)).decode() or account.handle


def handles(account_ids: set[UUID]) -> dict[UUID, str]:
    """Sign-in names by account, for lists and logs."""
    return dict(Account.objects.filter(pk__in=account_ids).values_list("pk", "handle"))


def with_handles(rows: "QuerySet[M]") -> "QuerySet[M]":
    """Rows that tell in `by` who did it, each with that account's sign-in name as `handle`, in the same query."""
    account = Account.objects.filter(pk=OuterRef("by")).values("handle")[:1]
    return cast("QuerySet[M]", rows.annotate(handle=Subquery(account)))


def all_handles() -> dict[UUID, str]:
    """The sign-in name of every account, for the log."""
    return dict(Account.objects.values_list("pk", "handle"))


def open_invitation(token: str, *, lock: bool = False) -> Invitation:
    """The invitation behind a link. Raises NotFound when it is unknown, spent, expired, or still waits for a yes."""
    query = Invitation.objects.select_for_update() if lock else Invitation.objects
    invitation = query.filter(
        digest=digest(token), accepted_at__isnull=True, needs_approval=False, expires_at__gt=clock.now()
    ).first()
    if invitation is None:
        raise NotFound
    return invitation


def digest(token: str) -> str:
    """What is kept of an invitation's token."""
    return hashlib.sha256(b"ws/invitation/1|" + token.encode()).hexdigest()
