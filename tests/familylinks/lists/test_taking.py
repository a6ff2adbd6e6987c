"""A list of somebody else is read as it stands: good rows are taken, each fault is kept with its line and reason."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone

from tests.familylinks.lists.factories import CAMP, brought, draft, taken
from waystation.familylinks.lists import actions, changes, keeping, queries
from waystation.familylinks.lists.codes import TABLE, State, Why
from waystation.familylinks.lists.models import Fault, ListedPerson
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.vault import PersonErased, SealBroken
from waystation.vault.actors import system_actor
from waystation.vault.models import PersonKey


@pytest.fixture
def officer(actors: dict[str, Actor]) -> Actor:
    return actors["family-links"]


def test_good_rows_are_taken_and_bad_ones_kept_with_line_and_reason(officer: Actor) -> None:
    row = taken(officer)
    people = list(row.people.all())
    said = queries.documents(people, by=officer)
    assert [said[one.pk].names for one in people] == [("Yusuf Abdi Warsame",), ("Hodan Cali",), ("Selam Tesfay",)]
    assert [(said[one.pk].birth_year, said[one.pk].country) for one in people] == [
        (1994, "SO"), (1998, "SO"), (None, "ER"),
    ]  # fmt: skip
    assert said[people[0].pk].father == "Abdi"
    assert [one.line for one in people] == [2, 3, 5]
    faults = queries.faults_of(row, by=officer)
    assert [(one.line, said.where, one.why, one.taken, said.said) for one, said in faults] == [
        (4, "Nom et prénom", Why.NO_NAME, False, ""), (5, "Né le", Why.NOT_A_DATE, True, "le printemps"),
    ]  # fmt: skip
    assert faults[0][1].cells == ("3", "", "F", "2001", "SO", "")
    assert (row.good, row.bad, row.state) == (3, 2, State.STANDING)


def test_columns_can_be_said(officer: Actor) -> None:
    row = brought(officer, "x,y\nNura Idris,Khartoum\n")
    with pytest.raises(Invalid):
        actions.take(by=officer, list_id=row.pk)
    actions.take(by=officer, list_id=row.pk, columns=["name", "place"])
    said = queries.documents(row.people.all(), by=officer)
    assert [(one.names, one.place) for one in said.values()] == [(("x",), "y"), (("Nura Idris",), "Khartoum")]


def test_the_file_is_gone_once_people_are_taken(officer: Actor) -> None:
    row = brought(officer)
    assert row.file
    assert actions.take(by=officer, list_id=row.pk).file is None
    with pytest.raises(WrongState):
        actions.take(by=officer, list_id=row.pk)


def test_nothing_readable_stands_in_the_tables(officer: Actor) -> None:
    taken(officer)
    brought(officer)
    from django.db import connection

    for table in ("lists_personlist", "lists_listedperson", "lists_fault"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            held = repr([[bytes(cell) if isinstance(cell, memoryview) else cell for cell in line] for line in cursor])
        assert not any(name in held for name in ("Warsame", "Hodan", "Tesfay", "printemps", "harbour.csv", "director"))


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": " "}), ("keeper", {"keeper": "x" * 200}), ("basis", {"basis": "because"}),
        ("until", {"until": timezone.localdate() - timedelta(days=1)}),
        ("until", {"until": timezone.localdate() + timedelta(days=4000)}),
        ("came_on", {"came_on": timezone.localdate() + timedelta(days=1)}),
    ],
)  # fmt: skip
def test_what_is_told_of_a_list_is_judged(officer: Actor, field: str, changes: dict[str, object]) -> None:
    with pytest.raises(Invalid) as problem:
        actions.bring(by=officer, draft=draft(**changes), file_name="f.csv", data=CAMP.encode())
    assert list(problem.value.fields) == [field]


def test_what_is_no_list_is_refused(officer: Actor) -> None:
    for data in (b"PK\x03\x04 a workbook", b"%PDF-1.7", b"a" * (actions.MOST_BYTES + 1)):
        with pytest.raises(Invalid) as problem:
            brought(officer, data)
        assert list(problem.value.fields) == ["file"]


def test_only_officers_of_family_links_touch_lists(actors: dict[str, Actor]) -> None:
    row = taken(actors["family-links"])
    for role, actor in actors.items():
        if role != "family-links":
            with pytest.raises(NotAllowed):
                brought(actor)
            with pytest.raises(NotFound):
                queries.get_for(actor, row.people.all()[0].pk)
            with pytest.raises(NotFound):
                queries.list_for(actor, row.pk)


def test_the_door_for_an_index_gives_everybody_in_use_to_the_system_alone(officer: Actor) -> None:
    row = taken(officer)
    brought(officer)
    found = {one.id: one for one in queries.all_listed(by=system_actor())}
    assert {one.pk for one in row.people.all()} == set(found)
    yusuf = next(one for one in found.values() if one.sex == "male")
    assert yusuf[1:] == (("Yusuf Abdi Warsame",), "male", 1994, "SO", "", "Abdi", "")
    with pytest.raises(NotAllowed):
        list(queries.all_listed(by=officer))


def test_an_index_catches_up_with_who_came_and_who_is_gone(officer: Actor) -> None:
    seen = changes.newest()
    row = taken(officer)
    came = changes.since(seen)
    assert set(came.came) == set(row.people.values_list("pk", flat=True))
    assert came.gone == ()
    assert {one.id for one in queries.listed(came.came, by=system_actor())} == set(came.came)
    actions.delete(by=officer, list_id=row.pk)
    gone = changes.since(came.newest)
    assert (set(gone.gone), gone.came) == (set(came.came), ())
    assert changes.since(gone.newest) == changes.Changes(newest=gone.newest, came=(), gone=())


def test_other_nouns_let_go_of_people_before_they_are_erased(officer: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[UUID] = []
    monkeypatch.setattr(changes, "_when_gone", [])
    changes.when_gone(lambda ids: heard.extend(one for one in ids if ListedPerson.objects.filter(pk=one).exists()))
    row = taken(officer)
    people = list(row.people.values_list("pk", flat=True))
    actions.delete(by=officer, list_id=row.pk)
    assert set(heard) == set(people)


def test_deleting_a_list_destroys_the_keys_of_everybody_in_it(officer: Actor) -> None:
    row = taken(officer)
    people = list(row.people.all())
    actions.delete(by=officer, list_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.sealed, row.good) == (State.DELETED, None, 3)
    assert not ListedPerson.objects.exists()
    assert not Fault.objects.exists()
    assert not PersonKey.objects.filter(person__in=[row.pk, *(one.pk for one in people)]).exists()
    with pytest.raises(PersonErased):
        queries.document_of(people[0], by=officer)
    with pytest.raises(WrongState):
        actions.delete(by=officer, list_id=row.pk)


def test_the_day_after_its_last_day_a_list_is_over(officer: Actor) -> None:
    row = taken(officer, until=clock.today() + timedelta(days=10))
    person = row.people.all()[0]
    with time_machine.travel(clock.now() + timedelta(days=10)):
        assert keeping.end_lists(clock.now() - timedelta(days=1)) == 0
        assert queries.get_for(officer, person.pk) == person
    with time_machine.travel(clock.now() + timedelta(days=11)):
        with pytest.raises(NotFound):
            queries.get_for(officer, person.pk)
        assert keeping.end_lists(clock.now() - timedelta(days=1)) == 4
        assert keeping.end_lists(clock.now() - timedelta(days=1)) == 0
    row.refresh_from_db()
    assert row.state == State.OVER
    assert not ListedPerson.objects.exists()


def test_the_day_after_its_own_last_day_only_a_placeholder_of_a_record_is_left(officer: Actor) -> None:
    last = clock.today() + timedelta(days=3)
    data = f"name,id,note,expiry date\nAmal Haddad,12,Wears glasses,{last.isoformat()}\nZaid Omar,13,,\n"
    row = taken(officer, data)
    person = row.people.get(until=last)
    old = bytes(person.sealed)
    seen = changes.newest()
    with time_machine.travel(clock.now() + timedelta(days=4)):
        assert [one.names for one in queries.all_listed(by=system_actor())] == [("Zaid Omar",)]
        assert keeping.empty_records(clock.now() - timedelta(days=1)) == 1
        assert keeping.empty_records(clock.now() - timedelta(days=1)) == 0
        assert changes.since(seen).gone == (person.pk,)
    person = queries.get_for(officer, person.pk)
    said = queries.document_of(person, by=officer)
    assert (said.names, said.note, said.number, person.until) == ((), "", "12", last)
    assert person.emptied_at is not None
    # The old bytes are noise: the key under which they were sealed is gone.
    person.sealed = old
    with pytest.raises(SealBroken):
        queries.document_of(person, by=officer)


def test_a_record_that_was_over_when_it_came_is_taken_as_a_placeholder(officer: Actor) -> None:
    row = taken(officer, "name,id,expiry date\nAmal Haddad,12,2020-01-01\nZaid Omar,13,\n")
    person = row.people.get(until__isnull=False)
    assert queries.document_of(person, by=officer).names == ()
    assert [one.names for one in queries.all_listed(by=system_actor())] == [("Zaid Omar",)]


def test_a_file_that_nobody_looks_at_goes_the_next_day(officer: Actor) -> None:
    row = brought(officer)
    with time_machine.travel(clock.now() + timedelta(days=2)):
        assert keeping.drop_waiting(clock.now() - timedelta(days=1)) == 1
    row.refresh_from_db()
    assert (row.state, row.file) == (State.DELETED, None)


def test_every_state_of_a_list_can_be_reached() -> None:
    assert TABLE.reachable() == set(State.values)


def test_a_name_that_stands_among_the_heads_is_sealed_with_the_fault(officer: Actor) -> None:
    data = b'"Name: Selam Tesfaye","Born: 31/12/1994 Lesbos"\n"Abel Kidane","31/31/1990"\n'
    row = actions.bring(by=officer, draft=draft(), file_name="a.csv", data=data)
    actions.take(by=officer, list_id=row.pk)
    (fault,) = Fault.objects.values()
    assert "Lesbos" not in str({name: value for name, value in fault.items() if name != "sealed"})
    assert b"Lesbos" not in bytes(fault["sealed"])
    ((_fault, said),) = queries.faults_of(row, by=officer)
    assert said.where == "Born: 31/12/1994 Lesbos"
