"""The only door to what a child's case holds besides."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from waystation.casework.cases.models import Case
from waystation.casework.children import situation
from waystation.casework.children.codes import Situation, Step
from waystation.casework.children.models import (
    BestInterests,
    BestInterestsDocument,
    CareArrangement,
    CareDocument,
    Guardian,
    GuardianDocument,
)
from waystation.kernel.actors import Actor
from waystation.vault import open_documents


@dataclass(frozen=True, kw_only=True)
class ChildView:
    """All of it, opened; the present guardian and care stand first."""

    situation: Situation
    guardians: tuple[tuple[Guardian, GuardianDocument], ...]
    care: tuple[tuple[CareArrangement, CareDocument], ...]
    best_interests: tuple[tuple[BestInterests, BestInterestsDocument], ...]

    @property
    def guardian(self) -> tuple[Guardian, GuardianDocument] | None:
        """Who speaks for the child now."""
        return next((pair for pair in self.guardians if pair[0].ended_on is None), None)


def of_case(case: Case, *, by: Actor) -> ChildView:
    """Everything about the child of a case. Raises NotAllowed, BudgetSpent, NodeLocked."""
    return ChildView(
        situation=situation.of(case.person, by=by),
        guardians=_opened(Guardian, GuardianDocument, case, by),
        care=_opened(CareArrangement, CareDocument, case, by),
        best_interests=_opened(BestInterests, BestInterestsDocument, case, by),
    )


def _opened(model: Any, document: Any, case: Case, by: Actor) -> tuple[Any, ...]:
    rows = list(model.objects.filter(case=case).select_related("case"))
    texts = open_documents(rows, document, by=by)
    return tuple((row, texts.get(row.pk, document())) for row in rows)


def decided_since(person_id: UUID, moment: datetime) -> bool:
    """Whether it was decided since a moment what is best for a child: that it was, for who does not open the case."""
    one = Q(case__person=person_id) | Q(case__person__merged_into=person_id)
    rows = BestInterests.objects.filter(one, decided_at__gte=moment)
    return rows.filter(step__in=[Step.DECIDED, Step.REVIEWED]).exists()
