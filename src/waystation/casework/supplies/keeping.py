"""How long delivery notes are kept, and who gets the stock of a post that closes."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from waystation.casework.clocks import Clock, Then
from waystation.casework.supplies import ledger, queries
from waystation.casework.supplies.codes import NOTES_KEPT_DAYS, Kind
from waystation.casework.supplies.models import Movement
from waystation.kernel import journal
from waystation.kernel.actors import Actor
from waystation.kernel.ids import new_id

CHUNK = 200


def forget(before: datetime) -> int:
    """Erase the words of the next old movements; how many."""
    old = Movement.objects.filter(at__lt=before).exclude(note="").values_list("pk", flat=True)[:CHUNK]
    return Movement.objects.filter(pk__in=list(old)).update(note="")


CLOCK = Clock(
    code="supplies.notes",
    says=_("Delivery notes of stock"),
    since=_("the day something came or went"),
    days=NOTES_KEPT_DAYS,
    then=Then.WORDS,
    act=forget,
    order=75,
)


def kept_at(post_id: UUID) -> int:
    """How many things lie at a post or are on the way to it."""
    there = {item for item, total in queries.sums(post_id).items() if total > 0}
    return len(there | {row.item_id for row in queries.coming(post_id)})


def in_words(count: int) -> str:
    """What a closing post must hand over, for who closes it."""
    return ngettext(
        "%(count)d thing is in its stock and must go to another post.",
        "%(count)d things are in its stock and must go to another post.",
        count,
    ) % {"count": count}


def hand_over(by: Actor, post_id: UUID, to_post_id: UUID) -> None:
    """All that lies there goes to another post, and so does what is on the way to it."""
    for post in sorted([post_id, to_post_id]):
        ledger.hold(post)
    moved = [(item, total) for item, total in queries.sums(post_id).items() if total > 0]
    for item_id, total in moved:
        sent = ledger.write(
            by=by,
            row=Movement(
                id=new_id(), post_id=post_id, item_id=item_id, kind=Kind.SENT, change=-total, to_post_id=to_post_id
            ),
        )
        ledger.write(
            by=by,
            row=Movement(id=new_id(), post_id=to_post_id, item_id=item_id, kind=Kind.ARRIVED, change=total, sent=sent),
        )
    on_the_way = queries.coming(post_id)
    on_the_way.exclude(post=to_post_id).update(to_post=to_post_id)
    for row in on_the_way.filter(post=to_post_id):
        ledger.counter(by, row)
    ledger.drop_alerts(by=by, post_id=post_id)
    ledger.settle(by=by, post_id=to_post_id, item_ids=[item for item, _total in moved])
    journal.record(by, journal.Entry(action="supplies.hand_over", subject=post_id))
