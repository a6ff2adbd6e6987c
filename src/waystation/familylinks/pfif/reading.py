"""PFIF into records, record by record: what is good is kept, each fault is told with its line, its element, and why.

Pure: no Django, no network. A document type declaration is refused where it begins, so that no entity is ever declared,
expanded or fetched; addresses of photos are text and nothing more.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from xml.parsers import expat

from waystation.familylinks.pfif import records
from waystation.familylinks.pfif.records import LATEST, NAMESPACE, OLD_NAMES, VERSIONS, Kind, Note, Person

MOST_BYTES = 10 * 1024 * 1024
LONGEST: Final = {Kind.TEXT: 20_000, Kind.ID: 300}
LONGEST_LINE = 1000
MOST_FAULTS = 5000
OLDEST_AGE = 130
MOST_DEPTH, MOST_CHILDREN = 30, 5000
"""Elements within each other, and in one: no honest file comes near."""


class Why(StrEnum):
    """What is wrong with a record or a value."""

    NOT_XML = "not-xml"
    DECLARES = "declares"
    TOO_LARGE = "too-large"
    NOT_PFIF = "not-pfif"
    VERSION = "version"
    UNKNOWN = "unknown"
    OTHER_VERSION = "other-version"
    REPEATED = "repeated"
    MISSING = "missing"
    NO_NAME = "no-name"
    NO_ID = "no-id"
    TWICE = "twice"
    NOT_AN_ID = "not-an-id"
    NOT_A_TIME = "not-a-time"
    NOT_A_DATE = "not-a-date"
    NOT_AN_AGE = "not-an-age"
    NOT_A_SEX = "not-a-sex"
    NOT_A_COUNTRY = "not-a-country"
    NOT_A_TRUTH = "not-a-truth"
    NOT_A_STATUS = "not-a-status"
    TOO_LONG = "too-long"
    OTHER_PERSON = "other-person"
    NOBODY = "nobody"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing that is wrong: the line, the element, why, what stands there, of which record. `taken`: the record is
    taken without it."""

    line: int
    element: str
    why: Why
    said: str = ""
    record: str = ""
    taken: bool = True


@dataclass(frozen=True, slots=True)
class Read:
    """A person and the line on which the record begins."""

    line: int
    person: Person


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What came of a file."""

    people: tuple[Read, ...]
    faults: tuple[Fault, ...]


def read(data: bytes) -> Found:
    """Read a file; never fails. What stands before a fault of the file itself is kept."""
    reader = _Reader()
    if len(data) > MOST_BYTES:
        reader.fault(1, "", Why.TOO_LARGE, taken=False)
    else:
        reader.feed(data)
    return reader.found()


class _Refused(Exception):  # noqa: N818 - it is no mistake of ours
    """The file is built to do harm, or at least not to be read."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why.value)


@dataclass
class _Element:
    """An element that is open, or a field that was closed."""

    name: str
    version: str
    line: int
    text: list[str] = field(default_factory=list)
    children: list["_Element"] = field(default_factory=list)

    @property
    def said(self) -> str:
        """Its text without the white space around."""
        return "\n".join(part.strip() for part in "".join(self.text).strip().splitlines())


class _Reader:
    """One file on its way in."""

    def __init__(self) -> None:
        self.people: dict[str, Read] = {}
        self.loose: list[tuple[Note, int]] = []
        self.faults: list[Fault] = []
        self.open: list[_Element] = []
        self.versions: set[str] = set()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        for handler in ("StartDoctypeDeclHandler", "EntityDeclHandler", "ExternalEntityRefHandler"):
            setattr(self.parser, handler, self._refuse)

    def feed(self, data: bytes) -> None:
        """Read everything."""
        try:
            self.parser.Parse(data, True)  # noqa: FBT003 - expat calls it so
        except expat.ExpatError as problem:
            self.fault(problem.lineno, "", Why.NOT_XML, taken=False)
        except (LookupError, ValueError):  # an encoding that nobody knows
            self.fault(1, "", Why.NOT_XML, taken=False)
        except _Refused as problem:
            self.fault(self.parser.CurrentLineNumber, "", problem.why, taken=False)

    def found(self) -> Found:
        """What came of it, notes that stood by themselves among the people they are about."""
        self._join_loose()
        if not self.people and not self.faults:
            self.fault(1, "", Why.NOT_PFIF, taken=False)
        return Found(people=tuple(self.people.values()), faults=tuple(sorted(self.faults, key=lambda one: one.line)))

    def fault(self, line: int, element: str, why: Why, said: str = "", **more: Any) -> None:
        """Note what is wrong."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(line=line, element=element, why=why, said=said[:LONGEST_LINE], **more))

    def _refuse(self, *_told: object) -> None:
        raise _Refused(Why.DECLARES)

    def _start(self, name: str, _attributes: Mapping[str, str]) -> None:
        space, _sign, local = name.rpartition(" ")
        version = space.removeprefix(NAMESPACE) if space.startswith(NAMESPACE) else ""
        line = self.parser.CurrentLineNumber
        if version and version not in VERSIONS:
            if version not in self.versions:
                self.fault(line, local, Why.VERSION, version)
            self.versions.add(version)
            version = LATEST
        if len(self.open) >= MOST_DEPTH:
            raise _Refused(Why.NOT_PFIF)
        self.open.append(_Element(local, version, line))

    def _text(self, data: str) -> None:
        if self.open:
            self.open[-1].text.append(data)

    def _end(self, _name: str) -> None:
        done = self.open.pop()
        inside = self.open[-1] if self.open else None
        if done.version and done.name == "person":
            self._person(done)
        elif done.version and done.name == "note" and (inside is None or inside.name != "person"):
            self._loose_note(done)
        elif inside is not None and any(one.name in {"person", "note"} and one.version for one in self.open):
            if len(inside.children) < MOST_CHILDREN:
                inside.children.append(done)
            else:
                self.fault(done.line, done.name, Why.TOO_LARGE)

    def _person(self, element: _Element) -> None:
        told = _Record(self, element, Person)
        notes = [child for child in element.children if child.name == "note"]
        person = Person(**told.values(skip="note"))
        number = person.person_record_id
        if not number:
            told.refuse("person_record_id", Why.NO_ID)
        elif number in self.people:
            told.refuse("person_record_id", Why.TWICE, number)
        elif not person.names and not person.is_placeholder:
            told.refuse("full_name" if "full_name" in told.called else "first_name", Why.NO_NAME)
        else:
            if not person.is_placeholder:
                told.check_complete(person)
            kept = tuple(note for child in notes if (note := self._note(child, number)))
            # Versions before 1.3 know no whole name: what we keep has one, as 1.4 wants it.
            whole = person.full_name or person.joined_name
            self.people[number] = Read(element.line, replace(person, notes=kept, full_name=whole))

    def _note(self, element: _Element, person: str) -> Note | None:
        told = _Record(self, element, Note)
        note = Note(**told.values())
        if not note.note_record_id:
            told.refuse("note_record_id", Why.NO_ID)
            return None
        if person and note.person_record_id not in {"", person}:
            told.refuse("person_record_id", Why.OTHER_PERSON, note.person_record_id)
            return None
        told.check_complete(note)
        return replace(note, person_record_id=note.person_record_id or person)

    def _loose_note(self, element: _Element) -> None:
        note = self._note(element, "")
        if note is not None:
            self.loose.append((note, element.line))

    def _join_loose(self) -> None:
        """Each person once, however many notes are about them."""
        about: dict[str, list[Note]] = {}
        for note, line in self.loose:
            number = note.person_record_id
            if number in self.people:
                about.setdefault(number, []).append(note)
            else:
                self.fault(line, "person_record_id", Why.NOBODY, number, record=note.note_record_id, taken=False)
        for number, notes in about.items():
            known = self.people[number]
            self.people[number] = Read(known.line, replace(known.person, notes=(*known.person.notes, *notes)))


class _Record:
    """One record while its fields are judged."""

    def __init__(self, reader: _Reader, element: _Element, record: type[Person | Note]) -> None:
        self.reader, self.element, self.record = reader, element, record
        self.kinds = records.kinds(record)
        self.called = records.called(record, element.version)
        self.number = next((one.said for one in element.children if one.name == f"{element.name}_record_id"), "")

    def values(self, skip: str = "") -> dict[str, Any]:
        """Its fields by today's names; what cannot be read is told and left out."""
        found: dict[str, str] = {}
        for child in self.element.children:
            if child.name == skip:
                continue
            name = self._name_of(child)
            if name and name in found:
                self._fault(child, Why.REPEATED, child.said)
            elif name:
                found[name] = self._judged(child, name)
        return found

    def refuse(self, name: str, why: Why, said: str = "") -> None:
        """The record cannot be taken."""
        self.reader.fault(self._line_of(name), name, why, said, record=self.number, taken=False)

    def check_complete(self, record: Person | Note) -> None:
        """Tell what must stand there and does not."""
        theirs = {ours: name for name, ours in self.called.items()}
        told = {self.called.get(child.name, child.name) for child in self.element.children if child.said}
        for name in records.must_have(self.record, self.element.version):
            if not getattr(record, name) and name not in told:
                self.reader.fault(self.element.line, theirs.get(name, name), Why.MISSING, record=self.number)

    def _line_of(self, name: str) -> int:
        return next((one.line for one in self.element.children if one.name == name), self.element.line)

    def _fault(self, child: _Element, why: Why, said: str = "") -> None:
        self.reader.fault(child.line, child.name, why, said, record=self.number)

    def _name_of(self, child: _Element) -> str:
        """Today's name of a field; a name of another version is told and taken all the same."""
        if child.version and child.name in self.called:
            return self.called[child.name]
        name = OLD_NAMES.get(child.name, (child.name, ""))[0]
        known = bool(child.version) and name in self.kinds
        self._fault(child, Why.OTHER_VERSION if known else Why.UNKNOWN, child.said)
        return name if known else ""

    def _judged(self, child: _Element, name: str) -> str:
        kind, said = self.kinds[name], child.said
        for inner in child.children:
            self._fault(inner, Why.UNKNOWN, inner.said)
        if child.name == "other":
            said = description_of("".join(child.text))
        if kind != Kind.TEXT:
            said = " ".join(said.split())
        if len(said) > LONGEST.get(kind, LONGEST_LINE):
            self._fault(child, Why.TOO_LONG, said)
            return ""
        why = JUDGES[kind](said) if said and kind in JUDGES else None
        if why is None:
            return said
        self._fault(child, why, said)
        return said if kind == Kind.ID else ""


_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?/\S.*")
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z")
_BIRTH = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_AGE = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?")
_IN_OTHER = re.compile(r"^description:[ \t]*(.*(?:\n[ \t]+.*)*)", re.MULTILINE)


def description_of(other: str) -> str:
    """What the field `other` of PFIF 1.1 and 1.2 says: its part `description`, else the whole of it."""
    plain = other.strip()
    match = _IN_OTHER.search(plain)
    return "\n".join(part.strip() for part in (match[1] if match else plain).strip().splitlines())


def _id(said: str) -> Why | None:
    return None if _ID.fullmatch(said) else Why.NOT_AN_ID


def _time(said: str) -> Why | None:
    return None if moment(said) else Why.NOT_A_TIME


def _birth(said: str) -> Why | None:
    match = _BIRTH.fullmatch(said)
    try:
        date(*(int(part or 1) for part in match.groups())) if match else None
    except ValueError:
        match = None
    return None if match else Why.NOT_A_DATE


def _age(said: str) -> Why | None:
    match = _AGE.fullmatch(said)
    fits = match and int(match[1]) <= int(match[2] or match[1]) <= OLDEST_AGE
    return None if fits else Why.NOT_AN_AGE


def _one_of(known: tuple[str, ...], why: Why) -> Callable[[str], Why | None]:
    return lambda said: None if said in known else why


def _country(said: str) -> Why | None:
    return None if re.fullmatch("[A-Z]{2}", said) else Why.NOT_A_COUNTRY


JUDGES: Mapping[Kind, Callable[[str], Why | None]] = {
    Kind.ID: _id,
    Kind.TIME: _time,
    Kind.BIRTH: _birth,
    Kind.AGE: _age,
    Kind.SEX: _one_of(records.SEXES, Why.NOT_A_SEX),
    Kind.COUNTRY: _country,
    Kind.TRUTH: _one_of(("true", "false"), Why.NOT_A_TRUTH),
    Kind.STATUS: _one_of(records.STATUSES, Why.NOT_A_STATUS),
}


def moment(said: str) -> datetime | None:
    """A time of PFIF, in UTC; None for what is none."""
    match = _TIME.fullmatch(said)
    try:
        return datetime.fromisoformat(f"{match[1]}+00:00") if match else None
    except ValueError:
        return None
