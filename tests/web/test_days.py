"""What pages say of days and times: never a day too many, to the minute, in order behind Latin letters."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import translation

from waystation.people.tongues import common_choices, language_name
from waystation.web.components import cldr

NOW = datetime(2026, 11, 27, 2, 8, 1, tzinfo=UTC)
SAID = {
    timedelta(days=2, hours=22): "in 2 days",
    timedelta(hours=22): "in 22 hours",
    timedelta(days=6, hours=23): "in 6 days",
    timedelta(days=8): "in 8 days",
    timedelta(days=13, hours=20): "in 13 days",
    timedelta(days=20): "in 2 weeks",
    timedelta(days=27): "in 3 weeks",
    timedelta(days=59): "in 1 month",
    timedelta(days=-1, hours=-20): "1 day ago",
    timedelta(minutes=-59): "59 minutes ago",
    timedelta(days=-400): "1 year ago",
}


@pytest.mark.parametrize("away", SAID)
def test_a_clock_is_never_rounded_up(away: timedelta) -> None:
    with time_machine.travel(NOW, tick=False), translation.override("en"):
        assert cldr.ago(NOW + away) == SAID[away]


def test_a_time_is_told_to_the_minute() -> None:
    with translation.override("fr"):
        assert "08:01" not in cldr.minute(NOW)
        assert "02:08" in cldr.minute(NOW)


def test_a_day_in_arabic_stays_in_order_behind_a_name_in_latin_letters() -> None:
    for language, marked in (("ar", True), ("en", False), ("es", False)):
        with translation.override(language):
            assert cldr.day(date(2026, 11, 27)).startswith(cldr.RIGHT_TO_LEFT) is marked
            assert cldr.minute(NOW).startswith(cldr.RIGHT_TO_LEFT) is marked


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_no_country_is_offered_by_a_bare_code(language: str) -> None:
    with translation.override(language):
        assert not [code for code, name in cldr.country_choices() if name == code]


def test_fur_of_darfur_is_not_friulian() -> None:
    assert language_name("fvr", "en") == "Fur"
    assert language_name("fvr", "ar") == "Fur"
    with translation.override("es"):
        assert cldr.language_name("fvr") == "Fur"
    assert "fur" not in dict(common_choices("en"))
