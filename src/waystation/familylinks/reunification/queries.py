"""The only door to families who are brought together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from waystation.accounts.queries import with_handles
from waystation.familylinks.reunification.codes import Side
from waystation.familylinks.reunification.documents import AgreementDocument, ReunificationDocument, StepDocument
from waystation.familylinks.reunification.models import Agreement, Reunification, ReunificationStep
from waystation.kernel import clock, policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.people import queries as people
from waystation.people.codes import CHILDREN, ConsentState
from waystation.people.documents import IdentityDocument
from waystation.people.models import Person
from waystation.vault import open_document, open_documents


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A pair with all that hangs on it, opened. `names` are of those whom the actor may see."""

    row: Reunification
    said: ReunificationDocument
    steps: tuple[tuple[ReunificationStep, StepDocument], ...]
    agreements: tuple[tuple[Agreement, AgreementDocument], ...]
    names: Mapping[UUID, IdentityDocument]

    def agreement(self, side: str) -> tuple[Agreement, AgreementDocument] | None:
        """The yes of one side that stands today."""
        return next((pair for pair in self.agreements if pair[0].side == side and stands(pair[0])), None)

    @property
    def other_name(self) -> str:
        """What the other is called; empty for one whom the actor may not see."""
        if self.row.other_id is None:
            return self.said.other_name
        known = self.names.get(self.row.other_id)
        return str(known.called) if known else ""


def stands(agreement: Agreement) -> bool:
    """Whether a yes holds today: not taken back, and the consent it hangs on neither."""
    consent = agreement.consent
    if agreement.ended_at is not None:
        return False
    return consent is None or (
        consent.state == ConsentState.GIVEN and consent.expires_on is not None and consent.expires_on >= clock.today()
    )


def both_want_it(agreements: Iterable[Agreement]) -> bool:
    """Whether the yes of each side stands."""
    return {row.side for row in agreements if stands(row)} == set(Side.values)


def has_child(row: Reunification, said: ReunificationDocument) -> bool:
    """Whether one of the two is a child, as far as anybody knows."""
    of_other = row.other.age_band in CHILDREN if row.other else said.other_child
    return row.person.age_band in CHILDREN or of_other


def visible_to(actor: Actor) -> QuerySet[Reunification]:
    """Pairs this actor may see."""
    return Reunification.objects.filter(policies.rows(actor, "reunification.work"))


def get_for(actor: Actor, row_id: UUID, *, lock: bool = False) -> Reunification:
    """One. Raises NotFound."""
    rows = visible_to(actor).select_related("person", "other")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=row_id).first()
    if row is None:
        raise NotFound
    return row


def of_person(person: Person, *, by: Actor) -> QuerySet[Reunification]:
    """Those in which somebody is one of the two."""
    ids = people.one_person_ids(person)
    return visible_to(by).filter(Q(person__in=ids) | Q(other__in=ids))


def document_of(row: Reunification, *, by: Actor) -> ReunificationDocument:
    """What is sealed of one. Raises NotAllowed, BudgetSpent, NodeLocked."""
    return open_document(row, ReunificationDocument, by=by)


def documents_of(rows: Iterable[Reunification], *, by: Actor) -> dict[UUID, ReunificationDocument]:
    """The same of many, by id."""
    return open_documents(list(rows), ReunificationDocument, by=by)


def names_of(rows: Iterable[Reunification], *, by: Actor) -> dict[UUID, IdentityDocument]:
    """Who the people in them are, by the numbers that stand in them; nobody whom the actor may not see."""
    wanted = {number for row in rows for number in (row.person_id, row.other_id) if number}
    roots = people.survivors(wanted)
    seen = people.identities(people.visible_to(by).filter(pk__in=set(roots.values())), by=by)
    return {number: seen[root] for number, root in roots.items() if root in seen}


def whole(row: Reunification, *, by: Actor) -> Pair:
    """One with all that hangs on it."""
    steps = list(with_handles(row.steps.select_related("reunification")))
    agreements = list(row.agreements.select_related("reunification", "consent"))
    step_texts = open_documents(steps, StepDocument, by=by)
    yes_texts = open_documents(agreements, AgreementDocument, by=by)
    return Pair(
        row=row,
        said=document_of(row, by=by),
        steps=tuple((step, step_texts.get(step.pk, StepDocument())) for step in steps),
        agreements=tuple((yes, yes_texts.get(yes.pk, AgreementDocument())) for yes in agreements),
        names=names_of([row], by=by),
    )
