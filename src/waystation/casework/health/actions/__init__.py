"""Every write about health. Keyword-only, `by=` the actor; each asks the policy, is atomic and leaves a trace."""

from waystation.casework.health.actions.calls import call, close, plan, see
from waystation.casework.health.actions.contacts import ContactDraft, lend, record_contact, settle_lent
from waystation.casework.health.actions.handing import HandOver, hand_over, keep_received, take_over
from waystation.casework.health.actions.screenings import ScreeningDraft, StepDraft, ask, go_on
from waystation.casework.health.actions.summary import end_line, none_known, write_line
from waystation.casework.health.actions.support import SessionDraft, record_session

__all__ = [
    "ContactDraft",
    "HandOver",
    "ScreeningDraft",
    "SessionDraft",
    "StepDraft",
    "ask",
    "call",
    "close",
    "end_line",
    "go_on",
    "hand_over",
    "keep_received",
    "lend",
    "none_known",
    "plan",
    "record_contact",
    "record_session",
    "see",
    "settle_lent",
    "take_over",
    "write_line",
]
