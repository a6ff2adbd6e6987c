"""What is said in a case; each sealed in the compartment of its row."""

from dataclasses import dataclass
from typing import ClassVar

from waystation.kernel.actors import Compartment
from waystation.vault import SealedDocument


@dataclass(frozen=True, kw_only=True)
class CaseDocument(SealedDocument):
    """Why there is a case, what the person wishes, what the assessment found, how it ended."""

    compartment: ClassVar = Compartment.PROTECTION
    schema_version: ClassVar = 1

    reason: str = ""
    wishes: str = ""
    assessment: str = ""
    ending: str = ""


@dataclass(frozen=True, kw_only=True)
class GoalDocument(SealedDocument):
    """One line of a plan."""

    compartment: ClassVar = Compartment.PROTECTION
    schema_version: ClassVar = 1

    goal: str = ""
    service: str = ""
    provider: str = ""


@dataclass(frozen=True, kw_only=True)
class NoteDocument(SealedDocument):
    """What somebody wrote down."""

    compartment: ClassVar = Compartment.PROTECTION
    schema_version: ClassVar = 1

    text: str = ""


@dataclass(frozen=True, kw_only=True)
class ReviewDocument(SealedDocument):
    """What a supervisor was asked and said."""

    compartment: ClassVar = Compartment.PROTECTION
    schema_version: ClassVar = 1

    asked: str = ""
    said: str = ""
