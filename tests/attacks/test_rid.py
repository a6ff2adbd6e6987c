"""Bar: an organisation that floods us with questions is bounded, and once suspended we are rid of what it left here."""

from uuid import uuid4

import pytest

from tests.exchange.conftest import befriend
from tests.exchange.far import Far
from waystation.casework.asked import answering as of_referrals
from waystation.casework.asked import hearing as hearing_referrals
from waystation.casework.asked.models import Asked
from waystation.casework.followups.models import FollowUp
from waystation.casework.handover import hearing as hearing_offers
from waystation.casework.handover import receiving, taking
from waystation.casework.handover.models import Offered
from waystation.casework.requests import answering as of_requests
from waystation.casework.requests.models import TheirRequest
from waystation.exchange import actions, inbox
from waystation.kernel import clock
from waystation.kernel.actors import Actor

NAMELESS = {"age_band": "not-known", "sex": "not-known"}


@pytest.fixture
def far(actors: dict[str, Actor]) -> Far:
    made = Far()
    befriend(made, actors)
    return made


def ask(far: Far, kind: str, **body: object) -> str:
    """Ask once more; why it was refused."""
    message = far.message(kind, {"exchange": uuid4().bytes} | body)
    (receipt,) = inbox.take(far.sealed(message), "https")
    return str(far.opened(receipt).body["refused"].get(message.id.hex, ""))


def offer(far: Far) -> str:
    return ask(far, "handover.offer/1", case_kind="general", risk="high", until=clock.today().isoformat(), **NAMELESS)


def refer(far: Far) -> str:
    return ask(far, "referral.offer/1", service="shelter", priority="emergency")


def test_so_many_wait_for_a_decision_and_no_more(
    far: Far, actors: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in (hearing_offers, hearing_referrals):
        monkeypatch.setattr(room, "MOST_WAITING", 2)
    assert [offer(far) for _time in range(3)] == [refer(far) for _time in range(3)] == ["", "", "too-many-waiting"]
    taking.refuse(by=actors["coordinator"], offered_id=Offered.objects.all()[0].pk, reason="full")
    of_referrals.decline(by=actors["coordinator"], asked_id=Asked.objects.all()[0].pk, declined="full")
    assert offer(far) == refer(far) == ""
    assert offer(far) == refer(far) == "too-many-waiting"


def test_corrections_too(far: Far, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is opened whenever the page of the offer is."""
    monkeypatch.setattr(receiving, "MOST_WAITING", 2)
    assert offer(far) == ""
    name = Offered.objects.get().exchange.bytes
    said = [ask(far, "handover.correct/1", exchange=name, reason=str(place)) for place in range(3)]
    assert said == ["", "", "too-many-waiting"]


def test_what_a_suspended_organisation_left_is_refused(far: Far, actors: dict[str, Actor]) -> None:
    by = actors["coordinator"]
    parts = {"parts": ["name"], "why": "go_on", "case_kind": "general", "until": clock.today().isoformat()}
    assert [offer(far), refer(far), *(ask(far, "request.ask/1", **parts, **NAMELESS) for _time in range(2))] == [""] * 4
    first, second = TheirRequest.objects.all()
    actions.suspend(by=by, peer_id=far.id)
    taking.refuse(by=by, offered_id=Offered.objects.get().pk, reason="full")
    of_referrals.decline(by=by, asked_id=Asked.objects.get().pk, declined="full")
    of_requests.refuse(by=by, request_id=first.pk, reason="full")
    TheirRequest.objects.filter(pk=second.pk).update(state="named")
    of_requests.nothing(by=by, request_id=second.pk)
    assert not FollowUp.objects.filter(state="open").exists()
