"""Lists to choose from: nothing stands in them twice, and everything where a reader looks for it."""

import pytest

from waystation.people.places import country_choices
from waystation.people.tongues import language_choices, language_name

SPOKEN = ("en", "fr", "es", "ar")


@pytest.mark.parametrize("language", SPOKEN)
def test_no_two_languages_have_one_name(language: str) -> None:
    names = [name.casefold() for _code, name in language_choices(language)]
    assert sorted(names) == sorted(set(names))


def test_kurdish_says_which_and_no_language_borrows_another_name() -> None:
    assert [language_name(code, "en") for code in ("kur", "kmr", "ckb")] == [
        "Kurdish",
        "Kurdish (Kurmanji)",
        "Kurdish (Sorani)",
    ]
    assert language_name("luo", "fr") == "Luo"
    assert language_name("prs", "fr") == "dari"


@pytest.mark.parametrize(
    ("language", "neighbours"),
    [("fr", ("Équateur", "Érythrée", "Espagne")), ("es", ("Omán", "Países Bajos", "Pakistán"))],
)
def test_letters_with_accents_stand_with_those_without(language: str, neighbours: tuple[str, ...]) -> None:
    names = [name for _code, name in country_choices(language)]
    first = names.index(neighbours[0])
    assert tuple(names[first : first + len(neighbours)]) == neighbours
    assert not any(name.startswith(("É", "Å", "Î")) for name in names[-5:])
