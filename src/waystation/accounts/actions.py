"""Every write to accounts."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waystation.accounts import approvals, queries, sessions
from waystation.accounts.models import Account, Factor, Invitation, Training
from waystation.accounts.passphrases import check_passphrase
from waystation.accounts.policies import DECIDERS
from waystation.accounts.roles import CARDS, Role
from waystation.accounts.setup import clean_handle
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Conflict, Invalid, NodeLocked, NotAllowed, NotFound
from waystation.vault import node, seal_for_node
from waystation.vault.actors import system_actor
from waystation.vault.recovery import RecoveryCode
from waystation.vault.slots import WrongPassphrase

INVITATION_DAYS = 7
NAME = "staff-name"
LET_IN = "accounts.let_in"


@dataclass(frozen=True, slots=True)
class Invited:
    """A fresh invitation and the token of its link, shown once."""

    invitation: Invitation
    token: str


@action("accounts.manage")
def invite(*, by: Actor, role: str, post_id: UUID | None) -> Invited:
    """Invite someone. Who is to decide as second officer waits for another one's yes, as far as there is another.

    What an administrator invites to open people waits for a coordinator's yes.
    """
    if role not in CARDS:
        raise Invalid({"role": _("Choose a role from the list.")})
    token = secrets.token_urlsafe(24)
    opens_people = by.role == Role.ADMINISTRATOR and bool(CARDS[Role(role)].compartments)
    waits = opens_people or (role in DECIDERS and _other_deciders(by).exists())
    invitation = Invitation.objects.create(
        digest=queries.digest(token),
        role=role,
        post_id=post_id,
        invited_by=by.account_id,
        expires_at=clock.now() + timedelta(days=INVITATION_DAYS),
        needs_approval=waits,
    )
    if waits:
        approvals.request(by=by, kind=LET_IN, subject=invitation.pk, reason=str(CARDS[Role(role)].label))
    journal.record(by, journal.Entry(action="accounts.invite", subject=invitation.pk, detail={"role": role}))
    return Invited(invitation, token)


def _other_deciders(by: Actor) -> QuerySet[Account]:
    return Account.objects.filter(role__in=DECIDERS, is_active=True).exclude(pk=by.account_id)


def let_in(by: Actor, invitation_id: UUID) -> None:
    """A coordinator agreed to an administrator's invitation."""
    Invitation.objects.filter(pk=invitation_id).update(needs_approval=False)
    journal.record(by, journal.Entry(action=LET_IN, subject=invitation_id))


def invited_as(_by: Actor, invitation_id: UUID) -> approvals.About | None:
    """To which role someone is invited, for who decides about it."""
    invitation = Invitation.objects.filter(pk=invitation_id).first()
    return approvals.About(str(CARDS[Role(invitation.role)].label)) if invitation else None


def accept_invitation(*, token: str, handle: str, name: str, passphrase: str) -> Account:
    """Make the invited person's account. Raises NotFound for a spent link, Invalid with what to mend, NodeLocked."""
    if not node.is_unlocked():
        raise NodeLocked
    with transaction.atomic():
        invitation = queries.open_invitation(token, lock=True)
        if invitation.account_id:
            raise NotFound
        plain = clean_handle(handle)
        check_passphrase(passphrase, handle=plain)
        account = Account(handle=plain, role=invitation.role, post_id=invitation.post_id)
        account.posts = [str(account.post_id)] if account.post_id else []
        account.name_sealed = seal_for_node(NAME, name.strip()[:80].encode())
        _keep_passphrase(account, passphrase)
        account.save(force_insert=True)
        invitation.accepted_at = clock.now()
        invitation.save(update_fields=["accepted_at"])
        journal.record(system_actor(account.pk), journal.Entry(action="accounts.accept", subject=account.pk))
    return account


def change_passphrase(*, by: Actor, old: str, new: str, but_session: str = "") -> None:
    """Change one's own passphrase; one's other sessions than `but_session` end.

    A wrong old one stands in the log though nothing was changed. Raises Invalid.
    """
    try:
        _change_passphrase(by=by, old=old, new=new, but_session=but_session)
    except WrongPassphrase as problem:
        journal.record(by, journal.Entry(action="vault.wrong_passphrase", subject=by.account_id))
        raise Invalid({"old": _("This is not your present passphrase.")}) from problem


@action("accounts.own")
def _change_passphrase(*, by: Actor, old: str, new: str, but_session: str) -> None:
    account = Account.objects.get(pk=by.account_id)
    check_passphrase(new, handle=account.handle, field="new")
    if node.has_slot(account.pk):
        node.change_slot(account.pk, old, new)
    elif account.check_password(old):
        account.set_password(new)
        account.save(update_fields=["password"])
    else:
        raise WrongPassphrase
    sessions.end_all_of(account.pk, but=but_session)
    journal.record(by, journal.Entry(action="accounts.change_passphrase", subject=account.pk))


@action("accounts.renew")
def let_renew(*, by: Actor, account_id: UUID) -> str:
    """A link by which someone chooses a new passphrase for a forgotten one; the second step stays. Returns its token.

    Earlier links for the account end. Raises NotAllowed for one's own, NotFound.
    """
    account = _other(by, account_id)
    Invitation.objects.filter(account=account).delete()
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        digest=queries.digest(token),
        account=account,
        role=account.role,
        invited_by=by.account_id,
        expires_at=clock.now() + timedelta(days=INVITATION_DAYS),
    )
    journal.record(by, journal.Entry(action="accounts.let_renew", subject=account.pk))
    return token


def renew_passphrase(*, token: str, passphrase: str) -> Account:
    """Choose a new passphrase by a link of `let_renew`. Raises NotFound for a spent link, Invalid, NodeLocked."""
    if not node.is_unlocked():
        raise NodeLocked
    with transaction.atomic():
        invitation = queries.open_invitation(token, lock=True)
        account = invitation.account
        if account is None or not account.is_active:
            raise NotFound
        check_passphrase(passphrase, handle=account.handle)
        _keep_passphrase(account, passphrase)
        account.save(update_fields=["password"])
        account.tokens.all().delete()
        sessions.end_all_of(account.pk)
        invitation.delete()
        journal.record(system_actor(account.pk), journal.Entry(action="accounts.renew", subject=account.pk))
    return account


def recover(*, code: str, handle: str, passphrase: str) -> Account:
    """Open the node with the code on paper, and give an officer a new passphrase; the second step stays.

    Raises RecoveryCodeMistyped, RecoveryCodeOfAnotherNode, and, only after a right code, Invalid for the rest.
    """
    node.unlock_with_recovery(RecoveryCode.parse(code))
    account = Account.objects.filter(handle=handle.strip().lower(), is_active=True).first()
    if account is None or not CARDS[Role(account.role)].may_unlock:
        raise Invalid({"handle": _("No officer has this sign-in name. The node is open now; type it again.")})
    check_passphrase(passphrase, handle=account.handle)
    with transaction.atomic():
        _keep_passphrase(account, passphrase)
        account.save(update_fields=["password"])
        journal.record(system_actor(account.pk), journal.Entry(action="accounts.renew", subject=account.pk))
    return account


@action("accounts.renew")
def new_recovery_code(*, by: Actor) -> str:
    """Make the node's recovery code anew; the old paper stops working. Returns it as it is written down."""
    code = str(node.new_recovery_code())
    journal.record(by, journal.Entry(action="accounts.new_recovery_code"))
    return code


class LastFactor(Conflict):
    """Without a second step the passphrase alone would be enough."""

    code = "last-factor"
    message = gettext_lazy("This is your only second step, so it stays. Add another passkey first.")


@action("accounts.own")
def remove_passkey(*, by: Actor, factor_id: UUID) -> None:
    """Take away one of one's own passkeys. Raises NotFound, LastFactor."""
    own = list(Factor.objects.select_for_update().filter(account_id=by.account_id))
    lost = [factor for factor in own if factor.pk == factor_id and factor.kind == Factor.PASSKEY]
    if not lost:
        raise NotFound
    if len(own) == 1:
        raise LastFactor
    lost[0].delete()
    journal.record(by, journal.Entry(action="accounts.remove_factor", subject=by.account_id))


@action("accounts.manage")
def set_active(*, by: Actor, account_id: UUID, active: bool) -> None:
    """Close an account, and end what it asked and began, or open it again.

    Raises NotAllowed for one's own, Conflict for the last who can unlock.
    """
    account = _other(by, account_id)
    if not active:
        if node.has_slot(account.pk):
            node.remove_slot(account.pk)
        approvals.let_lapse(by, account.pk)
        account.tokens.all().delete()
        Invitation.objects.filter(Q(invited_by=account.pk) | Q(account=account), accepted_at__isnull=True).delete()
        sessions.end_all_of(account.pk)
    account.is_active = active
    account.save(update_fields=["is_active"])
    journal.record(by, journal.Entry(action="accounts.open" if active else "accounts.close", subject=account.pk))


@action("accounts.manage")
def reset_factor(*, by: Actor, account_id: UUID) -> None:
    """Take away a lost second factor; its owner sets up a new one at the next sign-in."""
    account = _other(by, account_id)
    account.factors.all().delete()
    account.spare_codes.all().delete()
    journal.record(by, journal.Entry(action="accounts.reset_factor", subject=account.pk))


@action("accounts.train")
def record_training(*, by: Actor, account_id: UUID, compartment: str, completed_on: date, lapses_on: date) -> Training:
    """Record that someone was trained for a compartment. Raises Invalid, NotAllowed for oneself."""
    if lapses_on <= completed_on:
        raise Invalid({"lapses_on": _("It must end after it was completed.")})
    account = _other(by, account_id)
    training = Training.objects.create(
        account=account, compartment=compartment, completed_on=completed_on, lapses_on=lapses_on
    )
    journal.record(by, journal.Entry(action="accounts.train", subject=account.pk, detail={"compartment": compartment}))
    return training


def _keep_passphrase(account: Account, passphrase: str) -> None:
    if CARDS[Role(account.role)].may_unlock:
        account.set_unusable_password()
        node.add_slot(account.pk, passphrase)
    else:
        account.set_password(passphrase)


def _other(by: Actor, account_id: UUID) -> Account:
    if by.account_id == account_id:
        raise NotAllowed
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound
    return account
