"""Records into PFIF 1.4. Pure: no Django. A record whose last day has passed leaves as its placeholder alone."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

from waystation.familylinks.pfif import records
from waystation.familylinks.pfif.reading import moment
from waystation.familylinks.pfif.records import LATEST, NAMESPACE, Note, Person

GRACE = timedelta(days=1)
"""So long after `expiry_date` everybody who holds a record must have reduced it (PFIF 1.3, data expiry)."""
HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<pfif:pfif xmlns:pfif="{NAMESPACE}{LATEST}">\n'
TAIL = "</pfif:pfif>\n"


def write(people: Iterable[Person], now: datetime) -> bytes:
    """A file of records as they may be told at a moment."""
    body = "".join("".join(_person(reduced(one, now))) for one in people)
    return (HEAD + body + TAIL).encode()


def reduced(person: Person, now: datetime) -> Person:
    """The record itself, or once its time is over the placeholder that others must see: id and dates, no notes."""
    expiry = moment(person.expiry_date)
    if expiry is None or now < expiry + GRACE:
        return person
    return placeholder(person.person_record_id, person.expiry_date, now)


def placeholder(number: str, expiry_date: str, now: datetime) -> Person:
    """What stays of a record: others take it for the newest state, so both dates are of this moment."""
    stamp = stamped(now)
    return Person(person_record_id=number, source_date=stamp, entry_date=stamp, expiry_date=expiry_date)


def stamped(when: datetime) -> str:
    """A moment as PFIF writes it."""
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _person(person: Person) -> Iterator[str]:
    yield "  <pfif:person>\n"
    yield from _fields(person, "    ")
    for note in person.notes:
        yield "    <pfif:note>\n"
        yield from _fields(replace(note, person_record_id=person.person_record_id), "      ")
        yield "    </pfif:note>\n"
    yield "  </pfif:person>\n"


def _fields(record: Person | Note, indent: str) -> Iterator[str]:
    for name in records.kinds(type(record)):
        value = getattr(record, name)
        if value:
            yield f"{indent}<pfif:{name}>{_text(value)}</pfif:{name}>\n"


def _text(value: str) -> str:
    """Text without what XML 1.0 forbids."""
    return escape("".join(sign for sign in value if _fits(sign)))


def _fits(sign: str) -> bool:
    return sign in "\t\n" or (sign >= " " and not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff")
