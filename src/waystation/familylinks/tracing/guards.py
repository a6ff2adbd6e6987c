"""What stands against an act on a request: other nouns say it here, once, when they are ready."""

from collections.abc import Callable

from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel.errors import Text

Guard = Callable[[TracingRequest, str], Text | None]
_guards: list[Guard] = []


def register(guard: Guard) -> None:
    """Ask `guard(request, act)` before an officer's act: why not, or None."""
    if guard not in _guards:
        _guards.append(guard)


def against(row: TracingRequest, act: str) -> Text | None:
    """The first thing that stands against an act."""
    return next((says for guard in _guards if (says := guard(row, act))), None)
