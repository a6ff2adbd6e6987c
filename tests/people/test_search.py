"""People are found however their name is written, only by those who may see them, and nobody once erased."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people.factories import draft, registered, staff
from waystation.kernel import journal
from waystation.kernel.actors import Actor
from waystation.kernel.errors import BudgetSpent, Invalid, NodeLocked, NotAllowed
from waystation.names import index as names_index
from waystation.organisations.models import Post
from waystation.people import actions, indexing, queries, search
from waystation.people.models import Person
from waystation.people.reasons import REASONS
from waystation.vault import node as vault_node


def names(found: list[search.Found]) -> list[str]:
    return [one.identity.display_name for one in found]


@pytest.fixture
def amina(volunteer: Actor) -> Person:
    return registered(
        volunteer, "Amina", "Yusuf", alias="Um Bilal", phone="+249 912 345 678", names_as_written=("أمينة يوسف",)
    ).person


@pytest.mark.parametrize(
    "text",
    ["Amina Yusuf", "amina yousuf", "Yusuf Amina", "Aminah Jusuf", "Um Bilal", "أمينة يوسف", "Амина Юсуф", "አሚና ዩሱፍ"],
)
def test_a_name_is_found_in_other_spellings_and_scripts(volunteer: Actor, amina: Person, text: str) -> None:
    registered(volunteer, "Grace", "Okonkwo")
    found = search.find(text, by=volunteer)
    assert names(found)[:1] == ["Amina Yusuf"]
    assert found[0].reasons


@pytest.mark.parametrize("text", ["+249912345678", "0912 345 678", "00249 912-345-678", "٠٩١٢٣٤٥٦٧٨"])
def test_a_telephone_number_finds_however_it_is_written(volunteer: Actor, amina: Person, text: str) -> None:
    (found,) = search.find(text, by=volunteer)
    assert (found.person, found.reasons) == (amina, ("phone",))


def test_the_slip_finds_its_person_and_a_mistyped_one_says_so(volunteer: Actor) -> None:
    done = registered(volunteer, alias="Tall Musa")
    (found,) = search.find(done.card_code.lower().replace("-", " "), by=volunteer)
    assert (found.person, found.reasons) == (done.person, ("card",))
    wrong = ("0" if done.card_code[0] != "0" else "1") + done.card_code[1:]
    with pytest.raises(Invalid) as refusal:
        search.find(wrong, by=volunteer)
    assert set(refusal.value.fields) == {"card_code"}


def test_a_replaced_slip_finds_no_one(volunteer: Actor, amina: Person) -> None:
    old = registered(volunteer, "Musa")
    new = actions.new_card(by=volunteer, person_id=old.person.pk)
    assert search.find(old.card_code, by=volunteer) == []
    assert len(search.find(new, by=volunteer)) == 1


def test_a_correction_is_found_at_once_and_the_old_name_no_more(volunteer: Actor, amina: Person) -> None:
    identity = queries.identity_of(amina, by=volunteer)
    actions.correct(
        by=volunteer,
        person_id=amina.pk,
        revision=1,
        changes=replace(identity, given_name="Kossivi", family_name="Agbodjan", names_as_written=(), alias=""),
    )
    assert names(search.find("Kossivi Agbodjan", by=volunteer)) == ["Kossivi Agbodjan"]
    assert search.find("Amina Yusuf", by=volunteer) == []


def test_a_record_kept_to_another_post_is_not_found(volunteer: Actor, elsewhere: Actor, amina: Person) -> None:
    actions.keep_to_post(by=volunteer, person_id=amina.pk, kept=True)
    for text in ("Amina Yusuf", "+249912345678"):
        assert search.find(text, by=elsewhere) == []
        assert len(search.find(text, by=volunteer)) == 1
    assert search.duplicates_of(draft("Amina", "Yusuf"), by=elsewhere) == []


def test_who_was_erased_is_not_found(coordinator: Actor, amina: Person) -> None:
    assert search.find("Amina Yusuf", by=coordinator)
    actions.erase(by=coordinator, person_id=amina.pk, reason="person-asked")
    for text in ("Amina Yusuf", "Um Bilal", "+249912345678"):
        assert search.find(text, by=coordinator) == []


def test_an_erasure_in_another_process_reaches_this_index(
    coordinator: Actor, amina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    search.find("Amina", by=coordinator)
    monkeypatch.setattr(indexing.service, "forget", lambda ids: None)
    actions.erase(by=coordinator, person_id=amina.pk, reason="person-asked")
    assert not indexing.service.ready_index().near(["Amina Yusuf"], limit=5)


def test_a_survivor_is_found_by_the_names_of_both_and_once(caseworker: Actor, amina: Person) -> None:
    double = registered(caseworker, "Kossivi", "Agbodjan").person
    actions.merge(by=caseworker, survivor_id=amina.pk, absorbed_id=double.pk)
    (found,) = search.find("Kossivi Agbodjan", by=caseworker)
    assert found.person == amina
    assert [one.person for one in search.find("Amina Yusuf", by=caseworker)] == [amina]


def test_likely_doubles_are_shown_with_why(volunteer: Actor, amina: Person) -> None:
    registered(volunteer, "Grace", "Okonkwo")
    by_name = search.duplicates_of(draft("Aminah", "Yousuf"), by=volunteer)
    assert names(by_name) == ["Amina Yusuf"]
    by_phone = search.duplicates_of(draft("Someone", phone="0912345678"), by=volunteer)
    assert [(one.person, one.reasons) for one in by_phone] == [(amina, ("phone",))]
    assert search.duplicates_of(draft(sex="female", age_band="25-59"), by=volunteer) == []


def test_a_man_is_no_double_of_a_woman_and_who_did_not_say_may_be(volunteer: Actor) -> None:
    registered(volunteer, "Nur", "Ali", sex="male")
    registered(volunteer, "Noor", "Ali", sex="not-said")
    assert names(search.find("Nur Ali", by=volunteer, sex="female")) == ["Noor Ali"]


def test_year_and_country_leave_out_whom_they_surely_do_not_fit(volunteer: Actor) -> None:
    registered(volunteer, "Nur", "Ali", birth_year=1990, origin="SD")
    registered(volunteer, "Noor", "Ali", birth_year=1970, origin="SO")
    registered(volunteer, "Nuur", "Ali")
    assert set(names(search.find("Nur Ali", by=volunteer, birth_year=1992))) == {"Nur Ali", "Nuur Ali"}
    assert set(names(search.find("Nur Ali", by=volunteer, origin="SO"))) == {"Noor Ali", "Nuur Ali"}
    assert "Noor Ali" not in names(search.duplicates_of(draft("Nur", "Ali", birth_year=1990), by=volunteer))


def test_only_what_is_shown_is_opened_counted_and_told(volunteer: Actor, log: list[journal.Entry]) -> None:
    for number in range(8):
        registered(volunteer, "Amina", f"Yusuf{number}")
    log.clear()
    found = search.find("Amina", by=volunteer, limit=3)
    opened = [entry.subject for entry in log if entry.action == "vault.read"]
    assert opened == [one.person.pk for one in found]
    assert len(opened) == 3


def test_the_budget_ends_a_search_that_opens_too_many(node: Post, volunteer: Actor) -> None:
    greedy = staff("volunteer", node, people_per_hour=2)
    for number in range(4):
        registered(volunteer, "Amina", f"Yusuf{number}")
    assert len(search.find("Amina", by=greedy, limit=2)) == 2
    with pytest.raises(BudgetSpent):
        search.find("Amina", by=greedy, limit=4)


def test_an_administrator_finds_no_one(administrator: Actor, amina: Person) -> None:
    with pytest.raises(NotAllowed):
        search.find("Amina", by=administrator)
    with pytest.raises(NotAllowed):
        search.duplicates_of(draft("Amina"), by=administrator)


def test_locking_drops_the_index(volunteer: Actor, amina: Person) -> None:
    assert search.find("Amina", by=volunteer)
    vault_node.lock("test")
    assert search.progress() == (0, 0)
    with pytest.raises(NodeLocked):
        search.find("Amina", by=volunteer)


def test_unlocking_builds_it_again(volunteer: Actor, amina: Person) -> None:
    indexing.service.stop()
    indexing.service.start()
    assert search.is_ready()
    assert search.progress() == (1, 1)
    assert names(search.find("Amina Yusuf", by=volunteer)) == ["Amina Yusuf"]


@pytest.mark.parametrize("text", ["", " ", "a", "\x00\u202e", "x" * 100_000, "😀😀😀", "'; drop table", "%", "0000"])
def test_no_text_breaks_the_search(volunteer: Actor, amina: Person, text: str) -> None:
    assert search.find(text, by=volunteer) == []


def test_a_search_needs_few_queries(volunteer: Actor, amina: Person) -> None:
    search.find("Amina", by=volunteer)
    with CaptureQueriesContext(connection) as queries_made:
        search.find("Amina", by=volunteer)
    assert len([one for one in queries_made if "SAVEPOINT" not in one["sql"]]) <= 12


@pytest.mark.django_db(transaction=True)
def test_what_this_process_wrote_is_not_opened_again(volunteer: Actor, log: list[journal.Entry]) -> None:
    search.find("Amina", by=volunteer)
    registered(volunteer, "Amina", "Yusuf")
    log.clear()
    assert names(search.find("Amina Yusuf", by=volunteer)) == ["Amina Yusuf"]
    assert [entry.action for entry in log] == ["vault.read"]


@pytest.mark.django_db(transaction=True)
def test_the_index_is_built_beside_the_work_and_says_how_far_it_is(volunteer: Actor, settings: Any) -> None:
    registered(volunteer, "Amina", "Yusuf")
    settings.SEARCH_BUILD = "thread"
    indexing.service.start()
    assert indexing.service.wait(10)
    assert search.progress() == (1, 1)
    assert names(search.find("Amina Yusuf", by=volunteer)) == ["Amina Yusuf"]


@pytest.fixture(autouse=True)
def _no_index_left() -> Iterator[None]:
    yield
    indexing.service.stop()


def test_who_writes_it_the_same_comes_first_where_many_sound_alike(
    volunteer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names_index, "COMPARED", 3)
    for given in ("Hossein", "Hosein", "Hussein", "Husain", "Hassan", "Hasan", "Hussain"):
        registered(volunteer, given, "Karimi")
    assert names(search.find("hussain karimi", by=volunteer))[0] == "Hussain Karimi"


def test_every_reason_has_words() -> None:
    beside = [Path(search.__file__).with_name(name) for name in ("index.py", "search.py")]
    source = "".join(path.read_text(encoding="utf-8") for path in beside)
    used = set(re.findall(r'"((?:name|other)-[a-z]+|card|phone)"(?!:)', source))
    assert used == set(REASONS)


def test_a_name_among_several_that_is_written_the_same_is_said_to_be_the_same(volunteer: Actor) -> None:
    """The name in the other script has one part and is nearer than the same word among three."""
    yusuf = registered(volunteer, "Yusuf Ahmad", "Karimi", names_as_written=("يوسف",)).person
    (found,) = search.find("Yusuf", by=volunteer)
    assert (found.person, found.reasons) == (yusuf, ("name-same",))


def test_who_is_still_typing_a_name_finds_it(volunteer: Actor) -> None:
    registered(volunteer, "Fatoumata", "Camara")
    for typed in ("fato", "Fatoum", "Fatouma Cam"):
        assert names(search.find(typed, by=volunteer)) == ["Fatoumata Camara"]


def test_a_name_still_being_typed_is_said_to_begin_so(caseworker: Actor) -> None:
    registered(caseworker, "Zeinabou", "Diallo")
    (found,) = search.find("Zeina", by=caseworker)
    assert found.reasons[0] == "name-begins"
    (whole,) = search.find("Zeinabou Diallo", by=caseworker)
    assert whole.reasons[0] == "name-same"
