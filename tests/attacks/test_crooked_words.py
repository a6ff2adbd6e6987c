"""Bar: nothing that another organisation writes hides on a page of ours, or turns around how the rest of it reads."""

import json

import pytest

from tests.casework.asked import mirror as of_referrals
from tests.casework.handover.mirror import agreed, case_of, other_side
from tests.exchange.conftest import befriend
from tests.exchange.far import Far
from waystation.casework.asked import answering
from waystation.casework.asked.models import Asked, AskedDocument
from waystation.casework.handover import giving
from waystation.casework.handover.models import Correction, Offered
from waystation.casework.handover.queries import value_of
from waystation.casework.referrals import queries
from waystation.casework.referrals.models import Referral
from waystation.casework.requests import telling
from waystation.exchange import inbox
from waystation.kernel.actors import Actor
from waystation.vault import open_document

CROOKED = "Ask\x07 for \N{RIGHT-TO-LEFT OVERRIDE}oga\x1b[31m"
STRAIGHT = "Ask for oga[31m"


@pytest.fixture
def far(actors: dict[str, Actor]) -> Far:
    made = Far()
    befriend(made, actors)
    return made


def say(far: Far, kind: str, **body: object) -> None:
    """It is taken, and no fault of ours."""
    message = far.message(kind, body)
    (receipt,) = inbox.take(far.sealed(message), "https")
    assert far.opened(receipt).body["refused"] == {}


def test_of_a_correction(far: Far, actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = agreed(by, case_of(by, actors["coordinator"]), far)
    giving.offer(by=by, handover_id=row.pk)
    preview = {
        "case_kind": "general",
        "risk": "low",
        "age_band": "not-known",
        "sex": "not-known",
        "until": "2026-12-31",
    }
    say(far, "handover.offer/1", exchange=row.pk.bytes, **preview)
    assert other_side(row) == Offered.objects.get()
    say(far, "handover.correct/1", exchange=row.pk.bytes, reason=CROOKED, names=[CROOKED])
    said = {one.name: json.loads(value_of(one, by=by)) for one in Correction.objects.all()}
    assert said == {"reason": STRAIGHT, "names": [STRAIGHT]}


def test_of_a_referral_on_both_sides(far: Far, actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = of_referrals.sent(by, far)
    name = row.pk.bytes
    say(far, "referral.offer/1", exchange=name, service="shelter", priority="urgent")
    asked = Asked.objects.get()
    answering.accept(by=by, asked_id=asked.pk)
    say(far, "referral.content/1", exchange=name, feedback=True, given_name="Selam", reason=CROOKED)
    asked.refresh_from_db()
    told = {part.name: json.loads(part.value) for part in open_document(asked, AskedDocument, by=by).told}
    assert told["reason"] == STRAIGHT
    Referral.objects.update(state="acknowledged")
    say(far, "referral.news/1", exchange=name, news="failed", words=CROOKED)
    assert queries.document_of(Referral.objects.get(), by=by).outcome == STRAIGHT


def test_of_a_request() -> None:
    assert telling.checked({"assessment": CROOKED, "plan": [CROOKED]}) == {"assessment": STRAIGHT, "plan": [STRAIGHT]}
