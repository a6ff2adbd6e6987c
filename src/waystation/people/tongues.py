"""Languages by ISO 639-3, named by CLDR: in our languages for staff, in their own for the person."""

from functools import cache

from babel import Locale, UnknownLocaleError
from django.utils import translation
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from waystation.web.components.cldr import UNNAMED, by_name

_CLDR = """
    aar:aa abk:ab afr:af aka:ak amh:am ara:ar arg:an asm:as ava:av aym:ay aze:az bak:ba bam:bm bel:be ben:bn bis:bi
    bod:bo bos:bs bre:br bul:bg cat:ca ces:cs cha:ch che:ce chv:cv cor:kw cos:co cre:cr cym:cy dan:da deu:de div:dv
    dzo:dz ell:el eng:en est:et eus:eu ewe:ee fao:fo fas:fa fij:fj fin:fi fra:fr fry:fy ful:ff gla:gd gle:ga glg:gl
    glv:gv grn:gn guj:gu hat:ht hau:ha heb:he her:hz hin:hi hmo:ho hrv:hr hun:hu hye:hy ibo:ig iii:ii iku:iu ind:id
    ipk:ik isl:is ita:it jav:jv jpn:ja kal:kl kan:kn kas:ks kat:ka kau:kr kaz:kk khm:km kik:ki kin:rw kir:ky kmr:ku
    kom:kv kon:kg kor:ko kua:kj kur:ku lao:lo lav:lv lim:li lin:ln lit:lt ltz:lb lub:lu lug:lg mah:mh mal:ml mar:mr
    mkd:mk mlg:mg mlt:mt mon:mn mri:mi msa:ms mya:my nau:na nav:nv nbl:nr nde:nd ndo:ng nep:ne nld:nl nno:nn nob:nb
    nya:ny oci:oc oji:oj ori:or orm:om oss:os pan:pa pol:pl por:pt prs:fa_AF pus:ps que:qu roh:rm ron:ro run:rn
    rus:ru sag:sg sin:si slk:sk slv:sl sme:se smo:sm sna:sn snd:sd som:so sot:st spa:es sqi:sq srd:sc srp:sr ssw:ss
    sun:su swa:sw swe:sv tah:ty tam:ta tat:tt tel:te tgk:tg tgl:tl tha:th tir:ti ton:to tsn:tn tso:ts tuk:tk tur:tr
    twi:tw uig:ug ukr:uk urd:ur uzb:uz ven:ve vie:vi wln:wa wol:wo xho:xh yid:yi yor:yo zha:za zho:zh zul:zu
"""
"""ISO 639-3 codes whose name in CLDR stands under another code."""

# Ancient, invented or no languages at all, which CLDR names too.
_NOT_SPOKEN = """
    mul und zxx afh akk ang arc avk chb chg cop dum egy elx enm frm fro gez gmh goh got grc hit jbo kaw lfn lzh
    mga mnc non nov nwc ota pal peo phn prg pro sam sga sog sux syc tlh tok uga vot xno zbl
"""

LANGUAGES: dict[str, str] = dict(pair.split(":") for pair in _CLDR.split()) | {
    code: code
    for code in (*map(str, Locale("en").languages), *UNNAMED)
    if len(code) == 3 and code not in _NOT_SPOKEN.split()
}
"""ISO 639-3 code to the code CLDR knows it by."""

MET_OFTEN = {"ckb", "sus", "man", "zgh", "kab", "rif", "bej", "luo", "fon", "rom", "quc", "kri", "pcm"} | set(UNNAMED)
"""Languages of three letters that posts on today's roads hear often."""

KURDISH = {"kmr": gettext_noop("Kurmanji"), "ckb": gettext_noop("Sorani")}
"""CLDR calls one by the name of all Kurdish; those who speak one may not know the other."""

FROM_SHORT: dict[str, str] = {short: code for code, short in reversed(LANGUAGES.items()) if len(short) == 2}
"""ISO 639-1 to ISO 639-3, for what the page's own language says."""


@cache
def _names(language: str) -> dict[str, str]:
    known, english = Locale.parse(language, sep="-").languages, Locale("en").languages
    names = {code: known.get(cldr) or english.get(cldr) or UNNAMED.get(code, code) for code, cldr in LANGUAGES.items()}
    with translation.override(language):
        return names | {code: f"{names['kur']} ({_(variety)})" for code, variety in KURDISH.items()}


def language_name(code: str, language: str | None = None) -> str:
    """A language's name in another (else the page's); an unknown code as it is."""
    return _names(language or get_language() or "en").get(code, code)


@cache
def own_name(code: str) -> str:
    """What speakers call their language, or its English name where CLDR does not know."""
    try:
        locale = Locale.parse(LANGUAGES.get(code, code))
    except (UnknownLocaleError, ValueError):
        return language_name(code, "en")
    return locale.languages.get(LANGUAGES.get(code, code)) or locale.get_language_name() or language_name(code, "en")


def language_choices(language: str | None = None) -> list[tuple[str, str]]:
    """All languages for a form, by name."""
    return by_name(_names(language or get_language() or "en").items())


def common_choices(language: str | None = None) -> list[tuple[str, str]]:
    """The languages that have two letters in ISO 639-1, and some: short enough for a form on a cheap phone."""
    short = {code for code, cldr in LANGUAGES.items() if len(cldr.split("_")[0]) == 2} | MET_OFTEN
    return [(code, name) for code, name in language_choices(language) if code in short]
