"""PFIF comes in by the door of lists: its records, their notes, their last day, and what its keeper wants forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.familylinks.lists.factories import brought, taken
from tests.familylinks.pfif.files import OLD, new, wrapped
from waystation.familylinks.lists import formats, queries
from waystation.familylinks.lists.documents import ListedDocument
from waystation.familylinks.lists.models import PersonList
from waystation.familylinks.pfif.codes import SAYS
from waystation.familylinks.pfif.reading import Why
from waystation.familylinks.pfif.records import Person
from waystation.familylinks.pfif.writing import placeholder, write
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.vault.actors import system_actor


@pytest.fixture
def officer(actors: dict[str, Actor]) -> Actor:
    return actors["family-links"]


def said_in(row: PersonList, by: Actor) -> list[ListedDocument]:
    people = list(row.people.all())
    said = queries.documents(people, by=by)
    return [said[one.pk] for one in people]


def test_a_record_keeps_what_helps_to_find_somebody(officer: Actor) -> None:
    row = taken(officer, OLD)
    (hodan,) = said_in(row, officer)
    assert row.format == "pfif"
    assert (hodan.names, hodan.country, hodan.number) == (("Hodan Cali",), "SO", "harbour.example/p.1")
    assert (hodan.age, hodan.birth_year) == ("20-30", 2001)
    assert hodan.note == "Wears a green scarf.\nSpeaks softly."
    first, second = hodan.told
    assert (first.text, first.by, str(first.status_words)) == (
        "She asks for her sister.", "Nurse of ward 2", "Believed to be alive",
    )  # fmt: skip
    assert second.linked == "other.example/p.77"
    assert [one.names for one in queries.all_listed(by=system_actor())] == [("Hodan Cali",)]


def test_faults_are_kept_with_line_element_and_words(officer: Actor) -> None:
    row = taken(officer, OLD)
    faults = queries.faults_of(row, by=officer)
    assert [(one.line, said.where, one.why, one.taken) for one, said in faults] == [
        (8, "sex", "not-a-sex", True), (18, "source_date", "not-a-time", True), (26, "first_name", "no-name", False),
    ]  # fmt: skip
    assert faults[0][1].said == "woman"
    kind = formats.get("pfif")
    assert kind is not None
    assert str(kind.says("not-a-sex")) == str(SAYS[Why.NOT_A_SEX])


def test_photos_are_not_even_remembered(officer: Actor) -> None:
    row = taken(officer, new())
    assert not any("photos/9.jpg" in repr(said) for said in said_in(row, officer))


def test_a_harmful_file_is_told_of_on_the_page_and_never_taken(officer: Actor) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha">]>\n'
    row = brought(officer, wrapped("<p:person/>", before=laughs))
    kind = formats.get(row.format)
    assert kind is not None
    found = kind.read(wrapped("<p:person/>", before=laughs), clock.today(), None)
    assert [(one.line, one.why) for one in found.wrong] == [(2, "declares")]


def test_a_placeholder_in_a_later_file_empties_the_earlier_record(officer: Actor) -> None:
    now = datetime.now(UTC)
    told = [
        Person(person_record_id=f"camp.example/p.{number}", source_date="2026-05-03T08:00:00Z", full_name=name)
        for number, name in enumerate(("Amal Haddad", "Zaid Omar"))
    ]
    earlier = taken(officer, write(told, now))
    over = placeholder("camp.example/p.0", f"{now - timedelta(days=9):%Y-%m-%dT%H:%M:%SZ}", now)
    taken(officer, write([over], now))
    assert [said.names for said in said_in(earlier, officer)] == [(), ("Zaid Omar",)]
    assert [said.number for said in said_in(earlier, officer)] == ["camp.example/p.0", "camp.example/p.1"]
    assert [one.names for one in queries.all_listed(by=system_actor())] == [("Zaid Omar",)]
