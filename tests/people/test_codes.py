"""Codes agree with one another, and doubt about age never makes a child an adult."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.people.codes import AGES, INVERSE, AgeBand, Relation, band_of_birth, relation_between

DAY = date(2026, 11, 23)


def test_every_age_has_one_band() -> None:
    for age in range(121):
        assert len([band for band, (first, last) in AGES.items() if first <= age <= last]) == 1


def test_every_relation_has_its_inverse_and_back() -> None:
    assert set(INVERSE) == set(Relation) - {Relation.FIRST}
    assert all(INVERSE[INVERSE[relation]] == relation for relation in INVERSE)


@given(st.sampled_from(Relation), st.sampled_from(Relation))
def test_relations_between_two_agree_in_both_directions(one: Relation, other: Relation) -> None:
    if Relation.FIRST in {one, other} and one == other:
        return
    there, back = relation_between(one, other), relation_between(other, one)
    assert INVERSE[there] == back


def test_two_children_of_one_mother_are_siblings() -> None:
    assert relation_between("child", "child") == "sibling"
    assert relation_between("first", "child") == "parent"


@pytest.mark.parametrize(
    ("year", "said", "band"),
    [
        (2008, "not-known", "12-17"),
        (2008, "18-24", "18-24"),
        (2008, "60+", "12-17"),
        (1966, "not-known", "25-59"),
        (2026, "not-known", "0-4"),
    ],
)
def test_a_birth_year_leaves_the_younger_age_unless_said_otherwise(year: int, said: str, band: str) -> None:
    assert band_of_birth(DAY, born=None, year=year, said=said) == band


@given(st.dates(date(1907, 1, 1), DAY), st.sampled_from(AgeBand))
def test_a_birth_date_decides_the_band(born: date, said: AgeBand) -> None:
    age = (DAY - born).days / 365.2425
    band = band_of_birth(DAY, born=born, year=born.year, said=said)
    first, last = AGES[band]
    assert first - 0.01 <= age <= last + 1.01
