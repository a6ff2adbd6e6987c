"""The base of every write: permission first, one transaction around, and never without a trace in the journal."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Problem

P = ParamSpec("P")
R = TypeVar("R")


def action(permission: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action: keyword-only, `by=` an Actor, refused unless its role has `permission`, atomic.

    The wrapped function records what it did with `journal.record` and raises `kernel.errors.Problem` for what a
    person must be told: nothing is written then, unless the problem `keeps` what was. Raises NotAllowed before
    anything is touched.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def act(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = kwargs["by"]
            if not isinstance(actor, Actor):
                raise TypeError(f"{function.__name__} needs by=Actor")
            policies.require(actor, permission)
            with transaction.atomic():
                try:
                    return function(*args, **kwargs)
                except Problem as problem:
                    if not problem.keeps:
                        raise
                    refused = problem
            raise refused

        act.permission = permission  # type: ignore[attr-defined]
        return act

    return decorate
