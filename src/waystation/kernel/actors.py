"""Who acts: the only view of a staff account that rooms below and beside `accounts` ever see."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Compartment(StrEnum):
    """Classes of sealed content, each with its own readers (DESIGN.md section 2)."""

    BASIC = "basic"
    HEALTH = "health"
    PROTECTION = "protection"
    CHILD = "child"
    DETENTION = "detention"
    FAMILY_LINKS = "family-links"
    LEGAL = "legal"


class Via(StrEnum):
    """The door an act came through; it never changes what is allowed."""

    PAGE = "page"
    API = "api"
    COMMAND = "command"
    EXCHANGE = "exchange"
    SYSTEM = "system"


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """One staff account at work.

    `compartments` are those it may open today (role, less what a lapsed training record takes away);
    `post_id` is where it works today, one of `post_ids`;
    `people_per_hour` is its decryption budget: distinct people whose documents it may open in one hour.
    """

    account_id: UUID
    handle: str
    role: str
    compartments: frozenset[Compartment] = field(default_factory=frozenset)
    post_id: UUID | None = None
    post_ids: frozenset[UUID] = frozenset()
    people_per_hour: int = 0
    via: Via = Via.PAGE

    def opens(self, compartment: Compartment) -> bool:
        """Whether this actor may read sealed content of a compartment."""
        return compartment in self.compartments
