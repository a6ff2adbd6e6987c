"""Who may be meant: across scripts, with what else is known; why adds up; and one by one as all at once."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.names.attributes import Known
from waystation.names.registry import Found, Registry

GIVEN = (
    *("Amina", "Yusuf", "Fatima", "Omar", "Salma", "Karim", "Lena", "Marko", "Selam", "Dawit"),
    *("Юсуф", "Амина", "يوسف", "أمينة", "سلمى", "Σοφία", "Նարե", "ሰላም"),
)
FAMILY = (
    *("Haddad", "Petrov", "Tesfaye", "Nowak", "Rahimi"),
    *("Петров", "حداد", "تسفاي", "Παπαδόπουλος", "Պետրոսյան", "ተስፋዬ"),
)
PEOPLE = st.tuples(
    st.sampled_from(GIVEN),
    st.sampled_from(FAMILY),
    st.sampled_from([0, 1988, 1989, 2001]),
    st.sampled_from(["", "f", "m"]),
    st.sampled_from(["", "SY", "ER", "UA"]),
)
Person = tuple[str, str, int, str, str]


def filled(people: Sequence[Person]) -> Registry:
    registry = Registry()
    for first, last, year, sex, country in people:
        registry.add([f"{first} {last}"], Known(year, sex, country))
    return registry


def told(found: Sequence[Found]) -> list[tuple[int, float, float]]:
    return [(one.place, round(one.score, 3), round(one.probability, 4)) for one in found]


def crowd(count: int = 400) -> list[Person]:
    chance = random.Random(7)

    def one() -> Person:
        country = chance.choice(["SY", "UA"])
        return chance.choice(GIVEN), chance.choice(FAMILY), chance.randint(1950, 2015), chance.choice("fm"), country

    return [one() for _person in range(count)]


@pytest.mark.parametrize(
    ("registered", "asked"),
    [
        ("Zahra Qasemi", "زهرا قاسمی"),
        ("Гульнара Ахметова", "Gulnara Akhmetova"),
        ("ትርሐስ ገብረመድህን", "Tirhas Gebremedhin"),
        ("Nino Beridze", "ნინო ბერიძე"),
        ("מרים כהן", "Miriam Cohen"),
        ("Oluwaseun Adeyemi", "Oluwasuen Adeyemi"),
    ],
)
def test_the_one_sought_is_first_in_any_script(registered: str, asked: str) -> None:
    registry = filled(crowd())
    place = registry.add([registered], Known(1990, "f", "SY"))
    found = registry.find(asked, Known(1991, "f", "SY"))
    assert found[0].place == place
    assert found[0].probability > 0.5


def test_what_else_is_known_tells_namesakes_apart() -> None:
    registry = Registry()
    years = [registry.add(["Amina Haddad"], Known(year, "f", "SY")) for year in (1960, 1988, 2010)]
    registry.add(["Amina Haddad"], Known(1988, "m", "SY"))
    assert registry.find("Amina Haddad", Known(1989, "f"))[0].place == years[1]
    assert registry.find("Amina Haddad", Known(2010))[0].place == years[2]
    assert registry.find("Amina Haddad")[0].probability < 0.5, "nobody knows which of four"


@pytest.mark.parametrize(
    ("registered", "asked"),
    [("Amir Hossein Rahimi", "Amirhossein Rahimi"), ("Abdirahman Nowak", "Abdi Rahman Nowak")],
)
def test_what_is_written_as_one_word_is_found_as_two_and_the_other_way_round(registered: str, asked: str) -> None:
    registry = filled(crowd())
    for _namesake in range(30):
        registry.add(["Amir Omar"])
        registry.add(["Hossein Karim"])
    place = registry.add([registered], Known(1990, "m", "SY"))
    found = registry.find(asked, Known(1990, "m", "SY"))
    assert found[0].place == place
    assert found[0].probability > 0.7


@pytest.mark.parametrize(
    ("registered", "asked"),
    [
        ("श्यामप्रसाद ढकाल", "Shyam Prasad Dhakal"),
        ("Ram Chandra Poudel", "रामचन्द्र पौडेल"),
        ("محمدسعيد رحيمی", "Mohammad Saeid Rahimi"),
    ],
)
def test_a_name_in_doubt_is_read_in_other_parts_in_any_script(registered: str, asked: str) -> None:
    registry = filled(crowd())
    place = registry.add([registered])
    assert registry.find(asked)[0].place == place


@pytest.mark.parametrize(("short", "long"), [("Mike", "Michael"), ("Paco", "Francisco"), ("Саша", "Александр")])
def test_a_short_form_stands_for_the_whole_name_both_ways(short: str, long: str) -> None:
    for registered, asked in ((short, long), (long, short)):
        registry = filled(crowd())
        place = registry.add([f"{registered} Mutebi"])
        registry.add(["Salma Mutebi"])
        assert registry.find(f"{asked} Mutebi")[0].place == place


def test_of_two_of_one_name_the_one_born_in_a_rare_year_is_meant_more() -> None:
    registry = filled(crowd())
    registry.add(["Selam Nowak Asmara"], Known(1988, "f", "SY"))
    registry.add(["Selam Nowak Asmara"], Known(1905, "f", "SY"))
    common, rare = (registry.find("Selam Nowak Asmara", Known(year))[0] for year in (1988, 1905))
    assert dict(rare.why)["birth_year"] > dict(common.why)["birth_year"] > 0


@pytest.mark.parametrize("first", [True, False], ids=["before all", "after all"])
def test_among_thousands_of_one_name_those_born_then_are_looked_at_however_they_are_spelled(*, first: bool) -> None:
    registry = Registry()
    if first:
        place = registry.add(["Muhamad Qarawi"], Known(1961, "m", "SY"))
    for number in range(9000):
        registry.add(["Mohammed Nowak"], Known(1970 + number % 40, "m", "SY"))
        for name in ("Salma Haddad", "Lena Petrov", "Selam Rahimi"):
            registry.add([name], Known(1970, "f", "SY"))
    if not first:
        place = registry.add(["Muhamad Qarawi"], Known(1961, "m", "SY"))
    assert registry.find("Mohammed Tesfaye", Known(1960, "m", "SY"))[0].place == place


@pytest.mark.parametrize("asked", ["Tirhas Gebremedhin", "ትርሐስ ገብረመድህን"])
def test_in_a_small_book_somebody_who_fits_is_probable_and_nobody_else(asked: str) -> None:
    registry = filled(crowd(40))
    place = registry.add(["Tirhas Gebremedhin"], Known(1990, "f", "SY"))
    assert registry.find(asked, Known(1990, "f", "SY"))[0].place == place
    assert registry.find(asked, Known(1990, "f", "SY"))[0].probability > 0.8
    assert all(found.probability < 0.2 for found in registry.find("Xochitl Vilanculos", Known(1990, "f", "SY")))


def test_nobody_is_meant_where_nobody_has_such_a_name() -> None:
    registry = filled(crowd())
    assert all(found.probability < 0.1 for found in registry.find("Xochiquetzal Vilanculos", Known(1990, "f", "MX")))
    assert registry.find("...") == []
    assert Registry().find("Amina") == []


@settings(deadline=None, max_examples=60)
@given(people=st.lists(PEOPLE, min_size=1, max_size=25), asked=PEOPLE)
def test_why_adds_up_and_chances_are_chances(people: list[Person], asked: Person) -> None:
    found = filled(people).find(f"{asked[0]} {asked[1]}", Known(*asked[2:]))
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert len({one.place for one in found}) == len(found)
    assert sum(one.probability for one in found) <= 1 + 1e-9
    for one in found:
        assert one.score == pytest.approx(sum(worth for _what, worth in one.why), abs=1e-3)


@settings(deadline=None, max_examples=60)
@given(people=st.lists(PEOPLE, min_size=2, max_size=20), gone=st.sets(st.integers(0, 19), max_size=10), asked=PEOPLE)
def test_one_by_one_is_as_all_at_once(people: list[Person], gone: set[int], asked: Person) -> None:
    registry = filled(people)
    for place in sorted(gone):
        if place < len(people):
            registry.remove(place)
            registry.remove(place)
    staying = [place for place in range(len(people)) if place not in gone]
    anew = filled([people[place] for place in staying])
    name, known = f"{asked[0]} {asked[1]}", Known(*asked[2:])
    again = [(staying[place], score, chance) for place, score, chance in told(anew.find(name, known))]
    assert told(registry.find(name, known)) == again
    assert len(registry) == len(staying)
