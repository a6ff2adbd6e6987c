"""Help denied is written down in a few taps, read by few, counted without anybody being found in the count."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.casework.referrals.factories import drafted, sent
from tests.people.factories import registered
from waystation.casework.barriers import actions, counting, keeping, queries
from waystation.casework.barriers.codes import (
    ACCESS,
    BY_PARTNER,
    GROUPS,
    KIND_OF_DECLINED,
    PROTECTED,
    Access,
    BarrierClock,
    Denied,
    Done,
    Kind,
)
from waystation.casework.barriers.counting import Met
from waystation.casework.barriers.models import Barrier, BarrierDocument
from waystation.casework.followups.models import FollowUp
from waystation.casework.referrals import actions as referrals
from waystation.casework.referrals.codes import Declined
from waystation.casework.referrals.codes import Service as Asked
from waystation.kernel import clock
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.organisations.models import PartnerKind
from waystation.people import actions as people

SECRETS = ("the woman at desk 4", "not without an address", "third time this month")


def drafted_barrier(**said: Any) -> actions.BarrierDraft:
    who, ground, words = SECRETS
    document = BarrierDocument(who=who, ground=ground, words=words)
    usual = {"denied": "health", "by": "clinic", "kind": "full", "country": "IT", "day": clock.today()}
    return actions.BarrierDraft(**{"document": document, **usual, **said})


def recorded(actor: Actor, person: Any = None, /, **said: Any) -> Barrier:
    return actions.record(by=actor, draft=drafted_barrier(**said), person_id=person.pk if person else None)


def test_every_kind_is_offered_once_mapped_once_and_every_access_kind_is_reached() -> None:
    offered = [kind for _title, kinds in GROUPS for kind in kinds]
    assert sorted(offered) == sorted(Kind)
    assert set(ACCESS) == set(Kind)
    assert set(ACCESS.values()) == set(Access)


def test_what_a_referral_tells_is_known_here() -> None:
    assert set(KIND_OF_DECLINED) <= set(Declined.values)
    assert set(BY_PARTNER) == set(PartnerKind.values)
    assert set(Asked.values) <= set(Denied.values)


def test_a_volunteer_writes_down_what_only_protection_reads(actors: dict[str, Actor]) -> None:
    person = registered(actors["volunteer"], "Miriam").person
    row = recorded(actors["volunteer"], person, kind="fear_found")
    plain = recorded(actors["volunteer"], person)
    assert (row.compartment, plain.compartment) == (Compartment.PROTECTION, Compartment.BASIC)
    assert set(queries.of_person(person, by=actors["caseworker"])) == {row, plain}
    assert set(queries.of_person(person, by=actors["health"])) == {plain}
    assert not queries.of_person(person, by=actors["volunteer"]).exists()
    with pytest.raises(NotFound):
        actions.say_done(by=actors["health"], barrier_id=row.pk, done="spoke")
    with pytest.raises(NotAllowed):
        actions.say_done(by=actors["volunteer"], barrier_id=plain.pk, done="spoke")
    assert queries.opened([row], by=actors["caseworker"])[row.pk].ground == SECRETS[1]


def test_without_a_person_it_counts_as_many_as_were_told(actors: dict[str, Actor]) -> None:
    row = recorded(actors["volunteer"], people=12)
    assert (row.person, row.people) == (None, 12)
    assert queries.opened([row], by=actors["caseworker"])[row.pk].words == SECRETS[2]
    assert recorded(actors["volunteer"], registered(actors["volunteer"]).person, people=12).people == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"denied": "luck"},
        {"by": "fate"},
        {"kind": "x"},
        {"country": "XX"},
        {"day": date(2999, 1, 1)},
        {"people": 0},
        {"people": 501},
        {"done": "x"},
    ],
)
def test_what_does_not_fit_says_what_to_mend(actors: dict[str, Actor], wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        recorded(actors["volunteer"], **wrong)
    assert set(refused.value.fields) == set(wrong)


def test_nothing_said_stands_in_the_book(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = recorded(by, registered(by, "Miriam").person, see_to=True)
    actions.say_done(by=by, barrier_id=row.pk, done="spoke", words="Doctor Bruni gave in")
    with connection.cursor() as cursor:
        for table in ("barriers_barrier", "followups_followup", "audit_leaf"):
            cursor.execute(f"SELECT * FROM {table}")
            stored = "|".join(
                str(bytes(cell) if isinstance(cell, memoryview) else cell)
                for line in cursor.fetchall()
                for cell in line
            )
            assert not [word for word in (*SECRETS, "Bruni") if word in stored]


def test_whoever_is_asked_to_see_to_it_is_done_when_something_was(actors: dict[str, Actor]) -> None:
    row = recorded(actors["volunteer"], registered(actors["volunteer"]).person, see_to=True)
    todo = FollowUp.objects.get(kind=BarrierClock.SEE_TO)
    actions.say_done(by=actors["caseworker"], barrier_id=row.pk, done="nothing", words="Nobody answers")
    todo.refresh_from_db()
    assert todo.state == "open"
    done = actions.say_done(by=actors["caseworker"], barrier_id=row.pk, done="went_along", words="They gave in")
    todo.refresh_from_db()
    assert (todo.state, done.done) == ("done", Done.WENT_ALONG)
    assert queries.opened([done], by=actors["caseworker"])[done.pk].done == "They gave in"


def test_a_slip_is_taken_back_by_who_made_it_and_by_nobody_else(actors: dict[str, Actor]) -> None:
    row = recorded(actors["volunteer"], see_to=True)
    with pytest.raises(NotFound):
        actions.take_back(by=actors["caseworker"], barrier_id=row.pk)
    actions.take_back(by=actors["volunteer"], barrier_id=row.pk)
    assert not Barrier.objects.exists()
    assert not FollowUp.objects.filter(state="open").exists()


def test_a_correction_moves_the_words_to_who_may_read_them(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = recorded(by, registered(by).person)
    actions.say_done(by=by, barrier_id=row.pk, done="spoke", words="We called")
    draft = drafted_barrier(kind="turned_away", by="neighbours")
    after = actions.correct(by=by, barrier_id=row.pk, draft=draft)
    assert (after.kind, after.by, after.done) == ("turned_away", "neighbours", "spoke")
    assert after.compartment == Compartment.PROTECTION
    assert queries.opened([after], by=by)[after.pk].done == "We called"
    assert Kind(after.kind) in PROTECTED


def test_an_erased_person_leaves_a_nameless_count(actors: dict[str, Actor]) -> None:
    row = recorded(actors["volunteer"], registered(actors["volunteer"]).person)
    assert row.person_id is not None
    people.erase(by=actors["coordinator"], person_id=row.person_id, reason="person-asked")
    row.refresh_from_db()
    assert (row.person, row.sealed, row.people, row.kind) == (None, None, 1, "full")
    assert queries.opened([row], by=actors["caseworker"]) == {}


def test_after_its_time_the_words_go_and_the_count_stays(actors: dict[str, Actor]) -> None:
    by = actors["volunteer"]
    old = recorded(by, registered(by).person, day=clock.today() - timedelta(days=800))
    young = recorded(by)
    assert keeping.forget(clock.now() - timedelta(days=730)) == 1
    assert keeping.forget(clock.now() - timedelta(days=730)) == 0
    for row in (old, young):
        row.refresh_from_db()
    assert (old.person, old.sealed) == (None, None)
    assert young.sealed is not None


def test_each_person_is_counted_once_by_what_happened_last(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    one = registered(by, "Miriam").person
    twin = registered(by, "Miriam").person
    for _number in range(3):
        recorded(by, one, kind="language")
    recorded(by, twin, kind="full")
    people.merge(by=by, survivor_id=one.pk, absorbed_id=twin.pk)
    recorded(by, kind="full", people=6)
    found = queries.figures(by)
    assert found.kinds is not None
    assert found.kinds.rows == (Kind.FULL,)
    assert found.kinds.cells[0] == (7, 7)


def test_too_few_are_not_told_at_all(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    nothing = counting.Figures(kinds=None, denied=None, months=None)
    assert queries.figures(by) == nothing
    recorded(by, people=4)
    assert queries.figures(by) == nothing
    recorded(by, people=1)
    assert queries.figures(by).kinds is not None
    with pytest.raises(NotAllowed):
        queries.figures(actors["volunteer"])


met = st.builds(
    Met,
    country=st.sampled_from(["IT", "TN", "FR", "GR", "TR", "LY", "ES", "RS", "HU", "MA"]),
    kind=st.sampled_from(list(Kind)),
    denied=st.sampled_from(list(Denied)),
    month=st.sampled_from([date(2026, month, 1) for month in (9, 10, 11)]),
    people=st.integers(1, 9),
)


@given(st.lists(met, max_size=25))
def test_no_small_count_is_told_and_the_three_tables_agree(found: list[Met]) -> None:
    figures = counting.figures(found)
    everybody = sum(line.people for line in found)
    assert (figures.denied is None) is (figures.months is None) is (everybody < 5)
    for table in (figures.kinds, figures.denied, figures.months):
        if table is None:
            continue
        assert table.cells[-1][-1] == everybody
        shown = [count for line in table.cells for count in line if count is not None]
        assert not [count for count in shown if 0 < count < 5]
        assert len(table.cells) == len(table.rows) + 1
        for line in table.cells:
            assert line.count(None) != 1


def test_every_page_stays_within_fifteen_queries(client_for: Callable[..., Client], actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    person = registered(by, "Miriam", "Tekle").person
    rows = [recorded(by, person, kind=kind.value) for kind in Kind]
    recorded(by, people=8)
    client = client_for("coordinator")
    one = f"/barriers/{rows[0].pk}/"
    pages = ["/barriers/", "/barriers/?done=nothing&order=oldest", "/barriers/add/", f"/barriers/of/{person.pk}/"]
    pages += ["/barriers/figures/", "/barriers/figures/file/", one, f"{one}correct/", f"/people/{person.pk}/"]
    over = {}
    for page in pages:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(page)
        assert answer.status_code == 200, page
        words = [query["sql"].split()[0] for query in captured.captured_queries]
        asked = [word for word in words if word in {"SELECT", "INSERT", "UPDATE"}]
        if len(asked) > 15:
            over[page] = len(asked)
    assert over == {}
    assert "Miriam" in client.get("/barriers/").content.decode()
    assert "Miriam" not in client.get("/barriers/figures/").content.decode()


def test_nobody_is_found_by_what_stood_in_the_way(client_for: Callable[..., Client], actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    for name, kind in (("Miriam", "document"), ("Selam", "full")):
        recorded(by, registered(by, name).person, kind=kind)
    text = client_for("caseworker").get("/barriers/?kind=document").content.decode()
    assert "Miriam" in text
    assert "Selam" in text
    assert 'name="kind"' not in text
    assert "A document was asked for" not in text


def test_the_file_tells_what_the_page_tells(client_for: Callable[..., Client], actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    recorded(by, people=9, kind="language")
    recorded(by, people=2, kind="document")
    text = client_for("caseworker").get("/barriers/figures/file/").content.decode()
    lines = [line.split(",") for line in text.splitlines()]
    assert ["Nobody understood them", "Language", "Italy", "…"] in [line[-4:] for line in lines]
    assert "11" in {line[-1] for line in lines}
    assert not {"1", "2", "3", "4"} & {line[-1] for line in lines}


def test_a_referral_that_was_declined_leads_here_with_what_it_tells(
    client_for: Callable[..., Client], actors: dict[str, Actor]
) -> None:
    by = actors["caseworker"]
    client = client_for("caseworker")
    fresh = drafted(by, service="health")
    assert "They were turned away" not in client.get(f"/referrals/{fresh.pk}/").content.decode()
    row = sent(by, service="shelter")
    referrals.go_on(by=by, referral_id=row.pk, act="decline", answer=referrals.Answer(declined="full"))
    page = client.get(f"/referrals/{row.pk}/").content.decode()
    assert f"/barriers/of/{row.person_id}/?denied=shelter&amp;kind=full&amp;by=aid" in page
    form = client.get(f"/barriers/of/{row.person_id}/?denied=shelter&kind=full&by=aid&done=x").content.decode()
    assert '<option value="shelter" selected' in form
    assert '<option value="full" selected' in form


def test_written_down_from_a_page_it_comes_back_filled_when_something_is_missing(
    client_for: Callable[..., Client], actors: dict[str, Actor]
) -> None:
    client = client_for("volunteer")
    answers = {"denied": "health", "by": "clinic", "kind": "", "words": "Was told to go", "people": "3"}
    answers |= {"day": str(clock.today()), "country": "IT", "done": "nothing"}
    back = client.post("/barriers/add/", answers)
    assert back.status_code == 422
    assert "Was told to go" in back.content.decode()
    done = client.post("/barriers/add/", answers | {"kind": "full"})
    assert done.status_code == 302
    assert Barrier.objects.get().people == 3
    assert "Take the last one back" in client.get(done.headers["Location"]).content.decode()
    assert client.get("/barriers/add/?last=nonsense").status_code == 200
