"""Scripts whose signs are syllables: Ethiopic, and the Indic scripts, whose Unicode blocks share one layout (ISCII).

Values after ALA-LC (Amharic, Tigrinya) and ISO 15919. Tamil writes hard and soft alike; `symbols` forgives that. An
Indic consonant without a sign has a vowel of its own, mostly silent at the end of a word and often within (Ohala 1983,
Aspects of Hindi Phonology): it is read as a vowel of unknown colour, which costs little to leave out. Before ह the
bindu is said as the nasal of ग (सिंह: Singh); ज्ञ is gy in Hindi and Nepali.
"""

import re

from waystation.names.writing.table import Table

# A row of eight for each consonant from U+1200 on; `_` has no consonant of its own.
_ROWS = "h l H m s r s S q q q q b v t C H H n n _ k k x x w A z J y d d j g g g t C p c c f p"
_ORDERS = ("e", "u", "i", "a", "e", "", "o", "wa")

_INDIC_BLOCKS = (0x0900, 0x0980, 0x0A00, 0x0A80, 0x0B00, 0x0B80, 0x0C00, 0x0C80, 0x0D00)
_INDIC_VOWELS = dict(enumerate(("a", "a", "i", "i", "u", "u", "ri", "l", "e", "e", "e", "e", "o", "o", "o", "o"), 0x05))
_INDIC_SIGNS = dict(enumerate(("a", "i", "i", "u", "u", "ri", "ri", "e", "e", "e", "e", "o", "o", "o", "o"), 0x3E))
_INDIC_CONSONANTS = dict(enumerate("kxgGnCCjjntTdDntTdDnnpfbbmyrrlllvSSsh", 0x15))
_INDIC_DOTTED = dict(enumerate("qxGzrrfy", 0x58))
_INDIC_REST = {0x01: "n", 0x02: "n", 0x03: "", 0x4D: ""}
_UNDER_DOTS = {0x15: "q", 0x16: "x", 0x17: "G", 0x1C: "z", 0x21: "r", 0x22: "r", 0x2B: "f", 0x2F: "y"}
_DOT = 0x3C


def _ethiopic() -> dict[str, str]:
    return {
        chr(0x1200 + 8 * row + order): consonant.strip("_") + vowel
        for row, consonant in enumerate(_ROWS.split())
        for order, vowel in enumerate(_ORDERS)
    }


def _indic() -> dict[str, str]:
    offsets = _INDIC_VOWELS | _INDIC_SIGNS | _INDIC_CONSONANTS | _INDIC_DOTTED | _INDIC_REST
    letters = {chr(block + offset): sound for block in _INDIC_BLOCKS for offset, sound in offsets.items()}
    for block in _INDIC_BLOCKS:
        letters |= {chr(block + offset) + chr(block + _DOT): sound for offset, sound in _UNDER_DOTS.items()}
    return letters | {"ச": "c"}


def _indic_class(*ranges: tuple[int, int]) -> str:
    """For a regular expression: these offsets in each of the blocks."""
    spans = [(block + first, block + last) for block in _INDIC_BLOCKS for first, last in ranges]
    return "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in spans) + "]"


_OWN_VOWEL = "\N{DOTTED CIRCLE}"
_CONSONANT = _indic_class((0x15, 0x39), (0x58, 0x5F))
_WITHOUT_SIGN = re.compile(
    f"({_CONSONANT}{_indic_class((_DOT, _DOT))}?)(?={_CONSONANT}|{_indic_class((0x01, 0x03), (0x05, 0x14))})"
)
_indic_table = Table(_indic() | {_OWN_VOWEL: "@", "ंह": "nG", "ज्ञ": "gy"})
read_ethiopic = Table(_ethiopic()).read


def read_indic(word: str) -> str:
    """The sounds of a word in one of the Indic scripts."""
    return _indic_table.read(_WITHOUT_SIGN.sub(rf"\1{_OWN_VOWEL}", word))
