"""Enclosures for a person to read."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.template.defaultfilters import filesizeformat

from waystation.casework.files.codes import Kind


def line(one: Mapping[str, Any]) -> str:
    """What it is called, what it is, how large."""
    kind = str(Kind(one["kind"]).label) if one["kind"] in Kind.values else ""
    return " · ".join(part for part in (one["name"], kind, str(filesizeformat(one["size"]))) if part)


def lines(said: Iterable[Mapping[str, Any]]) -> str:
    """Several, one a line."""
    return "\n".join(line(one) for one in said)
