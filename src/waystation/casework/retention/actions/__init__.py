"""Every write of this room. Keyword-only, `by=` the actor; each asks the policy, is atomic and leaves a trace."""

from waystation.casework.retention.actions.holding import drop_wish, lift_hold, request_hold
from waystation.casework.retention.actions.offline_key import name_offline_key
from waystation.casework.retention.actions.periods import change_period
from waystation.casework.retention.actions.requests import ask_to_give, export_requests, record_request, say_told
from waystation.casework.retention.actions.returning import ask_back, ask_erase_sealed, bring_back, give_up
from waystation.casework.retention.actions.reviewing import ask_erasure, keep
from waystation.casework.retention.actions.sealing import export_packages, seal_away

__all__ = [
    "ask_back",
    "ask_erase_sealed",
    "ask_erasure",
    "ask_to_give",
    "bring_back",
    "change_period",
    "drop_wish",
    "export_packages",
    "export_requests",
    "give_up",
    "keep",
    "lift_hold",
    "name_offline_key",
    "record_request",
    "request_hold",
    "say_told",
    "seal_away",
]
