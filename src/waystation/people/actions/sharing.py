"""A list of people for one partner: only those who allowed it today, and each listed as told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.kernel.journal import Entry
from waystation.people import facts, permission, queries
from waystation.people.actions.consenting import AuthorityRefused, checked_disclosure, disclose
from waystation.people.codes import ConsentState, RecipientKind, Sex, Told
from waystation.people.documents import ConsentDocument, DisclosureDocument, IdentityDocument
from waystation.people.models import Consent, Person
from waystation.vault import open_documents

LONGEST_LIST = 200
"""People on one list: above it the decryption budget of an honest hour is spent on one file."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """For whom a list is made. `fields` are codes of `codes.Told`."""

    purpose: str
    recipient_kind: str
    kind: str
    recipient: str
    fields: tuple[str, ...]


def covered(by: Actor, question: Question, *, lock: bool = False) -> list[tuple[Person, Consent]]:
    """Who allowed exactly this as of now, among those whom the actor may see, with the consent that allows it.

    Raises Invalid for more than fit on a list.
    """
    wanted = Consent.objects.filter(
        purpose=question.purpose, recipient_kind=question.recipient_kind, state=ConsentState.GIVEN
    ).filter(expires_on__gte=clock.today())
    roots = set(queries.survivors(wanted.values_list("person_id", flat=True)).values())
    people = list(queries.visible_to(by).filter(pk__in=roots).order_by("registered_at", "pk")[: LONGEST_LIST + 1])
    if len(people) > LONGEST_LIST:
        raise Invalid({}, _("More than 200 people allowed this. Ask for it by a narrower purpose."))
    of_whom = {person.pk: person for person in people}
    joined = Person.objects.filter(merged_into__in=list(of_whom)).values_list("pk", "merged_into")
    of_whom |= {number: of_whom[root] for number, root in joined if root}
    rows = Consent.objects.filter(person__in=of_whom)
    consents = list(rows.select_for_update() if lock else rows)
    opened = open_documents(consents, ConsentDocument, by=by)
    found = []
    for person in people:
        own = [row for row in consents if of_whom[row.person_id] == person]
        consent = permission.allowing(
            own,
            {row.pk: opened[row.pk] for row in own if row.pk in opened},
            purpose=question.purpose,
            recipient_kind=question.recipient_kind,
            recipient=question.recipient,
        )
        if consent:
            found.append((person, consent))
    return found


@action("people.disclose")
def share_list(*, by: Actor, question: Question, why: str = "") -> list[list[str]]:
    """Let a list leave now: one line a person who allows it, each written down as told; nobody else is on it.

    Gives the lines, in the order of `question.fields`. Raises AuthorityRefused, Invalid, also for an empty list.
    """
    if question.recipient_kind == RecipientKind.AUTHORITY:
        journal.record(by, Entry(action="people.disclose.authority_refused"))
        raise AuthorityRefused
    document = DisclosureDocument(
        recipient=question.recipient, fields=tuple(str(Told(code).label) for code in question.fields), why=why
    )
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
