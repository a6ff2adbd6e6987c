"""Every write on procedures. Keyword-only, `by=` the actor; each asks the policy, is atomic and leaves a trace."""

from waystation.casework.procedures.actions.days import add_day, export_days, move_day, say_what_became, see_to
from waystation.casework.procedures.actions.procedure import (
    Happened,
    ProcedureDraft,
    hand_to,
    interpret,
    open_procedure,
    represent,
    step_back,
    take_step,
    write,
)

__all__ = [
    "Happened",
    "ProcedureDraft",
    "add_day",
    "export_days",
    "hand_to",
    "interpret",
    "move_day",
    "open_procedure",
    "represent",
    "say_what_became",
    "see_to",
    "step_back",
    "take_step",
    "write",
]
