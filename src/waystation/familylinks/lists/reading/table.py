"""Text into rows of cells: which sign parts them, which line names the columns, on which line each row begins."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from waystation.familylinks.lists.reading.columns import Field, guess
from waystation.familylinks.lists.reading.text import decoded

DELIMITERS = (",", ";", "\t", "|")
TRIED = 20
"""Lines by which the delimiter is guessed."""
MOST_LINES = 30
"""Lines of one row; a quotation mark that is not closed by then was none."""
MOST_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Row:
    """Cells, the line on which they begin, and whether a quotation mark in them was never closed."""

    line: int
    cells: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """What stands in a file: `heads` is empty where no line names the columns."""

    encoding: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.heads) or max((len(row.cells) for row in self.rows), default=0)

    @property
    def guessed(self) -> tuple[str, ...]:
        """What each column probably holds: by its head; one column without a head holds names."""
        if self.heads:
            return tuple(guess(head) for head in self.heads)
        return (Field.NAME.value,) if self.width == 1 else ("",) * self.width


def read(data: bytes) -> Table:
    """A file as a table; never fails. Columns beyond a hundred are let go."""
    text, encoding = decoded(data)
    lines = list(io.StringIO(text, newline=""))
    rows = tuple(row for row in _rows(lines, _delimiter(lines)) if any(cell.strip() for cell in row.cells))
    has_heads = bool(rows) and any(guess(cell) for cell in rows[0].cells)
    heads = tuple(cell.strip() for cell in rows[0].cells) if has_heads else ()
    return Table(encoding=encoding, heads=heads, rows=rows[1:] if has_heads else rows)


def _delimiter(lines: list[str]) -> str:
    """The sign that stands most often, and as often in most lines."""
    tried = [_outside_quotes(line) for line in lines[:TRIED] if line.strip()]
    counts = {sign: [line.count(sign) for line in tried] for sign in DELIMITERS}
    usual = {sign: sorted(found)[len(found) // 2] if found else 0 for sign, found in counts.items()}
    return max(DELIMITERS, key=lambda sign: (usual[sign], counts[sign][0] if counts[sign] else 0))


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _rows(lines: list[str], delimiter: str) -> Iterator[Row]:
    at = 0
    while at < len(lines):
        cells, used, is_open = _next(lines[at : at + MOST_LINES], delimiter)
        yield Row(at + 1, tuple(cells[:MOST_COLUMNS]), is_open)
        at += used


def _next(lines: list[str], delimiter: str) -> tuple[list[str], int, bool]:
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        cells = next(reader)
    except csv.Error:
        return _plain(lines[0], delimiter), 1, True
    used = reader.line_num
    if used > 1 and sum(line.count('"') for line in lines[:used]) % 2:
        return _plain(lines[0], delimiter), 1, True
    return cells, used, False


def _plain(line: str, delimiter: str) -> list[str]:
    return [cell.strip('"') for cell in line.rstrip("\r\n").split(delimiter)]
