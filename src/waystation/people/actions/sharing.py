"""A list of people for one partner: only those who allowed it today, and each listed as told."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.kernel.journal import Entry
from waystation.people import facts, queries
from waystation.people.actions.consenting import AuthorityRefused, checked_disclosure, disclose
from waystation.people.codes import RecipientKind, Sex, Told
from waystation.people.coverage import Question, covered
from waystation.people.documents import DisclosureDocument, IdentityDocument
from waystation.people.models import Person


@action("people.disclose")
def share_list(*, by: Actor, question: Question, why: str = "") -> list[list[str]]:
    """Let a list leave now: one line a person who allows it, each written down as told; nobody else is on it.

    Gives the lines, in the order of `question.fields`. Raises AuthorityRefused, Invalid, also for an empty list.
    """
    if question.recipient_kind == RecipientKind.AUTHORITY:
        journal.record(by, Entry(action="people.disclose.authority_refused"))
        raise AuthorityRefused
    with translation.override("en"):  # each page then says it in the language of who reads
        fields = tuple(str(Told(code).label) for code in question.fields)
    document = DisclosureDocument(recipient=question.recipient, fields=fields, why=why)
    cleaned = checked_disclosure(question.purpose, question.recipient_kind, question.kind, document)
    people = covered(by, replace(question, recipient=cleaned.recipient), lock=True)
    if not people:
        raise Invalid({}, _("Nobody allows this today. Nothing was written."))
    codes = (question.purpose, question.recipient_kind, question.kind)
    for person, consent in people:
        disclose(by, person, codes, cleaned, consent, clock.now())
    return _lines(by, [person for person, _consent in people], question.fields)


def _lines(by: Actor, people: Sequence[Person], fields: tuple[str, ...]) -> list[list[str]]:
    identities: dict[UUID, IdentityDocument] = queries.identities(people, by=by)
    return [[_told(person, identities[person.pk])[code] for code in fields] for person in people]


def _told(person: Person, identity: IdentityDocument) -> dict[str, str]:
    return {
        Told.NAME: identity.display_name,
        Told.AGE: str(facts.age(person, identity)),
        Told.SEX: str(Sex(person.sex).label),
        Told.LANGUAGES: facts.languages(identity),
        Told.PHONE: identity.phone,
        Told.CONTACT: identity.contact_note,
    }
