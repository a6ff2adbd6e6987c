"""Change numbers: how indexes in other processes learn what is new since they last looked."""

from django.db.models import F

from waystation.people.models import ChangeCounter


def next_numbers(count: int) -> range:
    """The next change numbers, inside the caller's transaction.

    The counter's row stays locked until that transaction ends, so numbers become visible in their own order, also on
    PostgreSQL: who has seen number n will never meet a smaller one later. Take them last, the lock is short then.
    """
    if not ChangeCounter.objects.filter(pk=1).update(value=F("value") + count):
        ChangeCounter.objects.get_or_create(pk=1)
        ChangeCounter.objects.filter(pk=1).update(value=F("value") + count)
    last = ChangeCounter.objects.values_list("value", flat=True).get(pk=1)
    return range(last - count + 1, last + 1)


def newest() -> int:
    """The highest change number that is committed."""
    return ChangeCounter.objects.filter(pk=1).values_list("value", flat=True).first() or 0
