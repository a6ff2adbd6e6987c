"""The only door to stock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Sum

from waystation.casework.supplies.codes import Kind
from waystation.casework.supplies.models import Item, Movement
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """One thing at one post. `book` is the sum of its movements; below zero, more was given out than the book had."""

    item: Item
    book: int
    moved: bool = True

    @property
    def there(self) -> int:
        """How many are there, as far as the book knows."""
        return max(self.book, 0)

    @property
    def difference(self) -> int:
        """How many were given out that the book never had: a delivery to enter, or a shelf to count."""
        return max(-self.book, 0)

    @property
    def is_low(self) -> bool:
        """Whether more must be asked for."""
        return self.moved and self.item.is_active and self.book <= self.item.low_at


def items(actor: Actor, *, active: bool = True) -> QuerySet[Item]:
    """What there is to give out. Raises NotAllowed."""
    policies.require(actor, "supplies.view")
    return Item.objects.filter(is_active=True) if active else Item.objects.all()


def item_for(actor: Actor, item_id: UUID) -> Item:
    """One thing. Raises NotFound."""
    row = items(actor, active=False).filter(pk=item_id).first()
    if row is None:
        raise NotFound
    return row


def sums(post_id: UUID, item_ids: Iterable[UUID] | None = None) -> dict[UUID, int]:
    """The sum of a post's movements, by thing; what never moved is not in it."""
    rows = Movement.objects.filter(post=post_id)
    if item_ids is not None:
        rows = rows.filter(item__in=list(item_ids))
    return dict(rows.order_by().values_list("item").annotate(Sum("change")))


def shelves(actor: Actor, post_id: UUID) -> list[Shelf]:
    """All a post may have, by name; what is no longer given out stays as long as some is there. Raises NotAllowed."""
    book = sums(post_id)
    rows = [Shelf(item=item, book=book.get(item.pk, 0), moved=item.pk in book) for item in items(actor, active=False)]
    return [shelf for shelf in rows if shelf.item.is_active or shelf.book]


def elsewhere(actor: Actor, item: Item) -> list[tuple[UUID, str, Shelf]]:
    """One thing at every open post where it ever was. Raises NotAllowed."""
    policies.require(actor, "supplies.view")
    rows = Movement.objects.filter(item=item, post__is_open=True).order_by("post__name")
    sums_by_post = rows.values_list("post", "post__name").annotate(Sum("change"))
    return [(post, name, Shelf(item=item, book=total)) for post, name, total in sums_by_post]


def movements(actor: Actor, post_id: UUID, item_id: UUID) -> QuerySet[Movement]:
    """What came and went, the latest first. Raises NotAllowed."""
    policies.require(actor, "supplies.view")
    rows = Movement.objects.filter(post=post_id, item=item_id).select_related("to_post", "sent__post")
    undone = Movement.objects.filter(takes_back=OuterRef("pk"))
    return rows.annotate(is_undone=Exists(undone)).order_by("-at", "-pk")


def ledger(actor: Actor, post_id: UUID) -> QuerySet[Movement]:
    """All that came and went at a post, the latest first. Raises NotAllowed."""
    policies.require(actor, "supplies.view")
    return Movement.objects.filter(post=post_id).select_related("item").order_by("-at", "-pk")


def standing() -> QuerySet[Movement]:
    """Movements that nobody took back, and that take nothing back."""
    return Movement.objects.filter(takes_back__isnull=True, taken_back__isnull=True)


def coming(post_id: UUID, item_id: UUID | None = None) -> QuerySet[Movement]:
    """What other posts have sent here and nobody has received yet, the longest on the way first."""
    arrived = standing().filter(sent=OuterRef("pk"))
    rows = standing().filter(~Exists(arrived), kind=Kind.SENT, to_post=post_id)
    if item_id is not None:
        rows = rows.filter(item=item_id)
    return rows.select_related("item", "post").annotate(quantity=-F("change")).order_by("at", "pk")


def sent_to(post_id: UUID, sent_id: UUID) -> Movement | None:
    """What was sent to a post, whether or not it is there yet."""
    rows = standing().filter(pk=sent_id, kind=Kind.SENT, to_post=post_id)
    return rows.select_related("item", "post").annotate(quantity=-F("change")).first()


def last_of_mine(actor: Actor, post_id: UUID, item_id: UUID) -> Movement | None:
    """One's own last movement of a thing that can still be taken back; not what a contact was given."""
    rows = standing().filter(post=post_id, item=item_id, by=actor.account_id, contact__isnull=True)
    return rows.order_by("-at", "-pk").first()


def used(post_id: UUID, day: date) -> list[tuple[Item, int]]:
    """What was given out on a day, by thing."""
    rows = standing().filter(post=post_id, day=day, kind=Kind.ISSUE).order_by()
    counted = {item: -total for item, total in rows.values_list("item").annotate(Sum("change"))}
    return [(item, counted[item.pk]) for item in Item.objects.filter(pk__in=counted)]


def counted_after(post_id: UUID, item_ids: Iterable[UUID], moment: datetime) -> set[UUID]:
    """Which of these things were counted on the shelf after a moment."""
    rows = standing().filter(post=post_id, item__in=list(item_ids), kind=Kind.COUNT, at__gt=moment)
    return set(rows.values_list("item", flat=True))


def names(item_ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """What things are called, for who reads what is to be done."""
    return dict(Item.objects.filter(pk__in=list(item_ids)).values_list("pk", "name"))
