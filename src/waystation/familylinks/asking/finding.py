"""Who may be found here by the nodes of a circle: whoever said yes to that, and the facts that tokens are made of."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from waystation.familylinks.asking.documents import BarsDocument
from waystation.familylinks.asking.models import Bars
from waystation.familylinks.asking.protocol.tokens import Facts
from waystation.familylinks.news.codes import Audience
from waystation.familylinks.news.queries import standing_notices
from waystation.kernel import clock
from waystation.people import permission
from waystation.people.codes import CHILDREN, ConsentState, GivenBy, Purpose, RecipientKind
from waystation.people.documents import ConsentDocument, IdentityDocument
from waystation.people.models import Consent, Person
from waystation.vault import stream_for_count, stream_for_index
from waystation.vault.actors import system_actor
from waystation.vault.sealing import open_for_keeping

KINDS = (RecipientKind.FAMILY, RecipientKind.SOCIETY)
AT_ONCE = 500
Answers = Sequence[tuple[Consent, ConsentDocument]]


def findable(circle: str) -> Iterator[tuple[UUID, Facts]]:
    """Everybody who may be found by a circle of this name, with what is known of them. Raises NodeLocked."""
    asked = _who_said_yes()
    for start in range(0, len(asked), AT_ONCE):
        chunk = set(_may_be_found(asked[start : start + AT_ONCE], circle))
        for number, identity in stream_for_index(Person.objects.filter(pk__in=chunk), IdentityDocument):
            yield number, facts_of(identity)


def is_findable(person_id: UUID, circle: str) -> bool:
    """Whether somebody may be found at this moment. Raises NodeLocked."""
    return bool(list(_may_be_found([person_id], circle)))


def facts_of(identity: IdentityDocument) -> Facts:
    """What tokens are made of."""
    places = (identity.origin,) if identity.origin else ()
    return Facts(identity.all_names, identity.birth_year or 0, places=places)


def is_barred(person_ids: Sequence[UUID], *, peer_id: UUID, country: str) -> bool:
    """Whether a person said that this node, or any of its country, must never reach them."""
    rows = Bars.objects.filter(person__in=person_ids)
    said = [open_for_keeping(row, BarsDocument) for row in rows]
    return any(peer_id in one.nodes or country in one.countries for one in said)


def _who_said_yes() -> list[UUID]:
    rows = Consent.objects.filter(purpose=Purpose.TRACING, recipient_kind__in=KINDS, state=ConsentState.GIVEN)
    people = Person.objects.filter(pk__in=rows.filter(expires_on__gte=clock.today()).values("person"))
    return sorted({survivor or own for own, survivor in people.values_list("pk", "merged_into_id")})


def _may_be_found(people: Sequence[UUID], circle: str) -> Iterator[UUID]:
    standing = Person.objects.filter(
        pk__in=people, erased_at__isnull=True, sealed_at__isnull=True, merged_into__isnull=True
    )
    silent = {one.person_id for one in standing_notices(people).values() if one.audience == Audience.NOBODY}
    known = {person.pk: person for person in standing if person.pk not in silent}
    whose = dict(Person.objects.filter(merged_into__in=known).values_list("pk", "merged_into_id"))
    whose |= {number: number for number in known}
    answers: Mapping[UUID, list[tuple[Consent, ConsentDocument]]] = defaultdict(list)
    for row, document in stream_for_count(Consent.objects.filter(person__in=whose), ConsentDocument):
        answers[whose[row.person_id]].append((row, document))
    return (number for number, own in answers.items() if _said_yes(known[number], own, circle))


def _said_yes(person: Person, answers: Answers, circle: str) -> bool:
    rows, documents = [row for row, _document in answers], {row.pk: document for row, document in answers}
    for kind in KINDS:
        consent = permission.allowing(rows, documents, purpose=Purpose.TRACING, recipient_kind=kind, recipient=circle)
        if consent is None:
            continue
        document = documents[consent.pk]
        by_guardian = document.given_by == GivenBy.GUARDIAN or person.age_band not in CHILDREN
        if by_guardian and not permission.objection_to(system_actor(), person, kind, document):
            return True
    return False


def withholds(person_ids: Sequence[UUID], name: str) -> bool:
    """Whether a person said in any consent that an organisation of this name must never be told."""
    rows = Consent.objects.filter(person__in=person_ids)
    documents = [document for _row, document in stream_for_count(rows, ConsentDocument)]
    return permission.is_withheld(documents, name)
