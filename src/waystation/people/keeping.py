"""People kept to one post, when that post closes."""

from uuid import UUID

from django.utils.translation import ngettext

from waystation.kernel import clock, journal
from waystation.kernel.actors import Actor
from waystation.people.models import Person


def kept_at(post_id: UUID) -> int:
    """How many are kept to a post."""
    return Person.objects.filter(kept_to_post=post_id, erased_at__isnull=True, merged_into__isnull=True).count()


def in_words(count: int) -> str:
    """What a closing post must hand over, for who closes it."""
    return ngettext(
        "%(count)d person is kept to this post and would be seen by nobody. Another post must take over.",
        "%(count)d people are kept to this post and would be seen by nobody. Another post must take over.",
        count,
    ) % {"count": count}


def hand_over(by: Actor, post_id: UUID, to_post_id: UUID) -> None:
    """Another post sees them from now on, and the first one no longer."""
    rows = list(Person.objects.filter(kept_to_post=post_id).values_list("pk", flat=True))
    Person.objects.filter(pk__in=rows).update(kept_to_post=to_post_id, updated_at=clock.now(), updated_by=by.account_id)
    entries = [
        journal.Entry(action="people.keep-to-post", subject=row, person=row, detail={"kept": True}) for row in rows
    ]
    if entries:
        journal.record(by, *entries)
