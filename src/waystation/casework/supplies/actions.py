"""Every write by hand about stock: things, and movements that never take a post below nothing."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from waystation.casework.supplies import ledger, queries
from waystation.casework.supplies.codes import MOST_AT_ONCE, CountReason, Kind, LossReason
from waystation.casework.supplies.models import Item, Movement
from waystation.kernel import journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.people import cleaning

LONGEST_NOTE = 200


@action("supplies.manage")
def save_item(*, by: Actor, item_id: UUID | None = None, **said: str | int | bool) -> Item:
    """Add a thing, or change what is said of one. Raises NotFound, Invalid."""
    item = queries.item_for(by, item_id) if item_id else Item()
    for field, value in said.items():
        setattr(item, field, cleaning.line(value) if isinstance(value, str) else value)
    try:
        item.full_clean()
    except ValidationError as problem:
        raise Invalid({field: " ".join(says) for field, says in problem.message_dict.items()}) from problem
    item.save()
    for post_id in Movement.objects.filter(item=item).order_by().values_list("post", flat=True).distinct():
        ledger.settle(by=by, post_id=post_id, item_ids=[item.pk])
    journal.record(by, journal.Entry(action="supplies.item", subject=item.pk))
    return item


@dataclass(frozen=True, kw_only=True)
class MovementDraft:
    """What came or went. `movement_id` comes from the page, so that sent twice it counts once."""

    movement_id: UUID
    item_id: UUID
    quantity: int
    note: str = ""
    reason: str = ""


@action("supplies.move")
def receive(*, by: Actor, draft: MovementDraft) -> Movement:
    """A delivery came; `note` says from whom and the number of its note. Raises NotFound, Invalid."""
    return _move(by, draft, Kind.RECEIPT, draft.quantity)


@action("supplies.move")
def issue(*, by: Actor, draft: MovementDraft) -> Movement:
    """Given out by hand, other than to who is counted. Raises NotFound, Invalid for more than there is."""
    return _move(by, draft, Kind.ISSUE, -draft.quantity)


@action("supplies.move")
def lose(*, by: Actor, draft: MovementDraft) -> Movement:
    """Lost or spoilt. Raises NotFound, Invalid."""
    _require_reason(LossReason, draft.reason)
    return _move(by, draft, Kind.LOSS, -draft.quantity)


@action("supplies.move")
def send(*, by: Actor, draft: MovementDraft, to_post_id: UUID) -> Movement:
    """Sent to another post, which says when it is there. Raises NotFound, Invalid."""
    post = ledger.open_post(to_post_id)
    if post is None or post.pk == by.post_id:
        raise Invalid({"to_post": _("Choose another post.")})
    return _move(by, draft, Kind.SENT, -draft.quantity, to_post=post)


@action("supplies.move")
def arrive(*, by: Actor, sent_id: UUID, draft: MovementDraft) -> Movement:
    """What another post sent is here; fewer than were sent needs a reason. Raises NotFound, Invalid."""
    post_id = ledger.hold(by.post_id)
    if known := _known(by, draft, Kind.ARRIVED):
        return known
    sent = queries.coming(post_id, draft.item_id).filter(pk=sent_id).first()
    if sent is None:
        raise NotFound
    short = draft.quantity < -sent.change
    if draft.quantity > -sent.change:
        raise Invalid({"quantity": _("%(sent)d were sent. Write more as a delivery.") % {"sent": -sent.change}})
    if short:
        _require_reason(LossReason, draft.reason)
    draft = MovementDraft(
        movement_id=draft.movement_id,
        item_id=sent.item_id,
        quantity=draft.quantity,
        note=draft.note,
        reason=draft.reason if short else "",
    )
    return _move(by, draft, Kind.ARRIVED, draft.quantity, least=0, sent=sent)


@action("supplies.move")
def count(*, by: Actor, draft: MovementDraft) -> Movement:
    """So many stand on the shelf; the book is put right, and says why. Raises NotFound, Invalid."""
    post_id = ledger.hold(by.post_id)
    if known := _known(by, draft, Kind.COUNT):
        return known
    change = draft.quantity - queries.sums(post_id, [draft.item_id]).get(draft.item_id, 0)
    reason = draft.reason if change else CountReason.AGREES
    _require_reason(CountReason, reason)
    if change and reason == CountReason.AGREES:
        raise Invalid({"reason": _("The book says another number. Say why, or that nobody knows.")})
    counted = MovementDraft(
        movement_id=draft.movement_id, item_id=draft.item_id, quantity=draft.quantity, note=draft.note, reason=reason
    )
    return _move(by, counted, Kind.COUNT, change, least=0, counted=draft.quantity)


@action("supplies.move")
def take_back(*, by: Actor, movement_id: UUID) -> Movement:
    """Answer one's own last movement of a thing by a counter-entry, once. Raises NotFound, Invalid."""
    post_id = ledger.hold(by.post_id)
    if known := Movement.objects.filter(takes_back=movement_id, by=by.account_id, post=post_id).first():
        return known
    row = Movement.objects.filter(pk=movement_id, post=post_id).select_related("item").first()
    last = row and queries.last_of_mine(by, post_id, row.item_id)
    if row is None or last is None or last.pk != row.pk:
        raise NotFound(_("Only your own last entry can be taken back. Count the shelf instead."))
    if row.kind == Kind.SENT and queries.standing().filter(sent=row).exists():
        raise Invalid({"movement": _("It has arrived there. They can send it back.")})
    if row.change > 0 and queries.sums(post_id, [row.item_id])[row.item_id] < row.change:
        raise Invalid({"movement": _("Some of it was given out since. Count the shelf instead.")})
    answer = ledger.counter(by, row)
    ledger.settle(by=by, post_id=post_id, item_ids=[row.item_id])
    journal.record(by, journal.Entry(action="supplies.take_back", subject=row.pk))
    return answer


def _move(by: Actor, draft: MovementDraft, kind: Kind, change: int, *, least: int = 1, **more: Any) -> Movement:
    post_id = ledger.hold(by.post_id)
    if known := _known(by, draft, kind):
        return known
    errors: cleaning.Errors = {}
    if not least <= draft.quantity <= MOST_AT_ONCE:
        errors["quantity"] = _("Write a number from %(least)d to %(most)d.") % {"least": least, "most": MOST_AT_ONCE}
    note = cleaning.line(draft.note)
    if problem := cleaning.too_long(note, LONGEST_NOTE):
        errors["note"] = problem
    cleaning.refuse(errors)
    item = queries.item_for(by, draft.item_id)
    there = queries.sums(post_id, [item.pk]).get(item.pk, 0)
    if change < 0 and kind != Kind.COUNT and there + change < 0:
        raise Invalid({"quantity": _("The book has %(there)d. Count the shelf first.") % {"there": max(there, 0)}})
    row = ledger.write(
        by=by,
        row=Movement(
            id=draft.movement_id,
            post_id=post_id,
            item=item,
            kind=kind,
            change=change,
            note=note,
            reason=draft.reason,
            **more,
        ),
    )
    ledger.settle(by=by, post_id=post_id, item_ids=[item.pk])
    journal.record(by, journal.Entry(action=f"supplies.{kind}", subject=row.pk, detail={"change": change}))
    return row


def _known(by: Actor, draft: MovementDraft, kind: Kind) -> Movement | None:
    row = Movement.objects.filter(pk=draft.movement_id).first()
    if row is not None and (row.by != by.account_id or row.item_id != draft.item_id or row.kind != kind):
        raise NotFound
    return row


def _require_reason(reasons: type[CountReason | LossReason], reason: str) -> None:
    errors: cleaning.Errors = {}
    cleaning.require_code(reasons, reason, "reason", errors)
    cleaning.refuse(errors)
