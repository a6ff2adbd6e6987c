"""Names of countries and languages, and dates, as the reader writes them (Unicode CLDR, by Babel)."""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta, get_datetime_format
from django.utils import timezone, translation

NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT MARK}"
_WEEK = timedelta(weeks=1)
_A_MOMENT = timedelta(minutes=1)
# From how long on which unit is told: up to two weeks in days, so that eight days are not a week.
_UNITS = (
    (timedelta(days=365), timedelta(days=365)),
    (timedelta(days=30), timedelta(days=30)),
    (2 * _WEEK, _WEEK),
    (timedelta(days=1), timedelta(days=1)),
    (timedelta(hours=1), timedelta(hours=1)),
    (timedelta(minutes=1), timedelta(minutes=1)),
)
# ISO 639-3 codes of languages that CLDR knows by two letters; others CLDR knows by three.
TWO_LETTERS = {
    "ara": "ar",
    "amh": "am",
    "aze": "az",
    "bam": "bm",
    "ben": "bn",
    "bul": "bg",
    "ckb": "ckb",
    "ces": "cs",
    "deu": "de",
    "ell": "el",
    "eng": "en",
    "fas": "fa",
    "fra": "fr",
    "ful": "ff",
    "hau": "ha",
    "hin": "hi",
    "hye": "hy",
    "ibo": "ig",
    "ind": "id",
    "ita": "it",
    "kat": "ka",
    "kaz": "kk",
    "kir": "ky",
    "kmr": "ku",
    "kon": "kg",
    "lin": "ln",
    "lug": "lg",
    "mkd": "mk",
    "mya": "my",
    "nep": "ne",
    "nld": "nl",
    "orm": "om",
    "pan": "pa",
    "pol": "pl",
    "por": "pt",
    "prs": "fa_AF",
    "pus": "ps",
    "ron": "ro",
    "run": "rn",
    "kin": "rw",
    "rus": "ru",
    "sin": "si",
    "snd": "sd",
    "sna": "sn",
    "som": "so",
    "spa": "es",
    "sqi": "sq",
    "srp": "sr",
    "swa": "sw",
    "tam": "ta",
    "tgk": "tg",
    "tgl": "fil",
    "tha": "th",
    "tir": "ti",
    "tur": "tr",
    "ukr": "uk",
    "urd": "ur",
    "uzb": "uz",
    "vie": "vi",
    "wol": "wo",
    "xho": "xh",
    "yor": "yo",
    "zho": "zh",
    "zul": "zu",
}


# Spoken on the roads from Darfur; CLDR has no name for them in any language. `fur` is Friulian.
UNNAMED = {"fvr": "Fur", "mls": "Masalit", "zag": "Zaghawa"}


def locale() -> Locale:
    """The reader's locale."""
    return _locale(translation.get_language() or "en")


def country_name(code: str) -> str:
    """A country's name by ISO 3166-1 alpha-2; the code where CLDR has no name."""
    return str(locale().territories.get(code.upper(), code)) if code else ""


def country_choices() -> list[tuple[str, str]]:
    """All countries by name, in the reader's order."""
    return _countries(translation.get_language() or "en")


def language_name(code: str) -> str:
    """A language's name by ISO 639-3; the code where nobody has a name for it."""
    known = locale().languages
    return str(known.get(TWO_LETTERS.get(code, code)) or known.get(code) or UNNAMED.get(code, code)) if code else ""


def by_name(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Choices in the order of their names as a reader looks for them: É stands with E, small letters with large."""
    return sorted(choices, key=lambda pair: (_folded(pair[1]), pair[1]))


def day(moment: date | datetime | None) -> str:
    """A day in words: 3 Nov 2026."""
    if moment is None:
        return ""
    local = _here(moment).date() if isinstance(moment, datetime) else moment
    return _apart(format_date(local, "medium", locale()))


def minute(moment: datetime | None) -> str:
    """Day and time of day, to the minute."""
    if moment is None:
        return ""
    local, here = _here(moment), locale()
    day_, time_ = format_date(local.date(), "medium", here), format_time(local, "short", locale=here)
    both = str(get_datetime_format("medium", locale=here)).replace("'", "")
    return _apart(both.replace("{0}", time_).replace("{1}", day_))


def ago(moment: datetime | None) -> str:
    """How long ago, or how soon: 2 hours ago, in 3 days. Never rounded up: nobody counts on a day that is not there."""
    if moment is None:
        return ""
    away = moment - timezone.now()
    left = abs(away)
    if left < _A_MOMENT:
        return translation.gettext("just now")
    left -= left % next((unit for least, unit in _UNITS if left >= least), timedelta(seconds=1))
    fewest = 2 if _WEEK <= left < 2 * _WEEK else 1
    told = left if away > timedelta() else -left
    return str(format_timedelta(told, threshold=fewest, add_direction=True, locale=locale()))


def _here(moment: datetime) -> datetime:
    """By the clock here. On the last day of the year 9999, which another organisation may write, no clock goes on."""
    try:
        return timezone.localtime(moment)
    except OverflowError:
        return moment


def _apart(written: str) -> str:
    """Behind a name in Latin letters the parts of a day stay in order, where one writes from the right."""
    return f"{RIGHT_TO_LEFT}{written}" if locale().text_direction == "rtl" else str(written)


def _folded(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language.split("-", maxsplit=1)[0])


@cache
def _countries(language: str) -> list[tuple[str, str]]:
    names = _locale(language).territories
    real = [
        (code, str(name))
        for code, name in names.items()
        if len(code) == 2 and code not in NOT_COUNTRIES and name != code  # a code for a name helps nobody
    ]
    return by_name(real)
