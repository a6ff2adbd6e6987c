"""Names in letters that whoever reads the page can read."""

import unicodedata

from anyascii import anyascii
from django.utils.translation import get_language

# What a page's own language is written in needs no other letters.
_SCRIPTS = {"ar": "ARABIC"}
# anyascii writes nothing for these, and without them Ahmad, Omar and Ali cannot be told.
_LETTERS_OF_ARABIC = str.maketrans("اأإآع", "aaiaa")


def in_latin(name: str) -> str:
    """A name in Latin letters, for telling people apart; nothing when its reader can read it as it is written.

    Scripts that leave vowels out stay without them: this helps to read, and is nobody's name.
    """
    known = {"LATIN", "MODIFIER", _SCRIPTS.get(get_language() or "", "LATIN")}
    if all(_script(letter) in known for letter in name if letter.isalpha()):
        return ""
    words = (anyascii(word).strip("`'") for word in name.translate(_LETTERS_OF_ARABIC).split())
    return " ".join(word[:1].upper() + word[1:] for word in words if word)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "LATIN").partition(" ")[0]
