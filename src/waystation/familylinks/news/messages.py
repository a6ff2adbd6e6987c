"""The kinds by which offices carry family news, and tell each other where it stands."""

from django.utils.translation import gettext_lazy as _

from waystation.casework.road import CODE, EXCHANGE, RUNNING
from waystation.exchange.kinds import Field, Kind, register
from waystation.familylinks.news import hearing
from waystation.familylinks.news.codes import KEPT_DAYS, LONGEST_WORDS, MOST_OFFICES, PER_OFFICE

WISH = _("The wish of the writer, who may take it back until it is delivered.")
LINE, DAY = Field("text", most=200, needed=False), Field("text", most=10, needed=False)
KINDS = (
    Kind(
        code="news.message",
        begins=True,
        version=1,
        purpose=_("Carry family news to the family, or an answer back."),
        legal_basis=WISH,
        fields={
            **EXCHANGE,
            "number": Field("text", most=12),
            "reply_to": Field("bytes", most=16, needed=False),
            "language": Field("text", most=3, needed=False),
            "written_on": Field("text", most=10),
            "agreed_on": DAY,
            "until": DAY,
            "to": Field("text", most=200),
            "parents": LINE,
            "place": Field("text", most=4000, needed=False),
            "phone": Field("text", most=20, needed=False),
            "route": Field("texts", most=MOST_OFFICES),
            "writer": LINE,
            "words": Field("text", most=LONGEST_WORDS),
        },
        handler=hearing.message,
        answered=hearing.message_answered,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="news.state",
        version=1,
        purpose=_("Say where family news stands: arrived, sent on, delivered, or why not."),
        legal_basis=RUNNING,
        fields={
            **EXCHANGE,
            "state": CODE,
            "place": Field("number", most=(MOST_OFFICES + 1) * PER_OFFICE),
            "office": Field("text", most=200),
            "reason": Field("text", most=40, needed=False),
        },
        handler=hearing.state,
        retention_days=KEPT_DAYS,
    ),
    Kind(
        code="news.withdraw",
        version=1,
        purpose=_("Take family news back before it is delivered."),
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
