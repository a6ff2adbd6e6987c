"""Names of countries and languages, and dates, as the reader writes them (Unicode CLDR, by Babel)."""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache

from babel import Locale
from babel.dates import format_date, format_datetime, format_timedelta
from django.utils import timezone, translation

NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
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
    """A language's name by ISO 639-3; the code where CLDR has no name."""
    known = locale().languages
    return str(known.get(TWO_LETTERS.get(code, code)) or known.get(code) or code) if code else ""


def by_name(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Choices in the order of their names as a reader looks for them: É stands with E, small letters with large."""
    return sorted(choices, key=lambda pair: (_folded(pair[1]), pair[1]))


def day(moment: date | datetime | None) -> str:
    """A day in words: 3 Nov 2026."""
    if moment is None:
        return ""
    local = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return str(format_date(local, "medium", locale()))


def minute(moment: datetime | None) -> str:
    """Day and time of day."""
    return str(format_datetime(timezone.localtime(moment), "medium", locale=locale())) if moment else ""


def ago(moment: datetime | None) -> str:
    """How long ago: 2 hours ago."""
    if moment is None:
        return ""
    return str(format_timedelta(moment - timezone.now(), add_direction=True, locale=locale()))


def _folded(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language.split("-", maxsplit=1)[0])


@cache
def _countries(language: str) -> list[tuple[str, str]]:
    names = _locale(language).territories
    real = [(code, str(name)) for code, name in names.items() if len(code) == 2 and code not in NOT_COUNTRIES]
    return by_name(real)
