"""Every write of this room. Keyword-only, `by=` the actor; each asks the policy, is atomic and leaves a trace."""

from waystation.people.actions.consenting import (
    AuthorityRefused,
    Withheld,
    give_consent,
    record_disclosure,
    record_notice,
    refuse_consent,
    request_authority_disclosure,
    request_vital_disclosure,
    withdraw_consent,
)
from waystation.people.actions.correcting import correct, keep_to_post, met, new_card
from waystation.people.actions.erasing import ErasurePreview, erase, erasure_preview, request_erasure
from waystation.people.actions.households import add_to_household, leave_household, set_relation, start_household
from waystation.people.actions.journeys import add_stop, correct_stop, move_stop, remove_stop
from waystation.people.actions.merging import merge, split
from waystation.people.actions.registering import register, register_household
from waystation.people.actions.sharing import share_list

__all__ = [
    "AuthorityRefused",
    "ErasurePreview",
    "Withheld",
    "add_stop",
    "add_to_household",
    "correct",
    "correct_stop",
    "erase",
    "erasure_preview",
    "give_consent",
    "keep_to_post",
    "leave_household",
    "merge",
    "met",
    "move_stop",
    "new_card",
    "record_disclosure",
    "record_notice",
    "refuse_consent",
    "register",
    "register_household",
    "remove_stop",
    "request_authority_disclosure",
    "request_erasure",
    "request_vital_disclosure",
    "set_relation",
    "share_list",
    "split",
    "start_household",
    "withdraw_consent",
]
