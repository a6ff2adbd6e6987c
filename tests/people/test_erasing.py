"""After an erasure nothing of the person can be brought back, and a nameless count remains."""

from collections.abc import Iterator, Sequence
from uuid import UUID, uuid4

import pytest

from tests.people.factories import family, registered
from waystation.accounts import approvals
from waystation.accounts.models import Approval
from waystation.kernel import clock, journal
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.people import actions, erasure, queries
from waystation.people.codes import USUAL_CONSENT
from waystation.people.documents import ConsentDocument, StopDocument
from waystation.people.erasure import Loss, Part
from waystation.people.models import Consent, Household, JourneyStop, Membership, Merge, NoticeReading, Person
from waystation.vault.models import PersonKey


@pytest.fixture
def told_rooms(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Sequence[UUID]]]:
    """A room above that keeps one thing about every record."""
    erased: list[Sequence[UUID]] = []
    monkeypatch.setattr(erasure, "_parts", {})
    erasure.register_part(
        Part(
            key="needs",
            losses=lambda ids: [Loss(label="Needs", rows=Person.objects.filter(pk__in=ids))],
            erase=erased.append,
        )
    )
    yield erased


def full_record(by: Actor) -> Person:
    one, _two = family(by, "Amina", "Yusuf")
    actions.add_stop(by=by, person_id=one.person.pk, stage="transit", stop=StopDocument(place="Agadez"))
    actions.give_consent(
        by=by,
        person_id=one.person.pk,
        purpose="tracing",
        recipient_kind="society",
        document=ConsentDocument(read_back=True),
        expires_on=clock.today() + USUAL_CONSENT,
    )
    actions.record_notice(by=by, person_id=one.person.pk, language="som", understood=True, via="printed")
    return one.person


def test_everything_of_the_person_goes_and_a_count_stays(coordinator: Actor, told_rooms: list[Sequence[UUID]]) -> None:
    person = full_record(coordinator)
    double = registered(coordinator, "Amine").person
    actions.merge(by=coordinator, survivor_id=person.pk, absorbed_id=double.pk)
    preview = actions.erasure_preview(by=coordinator, person_id=double.pk)
    assert (preview.person, preview.records) == (person, 2)
    assert {str(label): count for label, count in preview.losses} == {
        "Households": 1,
        "Stops of the road": 1,
        "Consents": 1,
        "Needs": 2,
    }
    actions.erase(by=coordinator, person_id=person.pk, reason="person-asked")
    assert told_rooms == [(person.pk, double.pk)]
    for model in (JourneyStop, Consent, NoticeReading, Merge):
        assert not model._default_manager.exists()
    assert not Membership.objects.filter(person=person).exists()
    assert not PersonKey.objects.filter(person__in=[person.pk, double.pk]).exists()
    row = Person.objects.get(pk=person.pk)
    assert (row.identity, row.sex, row.registered_post_id, row.registered_by) == (None, "not-known", None, None)
    assert (row.age_band, row.registered_at.hour, row.registered_at.date()) == (
        person.age_band,
        0,
        person.registered_at.date(),
    )
    with pytest.raises(NotFound):
        queries.identity_of(row, by=coordinator)


def test_an_erased_person_is_on_no_page(coordinator: Actor) -> None:
    one, two = family(coordinator, "Amina", "Yusuf")
    actions.erase(by=coordinator, person_id=one.person.pk, reason="person-asked")
    with pytest.raises(NotFound):
        queries.get_for(coordinator, one.person.pk)
    assert list(queries.visible_to(coordinator)) == [two.person]
    left = queries.household_of(two.person, by=coordinator)
    assert left is not None
    assert [member.identity.given_name for member in left.members] == ["Yusuf"]
    with pytest.raises(NotFound):
        actions.erase(by=coordinator, person_id=one.person.pk, reason="person-asked")


def test_the_last_of_a_household_takes_it_along(coordinator: Actor) -> None:
    (one,) = family(coordinator, "Amina")
    actions.erase(by=coordinator, person_id=one.person.pk, reason="registered-in-error")
    assert not Household.objects.exists()


def test_the_log_keeps_who_erased_and_why_and_nothing_of_the_person(
    coordinator: Actor, log: list[journal.Entry]
) -> None:
    person = registered(coordinator, "Amina").person
    actions.erase(by=coordinator, person_id=person.pk, reason="retention-over")
    told = log[-1]
    assert (told.action, told.subject, told.person, told.reason) == (
        "people.erase",
        person.pk,
        None,
        "retention-over",
    )


def test_only_a_coordinator_erases_and_others_ask(volunteer: Actor, coordinator: Actor) -> None:
    person = registered(volunteer, "Amina").person
    with pytest.raises(NotAllowed):
        actions.erase(by=volunteer, person_id=person.pk, reason="person-asked")
    actions.request_erasure(by=volunteer, person_id=person.pk, reason="retention-over", note="Amina's file is old")
    assert queries.get_for(volunteer, person.pk) == person
    (question,) = approvals.waiting_for(coordinator)
    assert not approvals.waiting_for(volunteer).exists()
    approvals.approve(by=coordinator, approval_id=question.pk)
    with pytest.raises(NotFound):
        queries.get_for(coordinator, person.pk)
    assert not approvals.waiting_for(coordinator).exists()
    assert not Approval.objects.exists(), "what was written to ask for it tells of the person"


def test_an_unknown_reason_or_person_is_refused(coordinator: Actor) -> None:
    person = registered(coordinator, "Amina").person
    with pytest.raises(Invalid):
        actions.erase(by=coordinator, person_id=person.pk, reason="tidying up")
    with pytest.raises(NotFound):
        actions.erasure_preview(by=coordinator, person_id=uuid4())
    assert queries.get_for(coordinator, person.pk) == person
