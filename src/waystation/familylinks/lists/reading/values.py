"""One cell: what it means here, or why it cannot be taken."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cache, lru_cache
from itertools import product
from typing import TypeVar

from babel import Locale
from babel.core import get_global

from waystation.familylinks.lists.codes import Why
from waystation.kernel import clock
from waystation.people.codes import OLDEST, Sex
from waystation.people.places import COUNTRIES

T = TypeVar("T")
LANGUAGES = ("en", "fr", "es", "ar")
CALENDARS = ("en", "fr", "es", "ar", "ar_SY", "ar_DZ", "ar_MA")
"""Where months have other names: the Levant and Iraq, Algeria and Tunisia, Morocco."""
NO_NAME = frozenset({
    "n/a", "null", "unknown", "not known", "inconnu", "inconnue",
    "non connu", "desconocido", "desconocida", "no sabe", "غير معروف", "غير معروفة", "مجهول", "لا يوجد", "لا شيء",
})  # fmt: skip
"""Words by which a keeper says that nobody knows a name. Na, None and Nil are names."""
UNKNOWN = NO_NAME | {"na", "none", "nil"}
SEXES: Mapping[str, tuple[str, ...]] = {
    Sex.FEMALE: (
        "f", "female", "woman", "girl", "w", "fem", "femme", "feminin", "féminin", "fille", "mujer", "femenino", "niña",
        "hembra", "أنثى", "انثى", "أنثي", "انثي", "امرأة", "بنت", "مؤنث", "♀",
    ),
    Sex.MALE: (
        "m", "male", "man", "boy", "masc", "homme", "h", "masculin", "garçon", "garcon", "hombre", "masculino", "niño",
        "varón", "varon", "v", "ذكر", "رجل", "ولد", "مذكر", "♂",
    ),
    Sex.OTHER: ("other", "x", "o", "autre", "otro", "otra", "آخر", "اخر"),
}  # fmt: skip
ALSO_CALLED = {
    "drc": "CD", "dr congo": "CD", "rdc": "CD", "democratic republic of congo": "CD",
    "democratic republic of the congo": "CD", "congo": "CG", "ivory coast": "CI", "cote d ivoire": "CI", "uk": "GB",
    "england": "GB", "uae": "AE", "burma": "MM", "palestine": "PS", "swaziland": "SZ",
    "cape verde": "CV", "guinee conakry": "GN", "guinea conakry": "GN", "usa": "US", "car": "CF", "rca": "CF",
    "eeuu": "US", "ee uu": "US", "turkey": "TR", "فلسطين": "PS", "الكونغو": "CG",
}  # fmt: skip
"""Names that Unicode's own lists do not have."""
MONTHS_OF_YEAR = 12
_SEX_OF = {word: sex for sex, words in SEXES.items() for word in words}
_TIME = r"(?:[T\s]+\d{1,2}:\d{2}.*)?"
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.\s]+(\d{1,2}))?(?:[-/.\s]+(\d{1,2}))?" + _TIME)
_YEAR_LAST = re.compile(r"(?:(\d{1,2})[-/.\s]+)?(\d{1,2})[-/.\s]+(\d{4})" + _TIME)
_IN_WORDS = re.compile(
    r"(?:(\d{1,2})(?:er|st|nd|rd|th|º)?\W*)?(?:de\s+)?([^\W\d][^\d,]*?)\W*(?:(\d{1,2})\W+)?(?:del?\s+)?(\d{4})"
)
_AGE = re.compile(r"(\d{1,3})(?:\s*(?:-|–|to|à|a|الى|إلى)\s*(\d{1,3}))?\s*([^\W\d].*)?")
_MONTH_WORDS = ("month", "mois", "mes", "شهر", "اشهر", "أشهر", "شهور")


class Bad(Exception):  # noqa: N818 - it is not our mistake
    """A value that cannot be taken."""

    def __init__(self, why: str) -> None:
        self.why = str(why)
        super().__init__(why)


def western(text: str) -> str:
    """Digits of any script as 0 to 9, and signs that look like others as those."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in unicodedata.normalize("NFKC", text))


def is_unknown(text: str) -> bool:
    """Whether the keeper says that nobody knows."""
    return _says_nothing(text, UNKNOWN)


def is_nameless(text: str) -> bool:
    """The same where a name should stand."""
    return _says_nothing(text, NO_NAME)


def _says_nothing(text: str, words: AbstractSet[str]) -> bool:
    plain = text.strip().casefold()
    return plain in words or not any(c.isalnum() or unicodedata.category(c) == "So" for c in plain)


def sex(text: str, *, spanish: bool = False) -> str:
    """A code of Sex. Raises Bad. `spanish`: beside H for men an M is for women."""
    word = text.strip().casefold().rstrip(".")
    if spanish and word == "m":
        return Sex.FEMALE.value
    found = _SEX_OF.get(word)
    if found is None:
        raise Bad(Why.NOT_A_SEX)
    return str(found)


def is_spanish(told: Iterable[str]) -> bool:
    """Whether a column of sexes has H for men and M for women."""
    words = {text.strip().casefold() for text in told}
    return "h" in words and "m" in words and "f" not in words


def age(text: str) -> tuple[str, int]:
    """An age as told (34, 30-40), and the year of life in its middle. Raises Bad."""
    match = _AGE.fullmatch(western(text).strip())
    if match is None:
        raise Bad(Why.NOT_AN_AGE)
    first, last = int(match[1]), int(match[2] or match[1])
    if (match[3] or "").casefold().startswith(_MONTH_WORDS):
        first, last = first // MONTHS_OF_YEAR, last // MONTHS_OF_YEAR
    if not first <= last <= OLDEST:
        raise Bad(Why.NOT_AN_AGE)
    return (f"{first}-{last}" if last > first else str(first)), (first + last) // 2


def when(text: str, *, month_first: bool = False) -> str:
    """A year, a month (YYYY-MM) or a day, whenever it is. Raises Bad.

    The day comes before the month, unless the column says otherwise; parts that nobody knew (00) are left out.
    """
    plain = western(text).strip().removesuffix("م")
    if match := _YEAR_FIRST.fullmatch(plain):
        year, month, day = match[1], match[2], match[3]
    elif match := _YEAR_LAST.fullmatch(plain):
        day, month, year = match[1], match[2], match[3]
        if day and (int(month) > MONTHS_OF_YEAR or (month_first and int(day) <= MONTHS_OF_YEAR)):
            day, month = month, day
    elif (match := _IN_WORDS.fullmatch(plain)) and (named := _months().get(_folded(match[2]))):
        day, month, year = match[1] or match[3], str(named), match[4]
    else:
        raise Bad(Why.NOT_A_DATE)
    return _composed(int(year), int(month or 0), int(day or 0))


def _composed(year: int, month: int, day: int) -> str:
    try:
        date(year, month or 1, day or 1)
    except ValueError as problem:
        raise Bad(Why.NOT_A_DATE) from problem
    if not month:
        return f"{year:04}"
    return f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}"


def born(text: str, *, month_first: bool = False) -> str:
    """As `when`, of somebody who may be alive. Raises Bad."""
    found = when(text, month_first=month_first)
    today = clock.today()
    if not today.year - OLDEST <= int(found[:4]) or found > today.isoformat():
        raise Bad(Why.NOT_YET)
    return found


def is_month_first(told: Iterable[str]) -> bool:
    """Whether a column has the month before the day: some second number is too large for a month, no first one is."""
    pairs = [(int(m[1]), int(m[2])) for text in told if (m := _YEAR_LAST.fullmatch(western(text).strip())) and m[1]]
    first = any(one > MONTHS_OF_YEAR for one, _other in pairs)
    return not first and any(other > MONTHS_OF_YEAR for _one, other in pairs)


@lru_cache(maxsize=1024)
def country(text: str) -> str:
    """ISO 3166-1 alpha-2 of a country by its name in any of our languages, or its code. Raises Bad."""
    code = western(text).strip().upper()
    if code in COUNTRIES:
        return code
    found = _countries().get(_folded(text)) or _of_three_letters(code)
    if found is None:
        raise Bad(Why.NOT_A_COUNTRY)
    return found


def _of_three_letters(code: str) -> str | None:
    known = get_global("territory_aliases").get(code) if len(code) == 3 else None
    return str(known[0]) if known and known[0] in COUNTRIES else None


@cache
def _countries() -> Mapping[str, str]:
    names = {
        _folded(str(Locale.parse(language).territories.get(code, code))): code
        for language, code in product(LANGUAGES, sorted(COUNTRIES))
    }
    return names | ALSO_CALLED


@cache
def _months() -> Mapping[str, int]:
    found: dict[str, int] = {}
    for place, form, width in product(CALENDARS, ("format", "stand-alone"), ("wide", "abbreviated")):
        months = Locale.parse(place).months[form][width]
        found |= {_folded(name): number for number, name in months.items()}
    return found | {"sept": 9}


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).casefold()
    bare = (c if c.isalpha() else " " for c in letters if not unicodedata.combining(c))
    return " ".join("".join(bare).split())


def attempt(read: Callable[[str], T], text: str, empty: T) -> tuple[T, str]:
    """A value and nothing, or what stands for none and why it could not be taken."""
    if is_unknown(text):
        return empty, ""
    try:
        return read(text), ""
    except Bad as problem:
        return empty, problem.why
