"""The kinds by which one organisation asks another for help with a person, and nothing else about it travels.

They stand here, above both sides: what is asked is heard in this room, what is answered in `referrals`.
"""

from django.utils.translation import gettext_lazy as _

from waystation.casework.asked import hearing
from waystation.casework.referrals import hearing as asking
from waystation.casework.referrals.codes import KEPT_DAYS
from waystation.casework.referrals.telling import BEFORE, FIELDS
from waystation.casework.road import CODE, CONSENT, EXCHANGE, RUNNING, WORDS
from waystation.exchange.kinds import Field, Kind, register

KINDS = (
    Kind(
        code="referral.offer",
        begins=True,
        version=1,
        purpose=_("Ask whether the other organisation can help with one thing, without saying whom."),
        legal_basis=CONSENT,
        fields={**EXCHANGE, "service": CODE, "priority": CODE, **BEFORE},
        handler=hearing.offer,
        answered=asking.offer_answered,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="referral.answer",
        version=1,
        purpose=_("Say that we would help, decline with a reason, or ask something."),
        legal_basis=RUNNING,
        fields={**EXCHANGE, "answer": CODE, "reason": Field("text", most=40, needed=False), "words": WORDS},
        handler=asking.answer,
        answered=hearing.answer_answered,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="referral.reply",
        version=1,
        purpose=_("Answer what the other organisation asks about a referral, without saying whom it is about."),
        legal_basis=CONSENT,
        fields={**EXCHANGE, "words": Field("text", most=2000)},
        handler=hearing.reply,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="referral.content",
        version=1,
        purpose=_("Tell what is needed to help, once the other organisation said that it would."),
        legal_basis=CONSENT,
        fields={**EXCHANGE, "feedback": Field("truth"), **FIELDS},
        handler=hearing.content,
        answered=asking.content_answered,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="referral.news",
        version=1,
        purpose=_("Say that help has begun, was given or did not work out; in words only when the person agreed."),
        legal_basis=CONSENT,
        fields={**EXCHANGE, "news": CODE, "words": WORDS},
        handler=asking.news,
        answered=hearing.news_answered,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="referral.feedback",
        version=1,
        purpose=_("Tell who referred a person what the person says of the help, when the person agreed to that."),
        legal_basis=CONSENT,
        fields={**EXCHANGE, "news": CODE, "verdict": CODE, "said": WORDS},
        handler=asking.feedback,
        answered=hearing.news_answered,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="referral.withdraw",
        version=1,
        purpose=_("Take a referral back: what was told is to be forgotten."),
        legal_basis=RUNNING,
        fields=EXCHANGE,
        handler=hearing.withdraw,
        answered=asking.withdraw_answered,
        retention_days=KEPT_DAYS,
    ),
)


def declare() -> None:
    """Tell the exchange."""
    for kind in KINDS:
        register(kind)
