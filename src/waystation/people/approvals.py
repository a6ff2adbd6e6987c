"""What two officers decide in this room: passing something on without consent, and erasing."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from waystation.accounts import approvals
from waystation.accounts.roles import Role
from waystation.kernel import clock, journal
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.kernel.journal import Entry
from waystation.people.codes import ErasureReason
from waystation.people.documents import DisclosureDocument
from waystation.vault import open_document

VITAL = "people.disclose-vital"
AUTHORITY = "people.disclose-authority"
DECIDERS = frozenset({Role.COORDINATOR})


ERASURES = {
    ErasureReason.ASKED: _("Erase a person for good: the person asked for it."),
    ErasureReason.RETENTION_OVER: _("Erase a person for good: the time for keeping the record is over."),
    ErasureReason.REGISTERED_IN_ERROR: _("Erase a person for good: the person was registered in error."),
}


def erasure_kind(reason: str) -> str:
    """Each reason for an erasure is a question of its own."""
    return f"people.erase.{reason}"


def ask(kind: str, *, by: Actor, subject: UUID, reason: str) -> None:
    """Put a question before a second officer."""
    approvals.request(by=by, kind=kind, subject=subject, reason=reason)


def forget(subjects: Iterable[UUID]) -> None:
    """Drop what was asked about people or disclosures that are erased."""
    approvals.forget(subjects)


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


def who(by: Actor, subject: UUID) -> approvals.About | None:
    """The person a question is about, by name; None for one whom this actor may not see."""
    from waystation.people import queries

    try:
        person = queries.get_for(by, subject)
        name = queries.identity_of(person, by=by).called
    except NotFound:
        return None
    return approvals.About(str(name), reverse("people:person", args=[person.pk]))


def whose_disclosure(by: Actor, subject: UUID) -> approvals.About | None:
    """Of whom, to whom and what would be passed on."""
    from waystation.people.models import Disclosure

    waiting = Disclosure.objects.filter(pk=subject).first()
    person = who(by, waiting.person_id) if waiting else None
    if waiting is None or person is None:
        return None
    told = open_document(waiting, DisclosureDocument, by=by)
    says = f"{person.text} → {told.recipient}: {', '.join(told.fields)}"
    if told.although_withheld:
        says = f"{says}. {_('There is no other way, although the person said never to tell them.')}"
    return approvals.About(says, person.url)


def person_of_disclosure(subject: UUID) -> UUID | None:
    """Whose disclosure it is; None once it is gone."""
    from waystation.people.models import Disclosure

    return Disclosure.objects.filter(pk=subject).values_list("person_id", flat=True).first()


def declare() -> None:
    """Tell `accounts` what may be asked, who decides, and what happens then."""
    from waystation.people.actions.consenting import let_leave_for_life, let_reach_authority
    from waystation.people.actions.erasing import erase_as_asked

    approvals.register_kind(
        approvals.Kind(
            code=VITAL,
            says=_("Pass something on without consent, because a life depends on it."),
            decide_roles=DECIDERS,
            perform=let_leave_for_life,
            refuse=keep_back,
            about=whose_disclosure,
            person=person_of_disclosure,
        )
    )
    approvals.register_kind(
        approvals.Kind(
            code=AUTHORITY,
            says=_("Pass something on to an authority that the person named."),
            decide_roles=DECIDERS,
            perform=let_reach_authority,
            refuse=keep_back,
            about=whose_disclosure,
            person=person_of_disclosure,
            for_good=True,
        )
    )
    for reason, says in ERASURES.items():
        approvals.register_kind(
            approvals.Kind(
                code=erasure_kind(reason),
                says=says,
                decide_roles=DECIDERS,
                perform=partial(erase_as_asked, reason),
                about=who,
                person=lambda person_id: person_id,
                for_good=True,
            )
        )
