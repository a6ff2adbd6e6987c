"""Who comes first: from need and risk alone.

Pure, and told nothing else: no age, sex, origin, language, belief or paper reaches this module (SD.2 "guided solely by
their needs"; RB.1 for the four threats). A test gives two people equal needs and everything else unequal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from waystation.casework.codes import SEVERITY_ORDER, Severity, Threat


@dataclass(frozen=True, kw_only=True, slots=True)
class NeedFacts:
    """All that triage may know of one open need."""

    threats: frozenset[str]
    severity: str
    recorded_at: datetime


@dataclass(frozen=True, order=True, slots=True)
class Position:
    """A place in the list; a smaller one comes first, equal ones stand at the same place."""

    urgency: int
    waiting_since: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Reasons:
    """The parts a position is made of, to be put into words."""

    threats: tuple[Threat, ...]
    severity: Severity
    waiting_since: datetime


def urgency(threats: frozenset[str], severity: str) -> int:
    """How pressing one need is: more threats come before fewer, any threat before none, then the worse severity.

    0 is most pressing: four threats at once, now. 19 is least: no threat, can wait.
    """
    return (len(Threat) - len(threats)) * len(SEVERITY_ORDER) + SEVERITY_ORDER[severity]


def place(needs: Sequence[NeedFacts]) -> Position:
    """Where someone with these open needs stands: by the most pressing one, and for how long that has waited."""
    return min(Position(urgency(need.threats, need.severity), need.recorded_at) for need in needs)


def reasons(needs: Sequence[NeedFacts]) -> Reasons:
    """What `place` was made of."""
    first = min(needs, key=lambda need: Position(urgency(need.threats, need.severity), need.recorded_at))
    return Reasons(
        threats=tuple(threat for threat in Threat if threat in first.threats),
        severity=Severity(first.severity),
        waiting_since=first.recorded_at,
    )


def numbered(positions: Sequence[Position]) -> list[int]:
    """Place numbers of sorted positions; equal positions share one, as in sport (1, 2, 2, 4)."""
    numbers: list[int] = []
    for index, position in enumerate(positions):
        same = index > 0 and positions[index - 1] == position
        numbers.append(numbers[-1] if same else index + 1)
    return numbers
