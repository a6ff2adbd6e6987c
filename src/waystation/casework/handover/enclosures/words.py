"""Enclosures for a person to read."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.template.defaultfilters import filesizeformat

from waystation.casework.files.codes import Kind
from waystation.people.facts import isolated


def line(one: Mapping[str, Any]) -> str:
    """What it is, what it is called, how large."""
    kind = Kind(one["kind"]).label if one["kind"] in Kind.values else Kind.OTHER.label
    return " · ".join((str(kind), isolated(one["name"]), str(filesizeformat(one["size"]))))


def lines(said: Iterable[Mapping[str, Any]]) -> str:
    """Several, one a line."""
    return "\n".join(line(one) for one in said)
