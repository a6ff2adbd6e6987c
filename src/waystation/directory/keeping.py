"""How long entries that ended, and files that were read, are kept."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from waystation.casework.clocks import Clock, Then
from waystation.directory.codes import ENDED_KEPT_DAYS, IMPORTS_KEPT_DAYS, Status
from waystation.directory.models import Import, Location, Provider, Service

CHUNK = 200


def forget_ended(before: datetime) -> int:
    """Erase the next of what ended long ago, with places and organisations that nothing is left of; how many."""
    old = Service.objects.filter(status=Status.DEFUNCT, changed_at__lt=before).values_list("pk", flat=True)[:CHUNK]
    ids = list(old)
    if ids:
        Service.objects.filter(pk__in=ids).delete()
        Location.objects.filter(services__isnull=True).delete()
        Provider.objects.filter(services__isnull=True).delete()
    return len(ids)


def forget_imports(before: datetime) -> int:
    """Erase the next of what was kept of files read long ago; how many."""
    ids = list(Import.objects.filter(read_at__lt=before).values_list("pk", flat=True)[:CHUNK])
    Import.objects.filter(pk__in=ids).delete()
    return len(ids)


CLOCKS = (
    Clock(
        code="directory.ended",
        says=_("Services of the directory that have ended"),
        since=_("the day they ended"),
        days=ENDED_KEPT_DAYS,
        then=Then.ERASE,
        act=forget_ended,
        order=80,
    ),
    Clock(
        code="directory.imports",
        says=_("What could not be taken from directories of others"),
        since=_("the day the file was read"),
        days=IMPORTS_KEPT_DAYS,
        then=Then.ERASE,
        act=forget_imports,
        order=81,
    ),
)
