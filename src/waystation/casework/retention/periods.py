"""The clocks as they run on this node, and their table for the reference. What a clock is: `casework.clocks`."""

from datetime import datetime, timedelta

from waystation.casework.clocks import all_clocks
from waystation.casework.retention.codes import OfTwo
from waystation.kernel import clock


def of_node() -> dict[str, int]:
    """How many days each clock runs on this node."""
    from waystation.casework.retention.models import Period

    chosen = dict(Period.objects.filter(state=OfTwo.STANDS).values_list("clock", "days"))
    return {one.code: chosen.get(one.code, one.days) if not one.fixed else one.days for one in all_clocks()}


def before(days: int) -> datetime:
    """The moment before which a clock of so many days must have started to be due now."""
    return clock.now() - timedelta(days=days)


def table() -> str:
    """All clocks as Markdown, as declared: for the reference."""
    lines = ["| what | runs from | for | then | by itself |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| {one.says} | {one.since} | {one.days} days | {one.then.label} | {'no' if one.is_reviewed else 'yes'} |"
        for one in all_clocks()
    ]
    return "\n".join(lines)
