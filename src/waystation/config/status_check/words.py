"""Words that ask for legal or immigration status, in the four languages, as data.

Patterns match whole words in text that was brought to one form by `plain`: lower case, `_`, `-` and camelCase turned
into spaces, signs nobody sees dropped, look-alike letters folded. A space in a pattern also matches nothing, so that
`asylumseeker` is read as it was meant. The word "status" alone is harmless (of a request, of work, marital): only what
it is joined to makes it a question about papers.
"""

import re
import unicodedata
from functools import cache

_OF_PERSONS = (
    "legal|immigration|migration|migratory|migrant|residence|residency|resident|asylum|refugee|visa|citizenship"
    "|documentation|documented|stay|lawful|permit|protection|settlement|settled|alien|naturali[sz]ation|juridical"
)
ENGLISH = (
    rf"(?:{_OF_PERSONS}) status(?:es)?",
    rf"status(?:es)? (?:of )?(?:{_OF_PERSONS}|legality)",
    r"(?:un|in)documented(?: \w+)?",
    r"is documented",
    r"(?:il)?legal(?:ly)? (?:migrant|immigrant|alien|resident|entry|stay|presence|present|person|situation)s?",
    r"(?:ir)?regular(?:ly)? (?:migrant|immigrant|entry|stay|situation|migration|resident|presen(?:t|ce))s?",
    r"(?:is|was|has) illegal(?! character)",
    r"illegals",
    r"(?:residence|residency|stay|work|settlement) (?:permit|title|card|document|right)s?(?: \w+)?",
    r"permits? (?:of |to |for )?(?:stay|residence|reside|remain|work)",
    r"rights? to (?:stay|remain|work|reside)(?! silent| informed| touch| in touch)",
    r"visas?(?: (?:type|number|class|kind|state|expiry|valid|until|category))?",
    r"(?:has|have|no|without|valid|identity|immigration|residence) papers",
    r"leave to remain",
    r"overstay(?:ed|er|s|ing)?",
    r"asylum (?:seeker|seeking|applicant|application|decision|state|claim|granted|refused|rejected)s?(?: \w+)?",
    r"(?:is|recogni[sz]ed|failed|former) (?:a |an )?(?:refugee|asylum seeker|stateless|migrant|citizen|national)",
    r"refugee (?:id|number|no|card|certificate|class|type|category)",
    r"(?:is|has been|was|were|be) (?:deported|deportable)",
    r"removable (?:person|alien|migrant|people)s?",
    r"deport(?:able|ation) (?:order|state|date|risk)s?|removal orders?|deportable",
    r"green card|alien (?:number|registration)|citizenship|naturali[sz]ed",
)
FRENCH = (
    r"statuts? (?:juridique|legal|legaux|migratoire|(?:de|du) (?:sejour|refugie|residence)|d asile|administratif)s?",
    r"situations? (?:irreguliere|reguliere|administrative|migratoire|juridique)s?",
    r"(?:titre|carte|permis|droit|autorisation)s? (?:de|au) (?:sejour|residence|travail)",
    r"sans papiers?",
    r"clandestine?s?",
    r"(?:migrante?|immigree?|etrangere?|entree|sejour)s? (?:irreguli(?:er|ere)|ill?egale?|reguli(?:er|ere))s?",
    r"(?:demandeu(?:r|se)|demande|droit)s? d asile",
    r"(?:est|en) (?:en )?regle(?! generale)",
    r"refugiee?s?",
    r"(?:a|avoir|possede) (?:des |ses )?papiers",
)
SPANISH = (
    r"(?:estatus|estado|situacion|condicion)(?:es)? (?:migratori[oa]|legal|juridic[oa]|administrativ[oa])(?:e?s)?",
    r"(?:estatus|estado|condicion) de (?:refugiad[oa]|asilo|residencia)",
    r"(?:estatus|estado|situacion|condicion) (?:ir)?regular(?:es)?",
    r"indocumentad[oa]s?",
    r"(?:sin|con|tiene) papeles",
    r"(?:permiso|tarjeta|autorizacion)(?:e?s)? de (?:residencia|estancia|trabajo)",
    r"visad[oa]s?",
    r"(?:migrante|inmigrante|extranjer[oa]|entrada|estancia)s? (?:ilegal|irregular|regular)(?:es)?",
    r"(?:solicitante|solicitud)(?:e?s)? de asilo",
    r"refugiad[oa]s?",
)
ARABIC = (
    r"(?:ال)?(?:وضع|حاله|صفه|اوضاع) (?:ال)?(?:قانوني|قانونيه|هجره|اقامه|لاجي|لجوء)",
    r"(?:ال)?(?:تصريح|تصاريح|بطاقه|بطاقات|رخصه|رخص|اذن|حق) (?:ال)?(?:اقامه|عمل)",
    r"(?:ال)?(?:مهاجر|مهاجره|مهاجرين|دخول|مقيم) (?:ال)?غير (?:ال)?(?:شرعي|شرعيه|نظامي|نظاميه|قانوني|قانونيه|شرعيين)",
    r"غير (?:ال)?(?:شرعي|نظامي)(?:ه|ين)?",
    r"(?:بدون|بلا) (?:اوراق|وثائق)",
    r"(?:ال)?تاشير(?:ه|ات)",
    r"(?:طالبو?ي?|طلب|طلبات) (?:ال)?لجوء",
    r"(?:ال)?لاجي(?:ه|ون|ين|ات)?",
)
# Harmless inside a sentence, a question about papers when they are all that a name or a label says.
ALONE = (
    r"(?:his |her |their |your |the )?papers|refugees?|(?:il|ir)regular|illegal|deported|expelled|citizens?|stateless"
    r"|(?:is|was|has) (?:legal|irregular|regular)|(?:is|was) legal here|entry status(?:es)?|nationality status"
    r"|residen(?:t|cy|ce) (?:type|class|kind)",
    r"(?:ses |les |vos )?papiers|irreguliere?|illegale?|expulsee?",
    r"(?:sus |los )?papeles|irregular(?:es)?|ilegal(?:es)?|deportad[oa]s?",
    r"(?:ال)?اقامه|(?:ال)?اوراق|مرح(?:ل|له)",
)
# Looked at and found to ask nothing: taken out before the search.
REVIEWED = (
    "data entry status",
    "en regle generale",
    "regular meals",
    "illegal character",
    "legal guardian",
    "right to stay silent",
    "legal status of the organisation",
)

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ARABIC_FORMS = str.maketrans("أإآىئؤة", "اااييوه")
_LOOK_ALIKES = str.maketrans("аеорсухіјѕԁһӏԛԝαοερνικτυ", "aeopcyxijsdhlqwaoepviktu")


def _compiled(patterns: tuple[str, ...]) -> str:
    return "|".join(f"(?:{words})" for words in patterns).replace(" ", " ?")


_ANYWHERE = re.compile(rf"(?<!\w)(?:{_compiled(ENGLISH + FRENCH + SPANISH + ARABIC)})(?!\w)")
_ALONE = re.compile(_compiled(ALONE))
_REVIEWED = re.compile("|".join(REVIEWED))


def plain(text: str) -> str:
    """Lower case, one space between words, without accents or unseen signs; Arabic letters in one form."""
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf")
    parted = _CAMEL.sub(" ", seen).translate(_ARABIC_FORMS)
    bare = "".join(c for c in unicodedata.normalize("NFKD", parted) if not unicodedata.combining(c))
    return " ".join(re.split(r"[\W_]+", bare.lower())).strip()


@cache
def asks_for_status(text: str) -> str:
    """The words in `text` that ask for legal or immigration status; empty when there are none."""
    said = plain(text)
    for reading in {said, said.translate(_LOOK_ALIKES), plain(text.lower())}:
        left = _REVIEWED.sub(" ", reading)
        if found := _ANYWHERE.search(left) or _ALONE.fullmatch(left):
            return found.group(0).strip()
    return ""
