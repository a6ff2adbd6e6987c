"""The kinds by which one organisation asks another what it knows of a person, and nothing else about it travels."""

from django.utils.translation import gettext_lazy as _

from waystation.casework.requests import hearing, moving
from waystation.casework.requests.codes import FIND_FIELDS, KEPT_DAYS, LONGEST, TELL_FIELDS
from waystation.casework.road import CODE, CODES, CONSENT, EXCHANGE, RUNNING, WORDS
from waystation.exchange.kinds import Field, Kind, register

DAY = Field("text", most=10)

KINDS = (
    Kind(
        code=moving.ASK,
        begins=True,
        version=1,
        purpose=_("Ask whether the other organisation can look for what it knows of a person, without saying who."),
        legal_basis=CONSENT,
        fields={
            **EXCHANGE,
            "case_kind": CODE,
            "why": CODE,
            "age_band": CODE,
            "sex": CODE,
            "languages": CODES,
            "when": Field("text", most=10, needed=False),
            "parts": Field("texts", most=40),
            "until": DAY,
        },
        handler=hearing.ask,
        answered=hearing.ask_answered,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code=moving.ANSWER,
        version=1,
        purpose=_("Say that one will look, refuse, ask about it, answer a question; before anybody is named."),
        legal_basis=RUNNING,
        fields={**EXCHANGE, "answer": CODE, "reason": Field("text", most=40, needed=False), "words": WORDS},
        handler=hearing.answer,
        answered=hearing.answer_answered,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code=moving.WHO,
        version=1,
        purpose=_("Say how the person can be found in their book, and the consent under which it is asked."),
        legal_basis=CONSENT,
        fields={
            **EXCHANGE,
            **FIND_FIELDS,
            "consent_on": DAY,
            "consent_until": DAY,
            "consent_given_by": CODE,
            "consent_language": Field("text", most=3),
            "consent_read_back": Field("truth"),
        },
        handler=hearing.who,
        answered=hearing.who_answered,
        retention_days=LONGEST.days,
    ),
    Kind(
        code=moving.TOLD,
        version=1,
        purpose=_("Tell what a colleague decided to tell, of what was asked."),
        legal_basis=CONSENT,
        fields={**EXCHANGE, **TELL_FIELDS},
        handler=hearing.told,
        answered=hearing.told_answered,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code=moving.NOTHING,
        version=1,
        purpose=_("Say that there is nothing to tell, whether nobody is known or nothing may be told."),
        legal_basis=RUNNING,
        fields=EXCHANGE,
        handler=hearing.nothing,
        answered=hearing.nothing_answered,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code=moving.WITHDRAW,
        version=1,
        purpose=_("Take a question back, so that whom it is about is forgotten."),
        legal_basis=RUNNING,
        fields=EXCHANGE,
        handler=hearing.withdraw,
        answered=hearing.withdraw_answered,
        retention_days=KEPT_DAYS,
    ),
)


def declare() -> None:
    """Tell the exchange."""
    for kind in KINDS:
        register(kind)
