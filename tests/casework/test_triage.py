"""Bar: equal need, equal place. Whatever else differs, and whatever is written into free text, changes nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waystation.casework import queries, triage
from waystation.casework.actions import HelpDraft, NeedDraft, record_urgent, register_at_desk, set_need_state
from waystation.casework.codes import Severity, Threat
from waystation.casework.models import Need
from waystation.kernel.actors import Actor
from waystation.people import actions as people
from waystation.people.codes import AgeBand, Sex
from waystation.people.documents import IdentityDocument, StopDocument
from waystation.people.drafts import MemberDraft, RegistrationDraft

START = datetime(2026, 11, 1, 8, tzinfo=UTC)
GROUNDS = (
    "nationality", "race", "religion", "class", "politics", "gender", "ethnic origin", "social origin", "philosophy",
    "sexual preference", "orientation", "age", "disability", "appearance", "language", "any other",
)  # fmt: skip
STATUS_WORDS = (
    "undocumented",
    "asylum seeker",
    "sans papiers",
    "situación irregular",
    "بدون أوراق",
    "has a residence permit",
)

needs = st.builds(
    triage.NeedFacts,
    threats=st.frozensets(st.sampled_from([threat.value for threat in Threat])),
    severity=st.sampled_from([severity.value for severity in Severity]),
    recorded_at=st.integers(0, 500).map(lambda minutes: START + timedelta(minutes=minutes)),
)
# The grounds of DOMAIN.md 1.3 that a record can show at all, each drawn apart for each person.
grounds = st.fixed_dictionaries(
    {
        "origin": st.sampled_from(["", "ER", "SY", "VE", "UA", "GN"]),
        "language": st.sampled_from(["", "tir", "ara", "spa", "ukr", "fra"]),
        "sex": st.sampled_from([sex.value for sex in Sex]),
        "age_band": st.sampled_from([band.value for band in AgeBand]),
        "name": st.sampled_from(["Selam", "نور", "Оксана", "Aliou", "María"]),
        "words": st.sampled_from(STATUS_WORDS),
        "ground": st.sampled_from(GROUNDS),
    }
)


@given(needs)
def test_any_threat_comes_before_any_need_without_one(need: triage.NeedFacts) -> None:
    threatened = replace(need, threats=need.threats | {Threat.SURVIVAL.value}, severity=Severity.LOW)
    safe = replace(need, threats=frozenset(), severity=Severity.IMMEDIATE)
    assert triage.place([threatened]) < triage.place([safe])


@given(st.lists(needs, min_size=1, max_size=5), needs)
def test_a_further_need_never_puts_someone_further_back(
    own: Sequence[triage.NeedFacts], more: triage.NeedFacts
) -> None:
    assert triage.place([*own, more]) <= triage.place(own)


@given(st.lists(needs, min_size=1, max_size=30))
def test_equal_positions_share_one_number_and_unequal_ones_do_not(everyone: list[triage.NeedFacts]) -> None:
    positions = sorted(triage.place([need]) for need in everyone)
    numbers = triage.numbered(positions)
    for (one, number), (other, next_number) in zip(
        zip(positions, numbers, strict=True), list(zip(positions, numbers, strict=True))[1:], strict=False
    ):
        assert (one == other) is (number == next_number)


def registered(by: Actor, need: triage.NeedFacts, ground: dict[str, str]) -> None:
    told = f"{ground['words']}, {ground['ground']}"
    identity = IdentityDocument(
        given_name=ground["name"],
        family_name=told,
        alias=told,
        names_as_written=(told,),
        origin=ground["origin"],
        languages=(ground["language"],) if ground["language"] else (),
        contact_note=told,
        know_now=told,
    )
    draft = RegistrationDraft(identity=identity, sex=ground["sex"], age_band=ground["age_band"])
    help_given = HelpDraft(
        needs=[NeedDraft(code="food", severity=need.severity, threats=need.threats, note=told)], at=need.recorded_at
    )
    made = register_at_desk(by=by, members=[MemberDraft(person=draft, relation="first")], draft=help_given)
    stop = StopDocument(country=ground["origin"], place=told[:40], note=told)
    people.add_stop(by=by, person_id=made[0].person.pk, stage="transit", stop=stop)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(need=needs, other=needs, one=grounds, two=grounds)
def test_two_people_equal_in_need_stand_at_the_same_place(
    actors: dict[str, Any], need: triage.NeedFacts, other: triage.NeedFacts, one: dict[str, str], two: dict[str, str]
) -> None:
    Need.objects.all().delete()
    by = replace(actors["caseworker"], people_per_hour=100_000)
    registered(by, need, one)
    registered(by, other, two)
    registered(by, need, two)
    lines = queries.waiting_list(by)
    places = [line.number for line in lines if line.position == triage.place([need])]
    assert len(places) >= 2
    assert len(set(places)) == 1


@pytest.mark.django_db
def test_urgent_help_before_any_registration_stands_in_the_list_and_leaves_it_when_met(actors: dict[str, Any]) -> None:
    by = actors["volunteer"]
    record_urgent(by=by, draft=HelpDraft(needs=[NeedDraft(code="shelter", severity="immediate")]), sex="male")
    line = queries.waiting_list(by)[0]
    assert line.person is None
    set_need_state(by=by, need_id=line.needs[0].pk, state="met")
    assert queries.waiting_list(by) == []


@pytest.mark.django_db
def test_a_volunteer_does_not_learn_of_needs_that_only_health_staff_may_know(actors: dict[str, Any]) -> None:
    draft = HelpDraft(needs=[NeedDraft(code="tuberculosis", note="four months to go")])
    members = [MemberDraft(person=RegistrationDraft(identity=IdentityDocument(alias="Nico")), relation="first")]
    person = register_at_desk(by=actors["health"], members=members, draft=draft)[0].person
    assert queries.needs_of(person, by=actors["volunteer"]) == []
    assert queries.waiting_list(actors["volunteer"]) == []
    [(need, note)] = queries.needs_of(person, by=actors["health"])
    assert note is not None
    assert note.note == "four months to go"
    assert need.state == "unmet"
