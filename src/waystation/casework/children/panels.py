"""What a child's case shows on its page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.casework.cases.codes import CaseKind
from waystation.casework.cases.models import Case
from waystation.casework.cases.panels import CasePanel, register_case_panel
from waystation.casework.children import queries
from waystation.casework.children.codes import TABLES, WITHOUT_PARENT, Care, Concern, GuardianKind, Procedure
from waystation.kernel.actors import Actor

NEXT = {
    "call": ("children:panel", _("Call the panel")),
    "decide": ("children:decide", _("Write down the decision")),
    "review": ("children:look-again", _("Look at it again")),
}


def of_case(_request: HttpRequest, case: Case) -> Mapping[str, Any] | None:
    """The way to the child's page, so that the case's stays quick; a missing guardian stands under To do."""
    return {"case": case} if case.kind == CaseKind.CHILD else None


def of_child(case: Case, *, by: Actor) -> Mapping[str, Any]:
    """Who speaks, who cares, what is best."""
    view = queries.of_case(case, by=by)
    guardian, care = view.guardian, view.care[0] if view.care else None
    return {
        "case": case,
        "situation": view.situation.label,
        "guardian": guardian,
        "guardian_kind": GuardianKind(guardian[1].kind).label if guardian else "",
        "lacks_guardian": view.situation in WITHOUT_PARENT and guardian is None,
        "care": care,
        "care_kind": Care(care[1].kind).label if care else "",
        "concerns": [Concern(code).label for code in care[1].concerns] if care else [],
        "best_interests": [
            (row, text, [NEXT[act] for act in TABLES[Procedure(row.procedure)].acts(row.step)])
            for row, text in view.best_interests
        ],
    }


def declare() -> None:
    """Register the panel."""
    register_case_panel(
        CasePanel(key="child", title=_("The child"), order=10, template="children/link.html", context=of_case)
    )
