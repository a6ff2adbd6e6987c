"""Who travels with whom, and the road they tell."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.people.factories import family, registered
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.people import actions, queries
from waystation.people.documents import StopDocument
from waystation.people.models import JourneyStop, Membership, Person


def places(person: Person, by: Actor) -> list[str]:
    return [stop.document.place for stop in queries.journey_of(person, by=by)]


def test_someone_registered_earlier_joins_and_leaves(volunteer: Actor) -> None:
    first = registered(volunteer, "Amina").person
    second = registered(volunteer, "Bilal").person
    household = actions.start_household(by=volunteer, person_id=first.pk)
    membership = actions.add_to_household(
        by=volunteer, household_id=household.pk, person_id=second.pk, relation="sibling", note="met in Agadez"
    )
    seen = queries.household_of(second, by=volunteer)
    assert seen is not None
    assert [(m.identity.given_name, m.to_person) for m in seen.members if not m.is_self] == [("Amina", "sibling")]
    actions.set_relation(by=volunteer, membership_id=membership.pk, relation="partner")
    seen = queries.household_of(first, by=volunteer)
    assert seen is not None
    assert [m.relation for m in seen.members] == ["first", "partner"]
    actions.leave_household(by=volunteer, membership_id=membership.pk)
    assert queries.household_of(second, by=volunteer) is None
    assert queries.household_of(first, by=volunteer) is not None


def test_nobody_is_twice_in_a_household(volunteer: Actor) -> None:
    one, two = family(volunteer, "Amina", "Yusuf")
    assert one.household_id
    with pytest.raises(Invalid):
        actions.add_to_household(by=volunteer, household_id=one.household_id, person_id=two.person.pk, relation="child")
    with pytest.raises(Invalid):
        actions.start_household(by=volunteer, person_id=two.person.pk)


def test_wrong_household_answers_are_refused(volunteer: Actor, administrator: Actor) -> None:
    one, two = family(volunteer, "Amina", "Yusuf")
    membership = Membership.objects.get(person=two.person)
    with pytest.raises(Invalid):
        actions.set_relation(by=volunteer, membership_id=membership.pk, relation="boss")
    with pytest.raises(Invalid):
        actions.leave_household(by=volunteer, membership_id=membership.pk, left_on=clock.today() + timedelta(days=1))
    with pytest.raises(NotFound):
        actions.set_relation(by=volunteer, membership_id=uuid4(), relation="child")
    with pytest.raises(NotFound):
        actions.add_to_household(by=volunteer, household_id=uuid4(), person_id=one.person.pk, relation="child")
    with pytest.raises(NotAllowed):
        actions.start_household(by=administrator, person_id=one.person.pk)


def test_who_may_not_see_a_person_changes_neither_household_nor_road(volunteer: Actor, elsewhere: Actor) -> None:
    one, _two = family(volunteer, "Amina", "Yusuf")
    stop = actions.add_stop(by=volunteer, person_id=one.person.pk, stage="transit", stop=StopDocument())
    actions.keep_to_post(by=volunteer, person_id=one.person.pk, kept=True)
    membership = Membership.objects.get(person=one.person)
    with pytest.raises(NotFound):
        actions.leave_household(by=elsewhere, membership_id=membership.pk)
    with pytest.raises(NotFound):
        actions.remove_stop(by=elsewhere, stop_id=stop.pk)


def test_stops_stand_in_the_order_told(volunteer: Actor) -> None:
    person = registered(volunteer, "Amina").person
    for place in ("Kano", "Agadez", "Sabha"):
        actions.add_stop(by=volunteer, person_id=person.pk, stage="transit", stop=StopDocument(place=place))
    first = actions.add_stop(
        by=volunteer,
        person_id=person.pk,
        stage="origin",
        stop=StopDocument(country="NG", place="Jos", when="2025-11"),
        position=0,
    )
    assert places(person, volunteer) == ["Jos", "Kano", "Agadez", "Sabha"]
    actions.move_stop(by=volunteer, stop_id=first.pk, position=99)
    assert places(person, volunteer) == ["Kano", "Agadez", "Sabha", "Jos"]
    actions.correct_stop(by=volunteer, stop_id=first.pk, stage="returned", stop=StopDocument(place="Home"))
    actions.remove_stop(by=volunteer, stop_id=JourneyStop.objects.order_by("position")[1].pk)
    assert places(person, volunteer) == ["Kano", "Sabha", "Home"]
    assert [stop.row.stage for stop in queries.journey_of(person, by=volunteer)][-1] == "returned"


@pytest.mark.parametrize("when", ["2025", "2025-02", "2024-02-29", ""])
def test_a_year_a_month_a_day_or_nothing_is_a_time(volunteer: Actor, when: str) -> None:
    person = registered(volunteer).person
    actions.add_stop(by=volunteer, person_id=person.pk, stage="transit", stop=StopDocument(when=when))
    assert queries.journey_of(person, by=volunteer)[0].document.when == when


@pytest.mark.parametrize(
    ("stage", "stop", "field"),
    [
        ("limbo", StopDocument(), "stage"),
        ("transit", StopDocument(country="XX"), "country"),
        ("transit", StopDocument(when="last May"), "when"),
        ("transit", StopDocument(when="2025-02-30"), "when"),
        ("transit", StopDocument(when="2999"), "when"),
        ("transit", StopDocument(place="x" * 300), "place"),
    ],
)
def test_a_wrong_stop_says_what_to_mend(volunteer: Actor, stage: str, stop: StopDocument, field: str) -> None:
    person = registered(volunteer).person
    with pytest.raises(Invalid) as refusal:
        actions.add_stop(by=volunteer, person_id=person.pk, stage=stage, stop=stop)
    assert set(refusal.value.fields) == {field}
    assert not JourneyStop.objects.exists()
