"""The kinds by which a case goes from one organisation to another, and nothing else about it travels."""

from django.utils.translation import gettext_lazy as _

from waystation.casework.files.codes import LARGEST
from waystation.casework.handover import hearing
from waystation.casework.handover.codes import FIELDS, KEPT_DAYS
from waystation.casework.handover.enclosures import hearing as of_enclosures
from waystation.casework.handover.enclosures.codes import FILES, HALF_KEPT, PIECE, how_many
from waystation.casework.road import CODE, CODES, CONSENT, EXCHANGE, RUNNING, WORDS
from waystation.exchange.kinds import Field, Kind, register

ENCLOSURE = {**EXCHANGE, "file": Field("bytes", most=16)}

KINDS = (
    Kind(
        code="handover.offer",
        begins=True,
        version=1,
        purpose=_("Ask whether the other organisation can take a case over, without saying whose it is."),
        legal_basis=CONSENT,
        fields={
            **EXCHANGE,
            "case_kind": CODE,
            "risk": CODE,
            "age_band": CODE,
            "sex": CODE,
            "languages": CODES,
            "needs": CODES,
            "asked": CODES,
            "until": Field("text", most=10),
        },
        handler=hearing.offer,
        answered=hearing.offer_answered,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="handover.answer",
        version=1,
        purpose=_("Accept an offer, refuse it, ask about it, answer a question."),
        legal_basis=RUNNING,
        fields={**EXCHANGE, "answer": CODE, "reason": Field("text", most=40, needed=False), "words": WORDS},
        handler=hearing.answer,
        answered=hearing.answer_answered,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="handover.content",
        version=1,
        purpose=_("Tell what is needed to go on helping, once the offer was accepted."),
        legal_basis=CONSENT,
        fields={
            **EXCHANGE,
            "feedback": Field("truth"),
            "group": Field("bytes", most=16, needed=False),
            **FIELDS,
            **FILES,
        },
        handler=hearing.content,
        answered=hearing.content_answered,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="handover.taken",
        version=1,
        purpose=_("Say that the other organisation is responsible from now on."),
        legal_basis=RUNNING,
        fields=EXCHANGE,
        handler=hearing.taken,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="handover.give_back",
        version=1,
        purpose=_("Give a case back to who handed it over."),
        legal_basis=RUNNING,
        fields={**EXCHANGE, "reason": CODE},
        handler=hearing.give_back,
        answered=hearing.give_back_answered,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="handover.withdraw",
        version=1,
        purpose=_("Take an offer back."),
        legal_basis=RUNNING,
        fields=EXCHANGE,
        handler=hearing.withdraw,
        answered=hearing.withdraw_answered,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="handover.recall",
        version=1,
        purpose=_("Say that the person took back the consent under which they were told."),
        legal_basis=RUNNING,
        fields=EXCHANGE,
        handler=hearing.recall,
        answered=hearing.recall_answered,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="handover.correct",
        version=1,
        purpose=_("Say what has turned out to be otherwise since a case was handed over."),
        legal_basis=CONSENT,
        fields={**EXCHANGE, **FIELDS},
        handler=hearing.correct,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="handover.feedback",
        version=1,
        purpose=_("Tell who handed a case over how the person fares, when the person agreed to that."),
        legal_basis=CONSENT,
        fields={**EXCHANGE, "news": CODE},
        handler=hearing.feedback,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="handover.file",
        version=1,
        purpose=_("Bring a part of a paper or picture that goes along."),
        legal_basis=CONSENT,
        fields={
            **ENCLOSURE,
            "number": Field("number", most=how_many(LARGEST)),
            "of": Field("number", most=how_many(LARGEST)),
            "bytes": Field("bytes", most=PIECE),
        },
        handler=of_enclosures.part,
        answered=of_enclosures.part_answered,
        retention_days=HALF_KEPT.days,
    ),
    Kind(
        code="handover.file_again",
        version=1,
        purpose=_("Ask once more for a paper that did not arrive as it was sent."),
        legal_basis=RUNNING,
        fields=ENCLOSURE,
        handler=of_enclosures.again,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="handover.file_end",
        version=1,
        purpose=_("Say that a paper has arrived whole, or will not."),
        legal_basis=RUNNING,
        fields={**ENCLOSURE, "end": CODE},
        handler=of_enclosures.end,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="handover.file_stop",
        version=1,
        purpose=_("Say that a paper is not to come any more, so that what has come of it is destroyed."),
        legal_basis=RUNNING,
        fields=ENCLOSURE,
        handler=of_enclosures.stop,
        retention_days=KEPT_DAYS,
    ),
)


def declare() -> None:
    """Tell the exchange."""
    for kind in KINDS:
        register(kind)
