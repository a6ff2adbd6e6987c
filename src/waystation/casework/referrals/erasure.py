"""What goes with an erased person: referrals, and what waits to leave about them; a node that was told is told to
stop."""

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.referrals import moving
from waystation.casework.referrals.codes import Way
from waystation.casework.referrals.models import Referral
from waystation.casework.referrals.queries import visible_to
from waystation.exchange.identity import exchange_actor
from waystation.exchange.problems import PeerNotTrusted
from waystation.people.erasure import Loss, Part, register_part


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [Loss(label=_("Referrals"), rows=Referral.objects.filter(person__in=ids), seen=visible_to)]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays, nor leaves any more."""
    by = exchange_actor()
    for referral in Referral.objects.filter(person__in=ids, way=Way.NODE):
        if moving.OFFER not in moving.call_back(by, referral):
            with suppress(PeerNotTrusted):
                moving.tell(by, referral, moving.WITHDRAW, {})
    Referral.objects.filter(person__in=ids).delete()


def declare() -> None:
    """Tell `people` what this room keeps."""
    register_part(Part(key="referrals", losses=losses, erase=erase))
