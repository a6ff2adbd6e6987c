"""What one may do to the road of a demo: cut this node's line and mend it, lose the stick."""

from waystation.demo.road.nodes import stick
from waystation.exchange import cutting, waking
from waystation.exchange.folders import SUFFIX
from waystation.kernel import journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor


@action("exchange.carry")
def cut(*, by: Actor) -> None:
    """Nothing leaves this node or comes to it by the line any more."""
    cutting.mark().touch()
    journal.record(by, journal.Entry(action="demo.cut"))


@action("exchange.carry")
def mend(*, by: Actor) -> None:
    """The line is there again."""
    cutting.mark().unlink(missing_ok=True)
    journal.record(by, journal.Entry(action="demo.mend"))
    waking.wake()


@action("exchange.carry")
def lose_stick(*, by: Actor) -> None:
    """The stick is lost with all that is on it; there is an empty one."""
    for file in stick().glob(f"*{SUFFIX}"):
        file.unlink(missing_ok=True)
    journal.record(by, journal.Entry(action="demo.lose_stick"))
