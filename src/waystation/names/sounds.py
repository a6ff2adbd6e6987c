"""What a name sounds like, roughly, in any script: consonants in Latin letters, near ones made one.

Coarse on purpose: it proposes whom to compare, `index` compares. Vowels go, because Arabic and Hebrew scripts do not
write them and other scripts spell them in many ways.
"""

import re

from anyascii import anyascii

_NOT_LETTERS = re.compile(r"[^a-z ]+")
# Letters that stand for one sound first, longest first; then sounds that scripts and ears confuse.
_TOGETHER = (
    ("dzh", "j"), ("tsch", "c"), ("shch", "s"), ("tch", "c"), ("sch", "s"), ("dj", "j"), ("zh", "j"), ("kh", "k"),
    ("gh", "g"), ("ph", "f"), ("sh", "s"), ("ch", "s"), ("th", "t"), ("dh", "d"), ("ts", "s"), ("ck", "k"), ("x", "ks"),
)  # fmt: skip
_NEAR = str.maketrans({"q": "k", "c": "k", "z": "s", "v": "f", "p": "b", "j": "y", "w": "u"})
_SOFT_C = re.compile(r"c(?=[eiy])")
_VOWELS = re.compile(r"[aeiouh]+")
_TWICE = re.compile(r"(.)\1+")


def folded(name: str) -> str:
    """A name in lower-case Latin letters and single spaces, whatever its script."""
    latin = name if name.isascii() else anyascii(name)
    return " ".join(_NOT_LETTERS.sub("", latin.lower().replace("-", " ")).split())


def skeleton(token: str) -> str:
    """The consonants of one folded word; the word itself when it has none."""
    sound = token
    for letters, one in _TOGETHER:
        if letters in sound:
            sound = sound.replace(letters, one)
    sound = _TWICE.sub(r"\1", _SOFT_C.sub("s", sound).translate(_NEAR))
    head, tail = sound[:1], sound[1:].replace("y", "")
    return _VOWELS.sub("", head + tail) or token


def keys_of(token: str) -> tuple[str, ...]:
    """The skeleton first, then what is left of it without one of its consonants, so that one slip is forgiven."""
    whole = skeleton(token)
    if not 3 <= len(whole) <= 8:
        return (whole,)
    return (whole, *{whole[:place] + whole[place + 1 :] for place in range(len(whole))})
