"""What is said in a procedure; all of it sealed in the compartment of legal help."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from waystation.casework.procedures.codes import Act, DayState, Step
from waystation.kernel.actors import Compartment
from waystation.vault import SealedDocument


@dataclass(frozen=True, kw_only=True)
class StepTaken:
    """One step, and whether it was taken back: nothing that was written is lost. `act` is empty for the first."""

    act: str = ""
    step: str = Step.PREPARING.value
    day: date | None = None
    words: str = ""
    at: datetime | None = None
    by: UUID | None = None
    taken_back: bool = False
    taken_back_why: str = ""


@dataclass(frozen=True, kw_only=True)
class Representative:
    """Who speaks for the person there, since when, until when."""

    name: str = ""
    contact: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class ProcedureDocument(SealedDocument):
    """What it is about, before whom, every step, who represents and who interprets. Codes are those of `codes`."""

    compartment: ClassVar = Compartment.LEGAL
    schema_version: ClassVar = 1

    kind: str = ""
    authority: str = ""
    reference: str = ""
    about: str = ""
    steps: tuple[StepTaken, ...] = ()
    representatives: tuple[Representative, ...] = ()
    interpreter: str = ""
    interpreter_language: str = ""

    @property
    def standing(self) -> tuple[StepTaken, ...]:
        """The steps that were not taken back."""
        return tuple(one for one in self.steps if not one.taken_back)

    @property
    def step(self) -> Step:
        """How far it has come."""
        return Step(self.standing[-1].step) if self.standing else Step.PREPARING

    @property
    def level(self) -> int:
        """How many appeals were lodged."""
        return sum(one.act == Act.APPEAL or (not one.act and one.step == Step.APPEALED) for one in self.standing)

    @property
    def representative(self) -> Representative | None:
        """Who represents the person now."""
        return next((one for one in reversed(self.representatives) if one.until is None), None)


@dataclass(frozen=True, kw_only=True)
class EarlierDay:
    """A day as it stood before it was corrected or moved."""

    day: date | None = None
    at: str = ""
    why: str = ""
    changed_at: datetime | None = None
    by: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class DayDocument(SealedDocument):
    """A day that must not be missed: `at` is a time (09:30), `bring` what to take along, `came` what became of it."""

    compartment: ClassVar = Compartment.LEGAL
    schema_version: ClassVar = 1

    kind: str = ""
    day: date | None = None
    at: str = ""
    place: str = ""
    bring: str = ""
    state: str = DayState.OPEN.value
    came: str = ""
    earlier: tuple[EarlierDay, ...] = ()
