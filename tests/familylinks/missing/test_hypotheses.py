"""A link between a family's request and an incident or somebody found is a hypothesis: examined, by two, never told."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.familylinks.missing.conftest import FOUND
from tests.people.factories import registered
from waystation.audit.models import Leaf
from waystation.exchange.models import Outgoing
from waystation.familylinks.missing import queries
from waystation.familylinks.missing.actions import hypotheses as actions
from waystation.familylinks.missing.actions.hypotheses import MoveDraft
from waystation.familylinks.missing.codes import HYPOTHESES, Act, BodyState, State
from waystation.familylinks.missing.documents import AnteMortemDocument, Features
from waystation.familylinks.missing.models import AnteMortem, Hypothesis, Incident, UnidentifiedBody
from waystation.familylinks.missing.showing import contradict, side_by_side
from waystation.familylinks.tracing import actions as tracing
from waystation.familylinks.tracing.models import Told, TracingRequest
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.people import actions as people
from waystation.people.codes import ErasureReason
from waystation.people.models import Person
from waystation.vault.models import PersonKey

OTHERS = ("volunteer", "health", "caseworker", "detention", "coordinator", "administrator")


def raised(by: Actor, row: TracingRequest, body: UnidentifiedBody, incident: Incident | None = None) -> Hypothesis:
    number = incident.pk if incident else None
    return actions.raise_hypothesis(
        by=by, request_id=row.pk, body_id=body.pk, incident_id=number, why="The bird on the shoulder"
    )


def moved(by: Actor, row: Hypothesis, act: str, **said: Any) -> Hypothesis:
    return actions.move(by=by, hypothesis_id=row.pk, draft=MoveDraft(act=act, words="Compared with the file", **said))


def supported(by: Actor, row: Hypothesis) -> Hypothesis:
    return moved(by, moved(by, row, Act.EXAMINE), Act.SUPPORT)


def confirmed(by: Actor, second: Actor, row: Hypothesis) -> Hypothesis:
    return moved(second, supported(by, row), Act.CONFIRM, authority="Court of the coast", reference="77/26")


def test_it_needs_something_to_link_and_a_reason(by: Actor, row: TracingRequest, incident: Incident) -> None:
    for chosen, why, field in (({}, "The bird", "incident_id"), ({"incident_id": incident.pk}, " ", "why")):
        with pytest.raises(Invalid) as refused:
            actions.raise_hypothesis(by=by, request_id=row.pk, why=why, **chosen)
        assert set(refused.value.fields) == {field}
    made = actions.raise_hypothesis(by=by, request_id=row.pk, why="He wrote of this boat", incident_id=incident.pk)
    assert made.state == State.RAISED
    with pytest.raises(Invalid):
        actions.raise_hypothesis(by=by, request_id=row.pk, why="Again", incident_id=incident.pk)


def test_the_same_one_held_unlikely_may_be_raised_again(by: Actor, row: TracingRequest, body: UnidentifiedBody) -> None:
    first = moved(by, moved(by, raised(by, row, body), Act.EXAMINE), Act.REJECT)
    assert raised(by, row, body).pk != first.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        moved(by, first, Act.EXAMINE)


def test_a_closed_request_gets_no_hypothesis(by: Actor, row: TracingRequest, body: UnidentifiedBody) -> None:
    tracing.move(by=by, request_id=row.pk, draft=tracing.MoveDraft(act="close", ending="withdrawn"))
    with pytest.raises(Invalid):
        raised(by, row, body)


def test_from_raised_to_confirmed_by_two_officers(
    by: Actor, second: Actor, row: TracingRequest, body: UnidentifiedBody, incident: Incident
) -> None:
    made = confirmed(by, second, raised(by, row, body, incident))
    assert (made.state, made.supported_by, made.confirmed_by) == (State.CONFIRMED, by.account_id, second.account_id)
    said = queries.hypotheses_opened([made], by=by)[made.pk]
    assert (said.authority, said.reference, len(said.found)) == ("Court of the coast", "77/26", 3)
    body.refresh_from_db()
    assert body.state == BodyState.IDENTIFIED
    assert [one.act for one in made.steps.all()] == [Act.RAISE, Act.EXAMINE, Act.SUPPORT, Act.CONFIRM]


def test_one_officer_alone_never_confirms(by: Actor, row: TracingRequest, body: UnidentifiedBody) -> None:
    made = supported(by, raised(by, row, body))
    with pytest.raises(Invalid):
        moved(by, made, Act.CONFIRM, authority="Court of the coast", reference="77/26")
    with pytest.raises(IntegrityError), transaction.atomic():
        Hypothesis.objects.filter(pk=made.pk).update(state=State.CONFIRMED, confirmed_by=by.account_id)
    assert Hypothesis.objects.get(pk=made.pk).state == State.SUPPORTED


@pytest.mark.parametrize("missing", ["authority", "reference"])
def test_a_confirmation_names_authority_and_reference(
    by: Actor, second: Actor, row: TracingRequest, body: UnidentifiedBody, missing: str
) -> None:
    made = supported(by, raised(by, row, body))
    with pytest.raises(Invalid) as refused:
        moved(second, made, Act.CONFIRM, **({"authority": "Court", "reference": "7"} | {missing: " "}))
    assert set(refused.value.fields) == {missing}


def test_an_incident_alone_is_never_confirmed(
    by: Actor, second: Actor, row: TracingRequest, incident: Incident
) -> None:
    made = actions.raise_hypothesis(by=by, request_id=row.pk, why="He wrote of this boat", incident_id=incident.pk)
    made = supported(by, made)
    with pytest.raises(Invalid):
        moved(second, made, Act.CONFIRM, authority="Court of the coast", reference="77/26")


@pytest.mark.parametrize("act", [Act.REJECT, Act.SUPPORT])
def test_a_judgement_says_why(by: Actor, row: TracingRequest, body: UnidentifiedBody, act: str) -> None:
    made = moved(by, raised(by, row, body), Act.EXAMINE)
    with pytest.raises(Invalid) as refused:
        actions.move(by=by, hypothesis_id=made.pk, draft=MoveDraft(act=act, words=" "))
    assert set(refused.value.fields) == {"words"}


def test_in_doubt_again_nobody_is_identified_and_two_confirm_anew(
    by: Actor, second: Actor, row: TracingRequest, body: UnidentifiedBody
) -> None:
    made = moved(by, confirmed(by, second, raised(by, row, body)), Act.DOUBT)
    assert (made.state, made.supported_by, made.confirmed_by) == (State.EXAMINED, None, None)
    body.refresh_from_db()
    assert body.state == BodyState.UNIDENTIFIED


@given(st.lists(st.sampled_from([act for act in Act.values if act != Act.RAISE]), max_size=10))
def test_no_way_leads_to_a_confirmation_but_through_examination_and_support(acts: list[str]) -> None:
    state, seen = HYPOTHESES.first, [HYPOTHESES.first]
    for act in acts:
        if HYPOTHESES.allows(state, act):
            state = HYPOTHESES.after(state, act)
            seen.append(state)
    for place, one in enumerate(seen):
        if one == State.CONFIRMED:
            assert seen[place - 1] == State.SUPPORTED
            assert State.EXAMINED in seen[:place]
    assert HYPOTHESES.reachable() == set(State.values)


def test_an_act_that_does_not_fit_changes_nothing(by: Actor, row: TracingRequest, body: UnidentifiedBody) -> None:
    made = raised(by, row, body)
    for act in (Act.SUPPORT, Act.CONFIRM, Act.DOUBT, Act.REJECT, "burn"):
        with pytest.raises(WrongState):
            moved(by, made, act)
    assert made.steps.count() == 1


def test_nothing_of_it_reaches_the_family(
    by: Actor, second: Actor, row: TracingRequest, body: UnidentifiedBody
) -> None:
    told, state = row.told_at, row.state
    confirmed(by, second, raised(by, row, body))
    row.refresh_from_db()
    assert (row.told_at, row.state) == (told, state)
    assert not Told.objects.filter(request=row).exists()
    assert not Outgoing.objects.exists()


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_do_not_know_of_it(
    actors: dict[str, Actor], by: Actor, row: TracingRequest, body: UnidentifiedBody, role: str
) -> None:
    made = raised(by, row, body)
    with pytest.raises(NotAllowed):
        moved(actors[role], made, Act.EXAMINE)
    with pytest.raises(NotFound):
        queries.hypothesis_for(actors[role], made.pk)


def test_it_is_sealed_and_goes_with_the_enquirer_while_the_dead_stay(
    by: Actor, actors: dict[str, Actor], enquirer: Person, row: TracingRequest, body: UnidentifiedBody
) -> None:
    made = raised(by, row, body)
    actions.write_ante_mortem(by=by, request_id=row.pk, document=TELLS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM missing_hypothesis")
        assert b"shoulder" not in bytes(cursor.fetchone()[0])
    people.erase(by=actors["coordinator"], person_id=enquirer.pk, reason=ErasureReason.ASKED)
    assert not Hypothesis.objects.filter(pk=made.pk).exists()
    assert not PersonKey.objects.filter(person=made.pk).exists()
    assert not AnteMortem.objects.exists()
    assert UnidentifiedBody.objects.filter(pk=body.pk).exists()


TELLS = AnteMortemDocument(
    features=Features(sex="male", age_from=24, age_to=24, tattoos="A bird, left shoulder", teeth="A gap"),
    told_by="His sister",
    samples="no",
)


def test_both_sides_stand_beside_each_other(by: Actor, row: TracingRequest, body: UnidentifiedBody) -> None:
    actions.write_ante_mortem(by=by, request_id=row.pk, document=TELLS)
    _row, told = queries.ante_mortem_of(row, by=by) or pytest.fail("nothing was kept")
    found = queries.bodies_opened([body], by=by)[body.pk]
    lines = {str(label): (family, seen) for label, family, seen in side_by_side(told.features, found.features)}
    assert lines["Age (years)"] == ("24", "20–30")
    assert lines["Tattoos, piercings, birthmarks"] == ("A bird, left shoulder", "A small bird")
    assert lines["Teeth"] == ("A gap", "")
    assert "Hair and beard" not in lines


def test_what_the_family_tells_says_who_told_it(by: Actor, row: TracingRequest) -> None:
    with pytest.raises(Invalid) as refused:
        actions.write_ante_mortem(by=by, request_id=row.pk, document=AnteMortemDocument(samples="no"))
    assert set(refused.value.fields) == {"told_by"}
    actions.write_ante_mortem(by=by, request_id=row.pk, document=TELLS)
    actions.write_ante_mortem(by=by, request_id=row.pk, document=TELLS)
    assert AnteMortem.objects.count() == 1


def test_every_step_stands_in_the_log_in_words(by: Actor, row: TracingRequest, body: UnidentifiedBody) -> None:
    moved(by, raised(by, row, body), Act.EXAMINE)
    kept = set(Leaf.objects.values_list("action", flat=True))
    assert {"missing.raise", "missing.examine"} <= kept


def test_a_request_that_is_not_ours_is_not_found(by: Actor, actors: dict[str, Actor], body: UnidentifiedBody) -> None:
    other = registered(actors["volunteer"], "Sana", "Noor").person
    with pytest.raises(NotFound):
        actions.raise_hypothesis(by=by, request_id=other.pk, body_id=body.pk, why="x")


@pytest.mark.parametrize(
    ("said", "year", "against"),
    [
        ({"sex": "female"}, None, True),
        ({"sex": "male", "age_band": "25-59"}, None, False),
        ({"sex": "not-known", "age_band": "5-11"}, None, True),
        ({"sex": "not-known", "age_band": "not-known"}, 1950, True),
        ({"sex": "not-known", "age_band": "60+"}, 2000, False),
    ],
)
def test_what_the_request_says_stands_beside_the_body_and_a_contradiction_is_seen(
    said: dict[str, str], year: int | None, *, against: bool
) -> None:
    sought = TracingRequest(**{"age_band": "not-known", **said})
    lines = {str(label): told for label, told, _seen in side_by_side(Features(), FOUND.features, sought, year)}
    assert lines["Sex"] == (sought.get_sex_display() if said["sex"] != "not-known" else "")
    assert lines["Age (years)"] == ("" if sought.age_band == "not-known" else sought.get_age_band_display())
    assert lines.get("Year of birth", "") == str(year or "")
    assert contradict(Features(), FOUND.features, sought, year, FOUND.found_on) is against
    assert not contradict(Features(sex="male", age_from=25), FOUND.features, sought, year, FOUND.found_on)
