"""Typed reader of environment variables: strict, with errors that say what to mend."""

import os
from pathlib import Path

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


class EnvironmentProblem(Exception):  # noqa: N818 - a problem of the one who set it
    """A variable holds something that cannot be read as what it should be."""


def text(name: str, default: str = "") -> str:
    """The variable's text, or what stands in the file that `NAME_FILE` points to."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def switch(name: str, *, default: bool) -> bool:
    """A yes or no. Raises EnvironmentProblem for any other word."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise EnvironmentProblem(f"{name} is {value!r}; write yes or no.")


def number(name: str, default: int) -> int:
    """A whole number. Raises EnvironmentProblem otherwise."""
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        return int(value)
    except ValueError:
        raise EnvironmentProblem(f"{name} is {value!r}; write a whole number.") from None
