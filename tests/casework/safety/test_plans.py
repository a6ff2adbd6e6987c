"""A plan is the person's: valid once read back, kept in every version, printed by wish, closed to who need not know."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.handover.mirror import agreed as agreed_to_go
from tests.casework.handover.mirror import case_of
from tests.casework.referrals.factories import drafted
from tests.exchange.conftest import befriend
from tests.exchange.far import Far
from tests.people.factories import registered
from waystation.casework import clocks
from waystation.casework.followups.models import FollowUp
from waystation.casework.safety import keeping, queries
from waystation.casework.safety.actions import plans as actions
from waystation.casework.safety.codes import ASKED, PLAN_TABLE, PlanAct, PlanState, SafetyClock
from waystation.casework.safety.documents import PlanDocument
from waystation.casework.safety.models import SafetyPlan
from waystation.casework.safety.pocket import giveaways
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.people import actions as people
from waystation.people.models import Person

SAID = PlanDocument(
    fears="That he finds the room",
    warning_signs="A white van that stops twice",
    safe_people="Marta from the bakery",
    safe_places="The library until eight",
    reach_number="+39 320 555 0144 (Marta)",
    reach_when="Tuesdays after seven",
    reach_say="The bread is ready",
    never_know=("Cousin Osas",),
    signal_word="cinnamon",
    take_along="The blue bag",
    if_then="If the phone is taken: go to the library",
    pocket="Marta 320 555 0144\nTuesdays 7",
    no_contact_why="He reads her telephone",
)
OTHERS = ("volunteer", "health", "family-links", "detention")


def someone(by: Actor) -> Person:
    return registered(by, "Blessing", "Osagie").person


def written(by: Actor, person: Person, *, risk: str = "high", no_contact: bool = False, **said: Any) -> SafetyPlan:
    document = PlanDocument(**{**SAID.__dict__, **said})
    draft = actions.PlanDraft(risk=risk, no_contact=no_contact, document=document)
    return actions.write_plan(by=by, person_id=person.pk, draft=draft)


def agreed(by: Actor, person: Person, **said: Any) -> SafetyPlan:
    return actions.read_back(by=by, plan_id=written(by, person, **said).pk, words="Yes, so it is")


def plans(by: Actor, person: Person) -> queries.Plans:
    return queries.plans_of(person, by=by)


@pytest.mark.parametrize(("risk", "days"), [("high", 7), ("medium", 30), ("low", 30)])
def test_agreed_it_comes_up_again_by_how_great_the_danger_is(actors: dict[str, Actor], risk: str, days: int) -> None:
    by = actors["caseworker"]
    row = agreed(by, someone(by), risk=risk)
    assert row.review_on == clock.today() + timedelta(days=days)
    clock_row = FollowUp.objects.get(kind=SafetyClock.REVIEW, state="open")
    assert clock_row.due_at == clock.end_of(row.review_on)
    assert not FollowUp.objects.filter(kind=SafetyClock.READ_BACK, state="open").exists()


def test_every_version_stays_and_the_newest_agreed_one_holds(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    person = someone(by)
    first = agreed(by, person)
    second = written(by, person, fears="That he calls her mother")
    assert (plans(by, person).standing, plans(by, person).draft) == (first, second)
    third = written(by, person, fears="That he calls her sister")
    assert plans(by, person).draft == third
    actions.read_back(by=by, plan_id=third.pk)
    now = plans(by, person)
    assert now.standing == third
    assert {row.pk for row in now.earlier} == {first.pk, second.pk}
    assert [row.version for row in now.rows] == [3, 2, 1]
    texts = queries.plan_texts(now.rows, by=by)
    assert texts[first.pk].fears == SAID.fears
    assert texts[first.pk].agreed == "Yes, so it is"
    with pytest.raises(WrongState):
        actions.read_back(by=by, plan_id=first.pk)


def test_looked_at_again_sets_the_next_day_and_keeps_what_was_found(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = agreed(by, someone(by))
    with time_machine.travel(clock.now() + timedelta(days=6), tick=False):
        for words in ("Still holds", "The van is gone"):
            row = actions.look_again(by=by, plan_id=row.pk, words=words)
        assert row.review_on == clock.today() + timedelta(days=7)
        (said,) = queries.plan_texts([row], by=by).values()
        assert [one.split(": ")[1] for one in said.again] == ["Still holds", "The van is gone"]
    assert FollowUp.objects.filter(kind=SafetyClock.REVIEW, state="open").count() == 1
    with pytest.raises(Invalid):
        actions.look_again(by=by, plan_id=row.pk, words=" ")


def test_who_wants_no_plan_says_so_in_words_and_may_want_one_later(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    person = someone(by)
    agreed(by, person)
    with pytest.raises(Invalid):
        actions.refuse_plan(by=by, person_id=person.pk, words="")
    none = actions.refuse_plan(by=by, person_id=person.pk, words="I keep it in my head")
    assert plans(by, person).standing == none
    assert not FollowUp.objects.filter(kind=SafetyClock.REVIEW, state="open").exists()
    later = agreed(by, person)
    assert plans(by, person).standing == later


def test_no_longer_needed_is_the_persons_word(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    person = someone(by)
    row = agreed(by, person, no_contact=True)
    assert plans(by, person).no_contact
    with pytest.raises(Invalid):
        actions.end_plan(by=by, plan_id=row.pk, words="")
    assert actions.end_plan(by=by, plan_id=row.pk, words="I live with my aunt now").state == PlanState.ENDED
    assert not plans(by, person).no_contact
    assert not FollowUp.objects.filter(kind=SafetyClock.REVIEW, state="open").exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"risk": "huge"}, "risk"),
        ({"pocket": "Ask for Blessing at the bakery"}, "pocket"),
        ({"pocket": "Not Osas"}, "pocket"),
        ({"pocket": "Safe house, second floor"}, "pocket"),
        ({"pocket": "cinnamon"}, "pocket"),
        ({"fears": "x" * 5000}, "fears"),
    ],
)
def test_bad_input_says_what_to_mend(actors: dict[str, Actor], said: dict[str, str], field: str) -> None:
    by = actors["caseworker"]
    with pytest.raises(Invalid) as refused:
        written(by, someone(by), **said)  # type: ignore[arg-type]
    assert field in refused.value.fields
    assert not SafetyPlan.objects.exists()


def test_a_plan_that_says_nothing_is_none(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    draft = actions.PlanDraft(risk="low", document=PlanDocument())
    with pytest.raises(Invalid):
        actions.write_plan(by=by, person_id=someone(by).pk, draft=draft)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Marta 320 555 0144", []),
        ("Plant shop, Courtney, helium", ["Courtney"]),
        ("Red Cross, Tuesdays", ["red cross"]),
        ("RED-CROSS 7", ["red cross"]),
        ("Foyer de Marie", ["Foyer"]),
        ("Avocat : Jeanne", ["Avocat"]),
        ("La policía", ["policía"]),
        ("الشرطة", ["الشرطة"]),
        ("محل الورد", []),
    ],
)
def test_words_that_a_searching_hand_understands_are_found(text: str, found: list[str]) -> None:
    assert giveaways(text) == found


def test_words_of_a_description_are_nobodys_name() -> None:
    assert giveaways("The bakery with the blue door, ask Edo", ["The man with the van, Edo"]) == ["Edo"]


@given(name=st.text("bdfgjklmnopr", min_size=3, max_size=9))
def test_whoever_must_never_know_is_found_however_it_is_written(name: str) -> None:
    assert giveaways(f"Ask {name.upper()} on Friday", [name.title()])


@given(acts=st.lists(st.sampled_from(PlanAct.values), max_size=6))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_acts_goes_only_where_the_table_leads(actors: dict[str, Actor], acts: list[str]) -> None:
    by = actors["caseworker"]
    person = someone(by)
    row: SafetyPlan | None = None
    do: dict[str, Callable[[SafetyPlan], Any]] = {
        PlanAct.READ_BACK: lambda row: actions.read_back(by=by, plan_id=row.pk),
        PlanAct.LOOK_AGAIN: lambda row: actions.look_again(by=by, plan_id=row.pk, words="Holds"),
        PlanAct.END: lambda row: actions.end_plan(by=by, plan_id=row.pk, words="Enough"),
    }
    for act in acts:
        if act in {PlanAct.WRITE, PlanAct.REFUSE}:
            before, row = row, written(by, person) if act == PlanAct.WRITE else refused(by, person)
            assert row.state == PLAN_TABLE.after(ASKED, act)
            if before is not None and before.state == PlanState.DRAFT:
                before.refresh_from_db()
                assert before.state == PlanState.REPLACED
        elif row is not None and act in do:
            row.refresh_from_db()
            if PLAN_TABLE.allows(row.state, act):
                end = PLAN_TABLE.after(row.state, act)
                do[act](row)
                row.refresh_from_db()
                assert row.state == end
            else:
                with pytest.raises(WrongState):
                    do[act](row)
    states = list(SafetyPlan.objects.filter(person=person).values_list("state", flat=True))
    assert states.count("draft") <= 1
    assert len([state for state in states if state in {"agreed", "refused", "ended"}]) <= 1
    assert PLAN_TABLE.reachable() == {ASKED, *PlanState.values}


def refused(by: Actor, person: Person) -> SafetyPlan:
    return actions.refuse_plan(by=by, person_id=person.pk, words="No")


def test_the_table_holds_in_the_database_too(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    person = someone(by)
    row = agreed(by, person)
    written(by, person)
    for changed in ({"state": "lost"}, {"review_on": None}, {"risk": ""}, {"state": "draft"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SafetyPlan.objects.filter(pk=row.pk).update(**changed)


@pytest.mark.parametrize("role", OTHERS)
def test_who_does_not_work_on_protection_finds_nothing(actors: dict[str, Actor], role: str) -> None:
    by = actors["caseworker"]
    person = someone(by)
    row = agreed(by, person)
    other = actors[role]
    assert plans(other, person).rows == ()
    with pytest.raises((NotAllowed, NotFound)):
        actions.look_again(by=other, plan_id=row.pk, words="Let me see")
    with pytest.raises(NotAllowed):
        queries.plan_texts([row], by=other)


def test_nothing_of_a_plan_stands_in_plain_columns(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = agreed(by, someone(by))
    plain = " ".join(str(value) for value in SafetyPlan.objects.filter(pk=row.pk).values().get().values())
    for word in ("bakery", "cinnamon", "Osas", "bread", "telephone"):
        assert word not in plain
        assert word.encode() not in bytes(row.sealed)


def test_all_see_that_nobody_may_contact_her_and_only_protection_sees_how(
    actors: dict[str, Actor], client_for: Callable[..., Client]
) -> None:
    by = actors["caseworker"]
    person = someone(by)
    agreed(by, person, no_contact=True)
    for role in (*OTHERS, "caseworker", "coordinator"):
        page = client_for(role).get(f"/people/{person.pk}/").content.decode()
        assert "Do not call, write or visit." in page
        assert ("The bread is ready" in page) is (role in {"caseworker", "coordinator"})
        for never in ("reads her telephone", "cinnamon", "Cousin Osas", "Marta from the bakery"):
            assert never not in page
        assert ("Staying safe" in page) is (role in {"caseworker", "coordinator"})


def test_who_is_about_to_tell_others_of_her_reads_it_too(
    actors: dict[str, Actor], client_for: Callable[..., Client]
) -> None:
    by = actors["caseworker"]
    case, referral, far = case_of(by, actors["coordinator"]), drafted(by), Far()
    befriend(far, actors)
    for person in (case.person, referral.person):
        agreed(by, person, no_contact=True)
    client = client_for("caseworker")
    for address in (
        reverse("referrals:begin", args=[case.person_id]),
        reverse("referrals:referral", args=[referral.pk]),
        reverse("referrals:agree", args=[referral.pk]),
        reverse("handover:given", args=[agreed_to_go(by, case, far).pk]),
    ):
        page = client.get(address).content.decode()
        assert "Do not call, write or visit." in page, address
        assert "The bread is ready" in page


def test_a_draft_that_says_do_not_contact_is_heeded_at_once_and_its_way_is_not(
    actors: dict[str, Actor], client_for: Callable[..., Client]
) -> None:
    by = actors["caseworker"]
    person = someone(by)
    written(by, person, no_contact=True)
    page = client_for("caseworker").get(f"/people/{person.pk}/").content.decode()
    assert "Do not call, write or visit." in page
    assert "The bread is ready" not in page


def test_two_records_of_one_person_have_one_plan(actors: dict[str, Actor], client_for: Callable[..., Client]) -> None:
    by = actors["caseworker"]
    person, double = someone(by), someone(by)
    agreed(by, person)
    agreed(by, double, no_contact=True)
    people.merge(by=by, survivor_id=person.pk, absorbed_id=double.pk)
    page = client_for("caseworker").get(f"/people/{person.pk}/").content.decode()
    assert "Do not call, write or visit." in page
    assert "The bread is ready" in page
    newest = agreed(by, person)
    assert plans(by, person).standing == newest
    assert not plans(by, person).no_contact


def test_printed_only_by_wish_and_the_slip_says_nothing_to_whoever_finds_it(
    actors: dict[str, Actor], client_for: Callable[..., Client]
) -> None:
    by = actors["caseworker"]
    row = agreed(by, someone(by))
    client, address = client_for("caseworker"), f"/plans/{row.pk}/paper/"
    assert "Paper may be found." in client.get(address).content.decode()
    assert client.post(address, {"paper": "pocket"}).status_code == 422
    slip = client.post(address, {"paper": "pocket", "wished": "on"}).content.decode()
    assert "Marta 320 555 0144" in slip
    on_paper = re.sub(r"<nav.*?</nav>|<[^>]+>", " ", slip, flags=re.DOTALL)
    assert on_paper.split() == ["…", "Marta", "320", "555", "0144", "Tuesdays", "7"]
    assert giveaways(on_paper, ["Blessing", "Osagie"]) == []
    assert giveaways(address.replace("/", " ")) == []
    whole = client.post(address, {"paper": "whole", "wished": "on"}).content.decode()
    assert "Marta from the bakery" in whole


def test_what_was_not_agreed_to_is_not_printed(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    person = someone(by)
    draft = written(by, person)
    with pytest.raises(Invalid) as early:
        actions.print_plan(by=by, plan_id=draft.pk, paper="whole", wished=True)
    assert "paper" in early.value.fields
    with pytest.raises(Invalid) as unasked:
        actions.print_plan(by=by, plan_id=agreed(by, person).pk, paper="whole", wished=False)
    assert "wished" in unasked.value.fields
    with pytest.raises(Invalid) as empty:
        actions.print_plan(by=by, plan_id=agreed(by, person, pocket="").pk, paper="pocket", wished=True)
    assert "paper" in empty.value.fields


def test_a_year_on_the_words_of_earlier_versions_go_and_what_holds_stays(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    person = someone(by)
    old, new = agreed(by, person), agreed(by, person)
    assert clocks.get(keeping.CLOCK.code) == keeping.CLOCK
    assert keeping.forget(clock.now() - timedelta(days=1)) == 0
    assert keeping.forget(clock.now() + timedelta(days=1)) == 1
    assert keeping.forget(clock.now() + timedelta(days=1)) == 0
    texts = queries.plan_texts(plans(by, person).rows, by=by)
    assert set(texts) == {new.pk}
    assert SafetyPlan.objects.get(pk=old.pk).state == PlanState.REPLACED


def test_an_erased_person_leaves_no_plan(actors: dict[str, Actor]) -> None:
    by = actors["coordinator"]
    person = someone(by)
    agreed(by, person)
    agreed(by, person)
    lost = dict(people.erasure_preview(by=by, person_id=person.pk).losses)
    assert lost["Plans to stay safe"] == 2
    people.erase(by=by, person_id=person.pk, reason="person-asked")
    assert not SafetyPlan.objects.exists()
