"""Kinds of files that can be read as lists of people; nouns above register theirs, so that one page reads them all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from waystation.familylinks.lists.documents import ListedDocument
from waystation.kernel.errors import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A person in a file, the line on which the record begins, and the last day on which it may be used."""

    line: int
    said: ListedDocument
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Wrong:
    """What cannot be taken as it stands: line, column or element, a code of why, the value, the cells of the row.

    `taken`: the rest of the row is taken.
    """

    line: int
    where: str
    why: str
    said: str = ""
    cells: tuple[str, ...] = ()
    taken: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What came of a file."""

    people: tuple[Found, ...] = ()
    wrong: tuple[Wrong, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of a table: its head, what it is read as, and what stands in its first rows."""

    head: str
    field: str
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """A kind of file.

    `knows` says whether a file is of it, `read` reads it as of the day on which it came, with what each column is said
    to hold (nothing: as guessed), `columns` lays them open where it has any, `says` tells a code of `Wrong.why` in
    words. The format of the smallest `order` that knows a file reads it.
    """

    code: str
    label: Text
    order: int
    knows: Callable[[bytes], bool]
    read: Callable[[bytes, date, Sequence[str] | None], Reading]
    says: Callable[[str], Text]
    columns: Callable[[bytes], tuple[Column, ...]] = lambda _data: ()


_formats: dict[str, Format] = {}


def register(one: Format) -> None:
    """Declare a kind of file. One of the same code replaces it."""
    _formats[one.code] = one


def every() -> tuple[Format, ...]:
    """All kinds of files, in the order in which they are tried."""
    return tuple(sorted(_formats.values(), key=lambda one: one.order))


def get(code: str) -> Format | None:
    """A kind of file by its code."""
    return _formats.get(code)


def detect(data: bytes) -> Format | None:
    """The kind of a file, or None."""
    return next((one for one in every() if one.knows(data)), None)
