"""Where both organisations are in a circle, a case is only offered by who may begin that; who may not is told."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.test import Client

from tests.casework.handover.mirror import Road, agreed
from waystation.casework.cases.models import Case
from waystation.casework.followups.models import FollowUp
from waystation.casework.handover import giving, notices
from waystation.casework.handover.models import Given, Offered
from waystation.exchange import identity
from waystation.exchange.circles import actions as circling
from waystation.exchange.circles.documents import Circle, Member, Signed, Steward
from waystation.kernel import clock
from waystation.kernel.actors import Actor

OFFER = ("handover.offer",)


def joined(by: Actor, road: Road, *, ours: tuple[str, ...], theirs: tuple[str, ...]) -> None:
    """A circle with the other organisation, whose steward it is."""
    far = road.far
    circle = Circle(
        id=uuid4(),
        number=1,
        at=clock.now(),
        name="Coast road",
        purpose="Hand over",
        agreement="Answer.",
        until=clock.now() + timedelta(days=9),
        k=1,
        stewards=(Steward(node=far.id, key=far.signing.public_key().public_bytes_raw()),),
        members=(
            Member(node=far.id, name="They", begins=theirs),
            Member(node=identity.node_id(), name="We", begins=ours),
        ),
    )
    circling.take_in(by=by, file=Signed(circle, dict([circle.signature(far.signing)])).to_bytes())
    notices.notice()
    assert FollowUp.objects.get(kind="handover.circle", state="open").subject == circle.id, "it waits for us"
    circling.join(by=by, circle_id=circle.id)
    notices.notice()
    assert not FollowUp.objects.filter(kind="handover.circle", state="open").exists()


def test_what_the_circle_does_not_allow_is_said_where_it_is_tried(
    actors: dict[str, Actor], client_for: Callable[..., Client], by: Actor, case: Case, road: Road
) -> None:
    joined(actors["coordinator"], road, ours=(), theirs=OFFER)
    page = client_for("caseworker").get(f"/handover/of/{case.pk}/").content.decode()
    assert f'value="{road.far.id}"' not in page, "not offered where it would be refused"
    assert "Not asked in this way, by what your circles say: " in page
    row = agreed(by, case, road.far)
    answer = client_for("caseworker").post(f"/handover/{row.pk}/go-on/", {"act": "offer"}, follow=True)
    assert "Look under Circles" in answer.content.decode()
    road.gather()
    assert [said.kind for said in road.said if said.kind.startswith("handover.")] == []
    row.refresh_from_db()
    assert row.state == "agreed"


def test_who_is_refused_by_the_others_circle_is_told_and_stays_responsible(
    actors: dict[str, Actor], by: Actor, case: Case, road: Road
) -> None:
    joined(actors["coordinator"], road, ours=OFFER, theirs=())
    row = agreed(by, case, road.far)
    giving.offer(by=by, handover_id=row.pk)
    assert road.through() == ["wrong-circle"]
    assert not Offered.objects.exists()
    assert Given.objects.get().state == "failed"


def test_who_both_may_begin_hand_over_as_ever(actors: dict[str, Actor], by: Actor, case: Case, road: Road) -> None:
    joined(actors["coordinator"], road, ours=OFFER, theirs=OFFER)
    row = agreed(by, case, road.far)
    giving.offer(by=by, handover_id=row.pk)
    assert road.through() == []
    assert Offered.objects.get().exchange == row.pk
