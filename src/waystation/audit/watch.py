"""A quick look at the log whenever the node is unlocked, so that whoever watches over it is told without asking."""

from django.utils.translation import gettext_lazy as _

from waystation.audit import verify
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Text
from waystation.kernel.policies import permits

WARNING = _(
    "The log of this node is not as it was written: it was emptied, cut off or exchanged. Tell whoever keeps a "
    "checkpoint, and run “waystation audit verify” on this machine: it says what is wrong."
)
_found = ""


def look() -> None:
    """Look at the log as it is now; what is found is remembered until the next look."""
    global _found
    _found = verify.quick_problem()


def warning_for(actor: Actor | None) -> Text:
    """The warning for the frame of those who may see the log; empty when all was well. Costs no query."""
    return WARNING if _found and actor is not None and permits(actor, "audit.view") else ""
