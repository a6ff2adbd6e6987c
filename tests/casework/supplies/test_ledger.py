"""What a post has is the sum of what came and went; nothing is counted twice, and nothing goes below nothing unsaid."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.supplies.factories import moved, thing
from waystation.casework.followups import queries as followups
from waystation.casework.followups.models import FollowUp
from waystation.casework.supplies import actions, keeping, queries
from waystation.casework.supplies.actions import MovementDraft
from waystation.casework.supplies.codes import Kind
from waystation.casework.supplies.models import Item, Movement
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.organisations.actions import close_post
from waystation.organisations.models import Post


@pytest.fixture
def blanket(actors: dict[str, Actor]) -> Item:
    return thing(actors["coordinator"])


@pytest.fixture
def pier(node: Post) -> Post:
    return Post.objects.create(name="Pier")


def at(by: Actor, post: Post) -> Actor:
    return replace(by, post_id=post.pk, post_ids=by.post_ids | {post.pk})


def book(post: Post, item: Item) -> int:
    return queries.sums(post.pk, [item.pk]).get(item.pk, 0)


def test_volunteers_move_things_and_coordinators_say_what_there_is(actors: dict[str, Actor], blanket: Item) -> None:
    actions.receive(by=actors["volunteer"], draft=moved(blanket, 10, note="Warehouse, note 7"))
    with pytest.raises(NotAllowed):
        actions.save_item(by=actors["volunteer"], name="Soap", unit="pieces", service="hygiene")
    with pytest.raises(NotAllowed):
        actions.receive(by=actors["administrator"], draft=moved(blanket, 1))
    assert thing(actors["administrator"], "Soap").name == "Soap"


def test_a_thing_needs_a_name_of_its_own_a_unit_and_what_it_is_given_as(
    actors: dict[str, Actor], blanket: Item
) -> None:
    with pytest.raises(Invalid) as refused:
        actions.save_item(by=actors["coordinator"], name="Blanket", unit="", service="magic")
    assert set(refused.value.fields) == {"name", "unit", "service"}


@pytest.mark.parametrize("quantity", [0, -3, 100_001])
def test_a_number_that_cannot_be_is_refused(actors: dict[str, Actor], blanket: Item, quantity: int) -> None:
    for act in (actions.receive, actions.issue):
        with pytest.raises(Invalid) as refused:
            act(by=actors["volunteer"], draft=moved(blanket, quantity))
        assert "quantity" in refused.value.fields


def test_by_hand_no_more_goes_out_than_the_book_has(actors: dict[str, Actor], blanket: Item, node: Post) -> None:
    by = actors["volunteer"]
    actions.receive(by=by, draft=moved(blanket, 4))
    for act, more in ((actions.issue, {}), (actions.lose, {"reason": "expired"})):
        with pytest.raises(Invalid) as refused:
            act(by=by, draft=moved(blanket, 5, **more))
        assert "The book has 4" in str(refused.value.fields["quantity"])
    assert book(node, blanket) == 4


def test_without_a_post_nothing_moves(actors: dict[str, Actor], blanket: Item) -> None:
    with pytest.raises(Invalid) as refused:
        actions.receive(by=replace(actors["volunteer"], post_id=None), draft=moved(blanket, 4))
    assert "post" in refused.value.fields


def test_a_form_sent_twice_moves_once_and_nobody_elses_line_answers(actors: dict[str, Actor], blanket: Item) -> None:
    draft = moved(blanket, 10)
    first = actions.receive(by=actors["volunteer"], draft=draft)
    assert actions.receive(by=actors["volunteer"], draft=draft) == first
    assert Movement.objects.count() == 1
    with pytest.raises(NotFound):
        actions.receive(by=actors["health"], draft=draft)
    with pytest.raises(NotFound):
        actions.issue(by=actors["volunteer"], draft=draft)


def test_what_is_sent_is_nowhere_until_it_arrives_and_what_is_missing_says_why(
    actors: dict[str, Actor], blanket: Item, node: Post, pier: Post
) -> None:
    here, there = actors["volunteer"], at(actors["health"], pier)
    actions.receive(by=here, draft=moved(blanket, 10))
    sent = actions.send(by=here, draft=moved(blanket, 6), to_post_id=pier.pk)
    assert (book(node, blanket), book(pier, blanket)) == (4, 0)
    assert [row.pk for row in queries.coming(pier.pk)] == [sent.pk]
    for wrong, field in ((moved(blanket, 7), "quantity"), (moved(blanket, 5), "reason")):
        with pytest.raises(Invalid) as refused:
            actions.arrive(by=there, sent_id=sent.pk, draft=wrong)
        assert field in refused.value.fields
    draft = moved(blanket, 5, reason="on_the_way")
    for _try in range(2):
        actions.arrive(by=there, sent_id=sent.pk, draft=draft)
    assert (book(node, blanket), book(pier, blanket)) == (4, 5)
    with pytest.raises(NotFound):
        actions.arrive(by=there, sent_id=sent.pk, draft=moved(blanket, 1))
    with pytest.raises(Invalid):
        actions.take_back(by=here, movement_id=sent.pk)


def test_nothing_is_sent_to_oneself_or_to_a_closed_post(actors: dict[str, Actor], blanket: Item, node: Post) -> None:
    closed = Post.objects.create(name="Old pier", is_open=False)
    actions.receive(by=actors["volunteer"], draft=moved(blanket, 10))
    for post in (node, closed):
        with pytest.raises(Invalid) as refused:
            actions.send(by=actors["volunteer"], draft=moved(blanket, 1), to_post_id=post.pk)
        assert "to_post" in refused.value.fields


def test_a_count_puts_the_book_right_and_says_why(actors: dict[str, Actor], blanket: Item, node: Post) -> None:
    by = actors["volunteer"]
    actions.receive(by=by, draft=moved(blanket, 10))
    with pytest.raises(Invalid) as refused:
        actions.count(by=by, draft=moved(blanket, 7, reason="agrees"))
    assert "reason" in refused.value.fields
    row = actions.count(by=by, draft=moved(blanket, 7, reason="unwritten"))
    assert (row.change, row.counted, book(node, blanket)) == (-3, 7, 7)
    agreed = actions.count(by=by, draft=moved(blanket, 7))
    assert (agreed.change, agreed.reason) == (0, "agrees")


def test_ones_own_last_line_is_answered_by_a_counter_entry(actors: dict[str, Actor], blanket: Item, node: Post) -> None:
    by = actors["volunteer"]
    first = actions.receive(by=by, draft=moved(blanket, 10))
    last = actions.issue(by=by, draft=moved(blanket, 3))
    for actor, row in ((by, first), (actors["health"], last)):
        with pytest.raises(NotFound):
            actions.take_back(by=actor, movement_id=row.pk)
    answer = actions.take_back(by=by, movement_id=last.pk)
    assert (answer.change, answer.takes_back_id, book(node, blanket)) == (3, last.pk, 10)
    assert actions.take_back(by=by, movement_id=last.pk) == answer
    actions.issue(by=actors["health"], draft=moved(blanket, 1))
    with pytest.raises(Invalid) as refused:
        actions.take_back(by=by, movement_id=first.pk)
    assert "given out since" in str(refused.value.fields["movement"])
    assert Movement.objects.count() == 4


def test_the_database_itself_refuses_a_line_the_wrong_way_round(
    actors: dict[str, Actor], blanket: Item, node: Post
) -> None:
    wrong = {"kind": Kind.ISSUE, "change": 3}, {"kind": Kind.RECEIPT, "change": -3}, {"kind": Kind.COUNT, "change": 3}
    for said in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Movement.objects.create(
                id=uuid4(), post=node, item=blanket, day=clock.today(), at=clock.now(), by=uuid4(), **said
            )


def test_what_runs_low_stands_under_to_do_of_who_orders_and_goes_by_itself(
    actors: dict[str, Actor], blanket: Item, node: Post
) -> None:
    by = actors["volunteer"]
    actions.receive(by=by, draft=moved(blanket, 8))
    assert not FollowUp.objects.exists()
    for _time in range(2):
        actions.issue(by=by, draft=moved(blanket, 2))
    rows = list(followups.work_of(actors["coordinator"]))
    assert [(row.kind, row.subject, row.post_id) for row in rows] == [("supplies.low", blanket.pk, node.pk)]
    assert followups.texts(rows, by=actors["coordinator"]) == {rows[0].pk: "Blanket · Lakeside crossing"}
    assert not followups.work_of(by).exists()
    actions.receive(by=by, draft=moved(blanket, 8))
    assert not followups.work_of(actors["coordinator"]).exists()


def test_what_runs_low_at_one_post_is_not_ended_by_another(
    actors: dict[str, Actor], blanket: Item, node: Post, pier: Post
) -> None:
    for by in (actors["volunteer"], at(actors["volunteer"], pier)):
        actions.receive(by=by, draft=moved(blanket, 2))
    assert FollowUp.objects.filter(state="open").count() == 2
    actions.receive(by=at(actors["volunteer"], pier), draft=moved(blanket, 20))
    assert FollowUp.objects.get(state="open").post_id == node.pk


def test_a_post_that_closes_hands_its_stock_over(
    actors: dict[str, Actor], blanket: Item, node: Post, pier: Post
) -> None:
    here, there = actors["coordinator"], at(actors["coordinator"], pier)
    actions.receive(by=here, draft=moved(blanket, 10))
    actions.receive(by=there, draft=moved(blanket, 4))
    actions.send(by=there, draft=moved(blanket, 1), to_post_id=node.pk)
    actions.receive(by=here, draft=moved(thing(here, "Soap"), 2))
    assert FollowUp.objects.filter(state="open", post=node).exists()
    with pytest.raises(Invalid):
        close_post(by=here, post_id=node.pk)
    close_post(by=here, post_id=node.pk, to_post_id=pier.pk)
    assert (book(node, blanket), book(pier, blanket)) == (0, 14)
    assert not queries.coming(node.pk).exists()
    assert keeping.kept_at(node.pk) == 0
    assert not FollowUp.objects.filter(state="open", post=node).exists()


def test_words_of_old_deliveries_go_and_the_numbers_stay(actors: dict[str, Actor], blanket: Item, node: Post) -> None:
    actions.receive(by=actors["volunteer"], draft=moved(blanket, 10, note="From the parish"))
    assert keeping.forget(clock.now() - timedelta(days=1)) == 0
    assert keeping.forget(clock.now() + timedelta(days=1)) == 1
    assert (Movement.objects.get().note, book(node, blanket)) == ("", 10)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["receive", "issue", "lose", "send", "arrive", "count", "back", "again"]),
        st.integers(min_value=0, max_value=1),
        st.integers(min_value=0, max_value=12),
    ),
    max_size=14,
)


@given(acts=ACTS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_any_order_and_however_often_sent_the_book_is_the_plain_sum(
    actors: dict[str, Actor], node: Post, acts: list[tuple[str, int, int]]
) -> None:
    """A plain reckoning beside it: what was taken is added, what was refused is not, what is sent again is nothing."""
    pier = Post.objects.create(name=f"Pier {uuid4()}")
    item = thing(actors["coordinator"], f"Blanket {uuid4()}")
    desks = [actors["volunteer"], at(actors["volunteer"], pier)]
    plain = [0, 0]
    done: list[Callable[[], Any]] = []
    for act, place, quantity in acts:
        before = [book(node, item), book(pier, item)]
        assert before == plain
        try:
            change = _do(act, desks, place, moved(item, quantity), done, plain)
        except (Invalid, NotFound):
            assert [book(node, item), book(pier, item)] == before
            continue
        plain[place] += change
    assert [book(node, item), book(pier, item)] == plain
    assert min(plain) >= 0


def _do(
    act: str, desks: list[Actor], place: int, draft: MovementDraft, done: list[Callable[[], Any]], plain: list[int]
) -> int:
    """Do one act; how much it must have changed."""
    by, other = desks[place], desks[1 - place].post_id
    assert by.post_id
    assert other
    if act == "again":
        if done:
            done[draft.quantity % len(done)]()
        return 0
    if act == "back":
        last = queries.last_of_mine(by, by.post_id, draft.item_id)
        if last is None:
            raise NotFound
        actions.take_back(by=by, movement_id=last.pk)
        return -last.change
    again = _again(act, by, other, draft)
    again()
    done.append(again)
    after = {"receive": draft.quantity, "issue": -draft.quantity, "lose": -draft.quantity, "send": -draft.quantity}
    return after.get(act, draft.quantity - plain[place] if act == "count" else draft.quantity)


def _again(act: str, by: Actor, other: UUID, draft: MovementDraft) -> Callable[[], Any]:
    if act == "send":
        return lambda: actions.send(by=by, draft=draft, to_post_id=other)
    if act == "arrive":
        sent = queries.coming(by.post_id or other, draft.item_id).first()
        if sent is None:
            raise NotFound
        short = replace(draft, reason="on_the_way")
        return lambda: actions.arrive(by=by, sent_id=sent.pk, draft=short)
    if act == "lose":
        return lambda: actions.lose(by=by, draft=replace(draft, reason="damaged"))
    if act == "count":
        return lambda: actions.count(by=by, draft=replace(draft, reason="not_known"))
    return lambda: (actions.receive if act == "receive" else actions.issue)(by=by, draft=draft)


def test_a_double_click_on_what_has_arrived_shows_no_error(
    client_for: Callable[..., Client], actors: dict[str, Actor], blanket: Item, node: Post, pier: Post
) -> None:
    there = at(actors["volunteer"], pier)
    actions.receive(by=there, draft=moved(blanket, 9))
    sent = actions.send(by=there, draft=moved(blanket, 9), to_post_id=node.pk)
    client, form = client_for("volunteer"), {"movement": str(uuid4()), "quantity": "9", "reason": ""}
    assert [client.post(f"/stock/arrived/{sent.pk}/", form).status_code for _click in range(2)] == [302, 302]
    assert book(node, blanket) == 9


def test_the_pages_of_stock(client_for: Callable[..., Client], actors: dict[str, Actor], blanket: Item) -> None:
    thing(actors["coordinator"], "Crutches", service="health_care", material="assistive", low_at=1)
    volunteer = client_for("volunteer")
    page = volunteer.get(f"/stock/{blanket.pk}/receive/").content.decode()
    number = page.split('name="movement" value="')[1].split('"')[0]
    sent = {"movement": number, "quantity": "3", "note": "Warehouse, note 12"}
    for _try in range(2):
        assert volunteer.post(f"/stock/{blanket.pk}/receive/", sent).status_code == 302
    page = volunteer.get("/stock/?only=low").content.decode()
    assert "Blanket" in page
    assert "Crutches" not in page
    assert "Crutches" in volunteer.get("/stock/?material=assistive").content.decode()
    page = volunteer.get(f"/stock/{blanket.pk}/").content.decode()
    assert page.count("+3") == 1
    assert "Take it back" in page
    wrong = volunteer.post(f"/stock/{blanket.pk}/issue/", {"movement": str(uuid4()), "quantity": "9", "note": "tent"})
    assert wrong.status_code == 422
    assert 'value="tent"' in wrong.content.decode()
    table = volunteer.get("/stock/csv/").content.decode()
    assert 'Blanket,"Clothing, shoes or blankets",For daily life,3,pieces,5' in table
    assert "Warehouse, note 12" in volunteer.get("/stock/ledger/csv/").content.decode()
    sheet = volunteer.get("/stock/sheet/").content.decode()
    assert "Blanket" in sheet
    assert ">3<" not in sheet
