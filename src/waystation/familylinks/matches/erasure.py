"""What goes with an erased person: every possible match that speaks of them, on either side, with its key."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from waystation.casework.followups.models import FollowUp
from waystation.familylinks.lists import changes
from waystation.familylinks.matches.codes import MatchClock
from waystation.familylinks.matches.models import Match, Never, Noticed
from waystation.familylinks.matches.queries import visible_to
from waystation.familylinks.tracing.models import TracingRequest
from waystation.people.erasure import Loss, Part, register_part
from waystation.vault import erase_person


def _about(ids: Sequence[UUID]) -> QuerySet[Match]:
    return Match.objects.filter(Q(request__person__in=ids) | Q(person__in=ids))


def _requests(ids: Sequence[UUID]) -> list[UUID]:
    return list(TracingRequest.objects.filter(person__in=ids).values_list("pk", flat=True))


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [Loss(label=_("Possible matches"), rows=_about(ids), seen=visible_to)]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays."""
    _forget(_about(ids))
    _forget(Never.objects.filter(Q(request__person__in=ids) | Q(person__in=ids)))
    Noticed.objects.filter(other__in=ids).delete()
    FollowUp.objects.filter(kind=MatchClock.LOOK, subject__in=_requests(ids)).delete()


def forget_listed(ids: Sequence[UUID]) -> None:
    """People of a list are gone, and what was made of them."""
    _forget(Match.objects.filter(listed__in=ids))
    Noticed.objects.filter(other__in=ids).delete()


def _forget(rows: QuerySet[Any]) -> None:
    """Delete rows with their keys, and what was to be done about them."""
    for number in list(rows.values_list("pk", flat=True)):
        erase_person(number)
        FollowUp.objects.filter(subject=number).delete()
    rows.delete()


def declare() -> None:
    """Tell `people` and `lists` what this room keeps. Its key stands before that of tracing: matches go first."""
    register_part(Part(key="matches", losses=losses, erase=erase))
    changes.when_gone(forget_listed)
