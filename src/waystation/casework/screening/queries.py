"""The only door to screenings and signs."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from waystation.casework.screening.codes import Domain, Rating
from waystation.casework.screening.models import (
    DomainDocument,
    DomainView,
    Screening,
    ScreeningDocument,
    Signs,
    SignsDocument,
)
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.vault import open_document, open_documents


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A screening with all that was found, in the order of the domains."""

    row: Screening
    said: ScreeningDocument
    domains: Mapping[Domain, DomainDocument]

    @property
    def ratings(self) -> dict[Domain, Rating]:
        """The rating of each domain that was looked at."""
        return {domain: Rating(text.rating) for domain, text in self.domains.items()}

    @property
    def missing(self) -> list[Domain]:
        """Domains that nobody looked at yet."""
        return [domain for domain in Domain if domain not in self.domains]


def visible_to(actor: Actor) -> QuerySet[Screening]:
    """Screenings this actor may see."""
    return Screening.objects.filter(policies.rows(actor, "screening.work"))


def signs_visible_to(actor: Actor) -> QuerySet[Signs]:
    """Signs passed on that this actor may read."""
    return Signs.objects.filter(policies.rows(actor, "screening.work"))


def get_for(actor: Actor, screening_id: UUID, *, lock: bool = False) -> Screening:
    """One screening. Raises NotFound."""
    rows = visible_to(actor).select_related("person")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=screening_id).first()
    if row is None:
        raise NotFound
    return row


def of_person(person: Person, *, by: Actor) -> QuerySet[Screening]:
    """A person's screenings that this actor may see, the newest first."""
    return visible_to(by).filter(person__in=people.one_person_ids(person))


def opened(row: Screening, *, by: Actor) -> Opened:
    """All of a screening. Raises NotAllowed, BudgetSpent, NodeLocked."""
    rows = list(DomainView.objects.filter(screening=row).select_related("screening"))
    texts = open_documents(rows, DomainDocument, by=by)
    found = {Domain(one.domain): texts[one.pk] for one in rows if one.pk in texts}
    said = open_document(row, ScreeningDocument, by=by)
    return Opened(row=row, said=said, domains={domain: found[domain] for domain in Domain if domain in found})


def signs_of(person: Person, *, by: Actor) -> list[tuple[Signs, SignsDocument]]:
    """Signs passed on about a person, the newest first. Raises NotAllowed, BudgetSpent, NodeLocked."""
    rows = list(signs_visible_to(by).filter(person__in=people.one_person_ids(person)))
    texts = open_documents(rows, SignsDocument, by=by)
    return [(row, texts[row.pk]) for row in rows if row.pk in texts]


def signs_for(actor: Actor, signs_id: UUID) -> Signs:
    """Signs passed on, by their id. Raises NotFound."""
    row = signs_visible_to(actor).filter(pk=signs_id).select_related("person").first()
    if row is None:
        raise NotFound
    return row
