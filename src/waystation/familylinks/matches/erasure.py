"""What goes with an erased person: every possible match that speaks of them, on either side, with its key."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.lists import changes
from waystation.familylinks.matches.models import Match, Noticed
from waystation.familylinks.matches.queries import visible_to
from waystation.people.erasure import Loss, Part, register_part
from waystation.vault import erase_person


def _about(ids: Sequence[UUID]) -> QuerySet[Match]:
    return Match.objects.filter(Q(request__person__in=ids) | Q(person__in=ids))


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [Loss(label=_("Possible matches"), rows=_about(ids), seen=visible_to)]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays."""
    _forget(_about(ids))
    Noticed.objects.filter(other__in=ids).delete()


def forget_listed(ids: Sequence[UUID]) -> None:
    """People of a list are gone, and what was made of them."""
    _forget(Match.objects.filter(listed__in=ids))
    Noticed.objects.filter(other__in=ids).delete()


def _forget(rows: QuerySet[Match]) -> None:
    for number in list(rows.values_list("pk", flat=True)):
        erase_person(number)
    rows.delete()


def declare() -> None:
    """Tell `people` and `lists` what this room keeps. Its key stands before that of tracing: matches go first."""
    register_part(Part(key="matches", losses=losses, erase=erase))
    changes.when_gone(forget_listed)
