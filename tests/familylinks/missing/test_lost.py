"""Who was aboard and who was found dead: sealed under keys of their own, read by trained officers alone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.db.models.deletion import ProtectedError
from hypothesis import given
from hypothesis import strategies as st

from tests.familylinks.missing.conftest import FOUND
from waystation.familylinks.missing import keeping, queries
from waystation.familylinks.missing.actions import hypotheses, incidents, lost
from waystation.familylinks.missing.codes import KEPT_LOST, KEPT_SURVIVED, OUTCOMES, Outcome
from waystation.familylinks.missing.documents import AboardDocument, BodyDocument, Features
from waystation.familylinks.missing.models import Aboard, Incident, UnidentifiedBody
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.vault.models import PersonKey

OTHERS = ("volunteer", "health", "caseworker", "detention", "coordinator", "administrator")
TOLD = AboardDocument(
    names=("Berhane", "ብርሃነ"), sex="male", age="about 19", origin="Keren", told_by="Yonas, survivor", sure="saw"
)


def untrained(of: Actor) -> Actor:
    """The same officer on the day after the training has lapsed."""
    return replace(of, compartments=frozenset({one for one in of.compartments if one != "family-links"}))


def test_who_was_aboard_is_told_by_somebody_and_begins_as_not_known(by: Actor, incident: Incident) -> None:
    row = lost.write_aboard(by=by, incident_id=incident.pk, document=TOLD)
    assert queries.aboard_of(incident, by=by) == [(row, TOLD)]
    assert row.outcome == Outcome.NOT_KNOWN
    mended = replace(TOLD, age="19")
    lost.mend_aboard(by=by, aboard_id=row.pk, document=mended)
    assert queries.aboard_of(incident, by=by)[0][1] == mended


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"names": (), "age": "", "origin": ""}, "names"),
        ({"told_by": " "}, "told_by"),
        ({"sure": ""}, "sure"),
        ({"sex": "x"}, "sex"),
        ({"names": ("x",) * 21}, "names"),
        ({"names": ("x" * 201,)}, "names"),
    ],
)
def test_nobody_is_put_aboard_without_a_source(by: Actor, incident: Incident, change: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        lost.write_aboard(by=by, incident_id=incident.pk, document=replace(TOLD, **change))
    assert set(refused.value.fields) == {field}
    assert not Aboard.objects.exists()


def test_nobody_who_survived_is_dead_in_one_tap(by: Actor, incident: Incident) -> None:
    row = lost.write_aboard(by=by, incident_id=incident.pk, document=TOLD)
    lost.set_outcome(by=by, aboard_id=row.pk, outcome=Outcome.SURVIVED)
    with pytest.raises(WrongState):
        lost.set_outcome(by=by, aboard_id=row.pk, outcome=Outcome.BODY_FOUND)
    lost.set_outcome(by=by, aboard_id=row.pk, outcome=Outcome.NOT_KNOWN)
    assert lost.set_outcome(by=by, aboard_id=row.pk, outcome=Outcome.MISSING).outcome == Outcome.MISSING
    with pytest.raises(Invalid):
        lost.set_outcome(by=by, aboard_id=row.pk, outcome="drowned")


@given(st.lists(st.sampled_from(Outcome.values), max_size=8))
def test_every_outcome_is_come_to_and_each_act_leads_where_it_says(acts: list[str]) -> None:
    state = OUTCOMES.first
    for act in acts:
        if OUTCOMES.allows(state, act):
            state = OUTCOMES.after(state, act)
            assert state == act
    assert OUTCOMES.reachable() == set(Outcome.values)


def test_nothing_readable_of_the_lost_lies_in_the_database(by: Actor, incident: Incident) -> None:
    planted = "Zxqvarlemund"
    lost.write_aboard(by=by, incident_id=incident.pk, document=replace(TOLD, names=(planted,), told_by=planted))
    features = replace(FOUND.features, tattoos=planted, belongings=planted)
    lost.write_body(by=by, document=replace(FOUND, features=features, found_at=planted, reference=planted))
    with connection.cursor() as cursor:
        for table in ("missing_aboard", "missing_unidentifiedbody", "audit_leaf"):
            cursor.execute(f"SELECT * FROM {table}")
            for line in cursor.fetchall():
                assert not any(planted.encode() in bytes(cell) for cell in line if isinstance(cell, bytes | memoryview))
                assert planted not in str([cell for cell in line if isinstance(cell, str)])


def test_each_has_a_key_of_its_own(by: Actor, incident: Incident, body: UnidentifiedBody) -> None:
    row = lost.write_aboard(by=by, incident_id=incident.pk, document=TOLD)
    assert PersonKey.objects.filter(person__in=[row.pk, body.pk]).count() == 2


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_neither_write_nor_read_them(
    actors: dict[str, Actor], by: Actor, incident: Incident, body: UnidentifiedBody, role: str
) -> None:
    row = lost.write_aboard(by=by, incident_id=incident.pk, document=TOLD)
    other = actors[role]
    with pytest.raises(NotAllowed):
        lost.write_aboard(by=other, incident_id=incident.pk, document=TOLD)
    with pytest.raises(NotAllowed):
        lost.write_body(by=other, document=FOUND)
    with pytest.raises(NotFound):
        queries.body_for(other, body.pk)
    with pytest.raises(NotFound):
        queries.aboard_for(other, row.pk)


def test_an_officer_whose_training_lapsed_neither_writes_nor_reads(
    by: Actor, incident: Incident, body: UnidentifiedBody
) -> None:
    lapsed = untrained(by)
    with pytest.raises(NotAllowed):
        lost.write_body(by=lapsed, document=FOUND)
    with pytest.raises(NotAllowed):
        lost.write_aboard(by=lapsed, incident_id=incident.pk, document=TOLD)
    with pytest.raises(NotFound):
        lost.mend_body(by=lapsed, body_id=body.pk, document=FOUND)
    with pytest.raises(NotAllowed):
        queries.bodies_opened([body], by=lapsed)


@pytest.mark.parametrize(
    ("features", "more", "field"),
    [
        ({"age_from": 30, "age_to": 20}, {}, "age_to"),
        ({"age_from": -1}, {}, "age_from"),
        ({"height_to": 251}, {}, "height_from"),
        ({"sex": "?"}, {}, "sex"),
        ({"hair": "x" * 4001}, {}, "hair"),
        ({}, {"found_on": "2199"}, "found_on"),
        ({}, {"found_at": ""}, "found_at"),
        ({}, {"samples": ""}, "samples"),
    ],
)
def test_what_cannot_be_so_is_refused(by: Actor, features: Any, more: Any, field: str) -> None:
    document = replace(FOUND, features=replace(FOUND.features, **features), **more)
    with pytest.raises(Invalid) as refused:
        lost.write_body(by=by, document=document)
    assert set(refused.value.fields) == {field}
    assert not UnidentifiedBody.objects.exists()


def test_what_is_known_of_somebody_found_can_be_mended(by: Actor, body: UnidentifiedBody) -> None:
    mended = replace(FOUND, features=Features(sex="male", teeth="A gap"), lies_at="Moved to row 9")
    lost.mend_body(by=by, body_id=body.pk, document=mended)
    assert queries.bodies_opened([body_again(body)], by=by)[body.pk] == mended


def body_again(body: UnidentifiedBody) -> UnidentifiedBody:
    return UnidentifiedBody.objects.get(pk=body.pk)


def test_of_an_incident_that_is_not_there_nobody_is_written_down(by: Actor) -> None:
    with pytest.raises(NotFound):
        lost.write_aboard(by=by, incident_id=uuid4(), document=TOLD)


def test_who_survived_is_forgotten_first_and_whom_a_hypothesis_names_is_kept(
    by: Actor, incident: Incident, body: UnidentifiedBody, row: TracingRequest
) -> None:
    saved = lost.write_aboard(by=by, incident_id=incident.pk, document=TOLD)
    lost.set_outcome(by=by, aboard_id=saved.pk, outcome=Outcome.SURVIVED)
    missing = lost.write_aboard(by=by, incident_id=incident.pk, document=TOLD)
    other = lost.write_body(by=by, document=BodyDocument(found_at="In the olive grove", samples="no"))
    hypotheses.raise_hypothesis(by=by, request_id=row.pk, body_id=body.pk, why="The bird")
    with time_machine.travel(clock.now() + timedelta(days=KEPT_SURVIVED + 1), tick=False):
        assert keeping.forget_survivors(clock.now() - timedelta(days=KEPT_SURVIVED)) == 1
        assert keeping.forget_lost(clock.now() - timedelta(days=KEPT_LOST)) == 0
    assert not PersonKey.objects.filter(person=saved.pk).exists()
    assert list(Aboard.objects.all()) == [missing]
    assert keeping.forget_lost(clock.now() + timedelta(days=1)) == 2
    assert list(UnidentifiedBody.objects.all()) == [body]
    assert not PersonKey.objects.filter(person__in=[missing.pk, other.pk]).exists()


def test_who_was_aboard_stays_with_the_incident_when_its_parts_are_merged(by: Actor) -> None:
    from tests.familylinks.missing.test_incidents import taken

    taken(by, {}, {"number_dead": "1", "total_dead_and_missing": "13"})
    part = Incident.objects.get(part=2)
    row = lost.write_aboard(by=by, incident_id=part.pk, document=TOLD)
    with pytest.raises(ProtectedError):
        part.delete()
    assert taken(by, {}).gone == 1
    row.refresh_from_db()
    assert (row.incident.part, Incident.objects.count()) == (1, 1)
    assert incidents.VALUES
