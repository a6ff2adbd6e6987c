"""Latin letters as most languages on the road read them: English, French, Spanish, Portuguese, Turkish, Somali, Slavic.

One spelling stands for several sounds in several languages; the table takes the most frequent, `symbols` forgives the
near ones, and `other_readings` gives those that are far: Somali x (H) and c (ayn), Chinese -ng that others write
as n, French -es that is mute (Georges), the article of the Maghreb in one with the name (Larbi).
"""

import re

from waystation.names.symbols import VOWELS
from waystation.names.writing.table import Table

# Letters with marks that say more than the bare letter does, before the rest lose theirs.
MARKED = str.maketrans(
    {
        "š": "sh", "ş": "sh", "ș": "sh", "ś": "sh", "č": "ch", "ć": "ch", "ç": "ts", "ž": "zh", "ż": "zh", "ź": "zh",
        "ð": "dh", "þ": "th", "ḫ": "kh", "ẖ": "kh", "ġ": "gh", "ŵ": "w", "ı": "i", "ø": "o", "œ": "oe",
        "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "ŋ": "ng", "ə": "a", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y",
    }
)  # fmt: skip

_LETTERS = Table(
    {
        **{vowel: vowel for vowel in "aeiou"}, "ou": "u", "oo": "u", "ee": "i",
        **{letter: letter for letter in "bdfghjklmnpqrstvwyz"},
        "shch": "S", "tsch": "C", "sch": "S", "tch": "C", "dzh": "j", "dsh": "j", "dj": "j", "zh": "J", "zs": "J",
        "kh": "x", "gh": "G", "ph": "f", "bh": "b", "jh": "j", "sh": "S", "ch": "C", "cz": "C", "sz": "S", "th": "T",
        "dh": "D", "ts": "c", "tz": "c", "ck": "k", "x": "ks", "c": "k", "ce": "ce", "ci": "ci", "cy": "ci",
    }
)  # fmt: skip
_GLIDES = re.compile(r"(?<=[aeiou])[yw](?=[^aeiouyw]|$)|(?<![aeiou])y(?![aeiou])|(?<=[ae])h$")
_AFTER_CONSONANT = re.compile(r"(?<=[^aeiou])y(?=[aeiou])")

_FRENCH_ENDING = re.compile(r"(?:g|qu|rl|ll|v)es$")
_ARTICLE_IN_ONE = re.compile(r"la(?=[^aeiouy]\w\w)")


def read(word: str) -> str:
    """The sounds of a folded word of the letters a to z."""
    return _AFTER_CONSONANT.sub("I", _GLIDES.sub("", _LETTERS.read(word)))


def other_readings(word: str) -> tuple[str, ...]:
    """The sounds of a word in languages that read it quite otherwise."""
    readings = []
    if "x" in word:
        readings.append(read(word.replace("x", "h")).replace("h", "H"))
        if word[0] == "x":
            readings.append(read("sh" + word[1:]))
    if word[0] == "c" and word[1:2] in VOWELS:
        readings.append("A" + read(word[1:]))
    if _FRENCH_ENDING.search(word):
        readings.append(read(word[:-1]))
    if _ARTICLE_IN_ONE.match(word):
        readings.append(read(word[1:]))
    if word.endswith("ng") and len(word) > 3:
        readings.append(read(word[:-1]))
    return tuple(readings)
