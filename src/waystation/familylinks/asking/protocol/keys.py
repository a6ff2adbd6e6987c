"""Name keys: what a name becomes before it goes into a token, so that two spellings in two scripts become the same.

Both sides must make the same keys, so these rules have a number, and a publication names it. They stand on the tables
of `waystation.names` (how each script is read, articles, particles, what belongs together): NFKC, own tables for the
scripts of the road and anyascii for the rest, titles and articles dropped. Then a word is its consonants, at most six.

There are two rules for the same word. The near one keeps apart what most languages keep apart; the far one lets fall
what scripts write or leave out (v and w, the Arabic waw) and brings together what they confuse (r and l, m and n, j and
z). Near keys are in small letters and far ones in capitals, so one is never taken for the other. Whoever fits under the
near rule fits under the far one, too: one agreement in full counts for two, an agreement in outline for one.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from waystation.names.symbols import skeleton
from waystation.names.words import Part, parts_of
from waystation.names.writing import latin_letters, sounds_of

VERSION = 2
"""Of the rules below: any change that makes another key of some name makes a new number."""
LONGEST_KEY, MOST_PARTS, MOST_READINGS = 6, 4, 3
EMPTY = "~"
"""Begins the key of a word without a consonant that counts."""


def _classes(*groups: str) -> dict[int, str]:
    """Each sound of `names.symbols` to the first of its group; of a group that begins with `-`, to nothing."""
    return {ord(sound): group[0].strip("-") for group in groups for sound in group}


_NEAR = _classes("-AIUHhwy", "bp", "fv", "tTdDO", "sScCzZJ", "kqgGx")
_FAR = _classes("-AIUHhwyvf", "bp", "tTdDO", "sScCzZJj", "kqgGx", "mn", "lr")
_WEAK = _classes("-A", "hH", "wU", "yI")
# What else a sound is in other languages: Persian reads the Arabic th, dh and heavy d as s and z; j is y in German and
# Slavic spelling, ch is k in Greek words, kh is h in Turkish. All of one line change together.
_ALSO = ((re.compile("[TDO]"), "z"), (re.compile("j"), "y"), (re.compile("C"), "k"), (re.compile("x"), "h"))
_TWICE = re.compile(r"(.)\1+")

# One name in several languages, where sound alone does not bring them together (an abbreviation, another consonant).
# The first of each line stands for all. From the naming customs of the languages, not from any list of people.
_SAME = """
mohamed mohd md muhd mehmed mehmet mamadou mamadu muhammadu magomed magomet
ahmed amadou ahmadou amadu ahmadu
abdullah abdoulaye abdulai abdallah
yusuf yousuf youssef youssouf joseph josef jose josip giuseppe yosef yosief yusif iosif
ibrahim abraham avraham brahim ibrahima
yahya john jean johannes yohannes juan joao ivan ioannis giovanni hovhannes jan
yaqub jacob jakob yakob jacques yacouba yacoub
musa moses moise moussa moshe
daud david dawit davit daoud dawood daouda
suleiman solomon salomon sulayman souleymane shlomo soliman
ishaq isaac isaak yitzhak
isa issa eissa jesus iyasu
maryam mariam mary marie maria miriam mariama meryem
fatima fatma fatoumata fatimata fatou fadumo fatime
khadija hatice kadidiatou khadidiatou kadija khadijah kadiatou
aisha ayse aissatou aicha aishatu aysha
uthman osman ousmane othman usman cusmaan
abubakar boubacar aboubacar bubakar abubacarr
yunus jonas yunis yonas
ismail ishmael ismaila ismael
hawa eve eva
mustafa mostafa mustapha moustapha
michael mikael mikhail michel miguel mihail mikail
george giorgi georgios jorge georges jurgis yuri gheorghe
peter petros pierre pedro butros pyotr petr
paul pavel paulos boulos pablo paolo
alexander iskander iskandar alexandre aleksandr eskinder
"""
_VARIANTS = {word: line.split()[0] for line in _SAME.strip().splitlines() for word in line.split()}


class Keys(NamedTuple):
    """The keys of one part: by the near rule and by the far one, the usual reading first."""

    near: tuple[str, ...]
    far: tuple[str, ...]


def keys_of(name: str) -> tuple[Keys, ...]:
    """The keys of the parts of a name, at most MOST_PARTS and each once: the first ones, and of a longer name the last.

    Their order says nothing: given and family names change places at every border.
    """
    parts = list(dict.fromkeys(_of_part(part) for part in parts_of(name)))
    return tuple(parts if len(parts) <= MOST_PARTS else [*parts[: MOST_PARTS - 1], parts[-1]])


def key_of_first(name: str) -> Keys | None:
    """The keys of the first part alone, as of a mother's name; None when there is no name in it."""
    parts = parts_of(name)
    return _of_part(parts[0]) if parts else None


def key_of_place(place: str) -> Keys | None:
    """The keys of a place: a country by its code (ISO 3166-1), any other by all its words in one."""
    if re.fullmatch(r"[A-Z]{2}", place):
        return Keys((place.lower(),), (place,))
    parts = parts_of(place)
    return _of_part(Part(("".join(part.words[0] for part in parts),))) if parts else None


@lru_cache(maxsize=65536)
def _of_part(part: Part) -> Keys:
    words = [_VARIANTS.get(latin_letters(word), word) for word in part.words]
    skeletons = [skeleton(sounds) for word in words for sounds in sounds_of(word)]
    skeletons += [also.sub(other, bones) for also, other in _ALSO for bones in skeletons]
    return Keys(_first(map(_near, skeletons)), _first(map(_far, skeletons)))


def _first(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))[:MOST_READINGS]


def _near(bones: str) -> str:
    key = bones.translate(_NEAR)[:LONGEST_KEY]
    return key or EMPTY + bones.translate(_WEAK)[:LONGEST_KEY]


def _far(bones: str) -> str:
    return (_TWICE.sub(r"\1", bones.translate(_FAR))[:LONGEST_KEY] or EMPTY).upper()


def rules(parts: Sequence[Keys]) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    """The keys of several parts, under the near rule and under the far one."""
    return tuple(part.near for part in parts), tuple(part.far for part in parts)
