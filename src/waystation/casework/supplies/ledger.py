"""How the ledger is written, by hand and by contacts: one post at a time, and alerts that follow the sum."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.followups import actions as followups
from waystation.casework.followups.codes import State
from waystation.casework.followups.models import FollowUp
from waystation.casework.supplies import queries
from waystation.casework.supplies.codes import COUNT_WITHIN, ORDER_WITHIN, Kind, SupplyClock
from waystation.casework.supplies.models import Item, Movement
from waystation.kernel import clock
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid
from waystation.kernel.ids import new_id
from waystation.organisations.models import Post


def open_post(post_id: UUID) -> Post | None:
    """A post that takes things; None for a closed one and for none."""
    return Post.objects.filter(pk=post_id, is_open=True).first()


def hold(post_id: UUID | None) -> UUID:
    """Let nobody else write in a post's ledger until this transaction ends. Raises Invalid without a post."""
    if post_id is None or not Post.objects.select_for_update(no_key=True).filter(pk=post_id).first():
        raise Invalid({"post": _("Choose your post at the top of the page first.")})
    return post_id


def write(*, by: Actor, row: Movement, day: date | None = None) -> Movement:
    """Add a line, inside the caller's action that holds the post."""
    row.day, row.at, row.by = day or clock.today(), clock.now(), by.account_id
    row.save(force_insert=True)
    return row


def counter(by: Actor, row: Movement) -> Movement:
    """The line that takes another back, inside the caller's action that holds the post."""
    answer = Movement(
        id=new_id(),
        post_id=row.post_id,
        item_id=row.item_id,
        kind=Kind.UNDONE,
        change=-row.change,
        contact=row.contact,
        takes_back=row,
    )
    return write(by=by, row=answer, day=row.day)


def issue_to_contact(
    *, by: Actor, post_id: UUID, contact: UUID, day: date, moment: datetime, items: Mapping[UUID, int]
) -> None:
    """What somebody without a name was given, inside the caller's action that holds the post.

    It was given, whatever the book says: the sum may go below nothing, and then shows a difference to be counted. What
    was given before the shelf was last counted is no longer on it: the count knows of it already.
    """
    known = queries.counted_after(post_id, items, moment) if items else set()
    for item_id, quantity in items.items():
        for kind, change in ((Kind.ISSUE, -quantity), (Kind.KNOWN, quantity)):
            if kind == Kind.ISSUE or item_id in known:
                row = Movement(id=new_id(), post_id=post_id, item_id=item_id, kind=kind, change=change, contact=contact)
                write(by=by, row=row, day=day)


def take_back_from_contact(*, by: Actor, post_id: UUID, contact: UUID) -> list[UUID]:
    """The contact was a slip: what it was given is there again, inside the caller's action. Returns which things."""
    rows = list(queries.standing().filter(post=post_id, contact=contact))
    for row in rows:
        counter(by, row)
    return [row.item_id for row in rows]


def settle(*, by: Actor, post_id: UUID, item_ids: Iterable[UUID]) -> None:
    """Open and end what is to be done about things that moved at an open post, inside the caller's action."""
    if open_post(post_id) is None:
        return
    moved = list(Item.objects.filter(pk__in=list(item_ids)))
    book = queries.sums(post_id, [item.pk for item in moved])
    about = FollowUp.objects.filter(
        kind__in=SupplyClock.values, post=post_id, state=State.OPEN, subject__in=[item.pk for item in moved]
    )
    standing = set(about.values_list("kind", "subject"))
    for item in moved:
        shelf = queries.Shelf(item=item, book=book.get(item.pk, 0))
        wanted = {SupplyClock.LOW: shelf.is_low, SupplyClock.DIFFERENCE: shelf.difference > 0}
        for kind, is_wanted in wanted.items():
            if is_wanted and (kind.value, item.pk) not in standing:
                _open(by, kind, post_id, item.pk)
            elif not is_wanted and (kind.value, item.pk) in standing:
                followups.finish_follow_up(by=by, kind=kind, subject=item.pk, post_id=post_id)


def drop_alerts(*, by: Actor, post_id: UUID) -> None:
    """Nothing is to be done any more about the stock of a post that closes, inside the caller's action."""
    about = FollowUp.objects.filter(kind__in=SupplyClock.values, post=post_id, state=State.OPEN)
    for row in about:
        followups.finish_follow_up(by=by, kind=row.kind, subject=row.subject, state=State.DROPPED, post_id=post_id)


def _open(by: Actor, kind: SupplyClock, post_id: UUID, item_id: UUID) -> None:
    followups.open_follow_up(
        by=replace(by, post_id=post_id),
        kind=kind.value,
        subject=item_id,
        compartment=Compartment.BASIC,
        due_at=clock.now() + (ORDER_WITHIN if kind == SupplyClock.LOW else COUNT_WITHIN),
    )
