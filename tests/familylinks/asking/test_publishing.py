"""What is published comes whole or not at all; what is forged, over, or of another circle is not taken."""

import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine

from tests.exchange.far import Far
from tests.familylinks.asking.mirror import Road, asked, findable
from tests.familylinks.asking.test_limits import query
from tests.people.factories import registered
from waystation.exchange import identity, inbox
from waystation.exchange.models import Incoming
from waystation.familylinks.asking import finding, hearing, holding, housekeeping
from waystation.familylinks.asking.codes import LASTS, LASTS_IN_DANGER
from waystation.familylinks.asking.documents import KeyDocument
from waystation.familylinks.asking.models import (
    Claim,
    OwnPublication,
    Publishing,
    Question,
    TheirPart,
    TheirPublication,
)
from waystation.familylinks.asking.problems import NoSodium
from waystation.familylinks.asking.protocol import golomb, keys, publication, questions, ristretto, tokens
from waystation.familylinks.asking.protocol.publication import Publication
from waystation.familylinks.news.actions import well
from waystation.familylinks.news.documents import WellDocument
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.people.documents import ConsentDocument
from waystation.people.models import Person
from waystation.vault.models import PersonKey
from waystation.vault.sealing import open_for_keeping

SET = golomb.build(golomb.heads_of([bytes(16)]), golomb.SPREAD)


def made(far: Far, circle: UUID, **other: Any) -> Publication:
    """What the far node publishes."""
    said: dict[str, Any] = {
        "id": uuid4(),
        "node": far.id,
        "circle": circle,
        "key": questions.new_keys().public,
        "people": 30,
        "slots": golomb.SPREAD,
        "facts": publication.FOUR,
        "digest": hashlib.sha256(SET).digest(),
        "size": len(SET),
        "at": clock.now().replace(microsecond=0),
        "until": clock.now().replace(microsecond=0) + LASTS,
    }
    return Publication(**said | other)


def told(far: Far, kind: str, **body: Any) -> str:
    message = far.message(f"trace.{kind}/1", body)
    inbox.take(far.sealed(message), "https")
    return Incoming.objects.get(message_id=message.id).outcome


def parts(far: Far, one: Publication, raw: bytes = SET, size: int = 500) -> list[dict[str, Any]]:
    return [
        {"publication": one.id.bytes, "place": place, "part": raw[at : at + size]}
        for place, at in enumerate(range(0, len(raw), size))
    ]


def test_parts_may_come_before_and_in_any_order(far: Far, circle: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "PART_BYTES", 500)
    one = made(far, circle)
    first, *others = parts(far, one)
    for body in reversed(others):
        assert told(far, "part", **body) == "done"
    assert told(far, "publication", file=one.signed(far.signing)) == "done"
    assert not TheirPublication.objects.get().is_whole

    assert told(far, "part", **first) == told(far, "part", **first) == "done"

    row = TheirPublication.objects.get()
    assert (row.is_whole, bytes(row.tags)) == (True, SET)
    assert TheirPart.objects.filter(number=one.id).count() <= 1


def test_another_set_than_the_signed_one_is_thrown_away(far: Far, circle: UUID) -> None:
    one = made(far, circle)
    told(far, "publication", file=one.signed(far.signing))
    (body,) = parts(far, one, golomb.build(golomb.heads_of([]), golomb.SPREAD)[: len(SET)].ljust(len(SET)), 10**6)

    assert told(far, "part", **body) == "done"
    assert not TheirPublication.objects.exists()
    assert not TheirPart.objects.exists()


@pytest.mark.parametrize(
    ("other", "outcome"),
    [
        ({"node": uuid4()}, "wrong-publication"),
        ({"circle": uuid4()}, "not-of-circle"),
        ({"until": clock.now() + timedelta(days=90)}, "wrong-publication"),
        ({"people": 1, "slots": 2**20}, "wrong-publication"),
    ],
)
def test_what_no_honest_node_publishes_is_refused(far: Far, circle: UUID, other: dict[str, Any], outcome: str) -> None:
    assert told(far, "publication", file=made(far, **{"circle": circle} | other).signed(far.signing)) == outcome
    assert not TheirPublication.objects.exists()


def test_a_forged_one_and_one_too_late_are_not_taken(far: Far, circle: UUID) -> None:
    assert told(far, "publication", file=made(far, circle).signed(far.root)) == "wrong-publication"
    late = made(far, circle, at=clock.now() - timedelta(days=40), until=clock.now() - timedelta(days=10))
    assert told(far, "publication", file=late.signed(far.signing)) == "done"
    assert not TheirPublication.objects.exists()


def test_an_older_one_on_a_late_stick_changes_nothing(far: Far, circle: UUID) -> None:
    newer, older = made(far, circle), made(far, circle, at=clock.now() - timedelta(days=3))
    told(far, "publication", file=newer.signed(far.signing))
    told(far, "publication", file=older.signed(far.signing))

    assert TheirPublication.objects.get().number == newer.id


@pytest.mark.parametrize("body", [{"place": -1, "part": b"x"}, {"place": 0, "part": b""}])
def test_a_part_that_is_none_is_refused(far: Far, circle: UUID, body: dict[str, Any]) -> None:
    assert told(far, "part", publication=uuid4().bytes, **body) == "wrong-publication"


def test_by_other_key_rules_nobody_is_asked(
    far: Far, circle: UUID, by: Actor, enquirer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = made(far, circle, rules=keys.VERSION + 1)
    told(far, "publication", file=one.signed(far.signing))
    told(far, "part", **parts(far, one, size=10**6)[0])
    assert TheirPublication.objects.get().is_whole

    asked(by, enquirer)

    assert not Question.objects.exists()


def test_one_key_one_set_and_the_old_key_is_destroyed(by: Actor, circle: UUID, known: Person, far: Far) -> None:
    holding.begin(by=by, circle_id=circle)
    old = OwnPublication.objects.get()
    holding.begin(by=by, circle_id=circle)
    new = OwnPublication.objects.get(ended_at__isnull=True)

    assert publication.read(bytes(new.file), key_of_ours()).key != publication.read(bytes(old.file), key_of_ours()).key
    assert not PersonKey.objects.filter(person=old.pk).exists()
    assert PersonKey.objects.filter(person=new.pk).exists()
    assert query(far, old.pk) == "publication-over"
    assert query(far, new.pk) == "done"


def key_of_ours() -> bytes:
    return identity.signing_key().public_key().public_bytes_raw()


@pytest.mark.parametrize(("in_danger", "lasts"), [(False, LASTS), (True, LASTS_IN_DANGER)])
def test_a_publication_lasts_a_month_and_in_danger_a_week_and_then_another_follows(
    by: Actor, circle: UUID, known: Person, road: Road, in_danger: bool, lasts: timedelta
) -> None:
    holding.begin(by=by, circle_id=circle, in_danger=in_danger)
    road.through()
    first = OwnPublication.objects.get()
    assert first.until - first.at == lasts

    with time_machine.travel(first.until + timedelta(minutes=1), tick=False):
        housekeeping.tidy()

        first.refresh_from_db()
        assert first.ended_at is not None
        assert not PersonKey.objects.filter(person=first.pk).exists()
        assert OwnPublication.objects.filter(ended_at__isnull=True, at__gt=first.at).count() == 1
        assert not TheirPublication.objects.filter(number=first.pk).exists()


def test_stopped_the_key_is_destroyed_at_once_and_nothing_follows(by: Actor, circle: UUID, known: Person) -> None:
    holding.begin(by=by, circle_id=circle)
    holding.stop(by=by, circle_id=circle)

    row = OwnPublication.objects.get()
    assert (row.ended_at is None, PersonKey.objects.filter(person=row.pk).exists()) == (False, False)
    housekeeping.tidy()
    assert OwnPublication.objects.count() == 1
    assert not Publishing.objects.exists()
    with pytest.raises(NotFound):
        holding.stop(by=by, circle_id=circle)


def test_nobody_findable_nothing_is_published(by: Actor, circle: UUID, enquirer: Person) -> None:
    with pytest.raises(Invalid):
        holding.begin(by=by, circle_id=circle)
    assert not OwnPublication.objects.exists()
    assert not Publishing.objects.exists()


def test_in_a_circle_that_does_not_bind_us_nothing_is_published(by: Actor, circle: UUID, known: Person) -> None:
    with pytest.raises(NotFound):
        holding.begin(by=by, circle_id=uuid4())


def test_volunteers_neither_publish_nor_ask(actors: dict[str, Actor], circle: UUID) -> None:
    for role in ("volunteer", "health", "caseworker", "administrator"):
        with pytest.raises(NotAllowed):
            holding.begin(by=actors[role], circle_id=circle)


def test_without_the_library_it_is_said_what_is_missing(
    by: Actor, circle: UUID, known: Person, far: Far, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ristretto, "NAMES", ("no-such-library",))
    ristretto._library.cache_clear()
    try:
        with pytest.raises(NoSodium, match="libsodium"):
            holding.begin(by=by, circle_id=circle)
        assert query(far, uuid4(), [bytes([place]) * 32 for place in range(32)]) == "no-sodium"
        housekeeping.tidy()
    finally:
        monkeypatch.undo()
        ristretto._library.cache_clear()


def test_many_people_make_a_table_of_many_parts(monkeypatch: pytest.MonkeyPatch, by: Actor, circle: UUID) -> None:
    monkeypatch.setattr(holding, "IN_A_TABLE", 4)
    people = [
        findable(by, registered(by, f"Amina {n}", "Barre Jama", birth_year=1990, origin="SO").person) for n in range(9)
    ]
    holding.begin(by=by, circle_id=circle)
    row = OwnPublication.objects.get()
    assert row.tables > 2

    secret = open_for_keeping(row, KeyDocument).secret
    for number, facts in finding.findable("x"):
        tags = questions.tags_of(secret, tokens.stored(facts, few=True))
        assert all(number in whose for whose in holding.people_of(row, tags))
    assert {number for number, _facts in finding.findable("x")} == {person.pk for person in people}
    assert holding.people_of(row, [bytes(16)]) == [set()]


def test_of_many_people_tokens_have_three_facts_and_the_publication_is_made_in_the_background(
    monkeypatch: pytest.MonkeyPatch, by: Actor, circle: UUID, known: Person, enquirer: Person, road: Road
) -> None:
    for module in (holding, tokens):
        monkeypatch.setattr(module, "FEW_PEOPLE", 5)
    holding.begin(by=by, circle_id=circle)
    assert not OwnPublication.objects.exists()

    housekeeping.tidy()
    road.through()

    row = OwnPublication.objects.get()
    assert publication.read(bytes(row.file), key_of_ours()).facts == publication.THREE
    asked(by, enquirer)
    road.hour()
    assert Claim.objects.get().person == known


def test_who_says_nobody_to_whoever_asks_is_not_found_by_an_older_yes(by: Actor, circle: UUID) -> None:
    person = findable(by, registered(by, "Mikael", "Tekle", birth_year=2000, origin="ER").person, kind="society")
    assert finding.is_findable(person.pk, "x")

    draft = well.WellDraft(
        audience="nobody",
        document=WellDocument(),
        expires_on=clock.today() + timedelta(days=90),
        consent=ConsentDocument(read_back=True),
    )
    well.say(by=by, person_id=person.pk, draft=draft)

    assert not finding.is_findable(person.pk, "x")
    assert list(finding.findable("x")) == []


def test_made_anew_in_an_emergency_it_is_taken_at_once_and_a_second_time_after_a_day(
    by: Actor, circle: UUID, road: Road, published: OwnPublication
) -> None:
    holding.begin(by=by, circle_id=circle)
    assert road.through() == []
    second = OwnPublication.objects.get(ended_at__isnull=True)
    assert TheirPublication.objects.get().number == second.pk
    assert second.until - published.until < timedelta(minutes=5)

    holding.begin(by=by, circle_id=circle)
    housekeeping.tidy()
    assert road.through() == []
    third = OwnPublication.objects.get(ended_at__isnull=True)
    assert third.sent_at is None
    assert TheirPublication.objects.get().number == second.pk

    with time_machine.travel(clock.now() + timedelta(days=1, hours=1), tick=False):
        housekeeping.tidy()
        assert road.through() == []
    assert TheirPublication.objects.get().number == third.pk
