"""What is done with the log itself: it leaves the house in whole, or its newest checkpoint does."""

from waystation.audit import checkpoints
from waystation.audit.models import Checkpoint
from waystation.audit.queries import Wanted
from waystation.kernel import journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor


@action("audit.view")
def export(*, by: Actor, wanted: Wanted) -> None:
    """Write down that the log is taken out of the house, and which part of it."""
    detail = {
        "action": wanted.action,
        "account": str(wanted.account or ""),
        "day": wanted.day.isoformat() if wanted.day else "",
    }
    journal.record(by, journal.Entry(action="audit.export", detail=detail))


@action("audit.view")
def take_checkpoint(*, by: Actor) -> Checkpoint:
    """Sign the log as it is now, this act included, for someone else to keep. Raises NodeLocked."""
    journal.record(by, journal.Entry(action="audit.checkpoint"))
    made = checkpoints.make()
    if made is None:
        raise RuntimeError("The log has at least the entry that was just written.")
    return made
