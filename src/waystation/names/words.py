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
    "abu abou abo abul aboul abol bou umm um oum ibn bin ben bint binti ould wuld uld aït ait ag",
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
_FAITH = _words("din deen dine eddin eddine uddin ddin aldin eldin eldine aldeen eldeen الدين")
# Son or daughter of, after the father's name, apart or as one with it: Turkish, Azerbaijani, Turkmen, Kyrgyz, Kazakh.
_CHILD = _words(
    "oglu oğlu oghlu ogly ogli ughli uulu kizi kızı kyzy qizi gyzy",
    "оглу оглы оғлу угли уулу кызы қызы гызы اوغلو أوغلو اوغلی أوغلی ئوغلۇ",
)
# What the article before it is written as one with the name before: Faizur Rahman, Ziaur Rashid.
_AFTER_ARTICLE = _words("rahman rehman rahim raheem rashid razzaq razzak rauf")
_ARTICLE_AFTER = re.compile(r"(?<=...)ur$")
_NOT_PLAIN = _ARTICLES | _ASSIMILATED | _BEFORE | _TITLES | _SERVANT | _GOD | _FAITH | _CHILD | _AFTER_ARTICLE
# The second of two given names that many write as one with the first: Hamidreza, Rajkumar.
_SECOND = re.compile(
    r"(?<=..)(?:"
    "reza|hossein|hussain|kumar|kumari|chandra|prasad|bahadur|narayan|krishna|prakash"
    "|رضا|حسین|حسين|कुमार|कुमारी|चन्द्र|चंद्र|प्रसाद|बहादुर|नारायण|कृष्ण|प्रकाश)$"
)
_GOD_WITHIN = re.compile(r"(?<=\w\w)(?:[uo]ll?ah?|all?ah)$")
_ARTICLE_WITHIN = re.compile(r"^(?:al|el|ul)(?=[^aeiou'l]\w{3,})")
# Elias, Alan, Alex, Alfred, Albert, Ilham: what begins so, or is so short after it, may have no article.
_ARTICLE_OR_NOT = re.compile(r"^ال(?:[يیئاكک]|فر|بر|هام$|هه$|هي|..$)")
_AFTER_JOINED = {"servant": "abd", "god": "lah", "faith": "din"}
_AFTER_JOINED_ARABIC = {"servant": "عبد", "god": "له", "faith": "دين"}


class Part(NamedTuple):
    """One part of a name: the usual word first, then what else it may be written as."""

    words: tuple[str, ...]


def parts_of(name: str) -> tuple[Part, ...]:
    """The parts of a name in any script, at most MOST_PARTS; none when there is no letter in it."""
    words = [word for word in _APART.split(_MARKS.sub("", normal(name[:LONGEST_NAME]))) if _has_letters(word)]
    if _NOT_PLAIN.isdisjoint(words):
        parts = [part for word in words[:MOST_PARTS] for part in _parts("", word)]
    else:
        parts = [part for before, word in _grouped(_with_articles_apart(words)) for part in _parts(before, word)]
    return tuple(parts[:MOST_PARTS])


def _has_letters(word: str) -> bool:
    return word.isalpha() or any(map(str.isalpha, word))


def _with_articles_apart(words: list[str]) -> list[str]:
    following = [*words[1:], ""]
    return [
        _ARTICLE_AFTER.sub("", word) if after in _AFTER_ARTICLE else word
        for word, after in zip(words, following, strict=True)
    ]


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
        if grouped and not servant and (ending := _ending(word)):
            first, joined = grouped[-1]
            grouped[-1] = (first, joined.removesuffix(ending[0]) + ending)
            continue
        if not last and word in _BEFORE:
            before += word
            continue
        grouped.append((before, servant + _bare(word) if servant else word))
        before, servant = "", ""
    return grouped


def _ending(word: str) -> str:
    """What a word that makes one name with the word before it adds to that."""
    if word in _GOD:
        return _joint("god", word)
    if word in _FAITH:
        return _joint("faith", word)
    return word if word in _CHILD else ""


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
def _parts(before: str, word: str) -> tuple[Part, ...]:
    """One part, or the two given names that are written as one word."""
    second = _SECOND.search(word)
    if not second:
        return (_part(before, word),)
    return _part(before, word[: second.start()]), _part("", second[0])


def _part(before: str, word: str) -> Part:
    main = _SERVANT_WITHIN.sub(lambda found: _joint("servant", found[0]), word)
    main = _bare(_GOD_WITHIN.sub(_joint("god", "allah"), main))
    words = [main]
    if (shorter := _ARTICLE_WITHIN.sub("", main)) != main:
        words.append(shorter)
    if _ARTICLE_OR_NOT.match(word):
        words.append(word)
    if before:
        words.append(before + main)
    elif main in _LONG_FOR:
        words.append(_LONG_FOR[main])
    return Part(tuple(words))
