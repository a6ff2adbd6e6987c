"""What is told of the missing and the dead, made fit to seal; every rule says what to mend."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from waystation.familylinks.missing.codes import FamilyNeed, Samples, Sure
from waystation.familylinks.missing.documents import (
    AboardDocument,
    AnteMortemDocument,
    BodyDocument,
    Features,
    PlanDocument,
)
from waystation.people import cleaning
from waystation.people.codes import OLDEST, Sex
from waystation.people.tongues import LANGUAGES

LINE, NOTE = cleaning.LONGEST_NAME, cleaning.LONGEST_NOTE
MOST_NAMES = cleaning.MOST_NAMES
TALLEST = 250
WORDS = ("hair", "teeth", "scars", "tattoos", "clothing", "belongings", "written", "other")


def features(given: Features, errors: cleaning.Errors) -> Features:
    """The same features from both sides."""
    cleaning.require_code(Sex, given.sex, "sex", errors, empty=True)
    for name, most, words in (
        ("age", OLDEST, _("Write years, the lower number first.")),
        ("height", TALLEST, _("Write centimetres, the lower number first.")),
    ):
        low, high = getattr(given, f"{name}_from"), getattr(given, f"{name}_to")
        if any(value is not None and not 0 <= value <= most for value in (low, high)):
            errors[f"{name}_from"] = words
        elif low is not None and high is not None and high < low:
            errors[f"{name}_to"] = words
    return cleaning.texts(given, errors, **dict.fromkeys(WORDS, NOTE))


def aboard(given: AboardDocument, errors: cleaning.Errors) -> AboardDocument:
    """Somebody who was aboard: one word by which the family would know them, and who told it."""
    cleaning.require_code(Sex, given.sex, "sex", errors, empty=True)
    cleaning.require_code(Sure, given.sure, "sure", errors)
    document = cleaning.texts(given, errors, names=LINE, age=LINE, origin=LINE, told_by=LINE, words=NOTE)
    if len(document.names) > MOST_NAMES:
        errors["names"] = _("Write at most %(most)d names.") % {"most": MOST_NAMES}
    if not any((document.names, document.age, document.origin, document.words)):
        errors["names"] = _("Write down a name, or anything by which somebody would know who it was.")
    if not document.told_by:
        errors["told_by"] = _("Say who told it, so that somebody can ask again.")
    return document


def body(given: BodyDocument, errors: cleaning.Errors) -> BodyDocument:
    """Somebody found dead: when or where, and whatever can be seen."""
    cleaning.require_code(Samples, given.samples, "samples", errors)
    if given.found_on and not cleaning.is_when(given.found_on):
        errors["found_on"] = cleaning.WRITE_WHEN
    document = cleaning.texts(
        replace(given, features=features(given.features, errors)),
        errors,
        found_on=10,
        found_at=NOTE,
        lies_at=NOTE,
        authority=LINE,
        reference=LINE,
        samples_words=NOTE,
    )
    if not document.found_at:
        errors["found_at"] = _("Say where, as near as anybody knows.")
    return document


def ante_mortem(given: AnteMortemDocument, errors: cleaning.Errors) -> AnteMortemDocument:
    """What the family tells, and who of them."""
    cleaning.require_code(Samples, given.samples, "samples", errors)
    told = replace(given, features=features(given.features, errors))
    document = cleaning.texts(told, errors, told_by=LINE, samples_words=NOTE)
    if not document.told_by:
        errors["told_by"] = _("Say who of the family told it.")
    return document


def plan(given: PlanDocument, errors: cleaning.Errors) -> PlanDocument:
    """How a family is kept told."""
    if given.language and given.language not in LANGUAGES:
        errors["language"] = _("Choose a language from the list.")
    if set(given.needs) - set(FamilyNeed.values):
        errors["needs"] = _("Choose one of the answers offered.")
    document = cleaning.texts(given, errors, who_tells=LINE, agreed=NOTE, beside=NOTE, never=NOTE, needs_words=NOTE)
    if not document.who_tells:
        errors["who_tells"] = _("Say who tells the family.")
    return document
