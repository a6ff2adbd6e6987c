"""A request is written with one name, moves by its table with every step dated, and its enquirer is told in time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.familylinks.factories import BROTHER, colleague, requested, searching
from tests.people.factories import registered
from waystation.casework.followups.models import FollowUp
from waystation.familylinks.tracing import actions, queries
from waystation.familylinks.tracing.actions import MoveDraft, NewsDraft, RequestDraft
from waystation.familylinks.tracing.codes import (
    ACKNOWLEDGE_WITHIN,
    BY_HAND,
    OPEN,
    REPORT_EVERY,
    TABLE,
    Act,
    Ending,
    News,
    Refusal,
    State,
    TracingClock,
)
from waystation.familylinks.tracing.documents import NamePart, RequestDocument
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.people import actions as people
from waystation.people.codes import ErasureReason
from waystation.people.models import Person

OTHERS = ("volunteer", "health", "caseworker", "detention", "coordinator")


def due(row: TracingRequest, kind: str) -> Any:
    found = FollowUp.objects.filter(kind=kind, subject=row.pk, state="open").first()
    return found and found.due_at


def test_one_name_is_enough_and_none_is_not(by: Actor, enquirer: Person) -> None:
    row = requested(by, enquirer, names=BROTHER[:1], birth_year=None, country="")
    assert queries.document_of(row, by=by).full_name == "ሚካኤል"
    with pytest.raises(Invalid) as problem:
        requested(by, enquirer, names=(NamePart(kind="mother", text="ለተብርሃን"),))
    assert set(problem.value.fields) == {"given"}


def test_parts_are_a_set_and_their_whole_names_find_them(by: Actor) -> None:
    said = RequestDocument(
        names=(
            NamePart(kind="family", text="الحسن"),
            NamePart(kind="given", text="سامر"),
            NamePart(kind="father", text="خالد"),
            NamePart(kind="variant", text="Samer Alhasan"),
            NamePart(kind="mother", text="Nour"),
        )
    )
    assert said.full_name == "سامر خالد الحسن"
    assert said.names_to_seek == ("سامر خالد الحسن", "سامر الحسن", "Samer Alhasan")
    assert [part.script for part in said.names[2:4]] == ["ARABIC", "LATIN"]


def test_the_enquirer_hears_within_fourteen_days_and_then_every_six_months(by: Actor, enquirer: Person) -> None:
    row = requested(by, enquirer)
    assert due(row, TracingClock.ACKNOWLEDGE) - row.opened_at == ACKNOWLEDGE_WITHIN
    told = actions.tell(by=by, request_id=row.pk, draft=NewsDraft(news=News.RECEIVED, how="face"))
    row.refresh_from_db()
    assert (row.acknowledged_at, row.told_at) == (told.at, told.at)
    assert due(row, TracingClock.ACKNOWLEDGE) is None
    assert abs(due(row, TracingClock.REPORT) - told.at - REPORT_EVERY) < timedelta(seconds=5)
    with time_machine.travel(clock.now() + timedelta(days=100)):
        again = actions.tell(by=by, request_id=row.pk, draft=NewsDraft(news=News.LOOKING, how="phone"))
        assert due(row, TracingClock.REPORT) > again.at + REPORT_EVERY - timedelta(seconds=5)


def test_words_of_somebody_found_are_not_told_by_hand(by: Actor, enquirer: Person) -> None:
    row = searching(by, enquirer)
    with pytest.raises(Invalid):
        actions.tell(by=by, request_id=row.pk, draft=NewsDraft(news=News.FOUND, how="face", words="She is well"))
    assert row.told.count() == 0


def test_every_step_is_dated_and_a_refusal_names_other_help(by: Actor, enquirer: Person) -> None:
    row = requested(by, enquirer)
    with pytest.raises(Invalid) as problem:
        actions.move(by=by, request_id=row.pk, draft=MoveDraft(act=Act.REFUSE, refusal=Refusal.NOT_LOST))
    assert set(problem.value.fields) == {"words"}
    draft = MoveDraft(act=Act.REFUSE, refusal=Refusal.NOT_LOST, words="The telephone at the station is free.")
    row = actions.move(by=by, request_id=row.pk, draft=draft)
    assert [(one.act, one.state) for one in row.steps.all()] == [(Act.REFUSE, State.REFUSED)]
    assert queries.document_of(row, by=by).not_taken_up == draft.words
    assert not FollowUp.objects.filter(subject=row.pk, state="open").exists()


def test_closed_it_owes_nothing_and_looked_for_again_it_does(by: Actor, enquirer: Person) -> None:
    row = searching(by, enquirer)
    closed = actions.move(by=by, request_id=row.pk, draft=MoveDraft(act=Act.CLOSE, ending=Ending.NOT_REACHED))
    assert not FollowUp.objects.filter(subject=row.pk, state="open").exists()
    with pytest.raises(Invalid):
        actions.rewrite(by=by, request_id=row.pk, draft=RequestDraft(relation="brother", document=RequestDocument()))
    again = actions.move(by=by, request_id=closed.pk, draft=MoveDraft(act=Act.REOPEN))
    assert (again.state, again.ending) == (State.SEARCHING, "")
    assert due(again, TracingClock.REPORT) is not None


@given(st.lists(st.sampled_from(Act.values), max_size=12))
def test_no_way_leads_out_of_the_table(acts: list[str]) -> None:
    state = TABLE.first
    for act in acts:
        if TABLE.allows(state, act):
            state = TABLE.after(state, act)
        else:
            with pytest.raises(WrongState):
                TABLE.after(state, act)
    assert state in TABLE.reachable()
    assert state not in OPEN or TABLE.allows(state, Act.CLOSE)


def test_an_act_that_belongs_to_a_match_is_not_done_by_hand(by: Actor, enquirer: Person) -> None:
    row = searching(by, enquirer)
    for act in set(Act.values) - set(BY_HAND):
        with pytest.raises(NotFound):
            actions.move(by=by, request_id=row.pk, draft=MoveDraft(act=act))


@pytest.mark.parametrize("role", OTHERS)
def test_whom_somebody_looks_for_only_officers_of_family_links_see(
    by: Actor, enquirer: Person, actors: dict[str, Actor], role: str
) -> None:
    row = searching(by, enquirer)
    other = actors[role]
    with pytest.raises((NotAllowed, NotFound)):
        queries.get_for(other, row.pk)
    with pytest.raises(NotAllowed):
        queries.document_of(row, by=other)
    with pytest.raises(NotAllowed):
        requested(other, enquirer)


def test_nothing_readable_lies_in_the_database(by: Actor, enquirer: Person) -> None:
    planted = "Zxqvarlemund"
    row = requested(by, enquirer, names=(NamePart(kind="given", text=planted),), lost_how=planted)
    actions.tell(by=by, request_id=row.pk, draft=NewsDraft(news=News.RECEIVED, how="face", words=planted))
    with connection.cursor() as cursor:
        for table in ("tracing_tracingrequest", "tracing_told", "tracing_tracingstep", "followups_followup"):
            cursor.execute(f"SELECT * FROM {table}")
            for line in cursor.fetchall():
                assert not any(planted.encode() in bytes(cell) for cell in line if isinstance(cell, bytes | memoryview))
                assert planted not in str([cell for cell in line if isinstance(cell, str)])


def test_with_the_enquirer_the_request_is_erased(by: Actor, enquirer: Person, actors: dict[str, Actor]) -> None:
    row = searching(by, enquirer)
    closed = MoveDraft(act=Act.CLOSE, ending=Ending.WITHDRAWN)
    actions.move(by=by, request_id=row.pk, draft=closed)
    people.erase(by=actors["coordinator"], person_id=enquirer.pk, reason=ErasureReason.ASKED)
    assert not TracingRequest.objects.exists()


def test_a_form_with_a_slip_comes_back_filled(enquirer: Person, client_for: Callable[..., Client]) -> None:
    client = client_for("family-links")
    typed = {"relation": "sister", "given": "ሰናይት", "sex": "female", "age_band": "not-known", "birth_year": "19990"}
    answer = client.post(reverse("tracing:begin", args=[enquirer.pk]), typed)
    assert answer.status_code == 422
    assert "ሰናይት" in answer.content.decode()
    assert not TracingRequest.objects.exists()
    answer = client.post(reverse("tracing:begin", args=[enquirer.pk]), {**typed, "birth_year": "1999"})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "ሰናይት" in page
    assert client.get(reverse("tracing:paper", args=[TracingRequest.objects.get().pk])).status_code == 200


def test_a_helper_sees_that_somebody_is_looked_for_and_not_whom_nor_how_near(
    by: Actor, enquirer: Person, client_for: Callable[..., Client]
) -> None:
    row = searching(by, enquirer)
    seen = []
    for state in (State.SEARCHING, State.MATCH, State.VERIFYING):
        TracingRequest.objects.filter(pk=row.pk).update(state=state)
        page = client_for("volunteer").get(reverse("people:before", args=[enquirer.pk])).content.decode()
        assert row.number in page
        assert "ሚካኤል" not in page
        seen.append([label for label in ("Being looked for", "Somebody may be", "Being verified") if label in page])
    assert seen == [["Being looked for"]] * 3


def test_a_colleague_takes_it_over_with_what_is_owed(by: Actor, enquirer: Person) -> None:
    row, other = searching(by, enquirer), colleague(by)
    actions.take(by=other, request_id=row.pk)
    assert set(FollowUp.objects.filter(subject=row.pk, state="open").values_list("owner", flat=True)) == {
        other.account_id
    }


def test_the_list_opens_a_page_at_a_time(
    by: Actor, client_for: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        requested(by, registered(by, f"Enquirer {number}").person)
    client = client_for("family-links")
    client.get(reverse("tracing:requests"))
    with django_assert_max_num_queries(22):
        page = client.get(reverse("tracing:requests")).content.decode()
    assert page.count('class="whole"') == 25
