"""How each script is read: from a word as it is written to its sounds (the alphabet of `names.symbols`)."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from anyascii import anyascii

from waystation.names.writing import abjads, alphabets, latin, syllables

# First and last code point, what reads it. Scripts not listed are read through anyascii, as Latin.
_READERS: tuple[tuple[int, int, Callable[[str], str]], ...] = (
    (0x0370, 0x03FF, alphabets.read_greek),
    (0x0400, 0x052F, alphabets.read_cyrillic),
    (0x0530, 0x058F, alphabets.read_armenian),
    (0x0590, 0x05FF, abjads.read_hebrew),
    (0x0600, 0x077F, abjads.read_arabic),
    (0x0900, 0x0D7F, syllables.read_indic),
    (0x10A0, 0x10FF, alphabets.read_georgian),
    (0x1200, 0x135F, syllables.read_ethiopic),
)
_ABJADS = ((0x0590, 0x077F),)
# Vowel signs of Arabic and points of Hebrew, the stretching bar, joiners and direction marks: written by few.
_SELDOM_WRITTEN = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u0640\u0591-\u05c7\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_TWICE = re.compile(r"(.)\1+")
# An abjad writes a doubled consonant once: where two stand side by side, a vowel is between them.
_VOWEL_TWICE = re.compile(r"([aIU])\1+")
_NOT_LETTERS = re.compile(r"[^a-z]+")


def normal(text: str) -> str:
    """Compatibility forms made one (NFKC), small letters, no vowel signs: what reading begins with."""
    if text.isascii():
        return text.lower()
    return _SELDOM_WRITTEN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def writes_vowels(word: str) -> bool:
    """Whether the script of a word writes its vowels."""
    return not any(first <= ord(word[0]) <= last for first, last in _ABJADS)


def spelled(word: str) -> str:
    """The letters of a normal word as two spellings of it are compared: Latin ones, or those of its abjad."""
    return word if not writes_vowels(word) else latin_letters(word)


@lru_cache(maxsize=65536)
def sounds_of(word: str) -> tuple[str, ...]:
    """What a normal word sounds like: the usual reading first, then those of other languages."""
    for first, last, read in _READERS:
        if first <= ord(word[0]) <= last:
            return (_once(read(word)) if writes_vowels(word) else _VOWEL_TWICE.sub(r"\1", read(word)),)
    letters = latin_letters(word)
    return tuple(map(_once, (latin.read(letters), *latin.other_readings(letters)))) if letters else ("",)


def _once(sounds: str) -> str:
    return _TWICE.sub(r"\1", sounds)


def latin_letters(word: str) -> str:
    """The letters of a normal word, in Latin ones."""
    if word.isascii():
        return _NOT_LETTERS.sub("", word)
    return _NOT_LETTERS.sub("", anyascii(word.translate(latin.MARKED)).lower())
