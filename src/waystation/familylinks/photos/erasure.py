"""What goes with an erased person: photos on the page, and what people answered."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.followups.models import FollowUp
from waystation.familylinks.photos.actions import erase_pictures
from waystation.familylinks.photos.codes import PhotoClock
from waystation.familylinks.photos.models import Answer, Posting
from waystation.familylinks.photos.queries import answers
from waystation.people.erasure import Loss, Part, register_part


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [
        Loss(label=_("Photos for the public page"), rows=Posting.objects.filter(person__in=ids)),
        Loss(label=_("Answers to a photo"), rows=Answer.objects.filter(person__in=ids), seen=answers),
    ]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays, and nothing is shown."""
    rows = Posting.objects.filter(person__in=ids)
    erase_pictures(rows.values_list("pk", flat=True))
    answered = Answer.objects.filter(person__in=ids)
    FollowUp.objects.filter(kind=PhotoClock.ANSWER, subject__in=list(answered.values_list("pk", flat=True))).delete()
    answered.delete()
    rows.delete()


def declare() -> None:
    """Tell `people` what this room keeps."""
    register_part(Part(key="photos", losses=losses, erase=erase))
