"""A slip for the pocket must mean nothing to whoever finds it: which of its words would give the person away.

Stems are those that a searching hand understands at once, in the languages our texts are written in.
"""

import re
import unicodedata
from collections.abc import Iterable

STEMS = (
    "help", "safe", "shelter", "refuge", "police", "lawyer", "court", "traffick", "violen", "escap", "danger",
    "hotline", "caseworker", "protec", "red cross", "red crescent", "emergency",
    "aide", "secours", "foyer", "avocat", "tribunal", "fuite", "fuir", "urgence", "croix rouge", "croissant rouge",
    "ayuda", "refugio", "policia", "abogad", "juzgado", "huir", "peligro", "emergencia", "cruz roja", "media luna",
    "مساعد", "ملجا", "مأوى", "شرطة", "محام", "محكم", "خطر", "هروب", "طوارئ", "الصليب", "الهلال", "حماية",
)  # fmt: skip
ARTICLE = "ال"
SHORTEST = 3
"""Shorter words of a name say nothing."""
COMMON = frozenset({
    "the", "and", "who", "her", "his", "she", "him", "man", "men", "with", "from", "that", "this", "our",
    "les", "des", "une", "qui", "que", "elle", "avec", "son", "ses",
    "los", "las", "una", "con", "del", "ella", "por", "este", "esta",
    "الذي", "التي", "هذا", "هذه",
})  # fmt: skip
"""Words that in a description are nobody's name."""


def giveaways(text: str, never: Iterable[str] = ()) -> list[str]:
    """The words of a text that would give its bearer away, as they stand there.

    `never` are names that must not stand there: the person's own, ours, those of who must never know.
    """
    names = {word for name in never for word in _name_words(name)}
    plain = _plain(text)
    found = [word for word in re.findall(r"\w+", text) if _plain(word) in names or _has_stem(_plain(word))]
    found += [stem for stem in STEMS if " " in stem and stem in plain]
    return list(dict.fromkeys(found))


def _name_words(name: str) -> list[str]:
    words = [_plain(word) for word in re.findall(r"\w+", name) if len(word) >= SHORTEST]
    return words if len(words) == 1 else [word for word in words if word not in COMMON]


def _has_stem(word: str) -> bool:
    bare = word.removeprefix(ARTICLE)
    return any(" " not in stem and bare.startswith(_plain(stem)) for stem in STEMS)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c)).strip()
