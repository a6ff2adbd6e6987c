"""Two records of one person are joined without moving anything, and parted again exactly."""

from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people.factories import family, registered
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.people import actions, queries
from waystation.people.codes import USUAL_CONSENT
from waystation.people.documents import ConsentDocument, StopDocument
from waystation.people.models import Merge, Person


def test_the_survivor_stands_for_both_everywhere(caseworker: Actor, volunteer: Actor) -> None:
    mother, child = family(volunteer, "Amina", "Yusuf")
    double = registered(volunteer, "Amine").person
    actions.add_stop(by=volunteer, person_id=double.pk, stage="transit", stop=StopDocument(place="Agadez"))
    actions.give_consent(
        by=volunteer,
        person_id=double.pk,
        purpose="tracing",
        recipient_kind="society",
        document=ConsentDocument(read_back=True),
        expires_on=clock.today() + USUAL_CONSENT,
    )
    merge = actions.merge(by=caseworker, survivor_id=mother.person.pk, absorbed_id=double.pk, note="same slip")
    assert queries.get_for(volunteer, double.pk) == mother.person
    assert [stop.document.place for stop in queries.journey_of(mother.person, by=volunteer)] == ["Agadez"]
    assert len(queries.consents_of(mother.person, by=volunteer)) == 1
    assert set(queries.visible_to(volunteer)) == {mother.person, child.person}
    (shown,) = queries.merges_of(mother.person, by=caseworker)
    assert (shown.row, shown.document.note) == (merge, "same slip")


def test_splitting_gives_each_back_what_was_theirs(caseworker: Actor, volunteer: Actor) -> None:
    one, two = registered(volunteer, "Amina").person, registered(volunteer, "Amine").person
    actions.add_stop(by=volunteer, person_id=two.pk, stage="transit", stop=StopDocument(place="Agadez"))
    merge = actions.merge(by=caseworker, survivor_id=one.pk, absorbed_id=two.pk)
    actions.add_stop(by=volunteer, person_id=two.pk, stage="transit", stop=StopDocument(place="Sabha"))
    stays, parted = actions.split(by=caseworker, merge_id=merge.pk)
    assert (stays, parted) == (one, two)
    assert [s.document.place for s in queries.journey_of(queries.get_for(volunteer, two.pk), by=volunteer)] == [
        "Agadez"
    ]
    assert [s.document.place for s in queries.journey_of(stays, by=volunteer)] == ["Sabha"]
    with pytest.raises(NotFound):
        actions.split(by=caseworker, merge_id=merge.pk)


def test_members_of_a_household_merged_into_one_are_shown_once(caseworker: Actor, volunteer: Actor) -> None:
    one, two, three = family(volunteer, "Amina", "Yusuf", "Yousef")
    actions.merge(by=caseworker, survivor_id=two.person.pk, absorbed_id=three.person.pk)
    seen = queries.household_of(one.person, by=volunteer)
    assert seen is not None
    assert [member.identity.given_name for member in seen.members] == ["Amina", "Yusuf"]


def test_a_kept_record_keeps_its_survivor_too(caseworker: Actor, volunteer: Actor, elsewhere: Actor) -> None:
    one = registered(volunteer, "Amina").person
    kept = registered(volunteer, "Amine", kept_to_post=True).person
    merge = actions.merge(by=caseworker, survivor_id=one.pk, absorbed_id=kept.pk)
    with pytest.raises(NotFound):
        queries.get_for(elsewhere, one.pk)
    actions.split(by=caseworker, merge_id=merge.pk)
    assert queries.get_for(elsewhere, one.pk) == one


def test_wrong_merges_are_refused(caseworker: Actor, volunteer: Actor, elsewhere: Actor) -> None:
    one, two = registered(volunteer, "Amina").person, registered(volunteer, "Amine").person
    hidden = registered(elsewhere, "Amena", kept_to_post=True).person
    with pytest.raises(NotAllowed):
        actions.merge(by=volunteer, survivor_id=one.pk, absorbed_id=two.pk)
    with pytest.raises(NotFound):
        actions.merge(by=caseworker, survivor_id=one.pk, absorbed_id=hidden.pk)
    with pytest.raises(Invalid):
        actions.merge(by=caseworker, survivor_id=one.pk, absorbed_id=one.pk)
    merge = actions.merge(by=caseworker, survivor_id=one.pk, absorbed_id=two.pk)
    with pytest.raises(Invalid):
        actions.merge(by=caseworker, survivor_id=two.pk, absorbed_id=one.pk)
    with pytest.raises(NotAllowed):
        actions.split(by=volunteer, merge_id=merge.pk)
    with pytest.raises(NotFound):
        actions.split(by=caseworker, merge_id=uuid4())


def groups(people: Sequence[Person]) -> set[frozenset[UUID]]:
    """Who is one person with whom, as the node answers it."""
    return {frozenset(queries.one_person_ids(person.pk)) for person in people}


class Forest:
    """The plain model: merges as edges; who is one is who is connected, the root stands for all."""

    def __init__(self, people: Sequence[Person]) -> None:
        self.parent: dict[UUID, UUID] = {}
        self.all = [person.pk for person in people]

    def root(self, person: UUID) -> UUID:
        while person in self.parent:
            person = self.parent[person]
        return person

    def groups(self) -> set[frozenset[UUID]]:
        return {frozenset(p for p in self.all if self.root(p) == self.root(person)) for person in self.all}


steps = st.lists(st.tuples(st.booleans(), st.integers(0, 5), st.integers(0, 5)), max_size=14)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps, order=st.randoms(use_true_random=False))
def test_any_sequence_of_merges_and_splits_ends_where_it_began_when_all_is_split(
    caseworker: Actor, steps: list[tuple[bool, int, int]], order: object
) -> None:
    people = [registered(caseworker, name).person for name in "ABCDEF"]
    forest = Forest(people)
    standing: dict[UUID, UUID] = {}
    for joins, first, second in steps:
        one, two = people[first].pk, people[second].pk
        if joins and forest.root(one) != forest.root(two):
            merge = actions.merge(by=caseworker, survivor_id=one, absorbed_id=two)
            standing[merge.pk] = forest.root(two)
            forest.parent[forest.root(two)] = forest.root(one)
        elif not joins and standing:
            split_one(caseworker, forest, standing, list(standing)[first % len(standing)])
        assert groups(people) == forest.groups()
        assert all(queries.get_for(caseworker, p.pk).pk == forest.root(p.pk) for p in people)
    rest = list(standing)
    order.shuffle(rest)  # type: ignore[attr-defined]
    for merge_id in rest:
        split_one(caseworker, forest, standing, merge_id)
    assert groups(people) == {frozenset({person.pk}) for person in people}
    assert not Merge.objects.filter(undone_at__isnull=True, survivor__in=people).exists()


def split_one(by: Actor, forest: Forest, standing: dict[UUID, UUID], merge_id: UUID) -> None:
    actions.split(by=by, merge_id=merge_id)
    del forest.parent[standing.pop(merge_id)]
