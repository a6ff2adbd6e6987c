"""Arabic script (Arabic, Persian, Urdu, Pashto, Kurdish) and Hebrew, which mostly leave vowels unwritten.

Letter values after ALA-LC romanization tables (Arabic, Persian, Urdu, Pushto, Kurdish, Hebrew). Waw and ya are read as
`U` and `I`, which cost little when the other side has a vowel there; at the head of a word they are consonants.
"""

from waystation.names.writing.table import Table

_ARABIC = Table(
    {
        **dict.fromkeys("اأإآٱىە", "a"), **dict.fromkeys("ءةۀ", ""), **dict.fromkeys("ؤوۆۇۈ", "U"),
        **dict.fromkeys("ئيیېێےۓۍ", "I"), **dict.fromkeys("بٻ", "b"), "پ": "p", **dict.fromkeys("تطٹټ", "t"), "ث": "T",
        "تس": "c", "ج": "j", **dict.fromkeys("چڇ", "C"), "ح": "H", "خ": "x", **dict.fromkeys("دڈډ", "d"), "ذ": "D",
        **dict.fromkeys("رڑړڕ", "r"), **dict.fromkeys("زځ", "z"), **dict.fromkeys("ژږ", "J"),
        **dict.fromkeys("سص", "s"), **dict.fromkeys("شښ", "S"), "څ": "c", "ض": "O", "ظ": "Z", "ع": "A", "غ": "G",
        "ف": "f", **dict.fromkeys("ڤڥۋ", "v"), "ق": "q", **dict.fromkeys("كکګ", "k"), **dict.fromkeys("گڨ", "g"),
        **dict.fromkeys("لڵ", "l"), "م": "m", **dict.fromkeys("نںڼڭ", "n"), **dict.fromkeys("هہھۂ", "h"),
    }
)  # fmt: skip
_HEBREW = Table(
    {
        "א": "a", "ב": "b", "ג": "g", "ג׳": "j", "ג'": "j", "ד": "d", "ה": "h", "ו": "U", "וו": "v", "ז": "z",
        "ז׳": "J", "ז'": "J", "ח": "H", "ט": "t", "י": "I", "יי": "I", **dict.fromkeys("כך", "k"), "ל": "l",
        **dict.fromkeys("מם", "m"), **dict.fromkeys("נן", "n"), "ס": "s", "ע": "A", "פ": "p", "ף": "f",
        **dict.fromkeys("צץ", "c"), "צ׳": "C", "צ'": "C", "ץ׳": "C", "ק": "k", "ר": "r", "ש": "S", "ת": "t",
    }
)  # fmt: skip
_HEADS = {"U": "w", "I": "y"}


def read_arabic(word: str) -> str:
    """The sounds of a word without vowel signs."""
    return _with_ends(_ARABIC.read(word), "w")


def read_hebrew(word: str) -> str:
    """The sounds of a word without points."""
    return _with_ends(_HEBREW.read(word), "v")


def _with_ends(sounds: str, waw: str) -> str:
    if sounds[:1] in _HEADS and len(sounds) > 1:
        sounds = (waw if sounds[0] == "U" else "y") + sounds[1:]
    # A last h is mostly the ending -a.
    return sounds[:-1] + "a" if sounds.endswith("h") and len(sounds) > 2 else sounds
