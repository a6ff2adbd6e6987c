"""How every bench counts and prints."""

import json
import math
from collections.abc import Callable, Sequence
from time import perf_counter

Figures = dict[str, float | int | str]


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that one call took."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile of some values."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def show(figures: Figures, *, as_json: bool) -> None:
    """Print figures for people, or as one JSON object on the last line."""
    if as_json:
        print(json.dumps(figures))
        return
    width = max(len(name) for name in figures)
    for name, value in figures.items():
        print(f"{name:<{width}}  {value:,.2f}" if isinstance(value, float) else f"{name:<{width}}  {value}")
