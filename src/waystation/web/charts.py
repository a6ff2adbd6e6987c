"""Charts of our own: numbers become shapes here, templates draw them, and a table stands beside each."""

from collections.abc import Sequence
from dataclasses import dataclass

STEP, WIDTH, HEIGHT = 10.0, 7.0, 100.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart, in the chart's own units, written as SVG wants them in every language."""

    label: str
    value: int
    x: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart of columns side by side, the highest as high as the chart."""

    columns: tuple[Column, ...]
    width: str
    top: int

    @property
    def first(self) -> str:
        """Where it begins."""
        return self.columns[0].label if self.columns else ""

    @property
    def last(self) -> str:
        """Where it ends."""
        return self.columns[-1].label if self.columns else ""


def columns(values: Sequence[tuple[str, int]]) -> Columns:
    """Numbers with their labels as columns."""
    top = max((value for _label, value in values), default=0)
    made = tuple(_column(place, label, value, top) for place, (label, value) in enumerate(values))
    return Columns(made, f"{STEP * len(made):g}", top)


def _column(place: int, label: str, value: int, top: int) -> Column:
    height = round(HEIGHT * value / top, 2) if top else 0.0
    x = place * STEP + (STEP - WIDTH) / 2
    return Column(label, value, f"{x:g}", f"{HEIGHT - height:g}", f"{height:g}")
