"""PFIF as a kind of file that lists of others can come as. Photos are never fetched: their addresses are not kept."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from waystation.familylinks.lists import formats
from waystation.familylinks.lists.codes import LINE, MOST_NAMES, NOTE
from waystation.familylinks.lists.documents import ListedDocument, Word
from waystation.familylinks.lists.formats import Format, Reading, Wrong
from waystation.familylinks.lists.reading.text import decoded
from waystation.familylinks.pfif import reading
from waystation.familylinks.pfif.codes import SAYS
from waystation.familylinks.pfif.reading import Fault, Read
from waystation.familylinks.pfif.records import Note
from waystation.kernel.errors import Text
from waystation.people import cleaning
from waystation.people.places import COUNTRIES

BEGINNING = 400
PLACE = ("home_street", "home_neighborhood", "home_city", "home_state", "home_postal_code")
MOST_NOTES = 200


def knows(data: bytes) -> bool:
    """Whether it is XML at all: then its faults can be told line by line."""
    return decoded(data[:BEGINNING])[0].lstrip("\ufeff \t\r\n").startswith("<")


def read(data: bytes, came_on: date, _columns: Sequence[str] | None) -> Reading:
    """People of a file."""
    found = reading.read(data)
    return Reading(
        people=tuple(_found(one, came_on) for one in found.people),
        wrong=tuple(_wrong(one) for one in found.faults),
    )


def says(code: str) -> Text:
    """A reason in words."""
    return SAYS.get(code, code)


def declare() -> None:
    """Let lists read PFIF."""
    formats.register(Format(code="pfif", label="PFIF", order=10, knows=knows, read=read, says=says))


def _wrong(fault: Fault) -> Wrong:
    known = {name: value for name, value in asdict(fault).items() if name in {"line", "why", "said", "taken"}}
    return Wrong(**known, where=fault.element, cells=(fault.record,) if fault.record else ())


def _found(one: Read, came_on: date) -> formats.Found:
    person = one.person
    expiry = reading.moment(person.expiry_date)
    said = ListedDocument(
        names=tuple(cleaning.line(name)[:LINE] for name in person.names[:MOST_NAMES]),
        sex=person.sex,
        birth_year=_year(one, came_on),
        birth=person.date_of_birth,
        age=person.age,
        country=person.home_country if person.home_country in COUNTRIES else "",
        place=cleaning.line(", ".join(getattr(person, name) for name in PLACE if getattr(person, name)))[:LINE],
        note=cleaning.note(person.description)[:NOTE],
        number=person.person_record_id,
        told_at=person.source_date,
        told_by=_joined(person.author_name, person.author_email, person.author_phone, person.source_name),
        told=tuple(_word(note) for note in person.notes[:MOST_NOTES]),
    )
    return formats.Found(line=one.line, said=said, until=expiry.date() if expiry else None)


def _year(one: Read, came_on: date) -> int | None:
    """The year of birth: as told, or the middle of the age on the day the record was written."""
    if one.person.date_of_birth:
        return int(one.person.date_of_birth[:4])
    if not one.person.age:
        return None
    written = reading.moment(one.person.source_date)
    ages = [int(part) for part in one.person.age.split("-")]
    return (written.year if written else came_on.year) - (ages[0] + ages[-1]) // 2


def _word(note: Note) -> Word:
    return Word(
        number=note.note_record_id,
        at=note.source_date,
        by=_joined(note.author_name, note.author_email, note.author_phone),
        status=note.status,
        place=cleaning.line(note.last_known_location)[:LINE],
        text=cleaning.note(note.text)[:NOTE],
        reach=_joined(note.email_of_found_person, note.phone_of_found_person),
        linked=note.linked_person_record_id,
    )


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, map(cleaning.line, parts)))
