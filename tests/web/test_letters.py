"""A name in letters that the reader cannot read is told in Latin ones too, and others are left alone."""

import pytest
from django.utils import translation

from waystation.web.components.letters import in_latin


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("ليلى يوسف", "Lyla Ywsf"),
        ("Оксана Левченко", "Oksana Levchenko"),
        ("ሰላም ተኽለ", "Selam Tehle"),
        ("عمر أحمد", "Amr Ahmd"),
        ("José Ábalos", ""),
        ("Oʻktam", ""),
        ("Amina أمينة", "Amina Amynh"),
        ("", ""),
        ("٣", ""),
    ],
)
def test_only_what_is_not_latin_is_told_again(name: str, letters: str) -> None:
    assert in_latin(name) == letters


def test_who_reads_arabic_is_not_told_arabic_again() -> None:
    with translation.override("ar"):
        assert in_latin("ليلى يوسف") == ""
        assert in_latin("ሰላም") == "Selam"
