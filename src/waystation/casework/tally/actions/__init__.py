"""Every write about the day of a post."""

from waystation.casework.tally.actions.counting import Answer, ContactDraft, count, sync, take_back
from waystation.casework.tally.actions.opening import OpeningDraft, close_post, not_opened, open_post, reopen

__all__ = [
    "Answer",
    "ContactDraft",
    "OpeningDraft",
    "close_post",
    "count",
    "not_opened",
    "open_post",
    "reopen",
    "sync",
    "take_back",
]
