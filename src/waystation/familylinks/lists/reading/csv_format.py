"""Tables (CSV and its kin) as a kind of file."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from waystation.familylinks.lists import formats
from waystation.familylinks.lists.codes import Why
from waystation.familylinks.lists.formats import Column, Format, Reading
from waystation.familylinks.lists.reading import people, table
from waystation.kernel.errors import Text

SHOWN_ROWS = 3
NO_TABLES = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{", b"<", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
"""How workbooks, pages, JSON, XML and pictures begin."""


def read(data: bytes, came_on: date, columns: Sequence[str] | None) -> Reading:
    """People of a table."""
    found = table.read(data)
    return people.read(found, found.guessed if columns is None else columns, came_on)


def columns(data: bytes) -> tuple[Column, ...]:
    """The columns of a table with what stands in its first rows."""
    found = table.read(data)
    first = found.rows[:SHOWN_ROWS]
    return tuple(
        Column(
            head=found.heads[place] if found.heads else "",
            field=field,
            cells=tuple(row.cells[place] if place < len(row.cells) else "" for row in first),
        )
        for place, field in enumerate(found.guessed)
    )


def says(code: str) -> Text:
    """A reason in words."""
    return Why(code).label if code in Why.values else code


def declare() -> None:
    """Let lists read tables."""
    formats.register(
        Format(
            code="csv",
            label=_("A table (CSV)"),
            order=90,
            knows=lambda data: not data.lstrip()[:4].startswith(NO_TABLES),
            read=read,
            says=says,
            columns=columns,
        )
    )
