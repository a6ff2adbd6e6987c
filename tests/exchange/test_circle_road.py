"""Circles among nodes: drafted, signed, told, joined; and what they allow binds who sends and who takes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.exchange.conftest import Book, befriend
from tests.exchange.far import Far
from waystation.exchange import actions, identity, inbox, kinds
from waystation.exchange.circles import actions as circling
from waystation.exchange.circles import documents, taking
from waystation.exchange.circles.documents import Circle, Member, Signed, Steward
from waystation.exchange.circles.problems import CircleRefused, NotItsSteward, SignedAnother
from waystation.exchange.models import CircleDraft, Incoming, KnownCircle, Outgoing
from waystation.exchange.problems import WrongCircle
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotAllowed

Clients = Callable[..., Client]
ASK, ANSWER = "test.ask", "test.note"


@pytest.fixture
def by(actors: dict[str, Actor]) -> Actor:
    return actors["coordinator"]


@pytest.fixture(autouse=True)
def asking(book: Book) -> Any:
    """A kind that begins something, beside `test.note`, which does not."""
    kind = replace(kinds.newest(ANSWER), code=ASK, begins=True, purpose="Ask for help for somebody")
    kinds.register(kind)
    yield kind
    kinds.forget(kind.wire)


def us() -> UUID:
    return identity.node_id()


def our_key() -> bytes:
    return identity.signing_key().public_key().public_bytes_raw()


def steward(far: Far) -> Steward:
    return Steward(node=far.id, key=far.signing.public_key().public_bytes_raw())


def circle_of(*fars: Far, ours: tuple[str, ...] = (ASK,), theirs: tuple[str, ...] = (ASK,), **other: Any) -> Circle:
    """We and others, all of them stewards, two of whom must sign."""
    said: dict[str, Any] = {
        "id": uuid4(),
        "number": 1,
        "at": clock.now(),
        "name": "Coast road",
        "purpose": "Ask each other",
        "agreement": "Answer within two days.",
        "until": clock.now() + timedelta(days=100),
        "k": 2,
        "stewards": (Steward(node=us(), key=our_key()), *map(steward, fars)),
        "members": (
            Member(node=us(), name="We", begins=ours),
            *(Member(node=far.id, name="They", begins=theirs) for far in fars),
        ),
    }
    return Circle(**said | other)


def signed(circle: Circle, *fars: Far, ours: bool = False) -> Signed:
    keys = [*(far.signing for far in fars), *([identity.signing_key()] if ours else [])]
    return Signed(circle, dict(circle.signature(key) for key in keys))


def told(far: Far, circle: Signed) -> str:
    """They tell us; how it ended."""
    message = far.message("exchange.circle/1", {"file": circle.to_bytes()})
    inbox.take(far.sealed(message), "https")
    return Incoming.objects.get(message_id=message.id).outcome


def asked(far: Far, kind: str = ASK) -> str:
    """They begin something with us; how it ended."""
    message = far.message(f"{kind}/1", {"text": "x"})
    inbox.take(far.sealed(message), "https")
    return Incoming.objects.get(message_id=message.id).outcome


def ask(by: Actor, far: Far, kind: str = ASK) -> Outgoing:
    return actions.send(by=by, peer_id=far.id, kind=kind, subject=None, body={"text": "x"})


def in_circle(by: Actor, *fars: Far, **other: Any) -> Circle:
    """A circle that holds, joined by us."""
    circle = circle_of(*fars, **other)
    circling.take_in(by=by, file=signed(circle, *fars, ours=True).to_bytes())
    circling.join(by=by, circle_id=circle.id)
    return circle


def test_where_no_circle_binds_both_trust_is_enough(far: Far, by: Actor) -> None:
    other = Far()
    in_circle(by, other, ours=(), theirs=())
    assert ask(by, far)
    assert asked(far) == "done"


def test_what_a_circle_does_not_name_is_neither_sent_nor_taken(far: Far, by: Actor, book: Book) -> None:
    in_circle(by, far, ours=(), theirs=())
    with pytest.raises(WrongCircle):
        ask(by, far)
    assert not Outgoing.objects.filter(kind__startswith=ASK).exists()
    assert asked(far) == "wrong-circle"
    assert not book.taken
    last = far.opened(inbox.answers([inbox.Taken(inbox.Outcome.TAKEN, far.id, Incoming.objects.last().message_id)])[0])  # type: ignore[union-attr]
    assert "wrong-circle" in last.body["refused"].values()


def test_answers_are_always_allowed(far: Far, by: Actor) -> None:
    in_circle(by, far, ours=(), theirs=())
    assert ask(by, far, ANSWER)
    assert asked(far, ANSWER) == "done"


def test_each_may_begin_what_stands_by_its_own_name(far: Far, by: Actor) -> None:
    in_circle(by, far, ours=(ASK,), theirs=())
    assert ask(by, far)
    assert asked(far) == "wrong-circle"


def test_an_ended_circle_lets_nothing_begin_and_another_may(
    far: Far, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle = in_circle(by, far)
    assert asked(far) == "done"
    monkeypatch.setattr("waystation.exchange.circles.rules.now", lambda: circle.until)
    assert asked(far) == "wrong-circle"
    with pytest.raises(WrongCircle):
        ask(by, far)
    in_circle(by, far, until=circle.until + timedelta(days=1))
    assert asked(far) == "done"


def test_a_circle_that_others_send_binds_nobody_before_somebody_here_joins(far: Far, by: Actor) -> None:
    """Or any trusted node could forbid us to speak with another, by naming both in a circle of its own."""
    circle = circle_of(far, ours=(), theirs=(), k=1, stewards=(steward(far),))
    assert told(far, signed(circle, far)) == "done"
    assert ask(by, far)
    circling.join(by=by, circle_id=circle.id)
    with pytest.raises(WrongCircle):
        ask(by, far)
    circling.leave(by=by, circle_id=circle.id)
    assert ask(by, far)


def test_what_was_kept_for_later_is_asked_then(far: Far, by: Actor, asking: kinds.Kind) -> None:
    kinds.forget(asking.wire)
    assert asked(far) == "unknown-kind"
    in_circle(by, far, theirs=())
    kinds.register(asking)
    inbox.take_up()
    assert Incoming.objects.get(kind=asking.wire).outcome == "wrong-circle"


def files_to(far: Far) -> list[Signed]:
    """The circles on their way to a node."""
    sent = Outgoing.objects.filter(peer_id=far.id, kind="exchange.circle/1").order_by("seq")
    return [documents.read(far.opened(bytes(row.envelope.file)).body["file"]) for row in sent]


def test_it_is_drafted_signed_here_and_there_and_travels_by_itself(
    far: Far, by: Actor, actors: dict[str, Actor]
) -> None:
    other, stranger = Far(), Far()
    befriend(other, actors)
    circle = circle_of(far, other, stranger)
    circling.draft(by=by, circle=circle)
    assert not files_to(far)
    circling.sign(by=by, circle_id=circle.id, digest=circle.digest)
    row = KnownCircle.objects.get()
    assert (row.number, row.state) == (0, "joined")
    assert [one.signatures.keys() for one in files_to(other)] == [{our_key()}]
    assert ask(by, far)
    assert told(far, signed(circle, far)) == "done"
    row.refresh_from_db()
    assert row.number == 1
    assert not CircleDraft.objects.exists()
    for one in (far, other):
        assert len(files_to(one)[-1].signatures) == 2
    assert told(other, signed(circle, other, far, ours=True)) == "done"
    assert len(files_to(far)[-1].signatures) == 3
    before = Outgoing.objects.count()
    assert told(other, signed(circle, other)) == "done"
    assert Outgoing.objects.count() == before
    assert not Outgoing.objects.filter(peer_id=stranger.id).exists()


def test_the_next_version_holds_when_both_sides_signed_and_comes_in_any_order(far: Far, by: Actor) -> None:
    circle = in_circle(by, far)
    second = replace(circle, number=2, name="Coast road, second")
    third = replace(circle, number=3, name="Coast road, third", k=1, stewards=(steward(far),))
    assert told(far, signed(third, far, ours=True)) == "done"
    assert told(far, signed(second, far)) == "done"
    assert KnownCircle.objects.get().number == 1
    circling.sign(by=by, circle_id=circle.id, digest=second.digest)
    row = KnownCircle.objects.get()
    assert (row.number, row.name) == (3, "Coast road, third")
    assert not CircleDraft.objects.exists()


def test_nobody_takes_a_circle_away_from_its_stewards(far: Far, by: Actor) -> None:
    circle = in_circle(by, far)
    taken = replace(circle, number=2, k=1, stewards=(steward(far),))
    assert told(far, signed(taken, far)) == "done"
    assert KnownCircle.objects.get().number == 1
    assert asked(far) == "done"
    stranger = Far()
    assert told(far, signed(replace(taken, name="Other"), far, stranger)) == "circle-no-steward"


def test_two_versions_of_one_number_do_not_both_hold(far: Far, by: Actor) -> None:
    circle = in_circle(by, far)
    first, second = (replace(circle, number=2, name=name) for name in ("First", "Second"))
    for one in (first, second):
        circling.draft(by=by, circle=one)
    circling.sign(by=by, circle_id=circle.id, digest=first.digest)
    with pytest.raises(SignedAnother):
        circling.sign(by=by, circle_id=circle.id, digest=second.digest)
    assert told(far, signed(first, far)) == "done"
    assert told(far, signed(second, far, ours=True)) == "circle-forked"
    assert KnownCircle.objects.get().name == "First"


@pytest.mark.parametrize(
    ("change", "signers", "outcome"),
    [
        ({"until": clock.now() - timedelta(days=1)}, 1, "circle-ended"),
        ({}, 0, "circle-too-few"),
        ({"members": ()}, 1, "circle-outsider"),
    ],
)
def test_what_is_not_taken_is_said(far: Far, by: Actor, change: dict[str, Any], signers: int, outcome: str) -> None:
    other = Far()
    circle = circle_of(far, other)
    if "members" in change:
        change = {"members": circle.members[1:], "stewards": circle.stewards[1:]}
    circle = replace(circle, **change)
    assert told(far, signed(circle, *[far][:signers])) == outcome
    assert not KnownCircle.objects.exists()


def test_an_older_version_and_garbage_change_nothing(far: Far, by: Actor) -> None:
    circle = in_circle(by, far)
    second = replace(circle, number=2)
    assert told(far, signed(second, far, ours=True)) == "done"
    assert told(far, signed(circle, far, ours=True)) == "circle-older"
    message = far.message("exchange.circle/1", {"file": b"garbage"})
    inbox.take(far.sealed(message), "https")
    assert Incoming.objects.get(message_id=message.id).outcome == "circle-not-a-circle"


def test_versions_that_do_not_hold_have_an_end(far: Far, by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    circle = circle_of(far)
    said = [told(far, signed(replace(circle, name=f"Name {number}"), far)) for number in range(9)]
    assert said == ["done"] * 8 + ["circle-too-many"]
    monkeypatch.setattr(taking, "MOST_CIRCLES", 1)
    assert told(far, signed(circle_of(far), far)) == "circle-too-many"


def test_a_circle_that_binds_us_is_not_thrown_away_and_any_other_is(client_for: Clients, far: Far, by: Actor) -> None:
    circle = in_circle(by, far)
    client, at = client_for("administrator"), f"/road/circles/{circle.id}/"
    assert "Throw this circle away" not in client.get(at).content.decode()
    assert client.post(f"{at}forget/").status_code == 409
    circling.leave(by=by, circle_id=circle.id)
    assert "Throw this circle away" in client.get(at).content.decode()
    assert client.post(f"{at}forget/").headers["Location"] == "/road/circles/"
    assert not KnownCircle.objects.exists()


def test_who_may_sign(far: Far, by: Actor, actors: dict[str, Actor]) -> None:
    circle = circle_of(far)
    circling.draft(by=actors["administrator"], circle=circle)
    for name in ("administrator", "caseworker"):
        with pytest.raises(NotAllowed):
            circling.sign(by=actors[name], circle_id=circle.id, digest=circle.digest)
    others = replace(circle, id=uuid4(), stewards=(steward(far),), k=1)
    circling.draft(by=by, circle=others)
    with pytest.raises(NotItsSteward):
        circling.sign(by=by, circle_id=others.id, digest=others.digest)
    with pytest.raises(CircleRefused, match="Too few stewards"):
        circling.join(by=by, circle_id=circle.id)


def form_of(far: Far, **other: Any) -> dict[str, Any]:
    return {
        "name": "Coast road",
        "purpose": "Ask each other",
        "agreement": "Answer within two days.\r\nAsk nobody's papers.",
        "until": f"{clock.today() + timedelta(days=90):%Y-%m-%d}",
        "k": "2",
        f"node-{us().hex}": ["member", "steward", ASK],
        f"node-{far.id.hex}": ["steward"],
    } | other


def test_the_pages_from_an_empty_list_to_a_circle_that_binds(client_for: Clients, far: Far, by: Actor) -> None:
    client = client_for("coordinator")
    assert "No circle is known yet" in client.get("/road/circles/").content.decode()
    assert "May begin: Ask for help for somebody" in client.get("/road/circles/add/").content.decode()
    at = client.post("/road/circles/add/", form_of(far)).headers["Location"]
    circle = documents.read(bytes(CircleDraft.objects.get().file)).circle
    assert circle.agreement == "Answer within two days.\nAsk nobody's papers."
    page = client.get(at).content.decode()
    for says in (
        "Binds nobody yet",
        "The signatures of 2 stewards are missing",
        "Nobody has signed it",
        "Begins nothing",
    ):
        assert says in page, says
    assert client.post(f"{at}{circle.digest}/sign/").status_code == 302
    assert "The signature of 1 steward is missing" in client.get(at).content.decode()
    file = client.get(f"{at}{circle.digest}/file/").content
    theirs = documents.read(file).with_more(dict([circle.signature(far.signing)])).to_bytes()
    upload = SimpleUploadedFile("a.circle", theirs)
    assert client.post("/road/circles/take-in/", {"file": upload}).headers["Location"] == at
    page = client.get(at).content.decode()
    for says in ("Holds", "Ask for help for somebody", "the key is the one we trust", "Leave this circle"):
        assert says in page, says
    assert "Coast road" in client.get(f"/road/nodes/{far.id}/").content.decode()
    assert asked(far) == "wrong-circle"
    client.post(f"{at}go-on/leave/")
    assert "None: your trust in each other is enough." in client.get(f"/road/nodes/{far.id}/").content.decode()
    client.post(f"{at}go-on/join/")
    assert KnownCircle.objects.get().state == "joined"
    again = client.get(f"{at}next/").content.decode()
    assert again.count("checked") == 5
    assert client.post(f"{at}next/", form_of(far, name="Second")).headers["Location"] == at
    page = client.get(at).content.decode()
    assert "Stewards of the version before, who must sign it too" in page
    assert "Different from the version that holds: the name" in page
    second = CircleDraft.objects.get()
    assert client.post(f"{at}{second.digest}/drop/").headers["Location"] == at
    sent = Outgoing.objects.count()
    client.post(f"{at}tell/")
    assert Outgoing.objects.count() == sent + 1


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"k": "3"}, "fewer stewards"),
        ({"until": "2020-01-01"}, "still to come"),
        ({"purpose": "a\u202eb"}, "cannot be seen"),
        ({"name": ""}, "This field is required"),
    ],
)
def test_a_form_comes_back_filled(client_for: Clients, far: Far, other: dict[str, str], says: str) -> None:
    answer = client_for("coordinator").post("/road/circles/add/", form_of(far, **other))
    page = answer.content.decode()
    assert (answer.status_code, says in page, "Answer within two days." in page) == (422, True, True)
    assert not KnownCircle.objects.exists()


def test_a_file_that_is_no_circle_is_said(client_for: Clients, far: Far) -> None:
    client = client_for("coordinator")
    for content, says in ((b"", "not the whole file of a circle"), (bytes(documents.LARGEST + 1), "larger than")):
        answer = client.post("/road/circles/take-in/", {"file": SimpleUploadedFile("a.circle", content)})
        assert (answer.status_code, says in answer.content.decode()) == (422, True)


def test_no_page_costs_more_with_more_circles(
    client_for: Clients, far: Far, by: Actor, django_assert_max_num_queries: Any
) -> None:
    others = [Far() for _time in range(5)]
    circles = [in_circle(by, far, *others, name=f"Road {number}") for number in range(6)]
    for number in range(4):
        circling.draft(by=by, circle=replace(circles[0], number=2, name=f"Next {number}"))
    client, at = client_for("coordinator"), f"/road/circles/{circles[0].id}/"
    for page in ("/road/circles/", at, f"{at}next/", f"/road/nodes/{far.id}/"):
        client.get(page)
        with django_assert_max_num_queries(15):
            assert client.get(page).status_code == 200
