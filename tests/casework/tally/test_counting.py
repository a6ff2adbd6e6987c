"""Each person without a name counts once, however often a phone sends it; what was given leaves the stock once."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.casework.supplies.factories import moved, thing
from tests.people.test_side_by_side import side_by_side
from waystation.casework.actions import count_unnamed, undo_count
from waystation.casework.followups.models import FollowUp
from waystation.casework.models import Unnamed
from waystation.casework.queries import counted, unnamed_of
from waystation.casework.supplies import actions as supplies
from waystation.casework.supplies import queries as stock
from waystation.casework.supplies.models import Item, Movement
from waystation.casework.tally import actions, keeping, phone, queries
from waystation.casework.tally.actions import ContactDraft
from waystation.casework.tally.codes import Verdict
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.organisations.models import Post


def draft(by: Actor, **said: Any) -> ContactDraft:
    assert by.post_id
    usual: dict[str, Any] = {
        "id": uuid4(),
        "post_id": by.post_id,
        "at": clock.now(),
        "sex": "female",
        "age_band": "25-59",
    }
    return ContactDraft(**usual | said)


def sync(by: Actor, *drafts: ContactDraft, phone_now: datetime | None = None) -> list[Verdict]:
    return [one.verdict for one in actions.sync(by=by, drafts=drafts, phone_now=phone_now or clock.now())]


@pytest.fixture
def by(actors: dict[str, Actor]) -> Actor:
    return actors["volunteer"]


@pytest.fixture
def blanket(actors: dict[str, Actor], by: Actor) -> Item:
    item = thing(actors["coordinator"])
    supplies.receive(by=by, draft=moved(item, 20))
    return item


def book(post: Post, item: Item) -> int:
    return stock.sums(post.pk)[item.pk]


def test_sent_twice_it_counts_once_and_takes_from_stock_once(by: Actor, blanket: Item, node: Post) -> None:
    one = draft(by, people=3, services=("food",), items=(blanket.pk,))
    assert sync(by, one, draft(by)) == [Verdict.COUNTED] * 2
    assert sync(by, one, one) == [Verdict.ALREADY] * 2
    of_day = queries.day_of(by, node.pk, clock.today())
    assert of_day.people == 4
    assert {service.value: total for service, total in of_day.services} == {"food": 3, "clothing": 3}
    assert [(item.pk, total) for item, total in of_day.used] == [(blanket.pk, 3)]
    assert book(node, blanket) == 17


def test_a_thing_for_a_family_is_given_once_to_all(actors: dict[str, Actor], by: Actor, node: Post) -> None:
    tent = thing(actors["coordinator"], "Tent", service="shelter", shared=True)
    supplies.receive(by=by, draft=moved(tent, 5))
    sync(by, draft(by, people=6, items=(tent.pk,)))
    assert book(node, tent) == 4


def test_the_desk_and_the_phone_make_one_number(by: Actor, node: Post) -> None:
    count_unnamed(by=by, sex="female", age_band="25-59", count=2)
    sync(by, draft(by))
    assert queries.day_of(by, node.pk, clock.today()).cells == {("female", "25-59"): 3}
    assert unnamed_of(by, clock.today()) == {("female", "25-59"): 3}


def test_a_tap_taken_back_at_the_desk_stays_taken_back_when_the_phone_sends_again(by: Actor, node: Post) -> None:
    one = draft(by)
    sync(by, one)
    undo_count(by=by)
    assert sync(by, one) == [Verdict.ALREADY]
    assert queries.day_of(by, node.pk, clock.today()).people == 0


def test_the_desk_does_not_take_back_what_was_given_from_stock(by: Actor, blanket: Item) -> None:
    sync(by, draft(by, items=(blanket.pk,)))
    with pytest.raises(NotFound):
        undo_count(by=by)


def test_taken_back_before_it_arrived_or_after_it_never_counts(by: Actor, blanket: Item, node: Post) -> None:
    late, known = draft(by, items=(blanket.pk,)), draft(by, items=(blanket.pk,))
    sync(by, known)
    assert sync(by, *(replace(one, taken_back=True) for one in (late, known))) == [Verdict.TAKEN_BACK] * 2
    assert sync(by, late, known) == [Verdict.ALREADY] * 2
    assert not counted().exists()
    assert book(node, blanket) == 20


def test_one_takes_back_ones_own_count_of_today_and_the_stock_is_there_again(
    by: Actor, actors: dict[str, Actor], blanket: Item, node: Post
) -> None:
    one = draft(by, items=(blanket.pk,))
    actions.count(by=by, draft=one)
    with pytest.raises(NotFound):
        actions.take_back(by=actors["health"], contact_id=one.id)
    actions.take_back(by=by, contact_id=one.id)
    actions.take_back(by=by, contact_id=one.id)
    assert (book(node, blanket), Movement.objects.count()) == (20, 3)


def test_out_of_stock_everybody_counts_and_the_difference_is_to_be_counted(
    by: Actor, actors: dict[str, Actor], node: Post
) -> None:
    soap = thing(actors["coordinator"], "Soap", service="hygiene")
    sync(by, draft(by, people=4, items=(soap.pk,)))
    shelf = next(one for one in stock.shelves(by, node.pk) if one.item == soap)
    assert (shelf.there, shelf.difference, shelf.book) == (0, 4, -4)
    assert set(FollowUp.objects.filter(state="open").values_list("kind", flat=True)) == {
        "supplies.low",
        "supplies.difference",
    }
    supplies.count(by=by, draft=moved(soap, 10, reason="unentered"))
    assert book(node, soap) == 10
    assert not FollowUp.objects.filter(state="open").exists()


def test_what_was_given_before_the_shelf_was_counted_does_not_leave_it_again(
    by: Actor, blanket: Item, node: Post
) -> None:
    offline = draft(by, people=2, items=(blanket.pk,), at=clock.now() - timedelta(hours=1))
    supplies.count(by=by, draft=moved(blanket, 18, reason="unwritten"))
    sync(by, offline)
    assert book(node, blanket) == 18
    assert [total for _item, total in stock.used(node.pk, offline.at.date())] == [2]
    sync(by, replace(offline, taken_back=True))
    assert book(node, blanket) == 18


def test_a_bad_row_says_why_and_the_others_count(by: Actor, blanket: Item, node: Post) -> None:
    elsewhere = Post.objects.create(name="Pier")
    rows = [
        draft(by),
        draft(by, sex="unknown"),
        draft(by, people=0),
        draft(by, services=("magic",)),
        draft(by, items=(uuid4(),)),
        draft(by, post_id=elsewhere.pk),
        draft(by, at=clock.now() - timedelta(days=400)),
        draft(by, items=(blanket.pk,)),
    ]
    answers = actions.sync(by=by, drafts=rows, phone_now=clock.now())
    assert [sorted(one.why) for one in answers] == [
        [], ["sex"], ["people"], ["services"], ["items"], ["post"], ["day"], [],
    ]  # fmt: skip
    assert [one.id for one in answers] == [one.id for one in rows]
    assert counted().count() == 2


def test_a_clock_that_is_wrong_is_put_right_and_said(by: Actor, node: Post) -> None:
    wrong = clock.now() - timedelta(days=400)
    sync(by, draft(by, at=wrong - timedelta(minutes=5)), phone_now=wrong)
    row = Unnamed.objects.get()
    assert abs(row.at - (clock.now() - timedelta(minutes=5))) < timedelta(minutes=1)
    assert queries.day_of(by, node.pk, row.day).wrong_clock == 1


@pytest.mark.parametrize("off", [timedelta(days=-15), timedelta(days=2)])
def test_a_day_that_cannot_be_is_chosen_by_a_person(by: Actor, node: Post, off: timedelta) -> None:
    odd = draft(by, at=clock.now() + off)
    assert sync(by, odd) == [Verdict.REFUSED]
    for day in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=15)):
        assert sync(by, replace(odd, day=day)) == [Verdict.REFUSED]
    yesterday = clock.today() - timedelta(days=1)
    assert sync(by, replace(odd, day=yesterday)) == [Verdict.COUNTED]
    assert queries.day_of(by, node.pk, yesterday).chosen_day == 1


@example(at=datetime.min.replace(tzinfo=UTC), phone_now=datetime(2199, 1, 1, tzinfo=UTC))
@example(at=datetime.max.replace(tzinfo=UTC), phone_now=datetime(1971, 1, 1, tzinfo=UTC))
@example(at=datetime(1971, 1, 1, tzinfo=UTC), phone_now=datetime.max.replace(tzinfo=UTC))
@given(at=st.datetimes(timezones=st.just(UTC)), phone_now=st.none() | st.datetimes(timezones=st.just(UTC)))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_clock_however_wrong_breaks_the_others(
    actors: dict[str, Actor], at: datetime, phone_now: datetime | None
) -> None:
    by = actors["volunteer"]
    odd, good = draft(by, at=at), draft(by, day=clock.today())
    verdicts = [one.verdict for one in actions.sync(by=by, drafts=[odd, good], phone_now=phone_now)]
    assert verdicts[1] == Verdict.COUNTED
    row = Unnamed.objects.filter(pk=odd.id).first()
    assert row is None or clock.today() - timedelta(days=14) <= row.day <= clock.today()


def test_too_many_at_once_and_who_may_not(by: Actor, actors: dict[str, Actor]) -> None:
    with pytest.raises(Invalid):
        actions.sync(by=by, drafts=[draft(by)] * 501, phone_now=None)
    with pytest.raises(NotAllowed):
        actions.sync(by=actors["administrator"], drafts=[], phone_now=None)


@pytest.mark.django_db(transaction=True)
def test_of_two_phones_that_send_the_same_at_once_each_person_counts_once(by: Actor, blanket: Item, node: Post) -> None:
    rows = [draft(by, items=(blanket.pk,)) for _number in range(8)]
    results = side_by_side(*[lambda order=order: sync(by, *order) for order in (rows, rows[::-1], rows[3:], rows)])
    verdicts = [verdict for result in results for verdict in result]
    assert verdicts.count(Verdict.COUNTED) == 8
    assert set(verdicts) == {Verdict.COUNTED, Verdict.ALREADY}
    assert counted().count() == 8
    assert book(node, blanket) == 12


ROWS = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 4), st.booleans(), st.booleans()), min_size=1, max_size=10)


@given(batches=st.lists(ROWS, min_size=1, max_size=4), received=st.integers(0, 30))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_any_order_of_batches_and_deliveries_the_numbers_are_the_plain_sum(
    actors: dict[str, Actor], node: Post, batches: list[list[tuple[int, int, bool, bool]]], received: int
) -> None:
    by, item = actors["volunteer"], thing(actors["coordinator"], f"Soap {uuid4()}")
    before = counted().count()
    ids = [uuid4() for _number in range(6)]
    first: dict[UUID, tuple[int, bool]] = {}
    gone: set[UUID] = set()
    for number, batch in enumerate(batches):
        if number == 1 and received:
            supplies.receive(by=by, draft=moved(item, received))
        rows = []
        for place, people, with_item, taken_back in batch:
            rows.append(
                draft(by, id=ids[place], people=people, items=(item.pk,) if with_item else (), taken_back=taken_back)
            )
        for row in sorted(rows, key=lambda one: one.id):
            first.setdefault(row.id, (row.people, bool(row.items)))
            if row.taken_back:
                gone.add(row.id)
        sync(by, *rows)
    stays = {key: said for key, said in first.items() if key not in gone}
    given_out = sum(people for people, with_item in stays.values() if with_item)
    expected = (received if len(batches) > 1 else 0) - given_out
    assert stock.sums(node.pk).get(item.pk, 0) == expected
    assert counted().count() - before == len(stays)


def test_who_counted_and_when_is_forgotten_and_the_count_stays(by: Actor, node: Post) -> None:
    sync(by, draft(by))
    assert keeping.forget(clock.now() + timedelta(days=1)) == 1
    assert keeping.forget(clock.now() + timedelta(days=1)) == 0
    row = Unnamed.objects.get()
    assert (row.by.int, row.at.hour, row.at.minute) == (0, 0, 0)
    assert queries.day_of(by, node.pk, row.day).people == 1


def sent(client: Client, rows: list[Any], **more: Any) -> Any:
    body = json.dumps({"now": clock.now().isoformat(), "contacts": rows, **more})
    return client.post("/tally/phone/sync/", body, content_type="application/json")


def row(post: Post, **said: Any) -> dict[str, Any]:
    usual = {
        "id": str(uuid4()), "post": str(post.pk), "at": clock.now().isoformat(), "sex": "male", "age_band": "18-24",
        "people": 1, "services": ["food"], "items": [],
    }  # fmt: skip
    return usual | said


def test_a_phone_is_answered_row_by_row(client_for: Callable[..., Client], node: Post) -> None:
    client = client_for("volunteer")
    rows = [
        row(node),
        row(node, people=True),
        "nonsense",
        row(node, at="yesterday"),
        row(node, items=["x"]),
        {},
        row(node),
    ]
    answer = sent(client, rows).json()["answers"]
    assert [one["verdict"] for one in answer] == ["counted", *["refused"] * 5, "counted"]
    assert [one["id"] for one in answer][:2] == [rows[0]["id"], rows[1]["id"]]  # type: ignore[index]
    again = sent(client, rows).json()["answers"]
    assert [one["verdict"] for one in again] == ["already", *["refused"] * 5, "already"]
    assert counted().count() == 2


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"contacts": 3}', b"\xff", b"[" * 100_000])
def test_what_is_no_batch_is_refused_whole(client_for: Callable[..., Client], body: bytes) -> None:
    answer = client_for("volunteer").post(
        "/tally/phone/sync/", body, content_type="application/json", headers={"accept": "application/json"}
    )
    assert answer.status_code == 422
    assert not counted().exists()


@given(
    sent_rows=st.lists(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=8),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["id", "at", "post", "people", "sex", "day", "items"]), inner, max_size=7
                )
            ),
            max_leaves=8,
        ),
        max_size=5,
    )
)
def test_no_row_can_break_the_reading(sent_rows: list[Any]) -> None:
    batch = phone.read(json.dumps({"contacts": sent_rows}).encode())
    assert len(phone.in_answer(batch, [])) == len(sent_rows)


def test_without_scripts_a_double_click_counts_once(client_for: Callable[..., Client], node: Post) -> None:
    client = client_for("volunteer")
    page = client.get("/tally/phone/").content.decode()
    number = page.split('name="id" value="')[1].split('"')[0]
    form = {"id": number, "who": "female:5-11", "services": ["food", "wifi"], "people": "2"}
    for _click in range(2):
        answer = client.post("/tally/phone/", form)
        assert answer.status_code == 302
    assert (counted().count(), counted().get().count) == (1, 2)
    page = client.get(answer.headers["Location"]).content.decode()
    assert page.count("checked") == 2
    assert client.post("/tally/phone/back/", {"last": number}).status_code == 302
    assert not counted().exists()


def test_enter_in_the_number_counts_nobody(client_for: Callable[..., Client], node: Post) -> None:
    client = client_for("volunteer")
    page = client.get("/tally/phone/").content.decode()
    assert page.index('name="who" value=""') < page.index('name="who" value="female')
    answer = client.post("/tally/phone/", {"id": str(uuid4()), "who": "", "services": ["food"], "people": "3"})
    assert answer.status_code == 422
    assert "Tap who it is" in answer.content.decode()
    assert not counted().exists()


def test_a_mistyped_number_comes_back_with_what_was_ticked(client_for: Callable[..., Client], node: Post) -> None:
    form = {"id": str(uuid4()), "who": "female:5-11", "services": ["food"], "people": "many"}
    answer = client_for("volunteer").post("/tally/phone/", form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="many"' in page
    assert page.count("checked") == 1


def test_the_kept_page_holds_no_token_and_nobodys_name(client_for: Callable[..., Client], node: Post) -> None:
    client = client_for("volunteer", handle="zuzanka")
    client.post("/count/", {"who": "female:5-11"})
    page = client.get("/tally/phone/kept/").content.decode()
    assert "csrfmiddlewaretoken" not in page
    assert "zuzanka" not in page
    assert 'name="q"' not in page


def test_the_worker_reaches_the_page_that_counts_and_no_other(client: Client, node: Post) -> None:
    answer = client.get("/tally/phone/worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer.headers
    assert "connect-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "'/tally/phone/'" in answer.content.decode().replace('"', "'")
