"""The only door to handovers, and what of a case would leave."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from waystation.casework.cases.codes import GoalState
from waystation.casework.cases.documents import CaseDocument, GoalDocument
from waystation.casework.cases.models import Case
from waystation.casework.codes import KEPT_AS, OPEN
from waystation.casework.handover import told
from waystation.casework.handover.codes import LEFT, STANDING, Taking
from waystation.casework.handover.documents import CorrectionDocument, GivenDocument, OfferedDocument
from waystation.casework.handover.models import Correction, Given, Offered
from waystation.casework.models import Need
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.vault import open_document, open_documents


def given(actor: Actor) -> QuerySet[Given]:
    """What this actor may see of what we hand over."""
    return Given.objects.filter(policies.rows(actor, "handover.view"))


def offered(actor: Actor) -> QuerySet[Offered]:
    """What this actor may see of what is offered to us; a withdrawal whose offer has not come is nobody's matter."""
    return Offered.objects.filter(policies.rows(actor, "handover.view")).exclude(case_kind="")


def given_for(actor: Actor, number: UUID, *, lock: bool = False) -> Given:
    """One handover of ours. Raises NotFound."""
    rows = given(actor).select_related("case", "person", "peer", "consent")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=number).first()
    if row is None:
        raise NotFound
    return row


def offered_for(actor: Actor, number: UUID, *, lock: bool = False) -> Offered:
    """One offer to us. Raises NotFound."""
    rows = offered(actor).select_related("case", "person", "peer")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=number).first()
    if row is None:
        raise NotFound
    return row


def correction_for(actor: Actor, number: UUID) -> Correction:
    """One correction, locked. Raises NotFound."""
    rows = Correction.objects.select_for_update(of=("self",)).select_related("offered__case", "offered__person")
    row = rows.filter(pk=number, offered__in=offered(actor)).first()
    if row is None:
        raise NotFound
    return row


def standing(case: Case) -> Given | None:
    """The handover that a case is in now; there is one at the most."""
    return Given.objects.filter(case=case, state__in=STANDING).first()


def is_with_them(case_id: UUID) -> bool:
    """Whether another organisation has this case."""
    return (
        Given.objects.filter(case=case_id, state__in=LEFT).exists()
        or Offered.objects.filter(case=case_id, state__in=[Taking.GIVEN_BACK, Taking.WITHDRAWN]).exists()
    )


def is_going_back(case: Case) -> bool:
    """Whether we gave it back, and do not know yet that they have it."""
    return Offered.objects.filter(case=case, state=Taking.GIVING_BACK).exists()


def document_of(row: Given, *, by: Actor) -> GivenDocument:
    """What may be told, and what was said about an offer of ours."""
    return open_document(row, GivenDocument, by=by)


def preview_of(row: Offered, *, by: Actor) -> OfferedDocument:
    """The nameless preview of an offer to us."""
    return open_document(row, OfferedDocument, by=by)


def corrections_of(row: Offered, *, by: Actor) -> list[tuple[Correction, str]]:
    """What they say otherwise now, with the value as JSON, the oldest first."""
    rows = list(row.corrections.select_related("offered"))
    opened = open_documents(rows, CorrectionDocument, by=by)
    return [(one, opened[one.pk].value) for one in rows if one.pk in opened]


def value_of(correction: Correction, *, by: Actor) -> str:
    """What a correction says, as JSON."""
    return open_document(correction, CorrectionDocument, by=by).value


def known(case: Case, *, by: Actor, person: Person | None = None) -> told.Known:
    """Everything about a case that a handover could tell; with the `person` where a page has looked them up."""
    person = person or people.get_for(by, case.person_id)
    goals = list(case.goals.filter(state=GoalState.OPEN).select_related("case"))
    opened = open_documents(goals, GoalDocument, by=by)
    return told.Known(
        identity=people.identity_of(person, by=by),
        case=open_documents([case], CaseDocument, by=by).get(case.pk, CaseDocument()),
        goals=tuple(opened[goal.pk].goal for goal in goals if goal.pk in opened),
    )


def leaving(row: Given, *, by: Actor, person: Person | None = None) -> dict[str, Any]:
    """Exactly what would leave now, besides enclosures."""
    return told.content(known(row.case, by=by, person=person), document_of(row, by=by).fields)


def preview(row: Given, *, by: Actor, person: Person | None = None) -> dict[str, Any]:
    """What the offer says: nothing by which one could know who it is."""
    person = person or people.get_for(by, row.person_id)
    needs = Need.objects.filter(person__in=people.one_person_ids(person), state__in=OPEN)
    # That there is something only some may know of says too much without a name, too.
    told_openly = needs.exclude(code__in=KEPT_AS.values())
    return {
        "case_kind": row.case.kind,
        "risk": row.case.risk,
        "age_band": person.age_band,
        "sex": person.sex,
        "languages": list(people.identity_of(person, by=by).languages),
        "needs": sorted(set(told_openly.values_list("code", flat=True))),
        "asked": list(row.asked),
        "until": row.until.isoformat(),
    }


def names_of(rows: Iterable[Given], *, by: Actor) -> dict[UUID, str]:
    """Whom handovers are about, by handover, for one page."""
    shown = list(rows)
    identities = people.identities([row.person for row in shown], by=by)
    return {row.pk: identities[row.person_id].display_name for row in shown if row.person_id in identities}
