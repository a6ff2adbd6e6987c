"""Somebody whom another organisation told us about is registered here: who they are, and in whose name."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from waystation.accounts.actors import actor_of, with_training
from waystation.casework.problems import NobodyToTake
from waystation.kernel.actors import Actor, Via
from waystation.kernel.errors import Invalid
from waystation.people import cleaning
from waystation.people.documents import IdentityDocument
from waystation.people.places import COUNTRIES
from waystation.people.tongues import LANGUAGES

IDENTITY: Mapping[str, str] = {
    "given_name": "given_name",
    "family_name": "family_name",
    "names": "names_as_written",
    "alias": "alias",
    "birth_year": "birth_year",
    "birth_date": "birth_date",
    "origin": "origin",
    "languages": "languages",
    "phone": "phone",
    "contact_note": "contact_note",
    "know_now": "know_now",
    "speak_with": "prefers_interviewer_sex",
}
"""Fields of a message that stand in an identity, and what they are called there."""


def cleaned(value: Any) -> Any:
    """A field of a message as if it had been typed here: no sign in it that hides, or turns the line around it."""
    if isinstance(value, str):
        return cleaning.note(value)
    return [cleaning.line(one) for one in value] if isinstance(value, list | tuple) else value


def who_accepted(account_id: UUID | None) -> Actor:
    """In whose name what was told is registered. Raises NobodyToTake when they do not work here any more."""
    account, trained = with_training(account_id) if account_id else (None, frozenset())
    if account is None:
        raise NobodyToTake
    return actor_of(account, Via.EXCHANGE, trained=trained)


def identity(said: Mapping[str, Any], before: IdentityDocument | None = None) -> IdentityDocument:
    """The identity that a message tells, over the one that is known; an unknown language or country is left
    out. Raises Invalid for a day that is none."""
    known = {name: getattr(before, name) for name in vars(before)} if before else {}
    told = {own: _typed(name, said[name]) for name, own in IDENTITY.items() if name in said}
    return IdentityDocument(**known | told)


def _typed(name: str, value: Any) -> Any:
    if name == "birth_date":
        try:
            return date.fromisoformat(value)
        except ValueError as problem:
            raise Invalid({"birth_date": _("This is no day.")}) from problem
    if name == "origin":
        return value if value in COUNTRIES else ""
    if name == "languages":
        return tuple(code for code in value if code in LANGUAGES)
    return tuple(value) if isinstance(value, list | tuple) else value
