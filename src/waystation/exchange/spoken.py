"""Bytes as words that can be said aloud in any language: proquints (D. S. Wilkerson, arXiv:0901.4016, 2009).

Sixteen bits are five letters, consonant and vowel in turn; no word means anything, so none has to be translated.
"""

CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aiou"


def spoken(raw: bytes) -> str:
    """Two bytes a word; an even number of bytes."""
    return " ".join(_word(int.from_bytes(raw[place : place + 2], "big")) for place in range(0, len(raw), 2))


def _word(number: int) -> str:
    return (
        CONSONANTS[number >> 12]
        + VOWELS[number >> 10 & 3]
        + CONSONANTS[number >> 6 & 15]
        + VOWELS[number >> 4 & 3]
        + CONSONANTS[number & 15]
    )
