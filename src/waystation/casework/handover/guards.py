"""What another organisation has cannot be written here, nor opened again."""

from django.utils.translation import gettext_lazy as _

from waystation.casework.cases import guards
from waystation.casework.cases.codes import Act, CaseState
from waystation.casework.cases.models import Case
from waystation.casework.handover import queries
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Text

ASKED = frozenset({guards.WRITE, Act.REOPEN})


def against(_by: Actor, case: Case, act: str, _closing: str) -> list[Text]:
    """Why a case that was handed over stays as it is."""
    if act not in ASKED or case.state != CaseState.CLOSED or not queries.is_with_them(case.pk):
        return []
    return [_("Another organisation has this case now. It can be written here again once they give it back.")]
