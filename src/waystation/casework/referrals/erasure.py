"""What goes with an erased person: referrals; what was sent cannot be called back from here."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.referrals.models import Referral
from waystation.casework.referrals.queries import visible_to
from waystation.people.erasure import Loss, Part, register_part


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [Loss(label=_("Referrals"), rows=Referral.objects.filter(person__in=ids), seen=visible_to)]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays."""
    Referral.objects.filter(person__in=ids).delete()


def declare() -> None:
    """Tell `people` what this room keeps."""
    register_part(Part(key="referrals", losses=losses, erase=erase))
