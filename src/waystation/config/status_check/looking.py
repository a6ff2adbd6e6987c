"""Looking at texts in every language, and what was found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from waystation.config.status_check.words import asks_for_status


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that asks: where it stands, and the words that do."""

    where: str
    words: str


def look(where: str, texts: Iterable[object]) -> Iterator[Finding]:
    """At most one finding for a place whose names, labels and answers are `texts`; others than texts are passed by."""
    for text in texts:
        for said in _in_every_language(text):
            if words := asks_for_status(said):
                yield Finding(where, words)
                return


def _in_every_language(text: object) -> Iterator[str]:
    if isinstance(text, Promise):
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                yield str(text)
    elif isinstance(text, str):
        yield text
