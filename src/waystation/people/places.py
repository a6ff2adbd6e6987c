"""Countries by ISO 3166-1 alpha-2, named in any of our languages by CLDR."""

import re
from functools import cache

from babel import Locale
from django.utils.translation import get_language

from waystation.web.components.cldr import by_name

# CLDR also lists groupings and codes for tests, which are no countries.
_NO_COUNTRY = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}

COUNTRIES: frozenset[str] = frozenset(
    code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRY
)


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language, sep="-").territories
    return {code: territories.get(code, code) for code in COUNTRIES}


def country_name(code: str, language: str | None = None) -> str:
    """A country's name in a language (else the page's); an unknown code as it is."""
    return _names(language or get_language() or "en").get(code, code)


def country_choices(language: str | None = None) -> list[tuple[str, str]]:
    """All countries for a form, by name."""
    return by_name(_names(language or get_language() or "en").items())
