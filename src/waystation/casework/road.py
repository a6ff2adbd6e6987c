"""What every room says and calls back that speaks of somebody with another organisation's node."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.exchange import actions as exchange
from waystation.exchange.circles import rules
from waystation.exchange.codes import SentState
from waystation.exchange.kinds import Field
from waystation.exchange.queries import sent_about, trusted
from waystation.kernel.actors import Actor
from waystation.people.actions.consenting import did_not_leave

MOST_WAITING = 200
"""Offers or referrals of one organisation, or corrections of one handover, that wait for somebody here to decide."""
EXCHANGE = {"exchange": Field("bytes", most=16)}
CODE = Field("text", most=40)
CODES = Field("texts", most=40, needed=False)
WORDS = Field("text", most=2000, needed=False)
CONSENT = _("The person's consent to this organisation, which can be taken back on any day.")
RUNNING = _("Running the exchange: nothing about a person is in it.")


def whom(code: str) -> tuple[list[tuple[str, str]], str]:
    """Whom a message of a kind may ask now, as choices by name; and in words whom only a circle keeps out."""
    peers = list(trusted().order_by("name").values_list("pk", "name"))
    allowed = rules.open_to(code, [number for number, _name in peers])
    others = _(", ").join(name for number, name in peers if number not in allowed)
    says = _("Not asked in this way, by what your circles say: %(names)s.") % {"names": others} if others else ""
    return [(str(number), name) for number, name in peers if number in allowed], says


def call_back(by: Actor, codes: Collection[str], *subjects: UUID) -> frozenset[tuple[str, UUID | None]]:
    """What was to leave under a consent and still waits never leaves; the codes of its kinds, each with its subject.

    Inside the caller's action, which asked its own permission.
    """
    stopped = set()
    for sent in sent_about(*subjects).filter(state=SentState.WAITING):
        code, subject = sent.kind.partition("/")[0], sent.subject
        if code in codes and exchange.take_back(by=by, message_id=sent.pk):
            did_not_leave(by, sent.pk)
            stopped.add((code, subject))
    return frozenset(stopped)
