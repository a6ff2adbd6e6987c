"""Rows into people: each value judged by itself, so that one bad date loses nobody."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from waystation.familylinks.lists.codes import LINE, MOST_NAMES, NOTE, Why
from waystation.familylinks.lists.documents import ListedDocument
from waystation.familylinks.lists.formats import Found, Reading, Wrong
from waystation.familylinks.lists.reading import values
from waystation.familylinks.lists.reading.columns import Field
from waystation.familylinks.lists.reading.table import Row, Table
from waystation.people import cleaning

TEXTS = {Field.FATHER: LINE, Field.MOTHER: LINE, Field.PLACE: LINE, Field.NUMBER: LINE, Field.NOTE: NOTE}
NAMES = frozenset({Field.NAME, Field.GIVEN, Field.MIDDLE, Field.FAMILY, Field.OTHER, Field.FATHER, Field.MOTHER})
SEVERAL_NAMES = (";", "\n", " / ", "|")


@dataclass(frozen=True, kw_only=True, slots=True)
class Habits:
    """What the keeper of a table does in every row: see `values`."""

    month_first: bool
    spanish: bool
    came_on: date


@dataclass
class Judging:
    """One row while it is looked at, with what is wrong in it."""

    row: Row
    columns: Sequence[str]
    heads: Sequence[str]
    wrong: list[tuple[str, str, str]] = field(default_factory=list)
    fatal: bool = False

    def cells(self, wanted: Field) -> list[str]:
        """What stands in the columns that hold something."""
        found = zip(self.columns, self.row.cells, strict=False)
        says_nothing = values.is_nameless if wanted in NAMES else values.is_unknown
        return [cell for column, cell in found if column == wanted and not says_nothing(cell)]

    def refuse(self, where: str, why: str, said: str = "", *, fatal: bool = False) -> None:
        """Note what is wrong."""
        self.wrong.append((where, str(why), said))
        self.fatal = self.fatal or fatal

    def head(self, wanted: Field) -> str:
        """What the file calls a column, for who looks for it there; else our word."""
        place = next((n for n, column in enumerate(self.columns) if column == wanted), None)
        return self.heads[place] if place is not None and place < len(self.heads) else str(wanted.value)

    def get(self, wanted: Field, read: Any, empty: Any) -> Any:
        """The first value of a kind; one that cannot be read is noted and left empty."""
        for cell in self.cells(wanted)[:1]:
            found, why = values.attempt(read, cell, empty)
            if why:
                self.refuse(self.head(wanted), why, cell)
            return found
        return empty

    def text(self, wanted: Field) -> str:
        """All texts of a kind as one; one that is too long is noted and left out."""
        clean, joint = (cleaning.note, "\n") if wanted == Field.NOTE else (cleaning.line, ", ")
        whole = joint.join(filter(None, map(clean, self.cells(wanted))))
        if len(whole) > TEXTS[wanted]:
            self.refuse(self.head(wanted), Why.TOO_LONG, whole)
            return ""
        return whole


def read(table: Table, columns: Sequence[str], came_on: date) -> Reading:
    """People of a table, each column read as what it is said to hold."""
    habits = _habits(table, columns, came_on)
    people: list[Found] = []
    wrong: list[Wrong] = []
    for row in table.rows:
        judging = Judging(row, columns, table.heads)
        found = _person(judging, habits)
        if not judging.fatal:
            people.append(found)
        wrong += _wrong(judging)
    return Reading(people=tuple(people), wrong=tuple(wrong))


def _habits(table: Table, columns: Sequence[str], came_on: date) -> Habits:
    def told(*wanted: Field) -> Iterable[str]:
        places = [number for number, column in enumerate(columns) if column in wanted]
        return (row.cells[place] for row in table.rows for place in places if place < len(row.cells))

    month_first = values.is_month_first(told(Field.BIRTH, Field.TOLD_AT))
    return Habits(month_first=month_first, spanish=values.is_spanish(told(Field.SEX)), came_on=came_on)


def _person(judging: Judging, habits: Habits) -> Found:
    if judging.row.is_open:
        judging.refuse("", Why.OPEN_QUOTE, ",".join(judging.row.cells))
    if any(cell.strip() for cell in judging.row.cells[len(judging.columns) :]):
        judging.refuse("", Why.MORE_CELLS)
    names = _names(judging)
    until = judging.get(Field.UNTIL, values.when, "")
    said = ListedDocument(
        names=names,
        sex=judging.get(Field.SEX, partial(values.sex, spanish=habits.spanish), ""),
        country=judging.get(Field.COUNTRY, values.country, ""),
        told_at=judging.get(Field.TOLD_AT, partial(values.when, month_first=habits.month_first), ""),
        **_birth(judging, habits),
        father=judging.text(Field.FATHER),
        mother=judging.text(Field.MOTHER),
        place=judging.text(Field.PLACE),
        number=judging.text(Field.NUMBER),
        note=judging.text(Field.NOTE),
    )
    return Found(line=judging.row.line, said=said, until=date.fromisoformat(until) if len(until) == 10 else None)


def _birth(judging: Judging, habits: Habits) -> Mapping[str, Any]:
    birth = judging.get(Field.BIRTH, partial(values.born, month_first=habits.month_first), "")
    age, middle = judging.get(Field.AGE, values.age, ("", None))
    year = int(birth[:4]) if birth else (habits.came_on.year - middle if middle is not None else None)
    return {"birth": birth, "age": age, "birth_year": year}


def _names(judging: Judging) -> tuple[str, ...]:
    parts = {one: " ".join(map(cleaning.line, judging.cells(one))) for one in (Field.GIVEN, Field.MIDDLE, Field.FAMILY)}
    whole = [cleaning.line(cell) for cell in judging.cells(Field.NAME)]
    if len(whole) == 1 and not parts[Field.GIVEN]:
        # A column "Name" beside one "Surname" holds given names, or the whole name with the surname in it.
        whole = [" ".join([*whole, *(part for part in parts.values() if part and part not in whole[0])])]
        parts = {}
    others = [cleaning.line(one) for cell in judging.cells(Field.OTHER) for one in _several(cell)]
    found = [name for name in dict.fromkeys([*whole, " ".join(filter(None, parts.values())), *others]) if name]
    if not found:
        judging.refuse(judging.head(Field.NAME), Why.NO_NAME, fatal=True)
    elif len(found) > MOST_NAMES or any(len(name) > LINE for name in found):
        judging.refuse(judging.head(Field.NAME), Why.TOO_LONG, max(found, key=len), fatal=True)
    return tuple(found)


def _several(cell: str) -> list[str]:
    for sign in SEVERAL_NAMES:
        cell = cell.replace(sign, "\n")
    return cell.split("\n")


def _wrong(judging: Judging) -> list[Wrong]:
    return [
        Wrong(
            line=judging.row.line,
            where=where,
            why=why,
            said=said,
            cells=judging.row.cells,
            taken=not judging.fatal,
        )
        for where, why, said in judging.wrong
    ]
