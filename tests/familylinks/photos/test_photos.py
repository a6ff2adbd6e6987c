"""A photo is shown by two officers under a standing consent, and is gone when the consent or its time ends."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection

from tests.familylinks.photos.drawing import png
from tests.familylinks.photos.factories import agreed, allowed, another, put_forward, shown, somebody, wanted
from waystation.casework import clocks
from waystation.casework.followups.models import FollowUp
from waystation.familylinks.photos import actions, ages, answering, keeping, queries
from waystation.familylinks.photos.codes import TABLE, Down, State
from waystation.familylinks.photos.models import Answer, Picture, Posting
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.people import actions as people
from waystation.people.codes import RecipientKind
from waystation.people.documents import IdentityDocument
from waystation.people.models import Disclosure, Person
from waystation.vault import PersonErased
from waystation.vault.models import PersonKey
from waystation.vault.persons import forget_held_keys


@pytest.fixture
def officer(actors: dict[str, Actor]) -> Actor:
    return actors["family-links"]


def test_two_officers_show_a_photo_and_it_is_listed_as_told_to_the_public(officer: Actor) -> None:
    row = put_forward(officer)
    assert queries.shown_one(row.number) is None
    with pytest.raises(Invalid, match="yourself"):
        actions.show(by=officer, posting_id=row.pk, nothing_tells=True)
    with pytest.raises(Invalid):
        actions.show(by=another(officer), posting_id=row.pk, nothing_tells=False)
    agreed(officer, row.pk)
    assert queries.shown_one(row.number) is not None
    told = Disclosure.objects.get(person=row.person_id)
    assert (told.purpose, told.recipient_kind, told.kind) == ("photo", "public", "published")
    assert told.consent_id == row.consent_id
    assert set(FollowUp.objects.values_list("kind", "state")) == {("photos.decide", "done"), ("photos.ends", "open")}


def test_a_coordinator_may_be_the_second_officer(actors: dict[str, Actor], officer: Actor) -> None:
    row = put_forward(officer)
    assert actions.show(by=actors["coordinator"], posting_id=row.pk, nothing_tells=True).state == State.SHOWN


@pytest.mark.parametrize("role", ["volunteer", "caseworker", "health", "detention", "administrator"])
def test_no_other_role_puts_a_photo_forward_or_down(actors: dict[str, Actor], officer: Actor, role: str) -> None:
    row = shown(officer)
    with pytest.raises(NotAllowed):
        actions.draft(by=actors[role], person_id=row.person_id, draft=wanted())
    with pytest.raises(NotAllowed):
        actions.take_down(by=actors[role], posting_id=row.pk, reason=Down.FOUND)


@pytest.mark.parametrize(
    "question",
    [("photo", "society"), ("tracing", "public"), ("story", "public"), None],
)
def test_without_a_yes_to_exactly_this_nothing_is_put_forward(officer: Actor, question: Any) -> None:
    person = somebody(officer)
    if question:
        consent = allowed(officer, person)
        type(consent).objects.filter(pk=consent.pk).update(purpose=question[0], recipient_kind=question[1])
    with pytest.raises(Invalid, match="has not allowed"):
        actions.draft(by=officer, person_id=person.pk, draft=wanted())
    assert not Posting.objects.exists()


def test_a_yes_that_ended_while_the_photo_waited_shows_nothing(officer: Actor) -> None:
    person = somebody(officer)
    allowed(officer, person, days=3)
    row = put_forward(officer, person)
    with time_machine.travel(clock.now() + timedelta(days=4)), pytest.raises(Invalid, match="has not allowed"):
        actions.show(by=another(officer), posting_id=row.pk, nothing_tells=True)
    assert not Disclosure.objects.exists()


def test_a_photo_is_shown_no_longer_than_allowed_and_never_over_a_year(officer: Actor) -> None:
    short, long = somebody(officer), somebody(officer, "Dawit")
    consent = allowed(officer, short, days=40)
    allowed(officer, long, days=700)
    assert put_forward(officer, short).until == consent.expires_on
    assert put_forward(officer, long).until == clock.today() + timedelta(days=365)
    with pytest.raises(Invalid) as refused:
        put_forward(officer, short, until=clock.today() + timedelta(days=41))
    assert set(refused.value.fields) == {"until"}


def test_taken_back_it_is_gone_in_the_same_moment_with_its_picture_and_key(officer: Actor) -> None:
    row = shown(officer)
    picture = Picture.objects.get(posting=row)
    people.withdraw_consent(by=officer, consent_id=row.consent_id)
    row.refresh_from_db()
    assert (row.state, row.down) == (State.DOWN, Down.WITHDRAWN)
    assert queries.public_picture(row.number) is None
    assert not Picture.objects.exists()
    assert not PersonKey.objects.filter(person=picture.pk).exists()
    assert not FollowUp.objects.filter(subject=row.pk, state="open").exists()


def test_anyone_may_record_the_withdrawal_and_a_later_no_takes_it_down_too(
    actors: dict[str, Actor], officer: Actor
) -> None:
    first, second = shown(officer), shown(officer, somebody(officer, "Dawit"))
    people.withdraw_consent(by=actors["volunteer"], consent_id=first.consent_id)
    people.refuse_consent(
        by=actors["volunteer"],
        person_id=second.person_id,
        purpose="photo",
        recipient_kind=RecipientKind.PUBLIC,
        document=allowed_document(),
    )
    assert not queries.shown().exists()
    assert not Picture.objects.exists()


def allowed_document() -> Any:
    from waystation.people.documents import ConsentDocument

    return ConsentDocument(read_back=True)


def test_the_day_after_its_last_it_is_gone_even_before_anything_ran(officer: Actor) -> None:
    row = shown(officer)
    # An hour away from midnight on either side, whatever the hour now.
    with time_machine.travel(clock.end_of(row.until) - timedelta(hours=1)):
        assert queries.public_picture(row.number) is not None
    with time_machine.travel(clock.end_of(row.until) + timedelta(hours=1)):
        assert queries.shown_one(row.number) is None
        assert queries.public_picture(row.number) is None
        assert keeping.sweep(clock.now()) == 1
        row.refresh_from_db()
        assert row.down == Down.EXPIRED
        assert not Picture.objects.exists()


def test_a_new_photo_takes_the_place_of_the_one_before_at_a_new_address(officer: Actor) -> None:
    old = shown(officer)
    new = shown(officer, old.person, looks_for="sibling", picture=png(shade=30))
    old.refresh_from_db()
    assert (old.state, old.down) == (State.DOWN, Down.REPLACED)
    assert list(queries.shown()) == [new]
    assert old.number != new.number


def test_who_does_not_agree_says_why(officer: Actor) -> None:
    row = put_forward(officer)
    with pytest.raises(Invalid):
        actions.refuse(by=another(officer), posting_id=row.pk, why=" ")
    actions.refuse(by=another(officer), posting_id=row.pk, why="A street sign behind her")
    row.refresh_from_db()
    assert row.down == Down.NOT_AGREED
    assert queries.words(row, by=officer).why == "A street sign behind her"
    assert not Picture.objects.exists()
    with pytest.raises(WrongState):
        actions.show(by=another(officer), posting_id=row.pk, nothing_tells=True)


def test_an_officer_takes_down_for_a_reason_and_not_in_the_persons_name(officer: Actor) -> None:
    row = shown(officer)
    for reason, why in (("withdrawn", ""), ("expired", ""), ("other", ""), ("nonsense", "x")):
        with pytest.raises(Invalid):
            actions.take_down(by=officer, posting_id=row.pk, reason=reason, why=why)
    assert actions.take_down(by=officer, posting_id=row.pk, reason="risk").state == State.DOWN


@pytest.mark.parametrize(
    ("said", "band", "known"),
    [
        ({"years": 14}, "not-known", "too-young"),
        ({"years": 15}, "not-known", "not-sure"),
        ({"years": 16}, "not-known", "enough"),
        ({"birthday_in": 0}, "not-known", "enough"),
        ({"birthday_in": 1}, "not-known", "too-young"),
        ({}, "5-11", "too-young"),
        ({}, "12-17", "not-sure"),
        ({}, "not-known", "not-sure"),
        ({}, "18-24", "enough"),
    ],
)
def test_ages_are_judged_on_the_side_of_the_child(node: Any, said: dict[str, int], band: str, known: str) -> None:
    today = clock.today()
    birth = None
    if "birthday_in" in said:
        birth = (today + timedelta(days=said["birthday_in"])).replace(year=today.year - 15)
    year = today.year - said["years"] if "years" in said else None
    identity = IdentityDocument(birth_date=birth, birth_year=year)
    assert ages.of(Person(age_band=band), identity).value == known


def test_nobody_under_fifteen_and_where_nobody_knows_an_officer_says_so(officer: Actor) -> None:
    child = somebody(officer, birth_year=clock.today().year - 12)
    unknown = somebody(officer, birth_year=None, age_band="12-17")
    for person in (child, unknown):
        allowed(officer, person)
    with pytest.raises(Invalid, match="under fifteen"):
        put_forward(officer, child, at_least_fifteen=True)
    with pytest.raises(Invalid) as refused:
        put_forward(officer, unknown)
    assert set(refused.value.fields) == {"at_least_fifteen"}
    row = put_forward(officer, unknown, at_least_fifteen=True)
    # A date that becomes known while the photo waits is believed.
    people.correct(
        by=officer,
        person_id=unknown.pk,
        changes=IdentityDocument(given_name="Selam", birth_year=clock.today().year - 13),
        revision=Person.objects.get(pk=unknown.pk).revision,
    )
    with pytest.raises(Invalid, match="under fifteen"):
        agreed(officer, row.pk)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"looks_for": "name"}, "looks_for"), ({"told": False}, "told"), ({"picture": b"MZ"}, "file"),
     ({"picture": b""}, "file"), ({"note": "x" * 5000}, "note")],
)  # fmt: skip
def test_what_needs_mending_is_said_beside_its_field(officer: Actor, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        put_forward(officer, **said)
    assert set(refused.value.fields) == {field}
    assert not Picture.objects.exists()


def test_an_erased_person_is_on_no_page_and_no_answer_about_them_stays(
    actors: dict[str, Actor], officer: Actor
) -> None:
    row = shown(officer)
    picture = Picture.objects.get()
    answering.receive(number=row.number, text="I saw her")
    people.erase(by=actors["coordinator"], person_id=row.person_id, reason="person-asked")
    assert not Posting.objects.exists()
    assert not Answer.objects.exists()
    assert not PersonKey.objects.filter(person=picture.pk).exists()
    with pytest.raises(NotFound):
        answering.receive(number=row.number, text="I saw her again")


def test_whose_photo_is_shown_is_not_sealed_away(officer: Actor) -> None:
    row = shown(officer)
    FollowUp.objects.all().delete()
    assert row.person_id in clocks.blocked([row.person_id])
    actions.take_down(by=officer, posting_id=row.pk, reason="found")
    FollowUp.objects.all().delete()
    assert row.person_id not in clocks.blocked([row.person_id])


def test_no_name_and_no_pixel_stands_in_the_book(officer: Actor) -> None:
    row = shown(officer, note="Her brother Samuel came too")
    answering.receive(number=row.number, text="She lives in the house of Marta", reach="+39 055 123")
    stored = b""
    with connection.cursor() as cursor:
        for table in ("photos_posting", "photos_picture", "photos_answer", "followups_followup", "audit_leaf"):
            cursor.execute(f"SELECT * FROM {table}")
            for line in cursor.fetchall():
                for cell in line:
                    stored += bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
    assert not [word for word in (b"Samuel", b"Marta", b"055 123", b"IHDR", b"Selam") if word in stored]


def test_every_state_is_reached_and_none_goes_on_from_the_last() -> None:
    assert TABLE.reachable() == set(State.values)
    assert TABLE.acts(State.DOWN) == ()


def test_an_answer_reaches_officers_of_family_links_alone(actors: dict[str, Actor], officer: Actor) -> None:
    row = shown(officer)
    answering.receive(number=row.number, text=" I know her mother ", reach="Ask at the bakery")
    found = queries.answers(officer).get()
    said = queries.answer_texts([found], by=officer)[found.pk]
    assert (said.text, said.reach) == ("I know her mother", "Ask at the bakery")
    assert found.letter is None
    for role in ("coordinator", "volunteer", "caseworker"):
        with pytest.raises(NotFound):
            queries.answer_for(actors[role], found.pk)
    assert FollowUp.objects.filter(kind="photos.answer", state="open", person=row.person_id).count() == 1
    answering.go_on(by=officer, answer_id=found.pk, act="look_into", note="Call the bakery")
    with pytest.raises(Invalid):
        answering.go_on(by=officer, answer_id=found.pk, act="close")
    answering.go_on(by=officer, answer_id=found.pk, act="close", outcome="led_on")
    assert not FollowUp.objects.filter(kind="photos.answer", state="open").exists()
    found.refresh_from_db()
    assert queries.answer_texts([found], by=officer)[found.pk].note == "Call the bakery"


def test_a_locked_node_takes_answers_and_seals_them_with_the_person_once_it_is_open(officer: Actor) -> None:
    from tests.conftest import OFFICER_PASSPHRASE
    from waystation.vault import letterbox
    from waystation.vault import node as vault_node
    from waystation.vault.models import KeySlot

    row = shown(officer)
    letterbox.ensure()
    vault_node.lock("test")
    answering.receive(number=row.number, text="I saw him in May")
    waiting = Answer.objects.get()
    assert waiting.letter is not None
    assert b"May" not in bytes(waiting.letter)
    vault_node.unlock(KeySlot.objects.get(kind=KeySlot.OFFICER).pk, OFFICER_PASSPHRASE)
    keeping.sweep(clock.now())
    found = queries.answers(officer).get()
    assert found.letter is None
    assert queries.answer_texts([found], by=officer)[found.pk].text == "I saw him in May"
    assert FollowUp.objects.get(kind="photos.answer").person_id == row.person_id


def test_so_many_answers_and_no_more_in_an_hour(officer: Actor) -> None:
    cache.clear()
    row = shown(officer)
    for _time in range(10):
        answering.receive(number=row.number, text="word")
    with pytest.raises(answering.TooManyAnswers):
        answering.receive(number=row.number, text="word")
    with time_machine.travel(clock.now() + timedelta(hours=1, minutes=1)):
        answering.receive(number=row.number, text="word")


def test_who_had_the_page_open_is_heard_for_a_month_and_a_draft_never(officer: Actor) -> None:
    row, draft = shown(officer), put_forward(officer, somebody(officer, "Dawit"))
    actions.take_down(by=officer, posting_id=row.pk, reason="found")
    answering.receive(number=row.number, text="I saw her")
    with pytest.raises(NotFound):
        answering.receive(number=draft.number, text="I saw him")
    with time_machine.travel(clock.now() + timedelta(days=31)), pytest.raises(NotFound):
        answering.receive(number=row.number, text="I saw her")


def test_about_whom_is_sealed_away_nothing_is_taken(officer: Actor) -> None:
    row = shown(officer)
    actions.take_down(by=officer, posting_id=row.pk, reason="found")
    PersonKey.objects.filter(person=row.person_id).update(away_to="offline")
    forget_held_keys()
    with pytest.raises(NotFound):
        answering.receive(number=row.number, text="I saw her")
    assert not Answer.objects.exists()


def test_closed_answers_are_forgotten_after_their_time(officer: Actor) -> None:
    row = shown(officer)
    answering.receive(number=row.number, text="I saw her")
    answering.go_on(by=officer, answer_id=Answer.objects.get().pk, act="close", outcome="nothing")
    assert keeping.forget(clock.now() - timedelta(days=1)) == 0
    assert keeping.forget(clock.now() + timedelta(days=1)) == 1


def test_a_picture_that_came_down_opens_for_nobody(officer: Actor) -> None:
    row = put_forward(officer)
    assert queries.picture_for(officer, row.pk).kind == "png"
    actions.take_down(by=officer, posting_id=row.pk, reason="risk")
    with pytest.raises((NotFound, PersonErased)):
        queries.picture_for(officer, row.pk)
