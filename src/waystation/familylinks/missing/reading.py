"""Files of the IOM Missing Migrants Project into rows, as they are published: a list in JSON, or a table (CSV).

Numbers come as text, with `NA`, with commas, and in a few corrected entries below zero; `location_coodinates` is
spelled so. One number of an incident may stand in several rows, one for each group of people; each is a part of it.
In the table merged parts have one row, whose `Main ID` is the number of the incident. Totals count as the source
states them. Nothing is dropped in silence: what cannot be read stands in the remarks, by line and reason.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from waystation.familylinks.missing.codes import FIRST_YEAR, LAST_YEAR, MOST_PEOPLE, ROUNDED_TO, Why
from waystation.kernel.errors import Invalid
from waystation.people import cleaning

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 100_000
LONGEST_CELL, LONGEST_NUMBER = 200_000, 12
NAMES: Mapping[str, tuple[str, ...]] = {
    "key": ("web_id", "main id"),
    "day": ("reported_date", "incident date"),
    "year": ("incident year",),
    "region": ("region", "region of incident"),
    "route": ("migration_route", "route", "migration route"),
    "country": ("country_of_incident", "country of incident"),
    "place": ("location_description", "location of death", "location of incident"),
    "point": ("location_coodinates", "location_coordinates", "coordinates"),
    "latitude": ("latitude",),
    "longitude": ("longitude",),
    "dead": ("number_dead", "no. dead", "number of dead"),
    "missing": ("number_missing", "no. missing", "minimum estimated number of missing"),
    "total": ("total_dead_and_missing", "no. dead/missing", "total number of dead and missing"),
    "survivors": ("number_of_survivors", "no. survivors", "number of survivors"),
    "women": ("number_of_female", "no. female", "number of females"),
    "men": ("number_of_male", "no. male", "number of males"),
    "children": ("number_of_children", "no. minors", "number of children"),
    "cause": ("cause_death", "cause of death (category)", "cause of death"),
    "sources": ("information_source", "source", "information source"),
    "url": ("url", "link"),
    "quality": ("source_quality", "source quality"),
}
"""What each field of ours is called in the JSON, in the table of 31 columns, and in the table of IOM's own page."""
NEEDED = ("key", "day", "dead", "missing")
COUNTS = ("dead", "missing", "survivors", "women", "men", "children")
LENGTHS: Mapping[str, int] = {
    "region": 80, "route": 120, "country": 120, "place": 1000, "cause": 300, "sources": 500, "url": 1000,
}  # fmt: skip
KEY = re.compile(r"(\d{4})\.MMP\d+")
NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)")
NOTHING = {"", "NA"}
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Remark:
    """What was wrong: in which line of a table or which entry of a list, in which field, and what stood there."""

    line: int
    field: str
    why: str
    said: str = ""
    taken: bool = True


@dataclass(kw_only=True, slots=True)
class Row:
    """One part of an incident, in our own terms: the values are those of the columns of `Incident`."""

    line: int
    key: str
    part: int = 1
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Read:
    """A file: its rows in order, and what was wrong."""

    rows: list[Row] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def read(data: bytes) -> Read:
    """A whole file. Raises Invalid for what is no such file, or too large a one."""
    if len(data) > MOST_BYTES:
        raise _wrong(_("This file is larger than 20 MB. Send it in parts."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise _wrong(_("This file is not written in UTF-8. Save it so, then read it again.")) from problem
    found = Read()
    parts: Counter[str] = Counter()
    entries = _of_list(text) if text.lstrip()[:1] in {"[", "{"} else _of_table(text)
    for count, (line, entry) in enumerate(entries):
        if count == MOST_ROWS:
            raise _wrong(_("This file has more rows than anybody can look through. Send it in parts."))
        if (row := _row(line, entry, found.remarks)) is not None:
            parts[row.key] += 1
            row.part = parts[row.key]
            found.rows.append(row)
    return found


def _wrong(words: Any) -> Invalid:
    return Invalid({"file": words})


Entry = dict[str, str] | Why
"""Cells by our names, or why there are none."""


def _of_list(text: str) -> Iterator[tuple[int, Entry]]:
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise _wrong(_("This is not JSON from its first letter to its last. Fetch the file again.")) from problem
    if not isinstance(entries, list):
        raise _wrong(_("This JSON is not a list of incidents."))
    heads = {name for entry in entries if isinstance(entry, dict) for name in entry}
    names = _our_names(heads)
    for number, entry in enumerate(entries, start=1):
        if isinstance(entry, dict):
            yield number, {ours: _text(entry.get(theirs)) for ours, theirs in names.items()}
        else:
            yield number, Why.NO_ENTRY


def _of_table(text: str) -> Iterator[tuple[int, Entry]]:
    csv.field_size_limit(LONGEST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""))
    try:
        heads = next(lines, [])
        names = {ours: heads.index(theirs) for ours, theirs in _our_names(heads).items()}
        before = lines.line_num
        for cells in lines:
            line, before = before + 1, lines.line_num
            if len(cells) == len(heads):
                yield line, {ours: cells[place] for ours, place in names.items()}
            elif cells:
                yield line, Why.CELLS
    except csv.Error as problem:
        raise _wrong(_("Line %(line)d is no line of a table.") % {"line": lines.line_num}) from problem


def _our_names(heads: Any) -> dict[str, str]:
    """Which of their names stands for which of ours. Raises Invalid where what everything hangs on is missing."""
    theirs = {cleaning.line(str(head)).casefold(): str(head) for head in heads}
    found = {ours: next((theirs[name] for name in names if name in theirs), None) for ours, names in NAMES.items()}
    if any(found[name] is None for name in NEEDED):
        raise _wrong(_("This is not a file of the Missing Migrants Project: its number, day and counts are not there."))
    return {ours: name for ours, name in found.items() if name is not None}


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _row(line: int, entry: Entry, remarks: list[Remark]) -> Row | None:
    if isinstance(entry, Why):
        remarks.append(Remark(line, "", entry, taken=False))
        return None
    reading = _Reading(line, entry)
    row = reading.row()
    remarks += reading.remarks
    return row


class _Reading:
    """One entry on its way to a row."""

    def __init__(self, line: int, entry: Mapping[str, str]) -> None:
        self.line, self.entry = line, entry
        self.remarks: list[Remark] = []

    def row(self) -> Row | None:
        """The row, or None where nothing can be counted; the remarks then say why."""
        key, day = self.get("key"), self.day()
        year = self.year(key, day)
        if not key or year is None:
            self.note("key" if not key else "day", Why.NO_ID if not key else Why.NO_YEAR, taken=False)
            return None
        if not KEY.fullmatch(key):
            self.note("key", Why.ODD_ID)
            key = f"{key} {day or year}"
        counts = {name: self.count(name) for name in COUNTS}
        total = self.total(counts)
        if total is None:
            self.note("total", Why.NO_COUNT, taken=False)
            return None
        if day is None:
            self.note("day", Why.NO_DAY)
        texts = {name: self.text(name, longest) for name, longest in LENGTHS.items()}
        values = {
            "year": year,
            "day": day,
            "total": total,
            **counts,
            **texts,
            **self.point(),
            "quality": self.quality(),
        }
        return Row(line=self.line, key=key[:80], values=values)

    def get(self, name: str) -> str:
        """A cell as one clean line; what means nothing is empty."""
        text = cleaning.line(self.entry.get(name, ""))
        return "" if text in NOTHING else text

    def note(self, name: str, why: Why, *, taken: bool = True) -> None:
        """Keep in mind what is wrong."""
        self.remarks.append(Remark(self.line, name, why, self.get(name)[:SHOWN], taken))

    def day(self) -> date | None:
        """The day, where one can be read."""
        try:
            found = date.fromisoformat(self.get("day"))
        except ValueError:
            return None
        return found if FIRST_YEAR <= found.year <= LAST_YEAR else None

    def year(self, key: str, day: date | None) -> int | None:
        """Of the day, else of the column, else of the number."""
        if day is not None:
            return day.year
        told = self.get("year")
        of_key = KEY.fullmatch(key)
        year = int(told) if re.fullmatch(r"\d{4}", told, re.ASCII) else int(of_key[1]) if of_key else None
        return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None

    def count(self, name: str) -> int | None:
        """A number of people, or None where none is told."""
        text = self.get(name)
        if not text:
            return None
        is_number = len(text) <= LONGEST_NUMBER and text.isascii() and NUMBER.fullmatch(text)
        if not is_number or abs(found := int(text.replace(",", ""))) > MOST_PEOPLE:
            self.note(name, Why.NUMBER)
            return None
        if found < 0:
            self.note(name, Why.BELOW_ZERO)
        return found

    def total(self, counts: Mapping[str, int | None]) -> int | None:
        """Dead and missing as the source adds them; where it does not, as they add up."""
        told, parts = self.count("total"), [counts["dead"], counts["missing"]]
        added = None if parts == [None, None] else sum(part or 0 for part in parts)
        if told is not None and added is not None and told != added:
            self.note("total", Why.SUM)
        return added if told is None else told

    def text(self, name: str, longest: int) -> str:
        """Words of the source, in one line."""
        text = self.get(name)
        if len(text) > longest:
            self.note(name, Why.CUT)
        return text[:longest]

    def point(self) -> dict[str, float | None]:
        """Where it was, rounded."""
        one = self.get("point")
        pair = one.split(",") if one else [self.get("latitude"), self.get("longitude")]
        if pair == ["", ""]:
            return {"latitude": None, "longitude": None}
        try:
            latitude, longitude = (round(float(part), ROUNDED_TO) for part in pair)
        except ValueError:
            latitude = longitude = float("nan")
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            self.note("point" if one else "latitude", Why.PLACE)
            return {"latitude": None, "longitude": None}
        return {"latitude": latitude, "longitude": longitude}

    def quality(self) -> int | None:
        """From 1 (one media report) to 5 (officials or a forensic expert); of merged parts ("45") the least."""
        text = self.get("quality")
        if text and not re.fullmatch(r"[1-5]+", text):
            self.note("quality", Why.QUALITY)
            return None
        return min(map(int, text)) if text else None
