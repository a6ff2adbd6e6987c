"""Bar: a trusted organisation that turns against us stops nothing here, and takes no name but its own."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.casework.handover.mirror import Road, agreed, case_of
from tests.exchange.conftest import befriend
from tests.exchange.far import Far
from waystation.casework.handover import giving
from waystation.exchange import actions, housekeeping, inbox
from waystation.exchange.models import Peer
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing
from waystation.people import actions as people
from waystation.people.documents import ConsentDocument


@pytest.fixture
def far(actors: dict[str, Actor]) -> Far:
    made = Far()
    befriend(made, actors)
    return made


def test_no_receipt_uses_up_the_numbers_of_messages(far: Far, actors: dict[str, Actor]) -> None:
    """Else nothing could be sealed for them any more, and whatever sends would fail: a withdrawal, a change of keys."""
    by = actors["caseworker"]
    case = case_of(by, actors["coordinator"])
    row = agreed(by, case, far)
    giving.offer(by=by, handover_id=row.pk)
    road = Road(far)
    road.gather()
    inbox.take(far.receipt(came_to=2**53, last=b"x" * 16), "https")
    assert row.consent_id
    people.withdraw_consent(by=by, consent_id=row.consent_id)
    road.gather()
    assert road.said[-1].kind == "handover.withdraw/1"
    housekeeping.rotate()


def test_no_message_renames_who_sent_it(far: Far, actors: dict[str, Actor], client_for: Callable[..., Client]) -> None:
    """Else whom a person withheld something from would be told it under another name, and so would an authority."""
    by = actors["caseworker"]
    case = case_of(by, actors["coordinator"])
    people.refuse_consent(
        by=by,
        person_id=case.person_id,
        purpose="referral",
        recipient_kind="other",
        document=ConsentDocument(read_back=True, withheld=("Society of the Far Shore",)),
    )
    renamed = far.descriptor(2, name="Red Crescent", addresses=("https://far.example",))
    inbox.take(far.sealed(far.message("exchange.descriptor/1", {"file": renamed})), "https")
    assert Peer.objects.get().addresses == ["https://far.example"]
    row = agreed(by, case, far)
    with pytest.raises(ConsentMissing):
        giving.offer(by=by, handover_id=row.pk)
    page = client_for("coordinator").get(reverse("exchange:node", args=[far.id])).content.decode()
    assert '<h1 dir="auto">Society of the Far Shore' in page
    assert "<bdi>Red Crescent</bdi> now" in page
    actions.meet(by=actors["coordinator"], file=renamed)
    assert Peer.objects.get().name == "Red Crescent"
