"""Bar: nothing leaves that the person did not name, either way; and no answer says whether somebody is known."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import cbor2
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.handover.test_consent import SECRETS, said
from tests.casework.requests.mirror import (
    Road,
    agreed,
    asked,
    draft,
    met_here,
    met_there,
    named,
    other_side,
    tell,
)
from tests.exchange.far import Far
from tests.people.factories import registered
from waystation.casework.cases import actions as cases
from waystation.casework.cases.documents import GoalDocument
from waystation.casework.followups.models import FollowUp
from waystation.casework.handover.codes import Told
from waystation.casework.requests import answering, asking, messages, queries
from waystation.casework.requests.codes import FIND_CODES, FIND_FIELDS, FIND_WIRE, PART_CODES, TELL_FIELDS, TELL_WIRE
from waystation.casework.requests.models import Found, OurRequest, TheirRequest
from waystation.casework.requests.problems import NotStated
from waystation.exchange.models import Outgoing
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Invalid
from waystation.kernel.states import WrongState
from waystation.organisations.models import Partner
from waystation.people import actions as people
from waystation.people.documents import ConsentDocument
from waystation.people.models import Consent, Disclosure, Person
from waystation.vault.models import PersonKey

PLANTED: dict[str, Any] = {
    "alias": "Zqalias",
    "names_as_written": ("Zqwritten",),
    "birth_date": date(1993, 2, 17),
    "origin": "ER",
    "phone": "+291 7 991 882",
    "contact_note": "Zqcontact",
    "know_now": "Zqknow",
}
PLACED = "Zqplace"


def planted(by: Actor) -> Person:
    """Somebody with something in every field."""
    person = registered(by, "Zqgiven", "Zqfamily", **PLANTED).person
    new = cases.CaseDraft(kind="general", risk="low", reason="Zqreason", wishes="Zqwishes")
    case = cases.open_case(by=by, person_id=person.pk, draft=new)
    cases.write(by=by, case_id=case.pk, revision=1, texts={"assessment": "Zqassess"})
    cases.add_goal(by=by, case_id=case.pk, document=GoalDocument(goal="Zqgoal"))
    cases.add_note(by=by, case_id=case.pk, text="Zqnote")
    return person


def leaked(codes: set[str], raw: bytes) -> list[str]:
    """What stands in it although its part was not named."""
    return [
        secret for code, secrets in SECRETS.items() if code not in codes for secret in secrets if said(secret, raw)
    ] + [secret for secret in ("Zqnote",) if said(secret, raw)]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    find_by=st.sets(st.sampled_from(FIND_CODES), min_size=1),
    parts=st.sets(st.sampled_from(PART_CODES), min_size=1),
    data=st.data(),
)
def test_no_field_leaves_that_kind_and_consent_do_not_both_name(
    actors: dict[str, Actor], far: Far, find_by: set[str], parts: set[str], data: st.DataObject
) -> None:
    """On the bytes that the other side decrypts, both ways: the question and who it is; then the answer."""
    by, road = actors["caseworker"], Road(far)
    road.seen = set(Outgoing.objects.values_list("pk", flat=True))
    for rows in (OurRequest.objects, TheirRequest.objects):
        rows.all().delete()
    row = asked(by, planted(by), road, find_by=tuple(find_by), parts=tuple(parts), place=PLACED)
    answering.accept(by=by, request_id=other_side(row).pk)
    road.through()
    before = b"".join(cbor2.dumps(message.body) for message in road.said)
    assert leaked(set(), before) == []
    assert PLACED.encode() not in before
    asking.name(by=by, request_id=row.pk)
    road.through()
    (who,) = [one for one in road.said if one.kind == "request.who/1"]
    assert set(who.body) & set(FIND_FIELDS) <= {name for code in find_by for name in FIND_WIRE[code]}
    assert leaked(find_by, cbor2.dumps(who.body)) == []
    assert (PLACED.encode() in cbor2.dumps(who.body)) is ("place" in find_by)
    chosen = data.draw(st.sets(st.sampled_from(sorted(parts)), min_size=1))
    with pytest.raises(Invalid):
        tell(by, row, met_there(by), parts=PART_CODES if parts != set(PART_CODES) else ())
    try:
        tell(by, row, planted(by), parts=tuple(chosen))
    except Invalid:
        assert chosen <= {"languages", "speak_with"}, "only what is not written there cannot be told"
        return
    road.through()
    (told,) = [one for one in road.said if one.kind == "request.told/1"]
    assert set(told.body) & set(TELL_FIELDS) <= {name for code in chosen for name in TELL_WIRE[code]}
    assert leaked(chosen, cbor2.dumps(told.body)) == []
    for code in chosen & set(SECRETS):
        assert all(said(secret, cbor2.dumps(told.body)) for secret in SECRETS[Told(code)])
    for message in road.said:
        kind = next((kind for kind in messages.KINDS if kind.wire == message.kind), None)
        assert kind is None or set(message.body) <= set(kind.fields)


def body_of_the_end(road: Road) -> bytes:
    """What they hear at the end, as bytes."""
    before = len(road.said)
    road.gather()
    (message,) = road.said[before:]
    assert message.kind == "request.nothing/1"
    road.waiting.clear()
    return cbor2.dumps([message.body, message.seq])


def test_nobody_known_and_nothing_told_are_the_same_bytes(by: Actor, person: Person, known: Person, road: Road) -> None:
    row = named(by, person, road)
    theirs = other_side(row)

    def nobody() -> None:
        answering.nothing(by=by, request_id=theirs.pk)

    def withheld() -> None:
        withhold(by, known)
        with pytest.raises(ConsentMissing):
            tell(by, row, known)
        answering.nothing(by=by, request_id=theirs.pk)

    def taken_back() -> None:
        tell(by, row, known)
        people.withdraw_consent(by=by, consent_id=TheirRequest.objects.get(pk=theirs.pk).consent_id or theirs.pk)

    def never_written() -> None:
        blank = registered(by, "Somebody", "Else").person
        with pytest.raises(Invalid):
            tell(by, row, blank, parts=("plan",))
        answering.nothing(by=by, request_id=theirs.pk)

    ends = {in_vain(road, end) for end in (nobody, withheld, taken_back, never_written)}
    assert len(ends) == 1


def in_vain(road: Road, end: Callable[[], None]) -> bytes:
    """What is heard when it ends this way; then as if it had not."""
    with transaction.atomic():
        end()
        heard = body_of_the_end(road)
        transaction.set_rollback(True)
    return heard


def withhold(by: Actor, person: Person) -> None:
    """The person says that they must never be told."""
    people.refuse_consent(
        by=by,
        person_id=person.pk,
        purpose="services",
        recipient_kind="society",
        document=ConsentDocument(withheld=("Society of the Far Shore",)),
    )


def test_whoever_is_withheld_there_is_told_nothing(by: Actor, person: Person, known: Person, road: Road) -> None:
    row = named(by, person, road)
    withhold(by, known)
    for under in ("stated", "ours"):
        with pytest.raises(ConsentMissing):
            tell(by, row, known, under=under)
    assert not Outgoing.objects.filter(kind__startswith="request.told").exists()
    assert not Consent.objects.filter(person=known, state="given").exists(), "what they state is not even written down"


def test_a_no_said_there_since_stands_above_what_they_state(
    by: Actor, person: Person, known: Person, road: Road
) -> None:
    row = named(by, person, road)
    no: dict[str, Any] = {"purpose": "referral", "recipient_kind": "society", "document": ConsentDocument()}
    people.refuse_consent(by=by, person_id=known.pk, **no)
    with pytest.raises(NotStated):
        tell(by, row, known)


@pytest.mark.parametrize(
    "said",
    [
        {"consent_read_back": False},
        {"consent_until": "2020-01-01"},
        {"consent_on": str(clock.today() + timedelta(days=9))},
    ],
)
def test_what_they_state_must_be_a_consent(
    by: Actor, person: Person, known: Person, road: Road, said: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    stated = queries.statement
    monkeypatch.setattr(queries, "statement", lambda consent, by: stated(consent, by=by) | said)
    row = named(by, person, road)
    with pytest.raises(NotStated):
        tell(by, row, known)


def test_for_a_child_they_must_state_that_a_guardian_decided(by: Actor, person: Person, road: Road) -> None:
    child = met_there(by, birth_year=clock.today().year - 9)
    row = named(by, person, road)
    with pytest.raises(NotStated):
        tell(by, row, child)


def test_for_a_child_a_guardian_decides_here(by: Actor, road: Road) -> None:
    child = met_here(by, birth_year=clock.today().year - 9)
    with pytest.raises(Invalid):
        agreed(by, child, road.far)


def test_under_the_consent_given_there_nothing_else_is_needed(
    by: Actor, person: Person, known: Person, road: Road
) -> None:
    row = named(by, person, road)
    with pytest.raises(ConsentMissing):
        tell(by, row, known, under="ours")
    given = people.give_consent(
        by=by,
        person_id=known.pk,
        purpose="referral",
        recipient_kind="society",
        document=ConsentDocument(read_back=True),
        expires_on=clock.today() + timedelta(days=9),
    )
    assert tell(by, row, known, under="ours").consent == given


def test_authorities_ask_nothing_and_are_asked_nothing(by: Actor, person: Person, known: Person, road: Road) -> None:
    with pytest.raises(people.AuthorityRefused):
        asking.begin(by=by, person_id=person.pk, draft=draft(road.far, recipient_kind="authority"))
    row = named(by, person, road)
    with pytest.raises(people.AuthorityRefused):
        tell(by, row, known, recipient_kind="authority")
    waiting = agreed(by, person, road.far)
    asking.ask(by=by, request_id=waiting.pk)
    Partner.objects.create(name="society of the far shore", kind="ministry")
    assert road.through() == ["authority-refused"]
    waiting.refresh_from_db()
    assert waiting.state == "failed"
    with pytest.raises(people.AuthorityRefused):
        tell(by, row, known)
    with pytest.raises(people.AuthorityRefused):
        asking.begin(by=by, person_id=person.pk, draft=draft(road.far))


@pytest.mark.parametrize("when", ["agreed", "asked", "accepted", "named"])
def test_taken_back_nothing_leaves_and_they_forget(by: Actor, person: Person, road: Road, when: str) -> None:
    row = agreed(by, person, road.far)
    if when != "agreed":
        asking.ask(by=by, request_id=row.pk)
        road.through()
    if when in {"accepted", "named"}:
        answering.accept(by=by, request_id=other_side(row).pk)
        road.through()
    if when == "named":
        asking.name(by=by, request_id=row.pk)
        road.through()
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    road.through()
    row.refresh_from_db()
    assert row.state == ("draft" if when == "agreed" else "withdrawn")
    for leave in (asking.ask, asking.name):
        with pytest.raises(WrongState):
            leave(by=by, request_id=row.pk)
    if when != "agreed":
        theirs = other_side(row)
        assert (theirs.state, theirs.sealed) == ("withdrawn", None)
        assert not PersonKey.objects.filter(person=theirs.pk).exists()


def test_taken_back_while_it_waits_for_the_line_it_never_leaves(by: Actor, person: Person, road: Road) -> None:
    row = asked(by, person, road)
    answering.accept(by=by, request_id=other_side(row).pk)
    road.through()
    asking.name(by=by, request_id=row.pk)
    listed = Disclosure.objects.filter(person=person).count()
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    road.through()
    assert "request.who/1" not in {message.kind for message in road.said}
    assert b"Selam" not in b"".join(cbor2.dumps(message.body) for message in road.said)
    assert Disclosure.objects.filter(person=person).count() == listed - 1
    assert other_side(row).state == "withdrawn"


def test_a_question_that_never_left_is_not_even_taken_back(by: Actor, person: Person, road: Road) -> None:
    row = agreed(by, person, road.far)
    asking.ask(by=by, request_id=row.pk)
    asking.withdraw(by=by, request_id=row.pk)
    road.through()
    assert not [message for message in road.said if message.kind.startswith("request.")]
    assert not Disclosure.objects.filter(person=person).exists()


def test_taken_back_here_what_came_and_nobody_used_goes(by: Actor, person: Person, known: Person, road: Road) -> None:
    row = named(by, person, road)
    tell(by, row, known)
    road.through()
    used = Found.objects.get(name="phone")
    asking.decide(by=by, found_id=used.pk, act="use")
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    assert list(Found.objects.all()) == [used]
    assert not FollowUp.objects.filter(subject=row.pk, state="open").exists()


def test_taken_back_there_after_it_left_somebody_must_tell_them(
    by: Actor, person: Person, known: Person, road: Road
) -> None:
    row = named(by, person, road)
    theirs = tell(by, row, known)
    road.through()
    people.withdraw_consent(by=by, consent_id=theirs.consent_id or theirs.pk)
    assert FollowUp.objects.filter(subject=theirs.pk, kind="requests.tell", state="open").count() == 1
    answering.seen_to(by=by, request_id=theirs.pk)
    assert not FollowUp.objects.filter(subject=theirs.pk, state="open").exists()


def test_another_consent_to_the_same_does_not_stand_in(by: Actor, person: Person, road: Road) -> None:
    row = agreed(by, person, road.far)
    Consent.objects.filter(our_requests=row).update(expires_on=clock.today() - timedelta(days=1))
    people.give_consent(
        by=by,
        person_id=person.pk,
        purpose="referral",
        recipient_kind="society",
        document=ConsentDocument(read_back=True),
        expires_on=clock.today() + timedelta(days=90),
    )
    with pytest.raises(ConsentMissing):
        asking.ask(by=by, request_id=row.pk)


@pytest.mark.parametrize("words", ["It is Selam", "TESFAYE is her name"])
def test_no_name_leaves_in_an_answer(by: Actor, person: Person, road: Road, words: str) -> None:
    row = asked(by, person, road)
    answering.ask(by=by, request_id=other_side(row).pk, words="At which post?")
    road.through()
    with pytest.raises(Invalid):
        asking.reply(by=by, request_id=row.pk, words=words)
    asking.reply(by=by, request_id=row.pk, words="At the one by the harbour")
    road.through()
    assert queries.said_by(other_side(row), by=by).talk[-1].words == "At the one by the harbour"


def test_once_they_know_whom_we_mean_they_neither_ask_nor_refuse(by: Actor, person: Person, road: Road) -> None:
    """Either would say that somebody is known there."""
    theirs = other_side(named(by, person, road))
    with pytest.raises(WrongState):
        answering.ask(by=by, request_id=theirs.pk, words="Is it she with the two children?")
    with pytest.raises(WrongState):
        answering.refuse(by=by, request_id=theirs.pk, reason="full")
