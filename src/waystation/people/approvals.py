"""What two officers decide in this room: passing something on without consent, and erasing."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.accounts import approvals
from waystation.accounts.roles import Role
from waystation.kernel import clock, journal
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.kernel.journal import Entry

VITAL = "people.disclose-vital"
ERASE = "people.erase"
DECIDERS = frozenset({Role.COORDINATOR})


def ask(kind: str, *, by: Actor, subject: UUID, reason: str) -> None:
    """Put a question before a second officer."""
    approvals.request(by=by, kind=kind, subject=subject, reason=reason)


def let_leave(by: Actor, subject: UUID) -> None:
    """The second officer allowed a waiting disclosure: it leaves now. Raises NotFound when it is gone."""
    from waystation.people.models import Disclosure

    waiting = Disclosure.objects.filter(pk=subject, sent_at__isnull=True).first()
    if waiting is None:
        raise NotFound
    waiting.sent_at, waiting.approved_by = clock.now(), by.account_id
    waiting.save(update_fields=["sent_at", "approved_by"])
    journal.record(by, Entry(action="people.disclose.vital", subject=waiting.pk, person=waiting.person_id))


def keep_back(by: Actor, subject: UUID) -> None:
    """The second officer refused: what waited is thrown away."""
    from waystation.people.models import Disclosure

    for waiting in Disclosure.objects.filter(pk=subject, sent_at__isnull=True):
        journal.record(by, Entry(action="people.disclose.refuse", subject=waiting.pk, person=waiting.person_id))
        waiting.delete()


def declare() -> None:
    """Tell `accounts` what may be asked, who decides, and what happens then."""
    from waystation.people.actions.erasing import erase_as_asked

    approvals.register_kind(
        VITAL,
        says=_("Pass something on without consent, because a life depends on it."),
        decide_roles=DECIDERS,
        perform=let_leave,
    )
    approvals.register_kind(
        ERASE,
        says=_("Erase a person for good."),
        decide_roles=DECIDERS,
        perform=erase_as_asked,
    )
