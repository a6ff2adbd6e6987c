"""The alphabet of sounds that every script is read into, and how near two of them are.

Small letters are what they look like. Written large or otherwise: `T` th as in thin, `D` th as in this, `O` and `Z` the
heavy d and z of Arabic, `S` sh, `C` ch as in church, `c` ts, `J` the sound in pleasure, `j` dj, `x` kh, `G` gh, `H` the
strong h, `A` the ayn, `I` and `U` a y or w that may be a long vowel (Arabic and Hebrew scripts write both alike).
`aeiou` are vowels, `@` a vowel of unknown colour; they carry no weight in a skeleton.

Costs are in twentieths of one wrong consonant. They come from how the scripts' own transliteration standards differ
(ALA-LC, DIN 31635, UNGEGN, BGN/PCGN, ISO 9, ISO 15919) and from regular sound correspondence: Persian reads Arabic `T`
as s and `O` as z; Egypt says g for j, the Gulf y; Turkish and French have no kh; Spanish b and v are one sound.
"""

import re
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

VOWELS = "aeiou@"
ONE = 20
"""The cost of a wrong, missing or added consonant."""

# What it costs to leave a sound out where it is not heard, not written or not in the other language.
LEFT_OUT = {"A": 2, "I": 2, "U": 3, "h": 5, "y": 7, "w": 8, "H": 9, "T": 18, "D": 18}

NEAR = {
    "A": {"h": 4, "H": 6, "y": 4, "w": 6, "G": 8, "I": 2, "U": 3},
    "I": {"y": 1, "U": 3, "w": 6, "j": 9, "h": 4, "H": 6},
    "U": {"w": 1, "v": 6, "f": 10, "b": 12, "y": 6, "h": 4},
    "H": {"h": 1, "x": 4, "k": 9, "G": 9},
    "h": {"x": 5, "g": 9, "G": 8, "j": 12, "k": 12},
    "y": {"j": 6, "J": 8, "w": 9, "G": 6},
    "w": {"v": 4, "b": 10, "f": 10, "G": 12},
    "b": {"p": 3, "v": 6, "m": 14},
    "p": {"f": 6},
    "f": {"v": 3, "T": 12},
    "t": {"d": 6, "T": 3, "c": 7, "D": 8, "C": 9, "O": 8, "s": 13},
    "d": {"D": 3, "O": 3, "Z": 5, "T": 7, "z": 12, "j": 11},
    "T": {"s": 4, "D": 4, "z": 7, "S": 10, "Z": 7, "O": 7},
    "D": {"z": 3, "O": 4, "Z": 2, "s": 7},
    "O": {"Z": 2, "z": 4, "l": 14},
    "Z": {"z": 2, "s": 8},
    "s": {"z": 4, "S": 6, "c": 4, "C": 9, "J": 9, "x": 13},
    "z": {"J": 6, "S": 9, "c": 6, "j": 8, "C": 9},
    "S": {"C": 4, "J": 5, "c": 7, "j": 9, "x": 9, "k": 13},
    "C": {"x": 8, "H": 10, "j": 5, "c": 5, "J": 7, "k": 9, "T": 14},
    "c": {"k": 9, "j": 9},
    "j": {"J": 3, "g": 6, "G": 9, "k": 11, "x": 9},
    "J": {"g": 9, "Z": 7},
    "k": {"g": 5, "q": 2, "x": 6, "G": 9},
    "g": {"q": 5, "G": 4, "x": 8},
    "q": {"G": 6, "x": 6},
    "x": {"G": 5},
    "G": {"r": 11},
    "m": {"n": 9},
    "l": {"r": 10, "n": 13},
}

VOWELS_LEFT_OUT = {"a": 5, "e": 5, "i": 5, "o": 5, "u": 5, "@": 2}
VOWELS_NEAR = {
    "a": {"e": 2, "o": 3, "i": 4, "u": 4, "@": 1, "A": 2, "I": 5, "U": 5},
    "e": {"i": 2, "o": 4, "u": 4, "@": 1, "I": 2, "U": 5, "y": 5},
    "i": {"o": 4, "u": 4, "@": 1, "I": 0, "U": 4, "y": 2},
    "o": {"u": 2, "@": 1, "U": 0, "I": 4, "w": 3},
    "u": {"@": 1, "U": 0, "I": 4, "w": 2},
}

CONSONANTS = "AIUHhywbpfvtdTDOZszSCcjJkgqxGmnlr"
_NO_VOWELS = re.compile(f"[{VOWELS}]+")
_WEIGHTLESS = re.compile(f"[{VOWELS}AIU]+")

# What each sound mostly is, roughly; those that are not in it may be missing.
_ROUGHLY = str.maketrans(
    {
        sound: members[0]
        for members in ("bp", "fv", "tdTDO", "szZcSJCj", "kgqxG", "m", "n", "l", "r")
        for sound in members
    }
    | dict.fromkeys("AIUHhyw" + VOWELS)
)


class Alphabet:
    """Sounds with their numbers, what each costs in place of another, and what it costs to leave one out."""

    def __init__(self, sounds: str, left_out: Mapping[str, int], near: Mapping[str, Mapping[str, int]]) -> None:
        self._numbers = {sound: number for number, sound in enumerate(sounds, start=1)}
        self.indel: NDArray[np.int16] = np.array([0, *(left_out.get(one, ONE) for one in sounds)], dtype=np.int16)
        self.swap: NDArray[np.int16] = np.full((len(sounds) + 1,) * 2, 10 * ONE, dtype=np.int16)
        for one, row in self._numbers.items():
            for other, column in self._numbers.items():
                named = near.get(one, {}).get(other, near.get(other, {}).get(one, ONE))
                both = left_out.get(one, ONE) + left_out.get(other, ONE)
                self.swap[row, column] = 0 if one == other else min(named, both)

        self._codes = str.maketrans({sound: chr(number) for sound, number in self._numbers.items()})

    def codes(self, sounds: str) -> bytes:
        """The numbers of a string of sounds; 0 is the end and never stands in it."""
        return sounds.translate(self._codes).encode("latin-1")


SKELETON = Alphabet(CONSONANTS, LEFT_OUT, NEAR)
"""Consonants alone."""
VOWELLED = Alphabet(CONSONANTS + VOWELS, LEFT_OUT | VOWELS_LEFT_OUT, NEAR | VOWELS_NEAR)
"""Two words whose scripts both write vowels."""
MIXED = Alphabet(CONSONANTS + VOWELS, LEFT_OUT | dict.fromkeys(VOWELS, 1), NEAR | VOWELS_NEAR)
"""Two words of which one or both leave vowels out."""


def skeleton(sounds: str) -> str:
    """The consonants of a word."""
    return _NO_VOWELS.sub("", sounds)


def firm(sounds: str) -> str:
    """The consonants of a word, without those that cost next to nothing to leave out."""
    return _WEIGHTLESS.sub("", sounds)


def roughly(sounds: str) -> str:
    """What two words that sound near mostly have in common: the kinds of their strong consonants."""
    return sounds.translate(_ROUGHLY)
