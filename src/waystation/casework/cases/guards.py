"""What other rooms require before an act on a case: a child is not left without a guardian, say."""

from collections.abc import Callable

from waystation.casework.cases.models import Case
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Text

WRITE = "write"
"""What guards are asked besides the acts of the table: whether anything may be written in the case."""
Guard = Callable[[Actor, Case, str, str], list[Text]]
_guards: list[Guard] = []


def register(guard: Guard) -> None:
    """Ask `guard(actor, case, act, closing reason)` before every act; what it answers is why not."""
    if guard not in _guards:
        _guards.append(guard)


def against(by: Actor, case: Case, act: str, closing: str = "") -> list[Text]:
    """Everything that speaks against an act now."""
    return [answer for guard in _guards for answer in guard(by, case, act, closing)]


Opened = Callable[[Actor, Case], None]
_opened: list[Opened] = []


def when_opened(hook: Opened) -> None:
    """Call `hook` inside the action that opens a case, or opens it again."""
    if hook not in _opened:
        _opened.append(hook)


def opened(by: Actor, case: Case) -> None:
    """Tell the other rooms that a case was opened."""
    for hook in _opened:
        hook(by, case)
