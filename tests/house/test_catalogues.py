"""Every text has words in each finished language, none of them doubtful, none that loses what is filled in."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from waystation.config.status_check.words import asks_for_status
from waystation.web.catalogues import LANGUAGES, catalogue_of, collected

COMPLETE = ("fr", "es", "ar")
FEWEST = 800
SOURCE = Path(__file__).resolve().parents[2] / "src"
FILLED_IN = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}|</?[a-z][^>]*>")


def _catalogue(language: str) -> Catalog:
    with catalogue_of(language).open("rb") as source:
        return read_po(source)


def _messages(language: str) -> list[Message]:
    return [message for message in _catalogue(language) if message.id]


def _pairs(message: Message) -> Iterator[tuple[str, str]]:
    """(text, translation) of each form; a language with more forms than English keeps to the last English one."""
    texts = [message.id] if isinstance(message.id, str) else list(message.id)
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    for place, string in enumerate(strings):
        yield texts[min(place, len(texts) - 1)], string


def _number_is_in_the_words(message: Message, string: str) -> bool:
    """Arabic has forms for none, one and two, which say the number in the word itself."""
    return isinstance(message.string, tuple) and string in message.string[:3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_the_code_is_missing_and_none_is_left_over(language: str) -> None:
    """`make messages` finds nothing to change."""
    in_code = {(text.context, text.id) for text in collected() if text.id}
    assert {(message.context, message.id) for message in _messages(language)} == in_code


def test_texts_are_marked_by_names_that_the_collector_knows() -> None:
    """Under any other name their texts are in no catalogue, and nobody misses them."""
    renamed = re.compile(r"gettext(?:_lazy|_noop)? as (?!_\b)\w+")
    files = [path for path in SOURCE.rglob("*.py") if renamed.search(path.read_text(encoding="utf-8"))]
    assert files == []


@pytest.mark.parametrize("language", COMPLETE)
def test_every_text_is_translated(language: str) -> None:
    messages = _messages(language)
    assert len(messages) >= FEWEST
    assert [message.id for message in messages if not all(string for _, string in _pairs(message))] == []


@pytest.mark.parametrize("language", COMPLETE)
def test_no_translation_is_doubtful(language: str) -> None:
    catalogue = _catalogue(language)
    assert not catalogue.fuzzy
    assert [message.id for message in _messages(language) if message.fuzzy] == []
    assert str(catalogue.locale) == language


@pytest.mark.parametrize("language", COMPLETE)
def test_what_is_filled_in_stays(language: str) -> None:
    lost = [
        (text, string)
        for message in _messages(language)
        for text, string in _pairs(message)
        if set(FILLED_IN.findall(text)) != set(FILLED_IN.findall(string))
        and not (language == "ar" and _number_is_in_the_words(message, string))
    ]
    assert lost == []


@pytest.mark.parametrize("language", COMPLETE)
def test_no_translation_asks_for_status(language: str) -> None:
    asking = [string for message in _messages(language) for _, string in _pairs(message) if asks_for_status(string)]
    assert asking == []
