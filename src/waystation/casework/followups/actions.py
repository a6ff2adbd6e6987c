"""Every write on follow-ups. Other rooms call these inside their own actions."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.accounts.models import Account
from waystation.casework.followups import queries
from waystation.casework.followups.codes import State, WaitingOn
from waystation.casework.followups.kinds import kind_of
from waystation.casework.followups.models import Cover, FollowUp, FollowUpDocument
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid, NotFound
from waystation.people import cleaning
from waystation.vault import seal

LONGEST_COVER_DAYS = 120


def open_follow_up(  # noqa: PLR0913 - one call for every room
    *,
    by: Actor,
    kind: str,
    subject: UUID,
    compartment: Compartment,
    person_id: UUID | None = None,
    due_at: datetime | None = None,
    owner: UUID | None = None,
    immediate: bool = False,
    waiting_on: str = WaitingOn.US,
    text: str = "",
) -> FollowUp:
    """Open something to do, inside the caller's action. Raises KeyError for a kind nobody registered, Invalid."""
    if problem := cleaning.too_long(text, cleaning.LONGEST_NOTE):
        raise Invalid({"text": problem})
    row = FollowUp(
        kind=kind_of(kind).code,
        person_id=person_id,
        subject=subject,
        compartment=compartment,
        owner=owner,
        post_id=by.post_id,
        opened_at=clock.now(),
        opened_by=by.account_id,
        seen_at=clock.now() if owner == by.account_id else None,
        due_at=due_at,
        immediate=immediate,
        waiting_on=waiting_on,
    )
    if text and person_id is not None:
        seal(row, "sealed", FollowUpDocument(text=cleaning.note(text)))
    row.save(force_insert=True)
    journal.record(by, journal.Entry(action="followups.open", subject=row.pk, person=person_id, detail={"kind": kind}))
    return row


def finish_follow_up(
    *, by: Actor, kind: str, subject: UUID, state: str = State.DONE, post_id: UUID | None = None
) -> int:
    """End what is open of one kind about one thing, inside the caller's action; with `post_id` only there.

    Returns how many there were.
    """
    open_ones = FollowUp.objects.filter(kind=kind, subject=subject, state=State.OPEN)
    if post_id is not None:
        open_ones = open_ones.filter(post=post_id)
    return open_ones.update(state=state, ended_at=clock.now(), ended_by=by.account_id)


def drop_all(*, by: Actor, subject: UUID) -> int:
    """Nothing more is to be done about one thing, inside the caller's action. Returns how many were open."""
    open_ones = FollowUp.objects.filter(subject=subject, state=State.OPEN)
    return open_ones.update(state=State.DROPPED, ended_at=clock.now(), ended_by=by.account_id)


def give_all(*, subject: UUID, owner: UUID | None) -> int:
    """What is open about one thing is somebody else's now, inside the caller's action; new until they see it."""
    ours = FollowUp.objects.filter(subject=subject, state=State.OPEN).exclude(waiting_on=WaitingOn.SUPERVISOR)
    return ours.update(owner=owner, seen_at=None)


@action("followups.work")
def end(*, by: Actor, follow_up_id: UUID, state: str = State.DONE) -> FollowUp:
    """Say that it is done, or no longer needed. Raises NotFound, Invalid."""
    if state not in {State.DONE, State.DROPPED}:
        raise Invalid({"state": _("Choose one of the answers offered.")})
    row = _open_one(by, follow_up_id)
    row.state, row.ended_at, row.ended_by = state, clock.now(), by.account_id
    row.save(update_fields=["state", "ended_at", "ended_by"])
    journal.record(by, journal.Entry(action=f"followups.{state}", subject=row.pk, person=row.person_id))
    return row


@action("followups.work")
def reopen(*, by: Actor, follow_up_id: UUID) -> FollowUp:
    """Take back one's own "done" of the same day. Raises NotFound."""
    mine = queries.visible_to(by).filter(pk=follow_up_id, ended_by=by.account_id, ended_at__date=clock.today())
    row = mine.exclude(state=State.OPEN).first()
    if row is None:
        raise NotFound
    row.state, row.ended_at, row.ended_by = State.OPEN, None, None
    row.save(update_fields=["state", "ended_at", "ended_by"])
    journal.record(by, journal.Entry(action="followups.reopen", subject=row.pk, person=row.person_id))
    return row


@action("followups.work")
def take(*, by: Actor, follow_up_id: UUID) -> FollowUp:
    """Make it one's own. Raises NotFound."""
    return _give(by, _open_one(by, follow_up_id), by.account_id)


@action("followups.team")
def hand_to(*, by: Actor, follow_up_id: UUID, owner: UUID) -> FollowUp:
    """Give it to a member of staff. Raises NotFound, Invalid."""
    if not Account.objects.filter(pk=owner, is_active=True).exists():
        raise Invalid({"owner": _("Choose someone from the list.")})
    return _give(by, _open_one(by, follow_up_id), owner)


@action("followups.work")
def put_off(*, by: Actor, follow_up_id: UUID, until: datetime) -> FollowUp:
    """Set another time. A clock that a rule has set cannot be put off. Raises NotFound, Invalid."""
    row = _open_one(by, follow_up_id)
    if row.kind != "case.task":
        raise Invalid({"until": _("This time is set by a rule. Do it, or hand it on.")})
    if until <= clock.now():
        raise Invalid({"until": _("Choose a time to come.")})
    row.due_at = until
    row.save(update_fields=["due_at"])
    journal.record(by, journal.Entry(action="followups.put_off", subject=row.pk, person=row.person_id))
    return row


@action("followups.team")
def cover(*, by: Actor, away: UUID, covered_by: UUID, first_day: date, last_day: date) -> Cover:
    """While one is away, another sees what is theirs. Raises Invalid."""
    if away == covered_by:
        raise Invalid({"covered_by": _("Choose somebody else.")})
    if last_day < first_day or last_day < clock.today():
        raise Invalid({"last_day": _("This day has passed, or is before the first.")})
    if (last_day - first_day).days > LONGEST_COVER_DAYS:
        raise Invalid({"last_day": _("Longer than four months: hand the work over instead.")})
    known = Account.objects.filter(pk__in=[away, covered_by], is_active=True).count()
    if known != 2:
        raise Invalid({"away": _("Choose someone from the list.")})
    row = Cover.objects.create(
        away=away, covered_by=covered_by, first_day=first_day, last_day=last_day, made_by=by.account_id
    )
    journal.record(by, journal.Entry(action="followups.cover", subject=row.pk))
    return row


@action("followups.team")
def end_cover(*, by: Actor, cover_id: UUID) -> None:
    """They are back. Raises NotFound."""
    gone, _rows = Cover.objects.filter(pk=cover_id).delete()
    if not gone:
        raise NotFound
    journal.record(by, journal.Entry(action="followups.end_cover", subject=cover_id))


def mark_seen(*, by: Actor, shown: list[FollowUp]) -> None:
    """What its owner has seen is no longer new."""
    fresh = [row.pk for row in shown if row.seen_at is None and row.owner == by.account_id]
    if fresh:
        FollowUp.objects.filter(pk__in=fresh).update(seen_at=clock.now())


def _give(by: Actor, row: FollowUp, owner: UUID) -> FollowUp:
    row.owner, row.seen_at = owner, clock.now() if owner == by.account_id else None
    row.save(update_fields=["owner", "seen_at"])
    journal.record(by, journal.Entry(action="followups.hand", subject=row.pk, person=row.person_id))
    return row


def _open_one(by: Actor, follow_up_id: UUID) -> FollowUp:
    row = queries.visible_to(by).select_for_update(of=("self",)).filter(pk=follow_up_id, state=State.OPEN).first()
    if row is None:
        raise NotFound
    return row
