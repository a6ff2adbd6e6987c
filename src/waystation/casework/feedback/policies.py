"""Who reads and answers what people say of us: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import HELPERS, Role
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.policies import Permission, declare


def seen_by(actor: Actor) -> Q:
    """All of it, but what is said of our own people only for who looks into that."""
    return Q() if policies.permits(actor, "feedback.conduct") else Q(sensitive=False)


declare(
    [
        Permission(
            name="feedback.work",
            roles=frozenset({Role.CASEWORKER, Role.COORDINATOR}),
            says=_("Read what people say of us, answer, and see to it."),
            rows=seen_by,
        ),
        Permission(
            name="feedback.conduct",
            roles=frozenset({Role.COORDINATOR}),
            says=_("Look into what people say of the conduct of our own staff."),
        ),
        Permission(name="feedback.take", roles=HELPERS, says=_("Write down for somebody what they want to say of us.")),
    ]
)
