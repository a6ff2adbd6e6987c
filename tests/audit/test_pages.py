"""The log on a page: who did what in words, and never whose record or what was in it."""

import csv
import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.audit.conftest import write
from waystation.audit import checkpoints, watch
from waystation.audit.log import append
from waystation.audit.models import Leaf
from waystation.audit.queries import PAGE
from waystation.audit.verify import check_held
from waystation.kernel import clock
from waystation.kernel.journal import Entry
from waystation.vault import new_person_key

MOST_QUERIES = 15
MOST_BYTES = 100_000


@pytest.fixture
def coordinator(client_for: Callable[..., Client]) -> Client:
    return client_for("coordinator")


def body(answer: Any) -> str:
    streamed = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(streamed.decode())


def _span(text: str) -> list[int]:
    """The entry numbers of a line, written as 7 or 5–7, newest first."""
    first, _dash, last = text.partition("–")
    return list(range(int(last or first), int(first) - 1, -1))


def test_the_page_tells_acts_in_words_with_who_and_when(coordinator: Client, actors: dict[str, Any]) -> None:
    write(1, by=actors["volunteer"])
    page = body(coordinator.get("/log/"))
    for words in ("Changed a post", "volunteer-1", "Volunteer at a post", "on a page"):
        assert words in page


def test_no_page_and_no_table_says_whose_record_it_was_or_what_was_in_it(
    coordinator: Client, actors: dict[str, Any]
) -> None:
    person = uuid4()
    new_person_key(person)
    write(3, person, by=actors["volunteer"])
    assert str(person) not in body(coordinator.get("/log/"))
    assert str(person) not in body(coordinator.post("/log/export/"))


def test_what_is_alike_and_follows_at_once_stands_in_one_line(coordinator: Client, actors: dict[str, Any]) -> None:
    write(7, by=actors["volunteer"])
    assert "7 times" in body(coordinator.get("/log/"))


def test_the_log_is_narrowed_down_by_act_account_and_day(coordinator: Client, actors: dict[str, Any]) -> None:
    write(1, by=actors["volunteer"], action="posts.add")
    write(1, by=actors["caseworker"], action="posts.change")
    volunteer, day = actors["volunteer"].account_id, clock.today().isoformat()
    table = "<tbody>"
    assert "Opened a post" in body(coordinator.get("/log/?action=posts.add")).split(table)[1]
    assert "Changed a post" not in body(coordinator.get("/log/?action=posts.add")).split(table)[1]
    narrowed = body(coordinator.get(f"/log/?account={volunteer}&day={day}")).split(table)[1]
    assert "volunteer-1" in narrowed
    assert "caseworker-1" not in narrowed
    assert "Nothing in the log is like this" in body(coordinator.get("/log/?day=2001-01-01"))


@pytest.mark.parametrize("query", ["action=nonsense", "account=7", "day=tomorrow", "before=999999999999999999"])
def test_a_filter_that_cannot_be_read_is_said_and_breaks_nothing(coordinator: Client, query: str) -> None:
    assert coordinator.get(f"/log/?{query}").status_code == 200


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "٣"])
def test_a_place_in_the_log_that_is_no_number_is_not_found(coordinator: Client, before: str) -> None:
    assert coordinator.get("/log/", {"before": before}).status_code == 404


def test_paging_shows_every_entry_once(coordinator: Client, actors: dict[str, Any]) -> None:
    for n in range(PAGE + 20):
        write(1, by=actors["volunteer"], action="posts.add" if n % 2 else "posts.change")
    seen: list[str] = []
    address = "/log/"
    while address:
        page = body(coordinator.get(address))
        seen += [row.rsplit("<bdi>", 1)[1].split("<")[0] for row in page.split("<tbody>")[1].split("</tr>")[:-1]]
        older = page.partition('rel="next" href="')[2].partition('"')[0]
        address = f"/log/{older.replace('&amp;', '&')}" if older else ""
    shown = [number for part in seen for number in _span(part)]
    assert shown == list(range(Leaf.objects.count() - 1, -1, -1))


def test_a_full_page_keeps_to_its_budget_of_queries_and_bytes(
    coordinator: Client, actors: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    for n in range(PAGE + 1):
        write(1, by=actors["volunteer"], action="posts.add" if n % 2 else "posts.change")
    coordinator.get("/log/")
    with django_assert_max_num_queries(MOST_QUERIES):
        page = coordinator.get("/log/")
    assert len(page.content) < MOST_BYTES


def test_the_table_holds_every_wanted_entry_and_taking_it_is_logged(
    coordinator: Client, actors: dict[str, Any]
) -> None:
    write(5, by=actors["volunteer"], action="posts.add")
    rows = list(csv.DictReader(io.StringIO(body(coordinator.post("/log/export/", {"action": "posts.add"})))))
    assert len(rows) == 5
    assert {(row["account"], row["in words"]) for row in rows} == {("volunteer-1", "Opened a post")}
    assert Leaf.objects.order_by("-index")[0].action == "audit.export"


def test_no_cell_of_the_table_is_taken_for_a_formula(coordinator: Client, actors: dict[str, Any]) -> None:
    from waystation.accounts.models import Account

    Account.objects.filter(pk=actors["volunteer"].account_id).update(handle="=1+1")
    write(1, by=actors["volunteer"])
    rows = csv.DictReader(io.StringIO(body(coordinator.post("/log/export/"))))
    assert "'=1+1" in {row["account"] for row in rows}


def test_a_checkpoint_can_be_taken_away_and_still_holds_later(coordinator: Client, actors: dict[str, Any]) -> None:
    answer = coordinator.post("/log/checkpoint/")
    kept = body(answer)
    write(5, by=actors["volunteer"])
    assert check_held(kept) == ""
    assert checkpoints.verifier() is not None
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("role", ["volunteer", "health", "caseworker", "family-links", "detention"])
def test_who_meets_people_does_not_see_the_log(client_for: Callable[..., Client], role: str) -> None:
    client = client_for(role)
    assert client.get("/log/").status_code == 403
    assert client.post("/log/export/").status_code == 403
    assert client.post("/log/checkpoint/").status_code == 403


def test_an_administrator_sees_the_log(client_for: Callable[..., Client]) -> None:
    assert client_for("administrator").get("/log/").status_code == 200


def test_a_log_that_was_emptied_is_told_on_every_page_of_those_who_watch_over_it(
    client_for: Callable[..., Client],
) -> None:
    Leaf.objects.filter(index=0).delete()
    watch.look()
    try:
        for role, told in (("coordinator", True), ("administrator", True), ("volunteer", False)):
            assert ("is not as it was written" in body(client_for(role).get("/me/"))) is told
    finally:
        watch._found = ""


@pytest.mark.parametrize(("role", "told"), [("administrator", False), ("coordinator", True)])
def test_who_opens_nobody_sees_no_number_of_a_record_on_the_page_or_in_the_table(
    client_for: Callable[..., Client], actors: dict[str, Any], role: str, told: bool
) -> None:
    row, person, colleague = uuid4(), uuid4(), actors["caseworker"].account_id
    new_person_key(person)
    append(
        actors["volunteer"],
        [
            Entry(action="posts.change", subject=row, person=person),
            Entry(action="posts.change", subject=row),
            Entry(action="posts.add", subject=colleague),
        ],
    )
    client = client_for(role)
    assert str(row) not in body(client.get("/log/"))
    rows = list(
        csv.DictReader(io.StringIO(body(client.post("/log/export/", {"account": actors["volunteer"].account_id}))))
    )
    records = [line["record"] for line in rows]
    assert records[1:] == [str(row) if told else "", str(colleague)]
    assert (records[0] != "") is told
