"""Being seen, things lent, sessions: what is kept and refused, what is owed afterwards, what goes with a person."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.health.factories import asked, called, someone, with_lines
from waystation.casework import clocks
from waystation.casework.followups.models import FollowUp
from waystation.casework.health import actions, keeping, queries
from waystation.casework.health.codes.care import THINGS, ThingAct, ThingState
from waystation.casework.health.models import (
    Call,
    Contact,
    ContactDocument,
    DiseaseScreening,
    Lent,
    LentDocument,
    Line,
    Session,
    SessionDocument,
)
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed
from waystation.kernel.states import WrongState
from waystation.people.actions import erase, merge

SEEN = ContactDocument(complaints=("feet", "pregnancy"), done=("dressing",), words="Walked from Ventimiglia")


def test_what_somebody_came_with_is_sealed_and_the_colour_counts(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    person = someone(by)
    again = clock.today() + timedelta(days=2)
    row = actions.record_contact(
        by=by, person_id=person.pk, draft=actions.ContactDraft(colour="yellow", document=SEEN, again_on=again)
    )
    assert queries.colours_today(by) == {"yellow": 1}
    assert b"pregnancy" not in bytes(Contact.objects.get().sealed)
    assert FollowUp.objects.get().due_at == clock.end_of(again)
    actions.record_contact(by=by, person_id=person.pk, draft=actions.ContactDraft(colour="green", document=SEEN))
    assert not FollowUp.objects.filter(state="open").exists()
    ((_first, _text), (found, text)) = queries.pairs(queries.of_person(by, Contact, person), ContactDocument, by=by)
    assert (found.pk, text) == (row.pk, SEEN)


@pytest.mark.parametrize(
    ("colour", "document", "field"),
    [
        ("blue", SEEN, "colour"),
        ("red", ContactDocument(complaints=("gout",)), "complaints"),
        ("red", ContactDocument(), "complaints"),
        ("red", ContactDocument(complaints=("feet",), done=("magic",)), "done"),
        ("red", ContactDocument(words="x" * 4001), "words"),
    ],
)
def test_bad_input_is_refused_by_its_field(
    actors: dict[str, Actor], colour: str, document: ContactDocument, field: str
) -> None:
    by = actors["health"]
    with pytest.raises(Invalid) as refused:
        draft = actions.ContactDraft(colour=colour, document=document)
        actions.record_contact(by=by, person_id=someone(by).pk, draft=draft)
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize("role", ["volunteer", "caseworker", "coordinator", "administrator"])
def test_nobody_else_writes_about_health(actors: dict[str, Actor], role: str) -> None:
    person = someone(actors["health"])
    with pytest.raises(NotAllowed):
        draft = actions.ContactDraft(colour="red", document=SEEN)
        actions.record_contact(by=actors[role], person_id=person.pk, draft=draft)
    with pytest.raises(NotAllowed):
        actions.record_session(by=actors[role], draft=actions.SessionDraft(minutes=30, document=SessionDocument()))


@given(acts=st.lists(st.sampled_from(ThingAct.values), max_size=4), keeps=st.booleans())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_something_lent_comes_back_stays_or_is_lost_once(
    actors: dict[str, Actor], acts: list[str], *, keeps: bool
) -> None:
    by = actors["health"]
    row = actions.lend(by=by, person_id=someone(by).pk, document=LentDocument(thing="crutches"), keeps=keeps)
    assert FollowUp.objects.filter(subject=row.pk, state="open").exists() is not keeps
    for act in acts:
        before = Lent.objects.get(pk=row.pk).state
        if THINGS.allows(before, act):
            actions.settle_lent(by=by, lent_id=row.pk, act=act)
            assert Lent.objects.get(pk=row.pk).state == THINGS.after(before, act)
            assert not FollowUp.objects.filter(subject=row.pk, state="open").exists()
        else:
            with pytest.raises(WrongState):
                actions.settle_lent(by=by, lent_id=row.pk, act=act)
    assert THINGS.reachable() == set(ThingState.values)


def test_the_next_talk_is_owed_until_it_took_place(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    person = someone(by)
    day = clock.today() + timedelta(days=7)
    talk = SessionDocument(topics=("grief",), words="Her brother, lost at sea")
    actions.record_session(
        by=by, draft=actions.SessionDraft(person_id=person.pk, minutes=45, document=talk, next_on=day)
    )
    owed = FollowUp.objects.get(state="open")
    assert (owed.kind, owed.compartment, owed.due_at) == ("health.talk", "health", clock.end_of(day))
    actions.record_session(by=by, draft=actions.SessionDraft(person_id=person.pk, minutes=30, document=talk))
    assert not FollowUp.objects.filter(state="open").exists()
    assert b"brother" not in bytes(Session.objects.all()[0].sealed)


def test_a_group_is_a_number_and_its_words_are_forgotten(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    document = SessionDocument(topics=("stress",), words="Breathing together went well")
    with pytest.raises(Invalid) as refused:
        actions.record_session(by=by, draft=actions.SessionDraft(minutes=0, people_count=1, document=document))
    assert set(refused.value.fields) == {"minutes", "people_count"}
    day = clock.today() + timedelta(days=7)
    first = actions.record_session(
        by=by, draft=actions.SessionDraft(minutes=60, people_count=14, document=document, next_on=day)
    )
    actions.record_session(
        by=by, draft=actions.SessionDraft(minutes=60, people_count=11, document=document, after_id=first.pk)
    )
    assert not FollowUp.objects.filter(state="open").exists()
    assert [row.people_count for row in queries.groups(by)] == [11, 14]
    assert keeping.forget_group_words(clock.now() + timedelta(seconds=1)) == 2
    assert keeping.forget_group_words(clock.now() + timedelta(seconds=1)) == 0
    assert [row.people_count for row in Session.objects.filter(sealed=None)] == [11, 14]
    assert {"health.group", "health.original"} <= {one.code for one in clocks.all_clocks()}


def test_everything_goes_with_an_erased_person_and_groups_stay(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    person = with_lines(by, someone(by))
    talk = SessionDocument(topics=("grief",))
    actions.record_contact(by=by, person_id=person.pk, draft=actions.ContactDraft(colour="red", document=SEEN))
    actions.record_session(by=by, draft=actions.SessionDraft(person_id=person.pk, minutes=45, document=talk))
    actions.record_session(by=by, draft=actions.SessionDraft(people_count=9, minutes=45, document=talk))
    actions.lend(by=by, person_id=person.pk, document=LentDocument(thing="stick"), keeps=True)
    asked(by, person)
    called(by, person, words="Afraid at night")
    erase(by=actors["coordinator"], person_id=person.pk, reason="person-asked")
    left = [model.objects.count() for model in (Call, Contact, DiseaseScreening, Lent, Line)]
    assert left == [0] * 5
    assert [row.people_count for row in Session.objects.all()] == [9]


def test_joined_records_are_one_health_page(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    one, other = someone(by), someone(by)
    asked(by, other)
    merge(by=actors["coordinator"], survivor_id=one.pk, absorbed_id=other.pk, note="same slip")
    one.refresh_from_db()
    assert len(queries.screenings_of(one, by=by)) == 1
