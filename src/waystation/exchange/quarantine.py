"""What could not be taken is noted with its reason, within bounds; what is nobody's is let fall and counted."""

import hashlib
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from waystation.exchange.codes import MOST_HELD
from waystation.exchange.models import Dropped, Held
from waystation.kernel.clock import now, today


def hold(file: bytes, reason: str, road: str) -> None:
    """Note that a file could not be taken; the same one once."""
    digest = hashlib.sha256(file).hexdigest()
    with transaction.atomic():
        Held.objects.update_or_create(
            digest=digest,
            defaults={"reason": reason, "road": road},
            create_defaults={"size": len(file), "reason": reason, "road": road, "came_at": now()},
        )
        _shrink()


def release(files: Iterable[bytes]) -> None:
    """They were taken after all."""
    if Held.objects.exists():
        Held.objects.filter(digest__in=[hashlib.sha256(file).hexdigest() for file in files]).delete()


def drop(reason: str) -> None:
    """Count a file that nobody here wants."""
    with transaction.atomic():
        row, _made = Dropped.objects.get_or_create(day=today(), reason=reason)
        Dropped.objects.filter(pk=row.pk).update(times=F("times") + 1)


def _shrink() -> None:
    beyond = list(Held.objects.order_by("-came_at", "-pk").values_list("pk", flat=True)[MOST_HELD:])
    Held.objects.filter(pk__in=beyond).delete()
