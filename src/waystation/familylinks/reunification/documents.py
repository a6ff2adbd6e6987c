"""What bringing a family together seals, under the key of the person who asks."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from waystation.kernel.actors import Compartment
from waystation.vault import SealedDocument

FAMILY_LINKS = Compartment.FAMILY_LINKS


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One thing by which it is shown that they are family. `kind` is of `codes.ProofKind`."""

    kind: str = ""
    words: str = ""
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Travel:
    """The journey: when, which way, who travels along, tickets, who waits at the other end."""

    on: date | None = None
    route: str = ""
    escort: str = ""
    tickets: str = ""
    met_by: str = ""


@dataclass(frozen=True, kw_only=True)
class ReunificationDocument(SealedDocument):
    """Who the other is, as far as they do not stand in our book, and all that is gathered.

    `submitter` is of `codes.Submitter`; `other_child` counts only for somebody who does not stand in our book.
    """

    compartment: ClassVar = FAMILY_LINKS
    schema_version: ClassVar = 1

    other_name: str = ""
    other_place: str = ""
    other_reach: str = ""
    other_child: bool = False
    wishes: str = ""
    proofs: tuple[Proof, ...] = ()
    authority: str = ""
    submitter: str = ""
    travel: Travel = Travel()


@dataclass(frozen=True, kw_only=True)
class StepDocument(SealedDocument):
    """What was said at a step."""

    compartment: ClassVar = FAMILY_LINKS
    schema_version: ClassVar = 1

    words: str = ""


@dataclass(frozen=True, kw_only=True)
class AgreementDocument(SealedDocument):
    """How one side said yes: in which words, asked by whom, alone or not."""

    compartment: ClassVar = FAMILY_LINKS
    schema_version: ClassVar = 1

    words: str = ""
    asked_by: str = ""
