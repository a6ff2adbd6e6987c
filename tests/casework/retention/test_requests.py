"""An authority asks: it is written down and refused; only a court order and two officers let named fields leave."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.people.factories import registered
from waystation.accounts import approvals
from waystation.casework.retention import actions, housekeeping, queries
from waystation.casework.retention.models import AuthorityRequest, RequestDocument
from waystation.kernel import clock, journal
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed
from waystation.kernel.states import WrongState
from waystation.people import actions as people
from waystation.people import queries as who
from waystation.people.models import Disclosure, Person
from waystation.vault.models import PersonKey

ASKED = RequestDocument(who="Border unit 4, Sgt Brenno", about="A man called Yusuf with a scar", note="They were loud")


def asked(by: Actor, **changes: Any) -> AuthorityRequest:
    told: dict[str, Any] = {"authority": "border", "asked_for": "person", "document": ASKED} | changes
    return actions.record_request(by=by, **told)


def test_it_is_refused_by_default_and_nothing_readable_stands_in_its_row(volunteer: Actor, coordinator: Actor) -> None:
    row = asked(volunteer)
    assert (row.answer, row.told) == ("refused", "not-yet")
    blob = bytes(row.sealed or b"")
    assert not any(word in blob for word in (b"Brenno", b"Yusuf", b"loud"))
    (shown,) = queries.opened_requests(queries.requests_for(coordinator), by=coordinator)
    assert shown.document == ASKED
    assert not Disclosure.objects.exists()


def test_everyone_who_helps_writes_down_and_only_coordinators_read(volunteer: Actor, coordinator: Actor) -> None:
    row = asked(volunteer)
    with pytest.raises(NotAllowed):
        actions.ask_to_give(by=volunteer, request_id=row.pk, order="x", fields=["name"])
    with pytest.raises(NotAllowed):
        actions.say_told(by=volunteer, request_id=row.pk, told="told")
    actions.say_told(by=coordinator, request_id=row.pk, told="told")
    assert AuthorityRequest.objects.get().told == "told"


@pytest.mark.parametrize("paper", ["no", "other"])
def test_without_a_court_order_nothing_can_even_be_asked_for(coordinator: Actor, paper: str) -> None:
    row = asked(coordinator, paper=paper)
    with pytest.raises(Invalid):
        actions.ask_to_give(by=coordinator, request_id=row.pk, order="They insist", fields=["name"])
    assert AuthorityRequest.objects.get().answer == "refused"


def test_under_a_court_order_a_second_officer_decides_over_exact_fields_and_the_sheet_lists_them(
    coordinator: Actor, second: Actor, decide: Callable[..., None], log: list[journal.Entry]
) -> None:
    person = registered(coordinator, "Amina").person
    row = asked(coordinator, paper="order", person_id=person.pk)
    with pytest.raises(Invalid):
        actions.ask_to_give(by=coordinator, request_id=row.pk, order="Court of Lodwar 17/26", fields=[" "])
    actions.ask_to_give(
        by=coordinator, request_id=row.pk, order="Court of Lodwar 17/26", fields=["day of the last meeting"]
    )
    assert not Disclosure.objects.exists()
    with pytest.raises(WrongState):
        actions.ask_to_give(by=coordinator, request_id=row.pk, order="again", fields=["everything"])
    (question,) = approvals.waiting_for(second)
    assert not approvals.waiting_for(coordinator).exists()
    about = approvals.about(question, by=second)
    assert about is not None
    assert about.text == "Border unit 4, Sgt Brenno: day of the last meeting"
    decide()
    (left,) = who.opened_disclosures(list(Disclosure.objects.all()), by=coordinator)
    assert (left.row.basis, left.row.recipient_kind) == ("legal-duty", "authority")
    assert left.document.fields == ("day of the last meeting",)
    assert AuthorityRequest.objects.get().answer == "given"
    assert {"retention.request", "retention.request.ask", "retention.request.give", "people.disclose.duty"} <= {
        entry.action for entry in log
    }


def test_a_refusal_or_a_day_without_an_answer_leaves_it_refused(
    coordinator: Actor, decide: Callable[..., None]
) -> None:
    row = asked(coordinator, paper="order")
    actions.ask_to_give(by=coordinator, request_id=row.pk, order="17/26", fields=["name"])
    decide(yes=False)
    assert AuthorityRequest.objects.get().answer == "refused"
    assert not Disclosure.objects.exists()


def test_with_the_person_go_the_words_and_the_day_stays(coordinator: Actor) -> None:
    person = registered(coordinator, "Amina").person
    asked(coordinator, person_id=person.pk)
    people.erase(by=coordinator, person_id=person.pk, reason="person-asked")
    row = AuthorityRequest.objects.get()
    assert (row.person_id, row.sealed, row.answer, row.authority) == (None, None, "refused", "border")
    (shown,) = queries.opened_requests([row], by=coordinator)
    assert shown.document is None


def test_after_five_years_the_words_go_and_the_counts_stay(coordinator: Actor) -> None:
    row = asked(coordinator)
    asked(coordinator)
    old = clock.today() - timedelta(days=5 * 365 + 2)
    AuthorityRequest.objects.filter(pk=row.pk).update(asked_on=old)
    assert housekeeping.tidy()["authority.request"] == 1
    assert not PersonKey.objects.filter(person=row.pk).exists(), "its own key is destroyed"
    assert queries.request_counts() == [
        (clock.today().year, "border", "refused", 1),
        (old.year, "border", "refused", 1),
    ]


def test_a_request_about_someone_kept_to_another_post_is_not_shown_here(coordinator: Actor) -> None:
    from waystation.organisations.models import Post

    person = registered(coordinator, "Amina").person
    asked(coordinator, person_id=person.pk)
    assert queries.requests_for(coordinator).count() == 1
    Person.objects.filter(pk=person.pk).update(kept_to_post=Post.objects.create(name="Harbour"))
    assert queries.requests_for(coordinator).count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"authority": "friends"}, "authority"),
        ({"asked_for": "gossip"}, "asked_for"),
        ({"paper": "napkin"}, "paper"),
        ({"asked_on": clock.today() + timedelta(days=1)}, "asked_on"),
        ({"document": RequestDocument(about="x" * 5000)}, "about"),
    ],
)
def test_what_does_not_fit_is_to_be_mended(coordinator: Actor, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        asked(coordinator, **changes)
    assert set(refused.value.fields) == {field}
    assert not AuthorityRequest.objects.exists()
