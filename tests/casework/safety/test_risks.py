"""Risks are written down as told, never overwritten, and counted so that nobody is found in the numbers."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.people.factories import registered
from waystation.casework.safety import keeping, queries
from waystation.casework.safety.actions import risks as actions
from waystation.casework.safety.codes import RISK_TABLE, RiskKind, RiskState
from waystation.casework.safety.counting import tabulate
from waystation.casework.safety.documents import RiskDocument
from waystation.casework.safety.models import RiskEvent
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed
from waystation.kernel.states import WrongState
from waystation.people import actions as people
from waystation.people.codes import Stage
from waystation.people.models import Person

STAGES = Stage.values


def written(
    by: Actor, person: Person, risk: str = "theft", stage: str = "transit", lived: str = "lived", **said: object
) -> RiskEvent:
    document = RiskDocument(lived=lived, **said)  # type: ignore[arg-type]
    return actions.write_risk(by=by, person_id=person.pk, risk=risk, stage=stage, document=document)


def someone(by: Actor) -> Person:
    return registered(by, "Abel", "Kidane").person


def test_every_risk_of_the_report_is_there() -> None:
    assert len(RiskKind) == 11 + 3


def test_they_stand_in_the_order_in_which_they_happened(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    person = someone(by)
    for since in ("2024-05-17", "", "2023", "2024-05", "2024"):
        written(by, person, since=since)
    told = [said.since for _row, said in queries.risks_of(person, by=by)]
    assert told == ["2023", "2024", "2024-05", "2024-05-17", ""]


def test_written_anew_it_keeps_what_was(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    person = someone(by)
    first = written(by, person, words="They took my phone", place="Agadez")
    document = RiskDocument(lived="lived", words="They took my phone and held me", going_on=True, why="Told more today")
    second = actions.correct_risk(by=by, risk_id=first.pk, risk="liberty", stage="transit", document=document)
    first.refresh_from_db()
    assert (first.state, second.corrects) == (RiskState.CORRECTED, first)
    pairs = queries.risks_of(person, by=by)
    assert {said.words for _row, said in pairs} == {"They took my phone", "They took my phone and held me"}
    assert [row for row, _said in queries.standing_risks(pairs)] == [second]
    with pytest.raises(WrongState):
        actions.correct_risk(by=by, risk_id=first.pk, risk="theft", stage="", document=document)
    struck = actions.strike_risk(by=by, risk_id=second.pk, why="Belongs to somebody else")
    assert struck.state == RiskState.STRUCK
    assert RISK_TABLE.reachable() == set(RiskState.values)
    with pytest.raises(WrongState):
        actions.strike_risk(by=by, risk_id=second.pk, why="Again")


def test_striking_out_needs_a_reason(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    with pytest.raises(Invalid):
        actions.strike_risk(by=by, risk_id=written(by, someone(by)).pk, why="  ")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"risk": "weather"}, "risk"),
        ({"stage": "moon"}, "stage"),
        ({"lived": "maybe"}, "lived"),
        ({"lived": ""}, "lived"),
        ({"actor": "dragon"}, "actor"),
        ({"since": "last spring"}, "since"),
        ({"since": "2999"}, "since"),
        ({"since": "2024-13"}, "since"),
        ({"since": "2024-05", "until": "2024-04"}, "until"),
        ({"words": "x" * 5000}, "words"),
    ],
)
def test_bad_input_says_what_to_mend(actors: dict[str, Actor], said: dict[str, str], field: str) -> None:
    by = actors["caseworker"]
    with pytest.raises(Invalid) as refused:
        written(by, someone(by), **said)
    assert set(refused.value.fields) == {field}
    assert not RiskEvent.objects.exists()


def test_a_year_holds_every_month_in_it(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    assert written(by, someone(by), since="2024-05", until="2024")


@pytest.mark.parametrize("role", ["volunteer", "health", "family-links", "detention"])
def test_who_does_not_work_on_protection_finds_nothing(actors: dict[str, Actor], role: str) -> None:
    by = actors["caseworker"]
    row = written(by, someone(by), words="They took my phone")
    assert not queries.risks(actors[role]).exists()
    with pytest.raises(NotAllowed):
        actions.strike_risk(by=actors[role], risk_id=row.pk, why="Curious")
    assert b"phone" not in bytes(row.sealed)


def test_what_was_written_anew_loses_its_words_after_a_year(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    first = written(by, someone(by))
    actions.correct_risk(by=by, risk_id=first.pk, risk="theft", stage="", document=RiskDocument(lived="feared"))
    assert keeping.forget(clock.now() + timedelta(days=1)) == 1
    assert {row.state: row.sealed is None for row in RiskEvent.objects.all()} == {"corrected": True, "stands": False}


def test_an_erased_person_leaves_nothing(actors: dict[str, Actor]) -> None:
    by = actors["coordinator"]
    person = someone(by)
    first = written(by, person)
    actions.correct_risk(by=by, risk_id=first.pk, risk="theft", stage="", document=RiskDocument(lived="feared"))
    people.erase(by=by, person_id=person.pk, reason="person-asked")
    assert not RiskEvent.objects.exists()


TOLD = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from(RiskKind.values[:4]), st.sampled_from(STAGES[:3])), max_size=90
)


@given(told=TOLD)
def test_no_number_stands_for_fewer_than_five_people(told: list[tuple[int, str, str]]) -> None:
    people_of = [(UUID(int=person), risk, stage) for person, risk, stage in told]
    found = tabulate(people_of, RiskKind.values, STAGES)
    for risk, line in zip([*found.risks, None], found.cells, strict=True):
        for stage, count in zip([*found.stages, None], line, strict=True):
            who = {p for p, r, s in people_of if risk in {r, None} and stage in {s, None}}
            assert count is None or count == 0 or len(who) >= 5
            if count:
                pairs = {(p, r, s) for p, r, s in people_of if risk in {r, None} and stage in {s, None}}
                assert count == len(pairs)


def test_each_person_counts_once_in_a_cell() -> None:
    crowd = [uuid4() for _number in range(6)]
    told = [(one, "theft", "transit") for one in crowd for _twice in range(2)]
    found = tabulate(told, RiskKind.values, STAGES)
    assert (found.risks, found.stages, found.cells) == (("theft",), ("transit",), ((6, 6), (6, 6)))
    assert not found.hides


def test_figures_count_what_stands_and_name_nobody(actors: dict[str, Actor], client_for: Callable[..., Client]) -> None:
    by = actors["caseworker"]
    crowd = [someone(by) for _number in range(7)]
    for person in crowd:
        written(by, person, risk="theft")
    written(by, crowd[0], risk="slavery", stage="")
    struck = written(by, crowd[1], risk="drowning")
    actions.strike_risk(by=by, risk_id=struck.pk, why="A slip")
    people.merge(by=by, survivor_id=crowd[0].pk, absorbed_id=crowd[1].pk)
    found = queries.figures(actors["coordinator"], 12)
    assert found.risks == ("theft", "slavery")
    assert found.cells[0][0] in {6, None}
    assert found.hides
    page = client_for("coordinator").get("/plans/road/").content.decode()
    assert "Theft" in page
    assert "Kidane" not in page
    file = client_for("caseworker").get("/plans/road/table/?months=3").content.decode()
    assert file.splitlines()[0].startswith("\ufeffRisk,")
    assert "Theft" in file
    with pytest.raises(NotAllowed):
        queries.figures(actors["volunteer"], 12)
