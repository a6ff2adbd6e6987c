"""What safety seals, all in the protection compartment."""

from dataclasses import dataclass
from typing import ClassVar

from waystation.kernel.actors import Compartment
from waystation.vault import SealedDocument

PROTECTION = Compartment.PROTECTION


@dataclass(frozen=True, kw_only=True)
class RiskDocument(SealedDocument):
    """One thing lived through or feared: `lived` is of `codes.Lived`, `actor` of `codes.ActorKind`.

    `since` and `until` are each a year, a month (YYYY-MM), a day or empty; `why` says why it was
    written anew or struck out.
    """

    compartment: ClassVar = PROTECTION
    schema_version: ClassVar = 1

    lived: str = ""
    since: str = ""
    until: str = ""
    place: str = ""
    actor: str = ""
    words: str = ""
    going_on: bool = False
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanDocument(SealedDocument):
    """One version of a plan to stay safe, in the person's words.

    `pocket` is what may stand on a slip in a pocket; `agreed` what the person said when it was read back, `refused`
    when they wanted none, `again` each time it was looked at again, `ended` when it was no longer needed.
    """

    compartment: ClassVar = PROTECTION
    schema_version: ClassVar = 1

    fears: str = ""
    warning_signs: str = ""
    safe_people: str = ""
    safe_places: str = ""
    reach_number: str = ""
    reach_when: str = ""
    reach_say: str = ""
    no_contact_why: str = ""
    never_know: tuple[str, ...] = ()
    signal_word: str = ""
    take_along: str = ""
    if_then: str = ""
    pocket: str = ""
    agreed: str = ""
    refused: str = ""
    again: tuple[str, ...] = ()
    ended: str = ""


@dataclass(frozen=True, kw_only=True)
class TimeDocument(SealedDocument):
    """Time to think: who explained it, what the person said, what comes after."""

    compartment: ClassVar = PROTECTION
    schema_version: ClassVar = 1

    explained_by: str = ""
    words: str = ""
    follows: str = ""
