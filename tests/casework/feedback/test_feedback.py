"""Anybody may speak, without a name, also to a locked node; only the code's holder reads the answer."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waystation.casework.feedback import actions, letters, queries
from waystation.casework.feedback.codes import TABLE, Act, State
from waystation.casework.feedback.keeping import forget
from waystation.casework.feedback.models import Feedback, Letter
from waystation.casework.followups.models import FollowUp
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NodeLocked, NotFound
from waystation.kernel.states import WrongState
from waystation.vault import letterbox
from waystation.vault import node as vault_node
from waystation.vault.problems import SealBroken

WORDS = "الانتظار طويل والماء ينفد قبل الظهر"


def test_a_letter_in_any_language_is_answered_to_its_code_alone(actors: dict[str, Actor]) -> None:
    code = actions.receive(kind="complaint", text=WORDS)
    row = Feedback.objects.get()
    by = actors["caseworker"]
    assert [one.text for one in queries.thread(row)] == [WORDS]
    actions.go_on(by=by, feedback_id=row.pk, act=Act.EXAMINE, words="Ask the water team")
    actions.go_on(by=by, feedback_id=row.pk, act=Act.ANSWER, words="A second tank comes on Monday.")
    found = queries.by_code(code.lower().replace("-", " "))
    assert found is not None
    assert [one.text for one in queries.thread_for_them(*found)] == [WORDS, "A second tank comes on Monday."]
    assert actions.write_again(code=code, text="Shukran")
    assert Feedback.objects.get().state == State.RECEIVED


def test_a_locked_node_takes_letters_and_lets_answers_be_read(actors: dict[str, Actor]) -> None:
    letterbox.ensure()
    vault_node.lock("test")
    code = actions.receive(kind="praise", text="Thank you for the tea")
    found = queries.by_code(code)
    assert found is not None
    assert queries.thread_for_them(*found)[0].text == "Thank you for the tea"
    with pytest.raises(NodeLocked):
        queries.thread(found[0])


def test_neither_the_words_nor_the_code_stand_in_the_book(actors: dict[str, Actor]) -> None:
    code = letterbox.parse(actions.receive(kind="conduct", text="The man with the red cap asked for money"))
    key = letterbox.reply_key(code)
    with connection.cursor() as cursor:
        for table in (Feedback._meta.db_table, Letter._meta.db_table, "audit_leaf", "followups_followup"):
            cursor.execute(f"SELECT * FROM {table}")
            stored = b"|".join(
                bytes(cell) if isinstance(cell, (bytes, memoryview)) else str(cell).encode()
                for line in cursor.fetchall()
                for cell in line
            )
            assert b"red cap" not in stored
            assert code.encode() not in stored
            assert key.private not in stored


def test_another_code_opens_nothing(actors: dict[str, Actor]) -> None:
    actions.receive(kind="wish", text="More chairs")
    letter = Letter.objects.get()
    assert queries.by_code(letterbox.new_code()) is None
    assert queries.by_code("hello") is None
    with pytest.raises(SealBroken):
        letters.read_by_them(letter, letterbox.reply_key(letterbox.new_code()))


def test_a_note_among_us_is_never_for_them(actors: dict[str, Actor]) -> None:
    code = actions.receive(kind="complaint", text=WORDS)
    row = Feedback.objects.get()
    actions.go_on(by=actors["caseworker"], feedback_id=row.pk, act=Act.ACKNOWLEDGE, words="Is it Samir again?")
    found = queries.by_code(code)
    assert found is not None
    assert [one.text for one in queries.thread_for_them(*found)] == [WORDS]


def test_what_is_said_of_our_own_people_is_read_by_few(actors: dict[str, Actor], client_for: Any) -> None:
    actions.receive(kind="conduct", text="He asked for money")
    row = Feedback.objects.get()
    assert not queries.visible_to(actors["caseworker"]).exists()
    with pytest.raises(NotFound):
        actions.go_on(by=actors["caseworker"], feedback_id=row.pk, act=Act.ACKNOWLEDGE)
    assert queries.visible_to(actors["coordinator"]).exists()
    assert client_for("caseworker").get(f"/feedback/{row.pk}/").status_code == 404
    due = FollowUp.objects.get(subject=row.pk)
    assert due.kind == "feedback.conduct"
    assert (due.due_at - clock.now()).total_seconds() < 24 * 3600 + 5  # type: ignore[operator]


def test_marked_as_conduct_it_leaves_the_sight_of_others(actors: dict[str, Actor]) -> None:
    actions.receive(kind="complaint", text="He asked for money")
    row = Feedback.objects.get()
    actions.mark_sensitive(by=actors["caseworker"], feedback_id=row.pk)
    assert not queries.visible_to(actors["caseworker"]).exists()


@given(acts=st.lists(st.sampled_from(Act.values), max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_acts_goes_only_where_the_table_leads(actors: dict[str, Actor], acts: list[str]) -> None:
    code = actions.receive(kind="question", text="When does the clinic open?")
    found = queries.by_code(code)
    assert found is not None
    number = found[0].pk
    for act in acts:
        before = Feedback.objects.get(pk=number).state
        if act == Act.WRITE_AGAIN:
            assert actions.write_again(code=code, text="And on Sundays?")
        elif not TABLE.allows(before, act):
            with pytest.raises(WrongState):
                actions.go_on(
                    by=actors["coordinator"], feedback_id=number, act=act, words="At nine", outcome="explained"
                )
            continue
        else:
            actions.go_on(by=actors["coordinator"], feedback_id=number, act=act, words="At nine", outcome="explained")
        assert Feedback.objects.get(pk=number).state == TABLE.after(before, act)
    assert TABLE.reachable() == set(State.values)


def test_closing_needs_what_came_of_it_and_an_answer_needs_words(actors: dict[str, Actor]) -> None:
    actions.receive(kind="question", text="When?")
    row, by = Feedback.objects.get(), actors["caseworker"]
    with pytest.raises(Invalid):
        actions.go_on(by=by, feedback_id=row.pk, act=Act.ANSWER, words=" ")
    actions.go_on(by=by, feedback_id=row.pk, act=Act.ANSWER, words="At nine")
    with pytest.raises(Invalid):
        actions.go_on(by=by, feedback_id=row.pk, act=Act.CLOSE)
    actions.go_on(by=by, feedback_id=row.pk, act=Act.CLOSE, outcome="explained")
    assert forget(clock.now()) == 1
    assert not Letter.objects.exists()


def test_the_page_takes_it_from_a_stranger_and_leaves_no_trace(client: Client, node: Any) -> None:
    answer = client.post("/say/", {"kind": "complaint", "text": WORDS}, REMOTE_ADDR="203.0.113.9")
    assert answer.status_code == 200
    assert "sessionid" not in answer.cookies
    code = answer.context["code"]
    assert code.encode() in answer.content
    shown = client.post("/say/answer/", {"code": code})
    assert WORDS in shown.content.decode()
    assert code not in shown.request["PATH_INFO"]
    refused = client.post("/say/", {"kind": "complaint", "text": "x" * 5001})
    assert refused.status_code == 422
    assert "x" * 5001 in refused.content.decode()


def test_a_flood_is_stopped_and_nothing_typed_is_lost(
    client: Client, node: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_AN_HOUR", 2)
    for _number in range(2):
        actions.receive(kind="wish", text="More chairs")
    answer = client.post("/say/", {"kind": "wish", "text": "More chairs for the old"})
    assert "try again in an hour" in answer.content.decode()
    assert "More chairs for the old" in answer.content.decode()


def test_small_numbers_are_hidden(actors: dict[str, Actor]) -> None:
    for _number in range(6):
        actions.receive(kind="wish", text="More chairs")
    actions.receive(kind="praise", text="Good soup")
    found = queries.figures(actors["coordinator"], "kind", ["wish", "praise"], since=clock.today().replace(day=1))
    assert 1 not in {count for line in found.cells for count in line}
