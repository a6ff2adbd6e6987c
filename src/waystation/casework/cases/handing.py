"""A case goes to another organisation, or comes back; called by the room that hands over, inside its transaction."""

from waystation.casework.cases import actions
from waystation.casework.cases.codes import Act, CaseState, Closing
from waystation.casework.cases.models import Case
from waystation.kernel.actors import Actor


def close(*, by: Actor, case: Case) -> None:
    """Somebody else has taken over. One that is closed stays as it is."""
    if case.state != CaseState.CLOSED:
        actions.move(by=by, case=case, act=Act.CLOSE, closing=Closing.HANDED_OVER)


def reopen(*, by: Actor, case: Case) -> None:
    """It is ours again, and its clocks run. One that is open stays as it is."""
    if case.state == CaseState.CLOSED:
        actions.move(by=by, case=case, act=Act.REOPEN)
