"""Bar: nobody goes through a book by asking; what came overwrites nothing; what has ended is forgotten."""

from datetime import timedelta
from typing import Any

import pytest

from tests.casework.requests.mirror import (
    PARTS,
    Road,
    agreed,
    asked,
    draft,
    named,
    other_side,
    tell,
)
from waystation.casework.cases import actions as cases
from waystation.casework.followups.models import FollowUp
from waystation.casework.requests import answering, asking, keeping, queries
from waystation.casework.requests.models import Found, OurRequest, TheirRequest
from waystation.casework.requests.problems import TooMany
from waystation.exchange import inbox
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Conflict, Invalid, Problem
from waystation.people import actions as people
from waystation.people.models import Person
from waystation.people.queries import get_for, identity_of


def test_nobody_goes_through_a_book_by_asking(
    by: Actor, person: Person, road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [agreed(by, person, road.far) for _ in range(12)]
    for row in rows[:10]:
        asking.ask(by=by, request_id=row.pk)
    with pytest.raises(TooMany):
        asking.ask(by=by, request_id=rows[10].pk)
    monkeypatch.setattr(queries, "ours_too_many", lambda _peer: False)
    asking.ask(by=by, request_id=rows[11].pk)
    assert road.through() == ["too-many"]
    rows[11].refresh_from_db()
    assert (rows[11].state, rows[11].refused) == ("failed", "too-many")
    asking.withdraw(by=by, request_id=rows[0].pk)
    road.through()
    again = agreed(by, person, road.far)
    asking.ask(by=by, request_id=again.pk)
    assert road.through() == ["too-many"], "what was taken back the same day counts"


def test_nothing_newer_is_overwritten(by: Actor, person: Person, known: Person, road: Road) -> None:
    row = named(by, person, road)
    tell(by, row, known)
    road.through()
    phone = Found.objects.get(name="phone")
    read = get_for(by, person.pk).revision
    identity = identity_of(get_for(by, person.pk), by=by)
    changed = type(identity)(**vars(identity) | {"phone": "+49 30 111222"})
    people.correct(by=by, person_id=person.pk, revision=read, changes=changed)
    with pytest.raises(Conflict):
        asking.decide(by=by, found_id=phone.pk, act="use", revision=read)
    assert identity_of(get_for(by, person.pk), by=by).phone == "+4930111222"


def test_what_belongs_into_a_case_waits_for_one(by: Actor, person: Person, known: Person, road: Road) -> None:
    row = named(by, person, road)
    tell(by, row, known)
    road.through()
    plan, last = (Found.objects.get(name=name) for name in ("plan", "last_met"))
    for one in (plan, last):
        with pytest.raises(Invalid):
            asking.decide(by=by, found_id=one.pk, act="use")
    case = cases.open_case(by=by, person_id=person.pk, draft=cases.CaseDraft(kind="general", risk="low"))
    asking.decide(by=by, found_id=plan.pk, act="use")
    asking.decide(by=by, found_id=last.pk, act="leave")
    assert case.goals.count() == 1


def test_erased_they_are_told_to_forget(actors: dict[str, Actor], person: Person, known: Person, road: Road) -> None:
    by = actors["caseworker"]
    row, answered = named(by, person, road), named(by, person, road)
    tell(by, answered, known)
    road.through()
    theirs = other_side(row)
    for gone in (person, known):
        people.erase(by=actors["coordinator"], person_id=gone.pk, reason="person-asked")
    road.through()
    theirs.refresh_from_db()
    assert (theirs.state, theirs.sealed) == ("withdrawn", None)
    assert not OurRequest.objects.exists()
    assert list(TheirRequest.objects.all()) == [theirs]


def test_what_nobody_answers_runs_out_on_both_sides(by: Actor, person: Person, road: Road) -> None:
    silent, accepted, looked_for = asked(by, person, road), asked(by, person, road), named(by, person, road)
    answering.accept(by=by, request_id=other_side(accepted).pk)
    road.through()
    later = clock.now() + timedelta(days=91)
    assert keeping.lapse(clock.now()) == 0
    assert keeping.lapse(later) == 6
    for row in (silent, accepted, looked_for):
        row.refresh_from_db()
        assert (row.state, other_side(row).state, other_side(row).sealed) == ("lapsed", "lapsed", None)
    assert FollowUp.objects.filter(kind="requests.look", state="open").count() == 3
    assert keeping.forget(later + timedelta(days=365)) == 6
    assert OurRequest.objects.filter(sealed=None).count() == 3
    assert not TheirRequest.objects.exists()


def test_a_late_yes_is_too_late(by: Actor, person: Person, road: Road) -> None:
    row = asked(by, person, road)
    answering.accept(by=by, request_id=other_side(row).pk)
    OurRequest.objects.filter(pk=row.pk).update(until=clock.today() - timedelta(days=1))
    keeping.lapse(clock.now())
    assert road.through() == ["too-late"]
    assert other_side(row).state == "withdrawn"


def test_told_in_parts_that_nobody_asked_are_not_kept(by: Actor, person: Person, known: Person, road: Road) -> None:
    row = named(by, person, road, parts=("plan",))
    theirs = other_side(row)
    road.far.seq += 1
    body = {"exchange": row.pk.bytes, "plan": ["A room"], "phone": "+491705550123"}
    take(road, "request.told/1", body)
    assert {one.name for one in Found.objects.all()} == {"plan"}
    assert theirs.state == "named"


def take(road: Road, kind: str, body: dict[str, Any]) -> str:
    """Something that the other side says of its own accord; how it was refused."""
    message = road.far.message(kind, body)
    (receipt,) = inbox.take(road.far.sealed(message), "stick")
    return str(road.far.opened(receipt).body["refused"].get(message.id.hex, ""))


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("request.told/1", {"birth_date": "yesterday"}, "invalid"),
        ("request.told/1", {"last_met": "2024-13-01"}, "invalid"),
        ("request.answer/1", {"answer": "sing"}, "invalid"),
        ("request.who/1", {}, "missing-field"),
        ("request.nothing/1", {"words": "She is not here"}, "undeclared-field"),
    ],
)
def test_what_is_not_as_declared_is_refused(
    by: Actor, person: Person, road: Road, kind: str, more: dict[str, Any], code: str
) -> None:
    row = named(by, person, road, parts=("born", "met"))
    assert take(road, kind, {"exchange": row.pk.bytes} | more) == code
    row.refresh_from_db()
    assert row.state == "named"


def test_about_what_nobody_knows(by: Actor, person: Person, road: Road) -> None:
    for kind, more in (("told", {}), ("nothing", {}), ("answer", {"answer": "accept"})):
        assert take(road, f"request.{kind}/1", {"exchange": person.pk.bytes} | more) == "unknown-request"
    assert take(road, "request.nothing/1", {"exchange": b"short"}) == "unknown-request"


def test_the_plan_of_another_field_is_not_told(by: Actor, person: Person, known: Person, road: Road) -> None:
    """A question about legal help is answered from a case of that field alone."""
    row = named(by, person, road, case_kind="legal", parts=PARTS)
    tell(by, row, known)
    road.through()
    assert {one.name for one in Found.objects.all()} == {
        "given_name", "family_name", "phone", "first_met", "last_met"
    }  # fmt: skip


def test_who_does_not_open_the_field_asks_nothing_of_it(actors: dict[str, Actor], person: Person, road: Road) -> None:
    with pytest.raises(Problem):
        asking.begin(by=actors["coordinator"], person_id=person.pk, draft=draft(road.far, case_kind="legal"))
