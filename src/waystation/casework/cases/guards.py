"""What other rooms require before an act on a case: a child is not left without a guardian, say."""

from collections.abc import Callable

from waystation.casework.cases.models import Case
from waystation.kernel.errors import Text

Guard = Callable[[Case, str, str], Text | None]
_guards: list[Guard] = []


def register(guard: Guard) -> None:
    """Ask `guard(case, act, closing reason)` before every act; what it answers is why not. None: nothing against it."""
    if guard not in _guards:
        _guards.append(guard)


def against(case: Case, act: str, closing: str = "") -> list[Text]:
    """Everything that speaks against an act now."""
    answers = (guard(case, act, closing) for guard in _guards)
    return [answer for answer in answers if answer]


Opened = Callable[[Case], None]
_opened: list[Opened] = []


def when_opened(hook: Opened) -> None:
    """Call `hook` inside the action that opens a case."""
    if hook not in _opened:
        _opened.append(hook)


def opened(case: Case) -> None:
    """Tell the other rooms that a case was opened."""
    for hook in _opened:
        hook(case)
