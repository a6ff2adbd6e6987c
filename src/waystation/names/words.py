"""A name as its parts: articles and titles taken off, what belongs together joined, in the order they are written.

The rules are those of the languages: the Arabic article and its assimilation (al-, el-, ash-, ar-), names made of two
words (Abd al-Karim, Nur al-Din, Fadl Allah), words before a name that are often left out or written as one with it
(ibn, bin, abu, de la, van).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from waystation.names.writing import normal

MOST_PARTS = 12
LONGEST_NAME = 400


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_APART = re.compile(r"[\s,;:/|()\[\]{}\"“”«»‹›.·•\-‐-―_،؛۔、・*+=<>!?#&%0-9]+")
_MARKS = re.compile("['’‘`´ʻʼʾʿ]")

_ARTICLES = _words("al el ul il ال")
_ASSIMILATED = _words("ad ed ud an en ar er ur as es us ash esh at et az ez adh ath")
_BEFORE = _words(
    "abu abou abo bou umm um oum ibn bin ben bint binti ould wuld uld aït ait ag",
    "de da do di du dos das del della dal la las le les los van von der den ter zu y e af",
    "ابو ابي ام بن ابن بنت ولد بو آل בן בת אבו бин ибн абу",
)
# What given names are shortened to, after Hanks, Hardcastle and Hodges, A Dictionary of First Names (2006).
_SHORTENED = (
    "michael: mike mick mickey; daniel: dan danny; david: dave; james: jim jimmy; william: bill billy will; "
    "wilhelm: willy; robert: bob bobby rob; richard: dick rick rich; thomas: tom tommy; joseph: joe; "
    "anthony: tony; stephen: steve; christopher: chris; nicholas: nick nic; alexander: alex sasha; andrew: andy; "
    "edward: ed eddie ted; benjamin: ben; samuel: sam; matthew: matt; gregory: greg; jeffrey: jeff; "
    "geoffrey: geoff; gerard: gerry; gerald: jerry; john: jack johnny; kenneth: ken; lawrence: larry; peter: pete; "
    "philip: phil; ronald: ron; raymond: ray; timothy: tim; frederick: fred; francis: frank; "
    "charles: charlie chuck; henry: harry hank; douglas: doug; donald: don; albert: al bert; arthur: art; "
    "clifford: cliff; victor: vic; walter: wally; elizabeth: liz betty beth lisa; katherine: kate kathy; "
    "catherine: cathy; margaret: maggie peggy meg; susan: sue susie; deborah: debbie; barbara: barb; "
    "jennifer: jen jenny; anne: nancy annie; mary: molly polly; sarah: sally; victoria: vicky; sandra: sandy; "
    "patricia: patty pat trish; rebecca: becky; johannes: hans; josef: sepp jupp; anton: toni; friedrich: fritz; "
    "heinrich: heinz; ulrich: uli; gerhard: gerd; jose: pepe; francisco: paco pancho; ignacio: nacho; "
    "guadalupe: lupe; josemaria: chema; guillermo: memo; alberto: beto; antonio: toño; eduardo: lalo; "
    "enrique: quique; mohamed: mo moh; александр: саша; алексей: лёша алёша; иван: ваня; михаил: миша; "
    "николай: коля; дмитрий: дима; владимир: вова володя; сергей: серёжа; евгений: женя; константин: костя; "
    "екатерина: катя; мария: маша; наталья: наташа; татьяна: таня; елена: лена; ольга: оля; анна: аня; "
    "светлана: света; пётр: петя; павел: паша; юрий: юра; геннадий: гена"
)
_LONG_FOR = {
    short: long for entry in _SHORTENED.split("; ") for long, shorts in [entry.split(": ")] for short in shorts.split()
}
_TITLES = _words(
    "mr mrs ms dr drs prof hon eng sr sra mp mme mlle",
    "डा डॉ श्री श्रीमती د دکتر др",
)
_SERVANT = _words("abd abdu abdul abdel abdal abdol abdou abdoul عبد абд абдул अब्द अब्दुल अब्दूल")
_SERVANT_WITHIN = re.compile(r"^(?:abd[aeiou]{1,2}l(?=[^aeiou])|abd[aeiou]l(?=[aeiou]..)|عبدال)(?=..)")
_GOD = _words("allah ullah ollah alla lah الله اللہ")
_FAITH = _words("din deen dine eddin eddine uddin ddin aldin الدين")
_NOT_PLAIN = _ARTICLES | _ASSIMILATED | _BEFORE | _TITLES | _SERVANT | _GOD | _FAITH
_GOD_WITHIN = re.compile(r"(?<=\w\w)(?:[uo]ll?ah?|all?ah)$")
_ARTICLE_WITHIN = re.compile(r"^(?:al|el|ul)(?=[^aeiou'l]\w{3,})")
_AFTER_JOINED = {"servant": "abd", "god": "lah", "faith": "din"}
_AFTER_JOINED_ARABIC = {"servant": "عبد", "god": "له", "faith": "دين"}


class Part(NamedTuple):
    """One part of a name: the usual word first, then what else it may be written as."""

    words: tuple[str, ...]


def parts_of(name: str) -> tuple[Part, ...]:
    """The parts of a name in any script, at most MOST_PARTS; none when there is no letter in it."""
    words = [word for word in _APART.split(_MARKS.sub("", normal(name[:LONGEST_NAME]))) if _has_letters(word)]
    if _NOT_PLAIN.isdisjoint(words):
        return tuple([_part("", word) for word in words[:MOST_PARTS]])
    return tuple([_part(before, word) for before, word in _grouped(words)[:MOST_PARTS]])


def _has_letters(word: str) -> bool:
    return word.isalpha() or any(map(str.isalpha, word))


def _grouped(words: list[str]) -> list[tuple[str, str]]:
    """Each part as (words that were before it, the part), joined where two words are one name."""
    grouped: list[tuple[str, str]] = []
    before, servant = "", ""
    for place, word in enumerate(words):
        last = place == len(words) - 1
        following = "" if last else words[place + 1]
        if word in _TITLES and len(words) > 2:
            continue
        if not last and (word in _ARTICLES or (word in _ASSIMILATED and following.startswith(word[1:]))):
            continue
        if not last and word in _SERVANT:
            servant = _joint("servant", word)
            continue
        if grouped and not servant and (word in _GOD or word in _FAITH):
            first, joined = grouped[-1]
            grouped[-1] = (first, joined + _joint("god" if word in _GOD else "faith", word))
            continue
        if not last and word in _BEFORE:
            before += word
            continue
        grouped.append((before, servant + _bare(word) if servant else word))
        before, servant = "", ""
    return grouped


def _joint(kind: str, word: str) -> str:
    if "\u0900" <= word[0] <= "\u097f" and kind == "servant":
        return "अब्द"
    arabic = "\u0600" <= word[0] <= "\u077f"
    return (_AFTER_JOINED_ARABIC if arabic else _AFTER_JOINED)[kind]


def _bare(word: str) -> str:
    if word in _GOD:
        return _joint("god", word)
    return word[2:] if word.startswith("ال") and len(word) > 3 else word


@lru_cache(maxsize=65536)
def _part(before: str, word: str) -> Part:
    main = _SERVANT_WITHIN.sub(lambda found: _joint("servant", found[0]), word)
    main = _bare(_GOD_WITHIN.sub(_joint("god", "allah"), main))
    words = [main]
    if (shorter := _ARTICLE_WITHIN.sub("", main)) != main:
        words.append(shorter)
    if before:
        words.append(before + main)
    elif main in _LONG_FOR:
        words.append(_LONG_FOR[main])
    return Part(tuple(words))
