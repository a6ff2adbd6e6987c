"""What goes with an erased person: notes are destroyed, needs close, and what was given stays as a nameless count."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.codes import OPEN, EncounterKind, NeedState
from waystation.casework.models import Encounter, Need, ServiceGiven
from waystation.casework.queries import needs_visible_to
from waystation.people.erasure import Loss, Part, register_part


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [
        Loss(label=_("Meetings"), rows=Encounter.objects.filter(person__in=ids)),
        Loss(label=_("Needs"), rows=Need.objects.filter(person__in=ids), seen=needs_visible_to),
    ]


def erase(ids: Sequence[UUID]) -> None:
    """Cut every row from the person; sealed notes go."""
    Need.objects.filter(person__in=ids, state__in=OPEN).update(state=NeedState.WITHDRAWN)
    Need.objects.filter(person__in=ids).update(person=None, detail=None)
    ServiceGiven.objects.filter(person__in=ids).update(person=None)
    # Nobody may say again whose urgent help it was.
    Encounter.objects.filter(person__in=ids, kind=EncounterKind.URGENT).update(kind=EncounterKind.VISIT)
    Encounter.objects.filter(person__in=ids).update(person=None)


def declare() -> None:
    """Tell `people` what this room keeps."""
    register_part(Part(key="casework", losses=losses, erase=erase))
