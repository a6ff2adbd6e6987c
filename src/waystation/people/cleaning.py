"""What is typed, made fit to keep: every rule says what to mend and loses nothing."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waystation.kernel.clock import today
from waystation.kernel.errors import Invalid, Text
from waystation.people.codes import OLDEST, InterviewerSex
from waystation.people.documents import IdentityDocument
from waystation.people.places import COUNTRIES
from waystation.people.tongues import LANGUAGES

LONGEST_NAME = 200
LONGEST_NOTE = 4000
MOST_NAMES = 20
MOST_LANGUAGES = 10

# Format characters that writing needs: zero-width joiner and non-joiner (Persian, Indic scripts). The others can turn
# a line around or hide in it.
_JOINERS = {"\u200c", "\u200d"}
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}
_PHONE_FILL = re.compile(r"[\s().\-/\u2010-\u2015\u00a0]+")

Document = TypeVar("Document")
Errors = dict[str, Text]
WHEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
WRITE_WHEN = gettext_lazy("Write a year, a month like 2024-05, or a day like 2024-05-17, not in the future.")


def line(text: str) -> str:
    """One line: composed, without control or hidden characters, single spaces."""
    kept = "".join(" " if c.isspace() else c for c in unicodedata.normalize("NFC", text) if _stays(c))
    return " ".join(kept.split())


def note(text: str) -> str:
    """Several lines, cleaned like `line`, line breaks kept."""
    return "\n".join(line(part) for part in text.splitlines()).strip()


def _stays(character: str) -> bool:
    return character.isspace() or character in _JOINERS or unicodedata.category(character) not in _DROPPED


def too_long(text: str, longest: int) -> Text | None:
    """Words for a text that does not fit, or None."""
    if len(text) <= longest:
        return None
    return _(
        "This has %(length)d characters and %(longest)d fit. Nothing is lost: your text is still here. Shorten it."
    ) % {"length": len(text), "longest": longest}


def phone(text: str) -> str:
    """A telephone number as `+` and digits, from digits of any script. Raises ValueError for anything else."""
    bare = _PHONE_FILL.sub("", "".join(c for c in unicodedata.normalize("NFKC", text) if _stays(c)))
    digits = "".join(str(unicodedata.decimal(character)) for character in bare.removeprefix("+"))
    plus = bare.startswith("+") or digits.startswith("00")
    if plus and not bare.startswith("+"):
        digits = digits[2:]
    if digits and not 4 <= len(digits) <= 15:
        raise ValueError("a telephone number has 4 to 15 digits")
    return f"+{digits}" if plus and digits else digits


def require_code(codes: type[Enum], value: str, field: str, errors: Errors, *, empty: bool = False) -> None:
    """Note an error unless `value` is one of the codes."""
    if not (empty and not value) and value not in {code.value for code in codes}:
        errors[field] = gettext_lazy("Choose one of the answers offered.")


def refuse(errors: Errors) -> None:
    """Raise Invalid when there is anything to mend."""
    if errors:
        raise Invalid(errors)


def _birth_year(identity: IdentityDocument, errors: Errors) -> None:
    year, born, now = identity.birth_year, identity.birth_date, today()
    if born is not None:
        _birth_date(born, now, errors)
        if year is not None and year != born.year:
            errors["birth_year"] = gettext_lazy("The year of birth and the date of birth do not agree. Mend one.")
    elif year is not None and year > now.year:
        errors["birth_year"] = gettext_lazy("This year lies in the future. Write the year of birth, like 1994.")
    elif year is not None and year < now.year - OLDEST:
        errors["birth_year"] = gettext_lazy("No one is that old. Write the year of birth with four digits, like 1994.")


def _birth_date(born: date, now: date, errors: Errors) -> None:
    if born > now:
        errors["birth_date"] = gettext_lazy("This day lies in the future. Write the date of birth.")
    elif born.year < now.year - OLDEST:
        errors["birth_date"] = gettext_lazy("No one is that old. Write the year with four digits, like 1994.")


def _names(identity: IdentityDocument, errors: Errors) -> dict[str, Any]:
    cleaned: dict[str, Any] = {name: line(getattr(identity, name)) for name in ("given_name", "family_name", "alias")}
    cleaned["names_as_written"] = tuple(name for name in map(line, identity.names_as_written) if name)
    for name in ("given_name", "family_name", "alias"):
        if problem := too_long(cleaned[name], LONGEST_NAME):
            errors[name] = problem
    for written in cleaned["names_as_written"]:
        if problem := too_long(written, LONGEST_NAME):
            errors["names_as_written"] = problem
    if len(cleaned["names_as_written"]) > MOST_NAMES:
        errors["names_as_written"] = _("Write at most %(most)d other names.") % {"most": MOST_NAMES}
    return cleaned


def _codes(identity: IdentityDocument, errors: Errors) -> dict[str, Any]:
    languages = tuple(dict.fromkeys(code.strip().lower() for code in identity.languages if code.strip()))
    origin = identity.origin.strip().upper()
    if unknown := [code for code in languages if code not in LANGUAGES]:
        errors["languages"] = _("The language %(code)s is not in the list. Choose one of those offered.") % {
            "code": unknown[0][:12]
        }
    if len(languages) > MOST_LANGUAGES:
        errors["languages"] = _("Choose at most %(most)d languages.") % {"most": MOST_LANGUAGES}
    if origin and origin not in COUNTRIES:
        errors["origin"] = gettext_lazy("Choose a country from the list, or leave it empty.")
    require_code(InterviewerSex, identity.prefers_interviewer_sex, "prefers_interviewer_sex", errors, empty=True)
    return {"languages": languages, "origin": origin}


def _reach(identity: IdentityDocument, errors: Errors) -> dict[str, Any]:
    cleaned: dict[str, Any] = {"contact_note": note(identity.contact_note), "know_now": note(identity.know_now)}
    for name in ("contact_note", "know_now"):
        if problem := too_long(cleaned[name], LONGEST_NOTE):
            errors[name] = problem
    try:
        cleaned["phone"] = phone(identity.phone)
    except ValueError:
        errors["phone"] = gettext_lazy("Write the telephone number with its digits, like +254 700 123456.")
    return cleaned


def identity(given: IdentityDocument, errors: Errors | None = None) -> IdentityDocument:
    """A document fit to seal. Raises Invalid with one message a field, or fills `errors` when they are handed in."""
    found: Errors = {} if errors is None else errors
    cleaned = _names(given, found) | _codes(given, found) | _reach(given, found)
    _birth_year(given, found)
    if errors is None:
        refuse(found)
    if given.birth_date is not None and given.birth_year is None:
        cleaned["birth_year"] = given.birth_date.year
    return replace(given, **cleaned)


def texts(document: Document, errors: Errors, **longest: int) -> Document:
    """Clean the named text fields of any document (`note=4000`), noting what does not fit."""
    known = {field.name for field in fields(document)}  # type: ignore[arg-type]
    changes: dict[str, Any] = {}
    for name, most in longest.items():
        if name not in known:
            raise TypeError(f"{type(document).__name__} has no field {name}")
        changes[name] = _cleaned(getattr(document, name), note if most > LONGEST_NAME else line)
        for part in changes[name] if isinstance(changes[name], tuple) else (changes[name],):
            if problem := too_long(part, most):
                errors[name] = problem
    return replace(document, **changes)  # type: ignore[type-var]


def _cleaned(value: str | tuple[str, ...], clean: Callable[[str], str]) -> str | tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(part for part in map(clean, value) if part)
    return clean(value)


def is_when(text: str) -> bool:
    """Whether it is a year, a month (YYYY-MM) or a day, not to come and within a lifetime."""
    match = WHEN.fullmatch(text)
    if match is None:
        return False
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        return date(today().year - OLDEST, 1, 1) <= date(year, month, day) <= today()
    except ValueError:
        return False
