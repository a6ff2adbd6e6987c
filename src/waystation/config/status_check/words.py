"""Words that ask for legal or immigration status, in the four languages, as data.

Patterns match whole words in text that was lower-cased, with `_`, `-` and camelCase turned into spaces. The word
"status" alone is harmless (of a request, of work, marital): only what it is joined to makes it a question about papers.
"""

import re
import unicodedata

ENGLISH = (
    r"(legal|immigration|migration|migratory|migrant|residence|residency|resident|asylum|refugee|visa|citizenship"
    r"|documentation|document|entry|stay|lawful|permit|protection) status",
    r"status (of )?(residence|residency|stay|asylum|immigration|migration|legality)",
    r"(un|in)documented( \w+)?",
    r"is documented",
    r"(il)?legal(ly)? (migrant|immigrant|alien|resident|entry|stay|presence|person)s?",
    r"(ir)?regular(ly)? (migrant|immigrant|entry|stay|situation|migration)s?",
    r"(is|has|was) (il)?legal",
    r"(is|has) (ir)?regular",
    r"illegals?",
    r"(residence|residency|stay|work) (permit|title|card|right|rights)s?( \w+)?",
    r"right to (stay|remain|work|reside)",
    r"visas?( (type|number|class|kind|state|expiry|valid|until|category))?",
    r"(has|no|without|valid|identity|immigration) papers",
    r"leave to remain",
    r"overstay(ed|er|s|ing)?",
    r"asylum (seeker|applicant|decision|state|claim state|granted|refused|rejected)s?",
    r"(is|recognised|recognized) (a )?(refugee|asylum seeker|stateless|migrant)",
    r"deportable|removable|deportation order",
    r"green card|alien number",
)
FRENCH = (
    r"statut (juridique|legal|migratoire|de sejour|de refugie|de residence|d asile|administratif)",
    r"situation (irreguliere|reguliere|administrative|migratoire)",
    r"(titre|carte|permis|droit|autorisation) de (sejour|residence|travail)",
    r"sans papiers?",
    r"clandestine?s?",
    r"(migrante?s?|immigree?s?|etrangere?s?|entree|sejour) (irreguli(er|ere)|ill?egale?|reguli(er|ere))s?",
    r"demandeu(r|se)s? d asile",
    r"en regle",
)
SPANISH = (
    r"(estatus|estado|situacion|condicion) (migratori[oa]|legal|juridic[oa]|administrativ[oa]|de refugiad[oa])",
    r"(estatus|estado|situacion|condicion) (ir)?regular",
    r"indocumentad[oa]s?",
    r"sin papeles",
    r"(permiso|tarjeta|autorizacion) de (residencia|estancia|trabajo)",
    r"visad[oa]s?",
    r"(migrante|inmigrante|extranjer[oa]|entrada|estancia)s? (ilegal|irregular|regular)(es)?",
    r"solicitantes? de asilo",
)
ARABIC = (
    r"(ال)?(وضع|حاله|صفه) (ال)?(قانوني|قانونيه|هجره|اقامه|لاجي|لجوء)",
    r"(ال)?وضع (ال)?قانوني",
    r"(تصريح|بطاقه|رخصه|اذن|حق) (ال)?(اقامه|عمل)",
    r"(ال)?(مهاجر|مهاجره|مهاجرين|دخول|مقيم) (ال)?غير (ال)?(شرعي|شرعيه|نظامي|نظاميه|قانوني|قانونيه|شرعيين)",
    r"غير (ال)?(شرعي|نظامي)(ه|ين)?",
    r"(بدون|بلا) (اوراق|وثائق)",
    r"(ال)?تاشير(ه|ات)",
    r"طالبو?ي? (ال)?لجوء",
)

_PATTERN = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?:{words})" for words in ENGLISH + FRENCH + SPANISH + ARABIC) + r")(?!\w)"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ARABIC_FORMS = str.maketrans("أإآىئؤة", "اااييوه")


def plain(text: str) -> str:
    """Lower case, one space between words, without accents, Arabic letters in one form."""
    parted = _CAMEL.sub(" ", text)
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", parted.translate(_ARABIC_FORMS)) if not unicodedata.combining(c)
    )
    return " ".join(re.split(r"[^\w]+|_+", bare.lower())).strip()


def asks_for_status(text: str) -> str:
    """The words in `text` that ask for legal or immigration status; empty when there are none."""
    found = _PATTERN.search(plain(text))
    return found.group(0) if found else ""
