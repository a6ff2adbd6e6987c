"""The only door to what left as PFIF: counts by recipient, never who."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from waystation.familylinks.pfif.models import PfifRecord
from waystation.kernel import policies
from waystation.kernel.actors import Actor


@dataclass(frozen=True, kw_only=True, slots=True)
class WithRecipient:
    """What stands with one recipient: people, what is over, and what of it nobody has told them yet."""

    recipient_kind: str
    recipient: str
    people: int
    over: int
    untold: int
    last: object


def by_recipient(actor: Actor) -> Sequence[WithRecipient]:
    """What stands with whom, the last written first. Raises NotAllowed."""
    policies.require(actor, "pfif.write")
    rows = PfifRecord.objects.order_by().values("recipient_kind", "recipient")
    counted = rows.annotate(
        people=Count("pk", filter=Q(over_at__isnull=True)),
        over=Count("pk", filter=Q(over_at__isnull=False)),
        untold=Count("pk", filter=Q(over_at__isnull=False, over_told_at__isnull=True)),
        last=Max("told_at"),
    )
    return [WithRecipient(**row) for row in counted.order_by("-last", "recipient")]


def last_domain() -> str:
    """The domain that stood in front of our numbers the last time."""
    return PfifRecord.objects.order_by("-told_at").values_list("domain", flat=True).first() or ""
