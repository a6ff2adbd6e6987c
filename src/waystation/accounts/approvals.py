"""What needs two: one asks with a reason, a second officer decides, and only then does it happen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import cbor2
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from waystation.accounts.models import Account, Approval
from waystation.kernel import clock, journal, policies
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Conflict, NotAllowed, NotFound, Text
from waystation.vault import open_detail, open_for_node, seal_detail, seal_for_node
from waystation.vault.actors import system_actor


class Lapsed(Conflict):
    """Whoever asked is no longer here to answer for it."""

    code = "lapsed"
    message = gettext_lazy("The account that asked this was closed, so the question has lapsed. Nothing was done.")


PURPOSE = "approval"
LASTS = timedelta(hours=24)
MOST_REASON = 1000

Perform = Callable[[Actor, UUID], None]


@dataclass(frozen=True, slots=True)
class About:
    """Whom or what a question is about, and where more of it stands."""

    text: str
    url: str = ""


Tell = Callable[[Actor, UUID], About | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """Something that needs two: words for it, who decides, what happens then (and what happens on a refusal).

    `about` tells whom it is about; the reason is sealed for `person`, so that it goes with her; `for_good` marks what
    cannot be undone: a yes then needs a second tap.
    """

    code: str
    says: Text
    decide_roles: frozenset[str]
    perform: Perform
    refuse: Perform | None = None
    about: Tell | None = None
    person: Callable[[UUID], UUID | None] | None = None
    for_good: bool = False


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Declare a kind; each room does so when it is ready."""
    _kinds[kind.code] = kind


def kind_of(approval: Approval) -> Kind:
    """The declared kind of an approval."""
    return _kinds[approval.kind]


def about(approval: Approval, *, by: Actor) -> About | None:
    """Whom a question is about, as far as this actor may see it; opening someone's name counts as reading it."""
    tell = kind_of(approval).about
    return tell(by, approval.subject) if tell and approval.subject else None


def reason_of(approval: Approval) -> str:
    """Why it was asked. Raises NodeLocked, PersonErased."""
    person, sealed = _person_of(approval.kind, approval.subject), bytes(approval.particulars)
    return str(cbor2.loads(open_detail(person, sealed) if person else open_for_node(PURPOSE, sealed))["reason"])


@action("accounts.ask")
def request(*, by: Actor, kind: str, subject: UUID, reason: str) -> Approval:
    """Ask for something that needs a second officer. The same question that still waits is not asked twice."""
    waiting = Approval.objects.filter(
        kind=kind, subject=subject, state=Approval.State.ASKED, expires_at__gt=clock.now()
    ).first()
    if waiting is not None:
        return waiting
    person, particulars = _person_of(kind, subject), cbor2.dumps({"reason": reason[:MOST_REASON]})
    sealed = seal_detail(person, particulars) if person else seal_for_node(PURPOSE, particulars)
    approval = Approval.objects.create(
        kind=_kinds[kind].code,
        subject=subject,
        particulars=sealed,
        asked_by=by.account_id,
        expires_at=clock.now() + LASTS,
    )
    journal.record(by, journal.Entry(action="approvals.ask", subject=approval.pk, detail={"kind": kind}))
    return approval


@action("accounts.decide")
def approve(*, by: Actor, approval_id: UUID) -> Approval:
    """Say yes, and let it happen now. Raises NotAllowed for one's own question, Conflict for a decided one, Lapsed."""
    approval = _decide(by, approval_id, Approval.State.APPROVED)
    if approval.subject is not None:
        kind_of(approval).perform(by, approval.subject)
    return approval


@action("accounts.decide")
def refuse(*, by: Actor, approval_id: UUID) -> Approval:
    """Say no."""
    approval = _decide(by, approval_id, Approval.State.REFUSED)
    undo = kind_of(approval).refuse
    if undo is not None and approval.subject is not None:
        undo(by, approval.subject)
    return approval


def forget(subjects: Iterable[UUID]) -> None:
    """Drop what was asked about things that are erased: its reason may tell of a person. Inside the caller's action."""
    Approval.objects.filter(subject__in=list(subjects)).delete()


def waiting_for(actor: Actor) -> QuerySet[Approval]:
    """What this actor could decide now: of a kind for its role, asked by someone else who works here, not expired."""
    kinds = [kind.code for kind in _kinds.values() if actor.role in kind.decide_roles]
    query = Approval.objects.filter(state=Approval.State.ASKED, expires_at__gt=clock.now(), kind__in=kinds)
    query = query.exclude(asked_by__in=Account.objects.filter(is_active=False).values("pk"))
    return query.exclude(asked_by=actor.account_id).filter(policies.rows(actor, "accounts.decide"))


def end_overdue() -> int:
    """Refuse what nobody decided in time, so that nothing waits for ever; called every hour. Returns how many."""
    overdue = Approval.objects.filter(state=Approval.State.ASKED, expires_at__lte=clock.now())
    with transaction.atomic():
        return _end(system_actor(), overdue, Approval.State.REFUSED, "approvals.overdue")


def let_lapse(by: Actor, account_id: UUID) -> int:
    """End what a closed account asked and nobody decided; opening it again brings nothing back. Returns how many.

    Inside the caller's action.
    """
    asked = Approval.objects.filter(state=Approval.State.ASKED, asked_by=account_id)
    return _end(by, asked, Approval.State.LAPSED, "approvals.lapsed")


def _end(by: Actor, query: QuerySet[Approval], state: Approval.State, action: str) -> int:
    """Let questions end without a yes, as if they were refused."""
    ended = list(query.select_for_update())
    for approval in ended:
        approval.state, approval.decided_at = state, clock.now()
        approval.save(update_fields=["state", "decided_at"])
        undo = kind_of(approval).refuse
        if undo is not None and approval.subject is not None:
            undo(by, approval.subject)
        journal.record(by, journal.Entry(action=action, subject=approval.pk, detail={"kind": approval.kind}))
    return len(ended)


def _person_of(kind: str, subject: UUID | None) -> UUID | None:
    tell = _kinds[kind].person
    return tell(subject) if tell and subject else None


def _decide(by: Actor, approval_id: UUID, state: Approval.State) -> Approval:
    approval = Approval.objects.select_for_update().filter(pk=approval_id).first()
    if approval is None:
        raise NotFound
    if approval.asked_by == by.account_id or by.role not in kind_of(approval).decide_roles:
        raise NotAllowed
    closed = Account.objects.filter(pk=approval.asked_by, is_active=False).exists()
    if approval.state == Approval.State.LAPSED or (closed and approval.state == Approval.State.ASKED):
        raise Lapsed
    if approval.state != Approval.State.ASKED or approval.expires_at <= clock.now():
        raise Conflict
    approval.state, approval.decided_by, approval.decided_at = state, by.account_id, clock.now()
    approval.save(update_fields=["state", "decided_by", "decided_at"])
    journal.record(by, journal.Entry(action=f"approvals.{state}", subject=approval.pk, detail={"kind": approval.kind}))
    return approval
