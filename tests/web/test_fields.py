"""A day is understood as people write it, and never with the month first."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from waystation.web.fields import DayField

DAY = date(2024, 5, 17)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize(
    "typed",
    ["2024-05-17", "17/05/2024", "17.05.2024", "17-5-2024", "17 5 2024", " 17/5/2024 ", "٢٠٢٤-٠٥-١٧", "१७/५/२०२४"],
)
def test_a_day_is_understood_in_every_language(language: str, typed: str) -> None:
    with translation.override(language):
        assert DayField().clean(typed) == DAY


@pytest.mark.parametrize("typed", ["05/17/2024", "17 May", "2024", "32/01/2024", "²/5/2024"])
def test_what_cannot_be_a_day_is_told_how_to_type_it(typed: str) -> None:
    with pytest.raises(ValidationError, match="17/05/2024"):
        DayField().clean(typed)


def test_the_month_never_comes_first() -> None:
    assert DayField().clean("05/06/2024") == date(2024, 6, 5)
