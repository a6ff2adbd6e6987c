"""What two decide here: the sixth question of one account in a day."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from waystation.accounts import approvals
from waystation.accounts.roles import Role
from waystation.familylinks.asking import road
from waystation.familylinks.asking.models import Asking
from waystation.kernel.actors import Actor


def about(_by: Actor, asking_id: UUID) -> approvals.About | None:
    """Which request it is, by its number alone: who decides need not know who is sought."""
    row = Asking.objects.select_related("request").filter(pk=asking_id).first()
    if row is None:
        return None
    return approvals.About(row.request.number, reverse("tracing:request", args=[row.request_id]))


def declare() -> None:
    """Tell `accounts`."""
    approvals.register_kind(
        approvals.Kind(
            code=road.MORE,
            says=_("Ask the road about more people than one account usually does in a day."),
            decide_roles=frozenset({Role.COORDINATOR}),
            perform=road.allow,
            refuse=road.keep_back,
            about=about,
        )
    )
