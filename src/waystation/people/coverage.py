"""What allows that something leaves at this moment: of one person, and who stands on a list for one partner."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Invalid
from waystation.people import permission, queries
from waystation.people.codes import ConsentState
from waystation.people.documents import ConsentDocument
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


def locked(person: Person | UUID) -> list[Consent]:
    """All answers of one person, locked, always in the same order: who takes one back and who sends under one wait for
    each other (SQLite writers wait anyway)."""
    return list(Consent.objects.select_for_update().filter(person__in=queries.one_person_ids(person)))


def consent_for(
    by: Actor, person: Person, *, purpose: str, recipient_kind: str, recipient: str, lock: bool = False
) -> Consent:
    """The consent under which this recipient may be told now. Raises ConsentMissing."""
    rows = locked(person) if lock else list(Consent.objects.filter(person__in=queries.one_person_ids(person)))
    opened = open_documents(rows, ConsentDocument, by=by)
    found = permission.allowing(rows, opened, purpose=purpose, recipient_kind=recipient_kind, recipient=recipient)
    if found is None:
        raise ConsentMissing
    if says := permission.objection_to(by, person, recipient_kind, opened[found.pk]):
        raise ConsentMissing(says)
    return found


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
