"""PFIF of every version is read record by record; each fault has its line and element; nothing harmful is obeyed."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import shared_folder
from tests.familylinks.pfif.files import OLD, new, wrapped
from waystation.familylinks.pfif import reading, records
from waystation.familylinks.pfif.codes import SAYS
from waystation.familylinks.pfif.reading import Why, description_of, read
from waystation.familylinks.pfif.records import Kind, Note, Person
from waystation.familylinks.pfif.writing import placeholder, reduced, write

NOW = datetime(2026, 5, 17, 8, 30, tzinfo=UTC)
PERSON = "<p:person><p:person_record_id>{}</p:person_record_id>{}</p:person>"


def told(data: str | bytes) -> list[tuple[int, str, Why, bool]]:
    raw = data.encode() if isinstance(data, str) else data
    return [(one.line, one.element, one.why, one.taken) for one in read(raw).faults]


def test_version_1_2_is_read_under_the_names_of_today() -> None:
    found = read(OLD.encode())
    (one,) = found.people
    person = one.person
    assert (one.line, person.given_name, person.family_name, person.full_name) == (3, "Hodan", "Cali", "Hodan Cali")
    assert person.description == "Wears a green scarf.\nSpeaks softly."
    assert [note.author_made_contact for note in person.notes] == ["true", ""]
    assert person.notes[1].linked_person_record_id == "other.example/p.77"
    assert [note.person_record_id for note in person.notes] == ["harbour.example/p.1"] * 2


def test_faults_of_version_1_2_name_line_and_element() -> None:
    assert told(OLD) == [
        (8, "sex", Why.NOT_A_SEX, True),
        (18, "source_date", Why.NOT_A_TIME, True),
        (26, "first_name", Why.NO_NAME, False),
    ]


def test_faults_of_version_1_4_name_line_and_element() -> None:
    found = read(new().encode())
    assert told(new()) == [
        (11, "date_of_birth", Why.NOT_A_DATE, True),
        (22, "person_record_id", Why.NOT_AN_ID, True),
        (25, "first_name", Why.OTHER_VERSION, True),
        (26, "nickname", Why.UNKNOWN, True),
    ]
    assert found.people[0].person.names == ("يوسف عبدي ورسمة", "Yusuf Abdi Warsame", "Little Yusuf")
    assert found.people[1].person.given_name == "Selam"


@pytest.mark.parametrize(
    ("body", "why", "taken"),
    [
        ("<p:person/>", Why.NO_ID, False),
        (PERSON.format("a.b/1", ""), Why.NO_NAME, False),
        (PERSON.format("a.b/1", "<p:full_name>A</p:full_name>"), Why.MISSING, True),
        (PERSON.format("a.b/1", "<p:full_name>A</p:full_name><p:age>30-20</p:age>"), Why.NOT_AN_AGE, True),
        (PERSON.format("a.b/1", "<p:full_name>A</p:full_name><p:full_name>B</p:full_name>"), Why.REPEATED, True),
        (PERSON.format("a.b/1", "<p:full_name>A</p:full_name>") * 2, Why.TWICE, False),
        (PERSON.format("a.b/1", "<p:full_name>A</p:full_name><p:home_country>Sudan</p:home_country>"),
         Why.NOT_A_COUNTRY, True),
        (PERSON.format("a.b/1", f"<p:full_name>A</p:full_name><p:home_city>{'x' * 2000}</p:home_city>"),
         Why.TOO_LONG, True),
        (PERSON.format("a.b/1", "<p:full_name>A</p:full_name><p:note/>"), Why.NO_ID, False),
        (PERSON.format("a.b/1", "<p:full_name>A</p:full_name><p:note><p:note_record_id>a.b/2</p:note_record_id>"
                       "<p:person_record_id>a.b/3</p:person_record_id></p:note>"), Why.OTHER_PERSON, False),
        ("<p:note><p:note_record_id>a.b/2</p:note_record_id><p:person_record_id>a.b/3</p:person_record_id></p:note>",
         Why.NOBODY, False),
        ("", Why.NOT_PFIF, False),
    ],
)  # fmt: skip
def test_each_fault_is_told(body: str, why: Why, taken: bool) -> None:
    assert (why, taken) in [(one.why, one.taken) for one in read(wrapped(body)).faults]


def test_every_reason_has_words() -> None:
    assert set(SAYS) == set(Why)


def test_what_was_wrong_is_not_told_as_missing_too() -> None:
    body = PERSON.format("a.b/1", "<p:full_name>A</p:full_name><p:source_date>yesterday</p:source_date>")
    assert [one.why for one in read(wrapped(body)).faults] == [Why.NOT_A_TIME]


def test_a_version_that_nobody_knows_is_read_as_the_latest_and_told_once() -> None:
    body = PERSON.format("a.b/1", "<p:full_name>A</p:full_name><p:source_date>2026-05-03T08:00:00Z</p:source_date>")
    found = read(wrapped(body * 1, "1.7"))
    assert [one.why for one in found.faults] == [Why.VERSION]
    assert found.people[0].person.full_name == "A"


def test_good_records_before_a_broken_end_are_kept() -> None:
    data = OLD.encode()
    cut = data[: data.index(b"<pfif:last_name/>")]
    found = read(cut)
    assert [one.person.full_name for one in found.people] == ["Hodan Cali"]
    assert (found.faults[-1].why, found.faults[-1].taken) == (Why.NOT_XML, False)
    assert found.faults[-1].line >= 27


LAUGHS = '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>\n'
FETCHES = '<!DOCTYPE p [<!ENTITY f SYSTEM "file:///etc/hostname">]>\n'
ELSEWHERE = '<!DOCTYPE p SYSTEM "http://127.0.0.1:9/evil.dtd">\n'


@pytest.mark.parametrize("before", [LAUGHS, FETCHES, ELSEWHERE, "<!DOCTYPE p>\n"])
def test_a_declaration_is_refused_before_anything_is_expanded_or_fetched(before: str) -> None:
    body = PERSON.format("a.b/1", "<p:full_name>&c;&f;</p:full_name>")
    found = read(wrapped(body, before=before))
    assert found.people == ()
    assert [(one.line, one.why) for one in found.faults] == [(2, Why.DECLARES)]


def test_what_is_nested_or_crowded_without_end_is_stopped() -> None:
    assert [one.why for one in read(b"<a>" * 100_000).faults] == [Why.NOT_PFIF]
    crowd = "<p:x/>" * (reading.MOST_CHILDREN + 10)
    faults = read(wrapped(PERSON.format("a.b/1", f"<p:full_name>A</p:full_name>{crowd}"))).faults
    assert Why.TOO_LARGE in {one.why for one in faults}
    assert len(faults) <= reading.MOST_FAULTS
    assert [one.why for one in read(b" " * (reading.MOST_BYTES + 1)).faults] == [Why.TOO_LARGE]


def test_what_other_says() -> None:
    assert description_of("description:\n    Two lines\n    of it\nheight: 170") == "Two lines\nof it"
    assert description_of("  Only words ") == "Only words"
    assert description_of("description: here") == "here"


# What XML can carry and a reader keeps: no signs that XML forbids, no white space at the ends.
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp", "Zs"]), min_size=1, max_size=30)
VALUES: dict[Kind, Callable[[], st.SearchStrategy[str]]] = {
    Kind.ID: lambda: st.from_regex(r"[a-z]{1,8}\.example/[a-z0-9.]{1,12}", fullmatch=True),
    Kind.TIME: lambda: st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001 - UTC is added
        lambda when: f"{when:%Y-%m-%dT%H:%M:%SZ}"
    ),
    Kind.LINE: lambda: st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
    Kind.TEXT: lambda: st.lists(WORDS, min_size=1, max_size=3).map("\n".join),
    Kind.SEX: lambda: st.sampled_from(records.SEXES),
    Kind.BIRTH: lambda: st.dates().map(lambda day: day.isoformat()),
    Kind.AGE: lambda: st.integers(0, 60).map(lambda age: f"{age}-{age + 5}"),
    Kind.COUNTRY: lambda: st.sampled_from(["SD", "SO", "IT"]),
    Kind.TRUTH: lambda: st.sampled_from(["true", "false"]),
    Kind.STATUS: lambda: st.sampled_from(records.STATUSES),
}


def values(record: type, **always: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
    maybe = {
        name: VALUES[kind]() for name, kind in records.kinds(record).items() if name not in {*always, "expiry_date"}
    }
    return st.fixed_dictionaries(always, optional=maybe)


ID, TIME, LINE, TEXT = (VALUES[kind]() for kind in (Kind.ID, Kind.TIME, Kind.LINE, Kind.TEXT))
NOTES = values(Note, note_record_id=ID, author_name=LINE, source_date=TIME, text=TEXT)
PEOPLE = values(Person, person_record_id=ID, source_date=TIME, full_name=TEXT)


@given(
    st.lists(st.tuples(PEOPLE, st.lists(NOTES, max_size=3)), max_size=4, unique_by=lambda p: p[0]["person_record_id"])
)
def test_what_is_written_is_read_back_the_same(told_of: list[tuple[dict[str, str], list[dict[str, str]]]]) -> None:
    people = []
    for said, notes in told_of:
        own = {"person_record_id": said["person_record_id"]}
        people.append(Person(**said, notes=tuple(Note(**note | own) for note in notes)))
    found = read(write(people, NOW))
    assert [one.person for one in found.people] == people
    assert [one for one in found.faults if one.why != Why.NOT_PFIF] == []


@given(st.sampled_from([OLD.encode(), new().encode()]), st.data())
def test_damaged_bytes_never_break_the_reader(whole: bytes, data: st.DataObject) -> None:
    damaged = bytearray(whole)
    for _number in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    start = data.draw(st.integers(0, len(whole)))
    for one in (damaged, damaged[:start], damaged[start:]):
        assert read(bytes(one)).people or read(bytes(one)).faults


@given(st.binary(max_size=200))
@example(b"")
@example(b'<?xml version="1.0" encoding="utf-7"?><a/>')
@example(b'<?xml version="1.0" encoding="nobody"?><a/>')
@example("<a/>".encode("utf-16"))
def test_any_bytes_are_answered_with_a_fault(raw: bytes) -> None:
    assert read(raw).faults


def test_the_day_after_its_last_day_a_record_leaves_as_a_placeholder_alone() -> None:
    note = Note(note_record_id="a.b/2", author_name="A", source_date="2026-05-01T00:00:00Z", text="Seen")
    person = Person(
        person_record_id="a.b/1", full_name="A B", source_date="2026-05-01T00:00:00Z",
        expiry_date="2026-05-16T00:00:00Z", notes=(note,),
    )  # fmt: skip
    assert reduced(person, datetime(2026, 5, 16, 23, 59, tzinfo=UTC)) == person
    text = write([person], datetime(2026, 5, 17, tzinfo=UTC)).decode()
    assert re.findall(r"<pfif:(\w+)[ >]", text) == [
        "pfif", "person", "person_record_id", "entry_date", "expiry_date", "source_date",
    ]  # fmt: skip
    found = read(text.encode())
    assert found.people[0].person == placeholder("a.b/1", "2026-05-16T00:00:00Z", datetime(2026, 5, 17, tzinfo=UTC))
    assert found.people[0].person.is_placeholder
    assert found.faults == ()


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("test.pfif-1.1.xml", 2), ("test.pfif-1.2.xml", 4), ("test.pfif-1.4.xml", 4),
        ("pfif-tools/xml_11_full.xml", 2),
    ],
)  # fmt: skip
def test_the_files_of_others_are_read_whole(name: str, notes: int) -> None:
    data = (shared_folder() / "pfif" / name).read_bytes()
    found = read(data)
    assert (len(found.people), data.count(b"<pfif:person>")) == (1, 1)
    assert (len(found.people[0].person.notes), data.count(b"<pfif:note>")) == (notes, notes)
    assert all(one.taken for one in found.faults)
    again = read(write([one.person for one in found.people], NOW))
    assert [one.person for one in again.people] == [one.person for one in found.people]


@pytest.mark.shared
def test_no_file_of_others_was_forgotten() -> None:
    assert len(list(Path(shared_folder() / "pfif").rglob("*.xml"))) == 4


def test_a_person_is_written_once_however_many_notes_stand_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    written = []

    def counted(row: Person | Note, **said: Any) -> Person | Note:
        written.append(type(row))
        return replace(row, **said)

    monkeypatch.setattr(reading, "replace", counted)
    note = (
        "<p:note><p:note_record_id>a.org/n{}</p:note_record_id>"
        "<p:person_record_id>a.org/1</p:person_record_id></p:note>"
    )
    person = PERSON.format("a.org/1", "<p:full_name>A B</p:full_name>")
    found = read(wrapped(person + "".join(map(note.format, range(50)))))
    assert [one.note_record_id for one in found.people[0].person.notes] == [f"a.org/n{count}" for count in range(50)]
    assert written.count(Person) == 2
