"""Questions and answers between two organisations about somebody who must stay nameless until it is agreed what is
told."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.people import cleaning
from waystation.people import queries as people
from waystation.people.models import Person

NOTE = 2000
MOST_LINES = 100
NUMBER, DAY = re.compile(r"\d(?:[\s()/.-]{0,2}\d){6,}"), re.compile(r"\b\d{1,4}([./-])\d{1,2}\1\d{1,4}\b")
"""Seven digits or more, however they are parted, in any script; but days may be said."""
SHORTEST = 3
"""Letters of a name that are looked for in words that leave before anything may be told."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of such a talk: ours, or theirs."""

    at: datetime | None = None
    theirs: bool = False
    words: str = ""


def plus(talk: tuple[Line, ...], words: str, *, at: datetime, theirs: bool) -> tuple[Line, ...]:
    """The talk with one more line; of a very long one the oldest lines go."""
    return (*talk, Line(at=at, theirs=theirs, words=cleaning.note(words)))[-MOST_LINES:]


def cleaned_words(words: str) -> str:
    """Words that go between organisations. Raises Invalid."""
    said = cleaning.note(words)
    if not said:
        raise Invalid({"words": _("Write something first.")})
    if problem := cleaning.too_long(said, NOTE):
        raise Invalid({"words": problem})
    if NUMBER.search(DAY.sub("", said)):
        raise Invalid({"words": _("This looks like a telephone number. Nobody may know yet who it is: leave it out.")})
    return said


def refuse_names(by: Actor, person: Person, words: str) -> None:
    """Nothing by which one could know who it is leaves before what was agreed does. Raises Invalid."""
    identity = people.identity_of(person, by=by)
    parts = {part for name in identity.all_names for part in name.casefold().split() if len(part) >= SHORTEST}
    digits = "".join(sign for sign in words if sign.isdigit())
    phone = identity.phone.lstrip("+")
    if any(part in words.casefold() for part in parts) or (phone and phone[-6:] in digits):
        raise Invalid({"words": _("A name or the telephone number stands here. Nobody may know yet who it is.")})
