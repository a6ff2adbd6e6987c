"""The person decides: nothing leaves without a standing consent, and everything that left is listed."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people.factories import registered
from waystation.accounts import approvals
from waystation.audit.models import Leaf
from waystation.kernel import clock, journal
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Conflict, ConsentMissing, Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.people import actions, queries
from waystation.people.approvals import let_leave
from waystation.people.codes import ASKED, CONSENT_TABLE, LONGEST_CONSENT, USUAL_CONSENT, ConsentAct, ConsentState
from waystation.people.documents import ConsentDocument, DisclosureDocument
from waystation.people.models import Consent, Disclosure, Person
from waystation.vault import PersonErased, SealBroken, erase_person, open_for_node

WHAT = DisclosureDocument(recipient="Clinic of Hope", fields=("given_name", "birth_year"), why="appointment")

ADRIFT = DisclosureDocument(recipient="Coast guard", fields=("last position",), why="Adrift")


@pytest.fixture
def person(volunteer: Actor) -> Person:
    return registered(volunteer, "Amina").person


def allow(by: Actor, person: Person, kind: str = "health", **document: object) -> Consent:
    return actions.give_consent(
        by=by,
        person_id=person.pk,
        purpose="referral",
        recipient_kind=kind,
        document=ConsentDocument(**{"read_back": True, **document}),  # type: ignore[arg-type]
        expires_on=clock.today() + USUAL_CONSENT,
    )


def pass_on(by: Actor, person: Person, document: DisclosureDocument = WHAT, kind: str = "health") -> Disclosure:
    return actions.record_disclosure(
        by=by, person_id=person.pk, purpose="referral", recipient_kind=kind, kind="telephone", document=document
    )


def test_with_consent_a_disclosure_is_recorded_and_listed(caseworker: Actor, person: Person) -> None:
    consent = allow(caseworker, person, language="som", explained_by="Hodan")
    pass_on(caseworker, person)
    (listed,) = queries.disclosures_of(person, by=caseworker)
    assert (listed.row.consent_id, listed.document) == (consent.pk, WHAT)
    assert [view.stands for view in queries.consents_of(person, by=caseworker)] == [True]


def test_without_consent_nothing_leaves(caseworker: Actor, person: Person) -> None:
    with pytest.raises(ConsentMissing):
        pass_on(caseworker, person)
    assert not Disclosure.objects.exists()


def test_a_consent_taken_back_stops_disclosures_at_once(caseworker: Actor, person: Person) -> None:
    allow(caseworker, person)
    consent = allow(caseworker, person)
    pass_on(caseworker, person)
    actions.withdraw_consent(by=caseworker, consent_id=consent.pk)
    with pytest.raises(ConsentMissing):
        pass_on(caseworker, person)
    assert [view.stands for view in queries.consents_of(person, by=caseworker)] == [False, False]
    assert len(queries.disclosures_of(person, by=caseworker)) == 1
    with pytest.raises(WrongState):
        actions.withdraw_consent(by=caseworker, consent_id=consent.pk)


def test_a_later_no_ends_an_earlier_yes_and_a_later_yes_opens_again(caseworker: Actor, person: Person) -> None:
    allow(caseworker, person)
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=False):
        actions.refuse_consent(
            by=caseworker,
            person_id=person.pk,
            purpose="referral",
            recipient_kind="health",
            document=ConsentDocument(read_back=True),
        )
        with pytest.raises(ConsentMissing):
            pass_on(caseworker, person)
    with time_machine.travel(clock.now() + timedelta(minutes=10), tick=False):
        allow(caseworker, person)
        assert pass_on(caseworker, person).sent_at


def test_consent_covers_its_purpose_its_kind_and_its_names_only(caseworker: Actor, person: Person) -> None:
    allow(caseworker, person, recipients=("clinic  of HOPE",))
    pass_on(caseworker, person)
    with pytest.raises(ConsentMissing):
        pass_on(caseworker, person, DisclosureDocument(recipient="Other clinic", fields=("given_name",)))
    with pytest.raises(ConsentMissing):
        pass_on(caseworker, person, kind="society")
    with pytest.raises(ConsentMissing):
        actions.record_disclosure(
            by=caseworker,
            person_id=person.pk,
            purpose="tracing",
            recipient_kind="health",
            kind="letter",
            document=WHAT,
        )


def test_a_name_withheld_anywhere_gets_nothing(caseworker: Actor, person: Person) -> None:
    allow(caseworker, person)
    allow(caseworker, person, kind="society", withheld=("Clinic of Hope",))
    with pytest.raises(ConsentMissing):
        pass_on(caseworker, person)


def test_a_consent_ends_on_its_day(caseworker: Actor, person: Person) -> None:
    actions.give_consent(
        by=caseworker,
        person_id=person.pk,
        purpose="referral",
        recipient_kind="health",
        document=ConsentDocument(read_back=True),
        expires_on=clock.today(),
    )
    assert pass_on(caseworker, person).sent_at
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False), pytest.raises(ConsentMissing):
        pass_on(caseworker, person)


def test_to_save_a_life_a_second_officer_lets_it_leave(caseworker: Actor, coordinator: Actor, person: Person) -> None:
    with pytest.raises(Invalid) as refusal:
        vital(caseworker, person, DisclosureDocument(recipient="Coast guard", fields=("know_now",)))
    assert set(refusal.value.fields) == {"why"}
    waiting = vital(caseworker, person, ADRIFT)
    assert waiting.sent_at is None
    (question,) = approvals.waiting_for(coordinator)
    assert approvals.reason_of(question) == "Adrift"
    approvals.approve(by=coordinator, approval_id=question.pk)
    row = Disclosure.objects.get(pk=waiting.pk)
    assert (row.basis, row.sent_by, row.approved_by) == (
        "vital-interest",
        caseworker.account_id,
        coordinator.account_id,
    )
    assert row.sent_at
    with pytest.raises(Conflict):
        approvals.approve(by=coordinator, approval_id=question.pk)


def test_a_second_officers_no_throws_away_what_waited(caseworker: Actor, coordinator: Actor, person: Person) -> None:
    vital(caseworker, person, ADRIFT)
    (question,) = approvals.waiting_for(coordinator)
    approvals.refuse(by=coordinator, approval_id=question.pk)
    assert queries.disclosures_of(person, by=caseworker) == ()


def test_what_nobody_decides_in_a_day_is_refused_by_itself(
    caseworker: Actor, coordinator: Actor, person: Person, log: list[journal.Entry]
) -> None:
    vital(caseworker, person, ADRIFT)
    assert approvals.end_overdue() == 0
    with time_machine.travel(clock.now() + approvals.LASTS + timedelta(minutes=1), tick=False):
        assert approvals.end_overdue() == 1
        assert approvals.end_overdue() == 0
    assert queries.disclosures_of(person, by=caseworker) == ()
    assert [entry.action for entry in log if entry.action.startswith("approvals")][-1] == "approvals.overdue"


def test_nobody_is_their_own_second_officer(coordinator: Actor, person: Person) -> None:
    waiting = vital(coordinator, person, ADRIFT)
    assert not approvals.waiting_for(coordinator).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        let_leave(coordinator, waiting.pk)


POLICE = DisclosureDocument(recipient="District police", fields=("name",), why="She wants to report the theft")


def to_police(by: Actor, person: Person) -> Disclosure:
    return actions.request_authority_disclosure(
        by=by, person_id=person.pk, purpose="services", kind="spoken", document=POLICE
    )


def allow_police(by: Actor, person: Person, *names: str) -> Consent:
    return actions.give_consent(
        by=by,
        person_id=person.pk,
        purpose="services",
        recipient_kind="authority",
        document=ConsentDocument(read_back=True, recipients=names),
        expires_on=clock.today() + timedelta(days=30),
    )


def test_authorities_are_refused_by_default_even_where_a_consent_stands(caseworker: Actor, person: Person) -> None:
    with pytest.raises(Invalid) as unnamed:
        allow_police(caseworker, person)
    assert set(unnamed.value.fields) == {"recipients"}
    allow_police(caseworker, person, "District police")
    with pytest.raises(actions.AuthorityRefused):
        actions.record_disclosure(
            by=caseworker, person_id=person.pk, purpose="services", recipient_kind="authority", kind="spoken",
            document=POLICE,
        )  # fmt: skip
    assert queries.disclosures_of(person, by=caseworker) == ()
    refusal = Leaf.objects.latest("index").action
    assert refusal == "people.disclose.authority_refused"


def test_an_authority_the_person_named_is_told_only_after_a_second_officers_yes(
    caseworker: Actor, coordinator: Actor, person: Person
) -> None:
    with pytest.raises(ConsentMissing):
        to_police(caseworker, person)
    allow_police(caseworker, person, "Border guard")
    with pytest.raises(ConsentMissing):
        to_police(caseworker, person)
    allow_police(caseworker, person, "District police")
    assert to_police(caseworker, person).sent_at is None
    (question,) = approvals.waiting_for(coordinator)
    approvals.approve(by=coordinator, approval_id=question.pk)
    assert Disclosure.objects.get().sent_at
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.update(approved_by=None)


def test_an_authority_is_not_told_once_the_consent_is_taken_back(
    caseworker: Actor, coordinator: Actor, person: Person
) -> None:
    consent = allow_police(caseworker, person, "District police")
    to_police(caseworker, person)
    actions.withdraw_consent(by=caseworker, consent_id=consent.pk)
    (question,) = approvals.waiting_for(coordinator)
    with pytest.raises(ConsentMissing):
        approvals.approve(by=coordinator, approval_id=question.pk)
    assert Disclosure.objects.get().sent_at is None


def test_whom_the_person_named_as_never_to_be_told_needs_a_second_thought(caseworker: Actor, person: Person) -> None:
    allow(caseworker, person, withheld=(ADRIFT.recipient,))
    with pytest.raises(actions.Withheld):
        vital(caseworker, person, ADRIFT)
    common: dict[str, Any] = {"by": caseworker, "person_id": person.pk, "purpose": "services", "kind": "telephone"}
    waiting = actions.request_vital_disclosure(
        **common, recipient_kind="authority", document=ADRIFT, although_withheld=True
    )
    assert waiting.sent_at is None


def vital(by: Actor, person: Person, document: DisclosureDocument) -> Disclosure:
    return actions.request_vital_disclosure(
        by=by, person_id=person.pk, purpose="services", recipient_kind="authority", kind="telephone", document=document
    )


@pytest.mark.parametrize("until", [None, clock.today() + LONGEST_CONSENT + timedelta(days=1)])
def test_a_yes_has_an_end(caseworker: Actor, person: Person, until: date | None) -> None:
    yes = ConsentDocument(read_back=True)
    said: dict[str, Any] = {"person_id": person.pk, "purpose": "referral", "recipient_kind": "health", "document": yes}
    with pytest.raises(Invalid) as refusal:
        actions.give_consent(by=caseworker, **said, expires_on=until)
    assert set(refusal.value.fields) == {"expires_on"}
    assert actions.refuse_consent(by=caseworker, **said).expires_on is None


@given(acts=st.lists(st.sampled_from(ConsentAct.values), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_answer_goes_only_where_the_table_leads(caseworker: Actor, person: Person, acts: list[str]) -> None:
    """Give and refuse begin a new answer each time; only a standing yes can be taken back, and only once."""
    said: dict[str, Any] = {"person_id": person.pk, "purpose": "photo", "recipient_kind": "public"}
    last: Consent | None = None
    for act in acts:
        if act == ConsentAct.WITHDRAW:
            before = last.state if last else ASKED
            if not CONSENT_TABLE.allows(before, act):
                with pytest.raises((WrongState, NotFound)):
                    actions.withdraw_consent(by=caseworker, consent_id=last.pk if last else person.pk)
                continue
            assert last is not None
            last = actions.withdraw_consent(by=caseworker, consent_id=last.pk)
            assert last.state == CONSENT_TABLE.after(before, act)
        elif act == ConsentAct.GIVE:
            yes = ConsentDocument(read_back=True)
            last = actions.give_consent(by=caseworker, **said, document=yes, expires_on=clock.today())
        else:
            last = actions.refuse_consent(by=caseworker, **said, document=ConsentDocument())
        assert last.state in CONSENT_TABLE.reachable() - {ASKED}
    assert CONSENT_TABLE.reachable() == {ASKED, *ConsentState.values}


def test_no_row_holds_a_yes_without_end(caseworker: Actor, person: Person) -> None:
    consent = allow(caseworker, person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(expires_on=None)


def test_wrong_answers_are_refused(caseworker: Actor, person: Person) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.give_consent(
            by=caseworker,
            person_id=person.pk,
            purpose="everything",
            recipient_kind="anyone",
            document=ConsentDocument(given_by="neighbour", basis="habit", language="xx"),
            expires_on=clock.today() - timedelta(days=1),
        )
    assert set(refusal.value.fields) == {
        "purpose",
        "recipient_kind",
        "given_by",
        "basis",
        "language",
        "expires_on",
        "read_back",
    }
    with pytest.raises(Invalid) as refusal:
        pass_on(caseworker, person, DisclosureDocument())
    assert set(refusal.value.fields) == {"recipient", "fields"}


def test_a_volunteer_records_consent_but_passes_nothing_on(volunteer: Actor, person: Person) -> None:
    allow(volunteer, person)
    with pytest.raises(NotAllowed):
        pass_on(volunteer, person)


def test_who_may_not_see_a_person_neither_answers_nor_withdraws(
    volunteer: Actor, elsewhere: Actor, person: Person
) -> None:
    consent = allow(volunteer, person)
    actions.keep_to_post(by=volunteer, person_id=person.pk, kept=True)
    with pytest.raises(NotFound):
        actions.withdraw_consent(by=elsewhere, consent_id=consent.pk)
    with pytest.raises(NotFound):
        allow(elsewhere, person)


def test_the_reading_of_the_notice_is_kept(volunteer: Actor, person: Person) -> None:
    actions.record_notice(by=volunteer, person_id=person.pk, language="som", understood=True, via="interpreter")
    (reading,) = queries.notices_of(person)
    assert (reading.language, reading.understood, reading.by) == ("som", True, volunteer.account_id)
    with pytest.raises(Invalid) as refusal:
        actions.record_notice(by=volunteer, person_id=person.pk, language="zz", understood=True, via="smoke")
    assert set(refusal.value.fields) == {"language", "via"}
    with pytest.raises(NotFound):
        actions.record_notice(by=volunteer, person_id=uuid4(), language="som", understood=True, via="printed")


def test_the_second_officer_sees_of_whom_to_whom_and_what(
    caseworker: Actor, coordinator: Actor, person: Person
) -> None:
    vital(caseworker, person, ADRIFT)
    (question,) = approvals.waiting_for(coordinator)
    about = approvals.about(question, by=coordinator)
    assert about
    assert ADRIFT.recipient in about.text
    assert all(field in about.text for field in ADRIFT.fields)


@pytest.mark.parametrize(
    "written", ["City Hospital", "City hospital, Dr Amin", "CITY  HOSPITAL.", "Ｃity Hos\u00adpital"]
)
def test_who_is_withheld_is_withheld_however_they_are_written(caseworker: Actor, person: Person, written: str) -> None:
    allow(caseworker, person, withheld=("City Hospital",))
    with pytest.raises(ConsentMissing):
        pass_on(caseworker, person, DisclosureDocument(recipient=written, fields=("name",)))
    pass_on(caseworker, person, DisclosureDocument(recipient="City Shelter", fields=("name",)))


def test_a_reason_goes_with_the_person_it_tells_of(caseworker: Actor, coordinator: Actor, person: Person) -> None:
    vital(caseworker, person, ADRIFT)
    (question,) = approvals.waiting_for(coordinator)
    with pytest.raises(SealBroken):
        open_for_node("approval", bytes(question.particulars))
    assert approvals.reason_of(question) == "Adrift"
    erase_person(person.pk)
    with pytest.raises(PersonErased):
        approvals.reason_of(question)
