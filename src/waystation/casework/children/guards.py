"""What a child's case must not go on without."""

from django.utils.translation import gettext_lazy as _

from waystation.casework.cases.codes import Act, CaseKind, Closing
from waystation.casework.cases.models import Case
from waystation.casework.children import queries
from waystation.casework.children.codes import WITHOUT_PARENT, Care, Step
from waystation.casework.children.queries import ChildView
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Text

ENDS_BY_ITSELF = frozenset({Closing.DUPLICATE, Closing.DIED})
GUARDED = frozenset({Act.PLAN, Act.SERVE, Act.CLOSE})


def against(by: Actor, case: Case, act: str, closing: str) -> list[Text]:
    """Why a child's case may not go on: one sentence for each thing that is missing."""
    if case.kind != CaseKind.CHILD or act not in GUARDED or closing in ENDS_BY_ITSELF:
        return []
    view = queries.of_case(case, by=by)
    missing: list[Text] = []
    if not any(row.step in {Step.DECIDED, Step.REVIEWED} for row, _text in view.best_interests):
        missing.append(_("No best interests assessment has been concluded."))
    if act in {Act.SERVE, Act.CLOSE} and _needs_guardian(view, closing) and view.guardian is None:
        missing.append(_("This child has no guardian."))
    if act == Act.CLOSE:
        missing += _before_closing(view)
    return missing


def _needs_guardian(view: ChildView, closing: str) -> bool:
    return view.situation in WITHOUT_PARENT and closing not in {Closing.GROWN_UP, Closing.REUNITED}


def _before_closing(view: ChildView) -> list[Text]:
    missing: list[Text] = []
    if not view.care or view.care[0][1].kind in {"", Care.NONE}:
        missing.append(_("Nobody is written down who cares for the child."))
    today = clock.today()
    if any(row.review_on is not None and row.review_on < today for row, _text in view.best_interests[:1]):
        missing.append(_("What is best for the child has not been looked at again in time."))
    return missing
