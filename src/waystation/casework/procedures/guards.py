"""A case is not closed over a procedure that is still under way."""

from django.utils.translation import gettext_lazy as _

from waystation.casework.cases.codes import Act, Closing
from waystation.casework.cases.models import Case
from waystation.casework.procedures.codes import Work
from waystation.casework.procedures.models import Procedure
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Text

WHATEVER_IS_OPEN = frozenset({Closing.DUPLICATE, Closing.DIED, Closing.HANDED_OVER, Closing.LOST_CONTACT})


def against(_by: Actor, case: Case, act: str, closing: str) -> list[Text]:
    """Why the case may not be closed, or nothing."""
    if act != Act.CLOSE or closing in WHATEVER_IS_OPEN:
        return []
    if not Procedure.objects.filter(case=case, state=Work.OPEN).exists():
        return []
    return [_("A procedure is still under way. End it, or say that somebody else follows it.")]
