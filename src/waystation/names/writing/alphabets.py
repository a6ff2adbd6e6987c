"""Cyrillic, Greek, Georgian and Armenian letters, after BGN/PCGN, ISO 9, ISO 843, ISO 9984 and ISO 9985."""

import re

from waystation.names.writing.table import Table

_CYRILLIC = Table(
    {
        **dict(zip("абвгґдезийклмнопрстуфхцчшыэіжўәөүұ", "abvggdeziIklmnoprstufxcCSieiJwaouu", strict=True)),
        "щ": "S", "ё": "yo", "ю": "yu", "я": "ya", "є": "ye", "ї": "yi", "дж": "j", "ђ": "j", "џ": "j", "җ": "j",
        "ҷ": "j", "ћ": "C", "љ": "l", "њ": "n", "ј": "y", "ѓ": "g", "ќ": "k", "ѕ": "z", "ғ": "G", "қ": "q", "ҡ": "q",
        "ң": "n", "һ": "h", "ҳ": "H", "ӣ": "i", "ӯ": "u", "ӑ": "a", "ӗ": "e", "кс": "ks",
    }
)  # fmt: skip
_GREEK = Table(
    {
        **dict(zip("αβγδεζηθικλμνοπρσςτυφχω", "avgDeziTiklmnoprsstifxo", strict=True)),
        "ξ": "ks", "ψ": "ps", "μπ": "b", "ντ": "d", "γκ": "g", "γγ": "ng", "τζ": "j", "τσ": "c", "ου": "u", "αυ": "av",
        "ευ": "ev", "γε": "ye", "γι": "yi",
    }
)  # fmt: skip
_GEORGIAN = Table(dict(zip("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", "abgdevztiklmnopJrstupkGqSCczcCxjh", strict=True)))
_ARMENIAN = Table(
    {
        **dict(zip("աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ", "abgdeze@tJilxckhzGCmynSoCpjrsvtrcvpkof", strict=True)),
        "ու": "u", "և": "ev",
    }
)  # fmt: skip
_SOFTENED = re.compile(r"(?<=[^aeiouy])y(?=[aeiou])")


def read_cyrillic(word: str) -> str:
    """The sounds of a word in small letters; я after a consonant softens it and is no y."""
    return _SOFTENED.sub("", _CYRILLIC.read(word))


read_greek = _GREEK.read
read_georgian = _GEORGIAN.read
read_armenian = _ARMENIAN.read
