"""The kinds by which the road is asked; nothing that names or describes the person sought is in any of them."""

from django.utils.translation import gettext_lazy as _

from waystation.exchange.kinds import Field, Kind, register
from waystation.familylinks.asking import hearing
from waystation.familylinks.asking.codes import (
    ANSWER,
    CLAIM,
    KEPT_DAYS,
    LASTS,
    LONGEST_WORDS,
    PART,
    PART_BYTES,
    PUBLICATION,
    QUERY,
    WARNING,
    WORD,
)
from waystation.familylinks.asking.protocol import publication, voprf

NUMBER = Field("bytes", most=16)
CODE = Field("text", most=40)
YES = _("The yes of each person in it to being found by the family, which can be taken back on any day.")
WISH = _("The wish of somebody to find a member of the family, and their word that the nodes of the circle be asked.")
RUNNING = _("Running the exchange: nothing about a person is in it.")
MOST_PARTS = 1024

KINDS = (
    Kind(
        code=PUBLICATION,
        begins=True,
        version=1,
        purpose=_("Say that people may be found here, so that others can ask blindly; of whom, nobody can read."),
        legal_basis=YES,
        fields={"file": Field("bytes", most=publication.LARGEST)},
        retention_days=LASTS.days,
        handler=hearing.published,
    ),
    Kind(
        code=PART,
        version=1,
        purpose=_("Bring the set of tags that belongs to a publication."),
        legal_basis=YES,
        fields={
            "publication": NUMBER,
            "place": Field("number", most=MOST_PARTS),
            "part": Field("bytes", most=PART_BYTES),
        },
        retention_days=LASTS.days,
        handler=hearing.part,
    ),
    Kind(
        code=QUERY,
        begins=True,
        version=1,
        purpose=_("Ask whether somebody is known, without saying who: 32 hidden elements, always."),
        legal_basis=WISH,
        fields={"exchange": NUMBER, "publication": NUMBER, "elements": Field("byte_strings", most=32)},
        retention_days=KEPT_DAYS,
        handler=hearing.query,
        answered=hearing.query_answered,
    ),
    Kind(
        code=ANSWER,
        version=1,
        purpose=_("Answer a hidden question, without knowing what it asked."),
        legal_basis=YES,
        fields={
            "exchange": NUMBER,
            "elements": Field("byte_strings", most=32),
            "proof": Field("bytes", most=voprf.PROOF_BYTES),
        },
        retention_days=LASTS.days,
        handler=hearing.answer,
    ),
    Kind(
        code=CLAIM,
        version=1,
        purpose=_("Say by tags alone who may be meant, so that the person can be asked; or nothing, in the same form."),
        legal_basis=WISH,
        fields={"exchange": NUMBER, "tags": Field("byte_strings", most=32), "relation": CODE, "checked_by": CODE},
        retention_days=KEPT_DAYS,
        handler=hearing.claim,
    ),
    Kind(
        code=WORD,
        version=1,
        purpose=_("Bring the words of a person who wishes to be in touch with the family."),
        legal_basis=_("The person's consent to this organisation, which can be taken back on any day."),
        fields={"exchange": NUMBER, "words": Field("text", most=LONGEST_WORDS)},
        retention_days=KEPT_DAYS,
        handler=hearing.word,
    ),
    Kind(
        code=WARNING,
        version=1,
        purpose=_("Tell the stewards of a circle that a node asks as one does who tries out names."),
        legal_basis=RUNNING,
        fields={"circle": NUMBER, "node": NUMBER, "why": CODE},
        retention_days=KEPT_DAYS,
        handler=hearing.warning,
    ),
)


def declare() -> None:
    """Tell the exchange."""
    for kind in KINDS:
        register(kind)
