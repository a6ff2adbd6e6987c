"""What is typed of a person sought, made fit to keep: every rule says what to mend and loses nothing."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from waystation.familylinks.tracing.codes import Ask, Cause, NameKind, Relation
from waystation.familylinks.tracing.documents import NamePart, Relative, RequestDocument
from waystation.kernel.clock import today
from waystation.people import cleaning
from waystation.people.codes import OLDEST
from waystation.people.places import COUNTRIES
from waystation.people.tongues import LANGUAGES

LINES = ("birth_place", "work", "lost_at", "last_place", "last_phone")
NOTES = ("looks", "lost_how", "last_how", "together", "asked_already", "wishes")
MOST_PARTS, MOST_RELATIVES = 30, 30


def fit(document: RequestDocument, errors: cleaning.Errors) -> RequestDocument:
    """The document cleaned, what does not fit noted in `errors`."""
    lengths = dict.fromkeys(LINES, cleaning.LONGEST_NAME) | dict.fromkeys(NOTES, cleaning.LONGEST_NOTE)
    document = cleaning.texts(document, errors, **lengths)
    document = replace(document, names=_names(document, errors), relatives=_relatives(document, errors))
    _codes(document, errors)
    if not document.full_name:
        errors["given"] = _("Write at least one name of the person sought, in any script.")
    for name in ("lost_on", "last_on"):
        if (when := getattr(document, name)) and not cleaning.is_when(when):
            errors[name] = cleaning.WRITE_WHEN
    year = document.birth_year
    if year is not None and not today().year - OLDEST <= year <= today().year:
        errors["birth_year"] = _("Write the year of birth with four digits, like 1994. About is enough.")
    return document


def _codes(document: RequestDocument, errors: cleaning.Errors) -> None:
    for name in ("country", "last_country"):
        if (code := getattr(document, name)) and code not in COUNTRIES:
            errors[name] = _("Choose a country from the list, or leave it empty.")
    if any(code not in LANGUAGES for code in document.languages):
        errors["languages"] = _("Choose one of the languages offered.")
    cleaning.require_code(Cause, document.cause, "cause", errors, empty=True)
    if not set(document.may_ask) <= set(Ask.values):
        errors["may_ask"] = _("Choose one of the answers offered.")


def _names(document: RequestDocument, errors: cleaning.Errors) -> tuple[NamePart, ...]:
    parts = []
    for part in document.names:
        text = cleaning.line(part.text)
        if problem := cleaning.too_long(text, cleaning.LONGEST_NAME):
            errors[part.kind] = problem
        if text and part.kind in NameKind.values:
            parts.append(NamePart(kind=part.kind, text=text))
    if len(parts) > MOST_PARTS:
        errors["variant"] = _("Write at most %(most)d names.") % {"most": MOST_PARTS}
    return tuple(dict.fromkeys(parts))


def _relatives(document: RequestDocument, errors: cleaning.Errors) -> tuple[Relative, ...]:
    kept = []
    for relative in document.relatives:
        name = cleaning.line(relative.name)
        if problem := cleaning.too_long(name, cleaning.LONGEST_NAME):
            errors["relatives"] = problem
        cleaning.require_code(Relation, relative.relation, "relatives", errors)
        if name:
            kept.append(Relative(relation=relative.relation, name=name))
    if len(kept) > MOST_RELATIVES:
        errors["relatives"] = _("Write at most %(most)d relatives.") % {"most": MOST_RELATIVES}
    return tuple(kept)
