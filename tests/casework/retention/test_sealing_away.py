"""Sealed to the offline key nobody on the node opens a person; two officers and the key bring them back."""

import json
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from tests.people.factories import registered
from waystation.accounts import approvals
from waystation.accounts.models import Approval
from waystation.casework import clocks
from waystation.casework.actions import HelpDraft, NeedDraft, record_help
from waystation.casework.retention import actions, queries
from waystation.casework.retention.actions.returning import question
from waystation.casework.retention.actions.sealing import NoOfflineKey, StillNeeded
from waystation.casework.retention.models import OfflinePublicKey, SealedRecord
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.people import actions as people
from waystation.people import queries as who
from waystation.people import search
from waystation.people.documents import DisclosureDocument, StopDocument
from waystation.people.models import NoticeReading, Person
from waystation.vault import PersonErased, epochs, open_document
from waystation.vault.models import PersonKey
from waystation.vault.offline_keys import OfflineKey, OfflineKeyProblem, Request
from waystation.vault.persons import forget_everywhere, key_of


def sealed(by: Actor, person: Person) -> SealedRecord:
    (record,) = actions.seal_away(by=by, person_ids=[person.pk])
    return record


def asked_back(by: Actor, record: SealedRecord, decide: Callable[..., None]) -> SealedRecord:
    actions.ask_back(by=by, record_id=record.pk, reason="She stands at the desk with her slip")
    decide()
    record.refresh_from_db()
    return record


def test_a_sealed_person_is_found_opened_and_listed_by_nobody(coordinator: Actor, offline_key: OfflineKey) -> None:
    made = registered(coordinator, "Amina", "Tesfay", phone="+254700123456")
    person = made.person
    people.add_stop(by=coordinator, person_id=person.pk, stage="transit", stop=StopDocument(place="Agadez"))
    assert search.find("Amina Tesfay", by=coordinator)
    sealed(coordinator, person)
    forget_everywhere()
    for text in ("Amina Tesfay", "+254700123456", made.card_code):
        assert search.find(text, by=coordinator) == []
    with pytest.raises(NotFound):
        who.get_for(coordinator, person.pk)
    with pytest.raises(NotFound):
        who.identity_of(Person.objects.get(pk=person.pk), by=coordinator)
    with pytest.raises(PersonErased):
        key_of(person.pk)


def test_the_slip_still_finds_that_there_is_a_record_and_nothing_else_does(
    coordinator: Actor, offline_key: OfflineKey
) -> None:
    made = registered(coordinator, "Amina")
    other = registered(coordinator, "Idris")
    record = sealed(coordinator, made.person)
    assert queries.by_card(coordinator, made.card_code) == record
    assert queries.by_card(coordinator, other.card_code) is None
    assert "Amina" not in str(vars(record))


def test_two_officers_and_the_key_bring_everything_back(
    coordinator: Actor, offline_key: OfflineKey, decide: Callable[..., None]
) -> None:
    person, double = registered(coordinator, "Amina").person, registered(coordinator, "Amine").person
    people.merge(by=coordinator, survivor_id=person.pk, absorbed_id=double.pk, note="the same scar")
    record = sealed(coordinator, person)
    with pytest.raises(NotFound):
        question(record)
    record = asked_back(coordinator, record, decide)
    request = Request.from_text(question(record).to_text())
    actions.bring_back(by=coordinator, record_id=record.pk, answer=offline_key.answer(request))
    assert who.identity_of(who.get_for(coordinator, person.pk), by=coordinator).given_name == "Amina"
    assert [view.document.note for view in who.merges_of(person, by=coordinator)] == ["the same scar"]
    assert search.find("Amina", by=coordinator)[0].person == person
    assert not SealedRecord.objects.exclude(return_private=b"").exists()
    assert not Approval.objects.filter(subject=record.pk).exists(), "why is sealed under no key of theirs"


def test_after_a_change_of_epoch_it_still_comes_back(
    coordinator: Actor, offline_key: OfflineKey, decide: Callable[..., None]
) -> None:
    person = registered(coordinator, "Amina").person
    record = sealed(coordinator, person)
    epochs.rotate()
    epochs.rotate()
    record = asked_back(coordinator, record, decide)
    actions.bring_back(by=coordinator, record_id=record.pk, answer=offline_key.answer(question(record)))
    assert who.get_for(coordinator, person.pk) == person


def test_an_answer_to_another_question_opens_nothing(
    coordinator: Actor, offline_key: OfflineKey, decide: Callable[..., None]
) -> None:
    one, two = (sealed(coordinator, registered(coordinator, name).person) for name in ("Amina", "Idris"))
    one, two = (asked_back(coordinator, record, decide) for record in (one, two))
    other = offline_key.answer(question(two))
    moved = json.loads(other)
    moved["records"] = {str(one.pk): next(iter(moved["records"].values()))}
    for answer in (other, json.dumps(moved), "", "{}", "[]", "null", '{"what": "waystation/brought-back/1"}'):
        with pytest.raises(Invalid):
            actions.bring_back(by=coordinator, record_id=one.pk, answer=answer)
    # What was asked before and given up is worth nothing later: each question has a key of its own.
    old = offline_key.answer(question(one))
    actions.give_up(by=coordinator, record_id=one.pk)
    asked_back(coordinator, one, decide)
    with pytest.raises(Invalid):
        actions.bring_back(by=coordinator, record_id=one.pk, answer=old)


def test_a_wrong_key_in_a_right_answer_is_noticed_and_changes_nothing(
    coordinator: Actor, offline_key: OfflineKey, decide: Callable[..., None]
) -> None:
    person = registered(coordinator, "Amina").person
    record = asked_back(coordinator, sealed(coordinator, person), decide)
    before = bytes(PersonKey.objects.get(person=person.pk).wrapped)
    request = question(record)

    class Liar(OfflineKey):
        def open(self, package: object, node: UUID) -> object:  # type: ignore[override]
            return replace(super().open(package, node), key=b"\x07" * 32)  # type: ignore[arg-type]

    with pytest.raises(Invalid):
        actions.bring_back(by=coordinator, record_id=record.pk, answer=Liar(offline_key.secret).answer(request))
    assert bytes(PersonKey.objects.get(person=person.pk).wrapped) == before


def test_the_list_tells_names_to_the_key_and_to_nobody_else(coordinator: Actor, offline_key: OfflineKey) -> None:
    record = sealed(coordinator, registered(coordinator, "Amina", "Tesfay", birth_year=1994, origin="ER").person)
    text = actions.export_packages(by=coordinator).to_text()
    assert "Amina" not in text
    request = Request.from_text(text)
    (package,) = request.records[record.pk]
    assert offline_key.open(package, request.node).label == "Amina Tesfay · 1994 · ER"
    with pytest.raises(OfflineKeyProblem):
        OfflineKey.new().open(package, request.node)
    with pytest.raises(OfflineKeyProblem, match="asks for nobody"):
        offline_key.answer(request)


def test_packages_of_long_and_short_names_are_of_one_size(coordinator: Actor, offline_key: OfflineKey) -> None:
    records = [sealed(coordinator, registered(coordinator, name).person) for name in ("Al", "ሰ" * 190, "x" * 20)]
    assert len({len(queries.packages_of(record)[0].sealed) for record in records}) == 1


def test_a_sealed_record_is_erased_without_being_opened(
    coordinator: Actor, offline_key: OfflineKey, decide: Callable[..., None]
) -> None:
    person = registered(coordinator, "Amina").person
    record = sealed(coordinator, person)
    actions.ask_erase_sealed(by=coordinator, record_id=record.pk)
    assert PersonKey.objects.filter(person=person.pk).exists()
    decide()
    assert not PersonKey.objects.filter(person=person.pk).exists()
    assert Person.objects.get(pk=person.pk).erased_at is not None
    with pytest.raises(NotFound):
        queries.record_for(coordinator, record.pk)


def test_without_a_key_with_open_work_or_without_the_role_nothing_is_sealed(
    coordinator: Actor, volunteer: Actor, decide: Callable[..., None]
) -> None:
    person = registered(coordinator, "Amina").person
    with pytest.raises(NoOfflineKey):
        sealed(coordinator, person)
    with pytest.raises(NotAllowed):
        actions.seal_away(by=volunteer, person_ids=[person.pk])
    key = OfflineKey.new()
    actions.name_offline_key(by=coordinator, text=key.to_text("today").split("\n")[-2])
    with pytest.raises(NoOfflineKey):
        sealed(coordinator, person)
    decide()
    record_help(by=coordinator, person_id=person.pk, draft=HelpDraft(needs=[NeedDraft(code="food")]))
    with pytest.raises(StillNeeded, match="A need is open"):
        sealed(coordinator, person)
    waiting = registered(coordinator, "Idris").person
    people.request_vital_disclosure(
        by=coordinator,
        person_id=waiting.pk,
        purpose="referral",
        recipient_kind="health",
        kind="telephone",
        document=DisclosureDocument(recipient="Clinic", fields=("name",), why="He bleeds"),
    )
    with pytest.raises(StillNeeded, match="waits for a second officer"):
        sealed(coordinator, waiting)


def test_work_of_another_room_keeps_people(
    coordinator: Actor, offline_key: OfflineKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = registered(coordinator, "Amina").person
    people.record_notice(by=coordinator, person_id=person.pk, language="som", understood=True, via="printed")
    block = clocks.Block(code="cases", says="A case is open.", rows=NoticeReading.objects.all)
    monkeypatch.setitem(clocks._blocks, "cases", block)
    with pytest.raises(StillNeeded, match="A case is open"):
        sealed(coordinator, person)


def test_one_officer_alone_names_no_key_and_brings_nobody_back(
    coordinator: Actor, second: Actor, offline_key: OfflineKey
) -> None:
    mine = OfflineKey.new()
    actions.name_offline_key(by=coordinator, text=mine.to_text("today").split("\n")[-2])
    (asked,) = approvals.waiting_for(second)
    with pytest.raises(NotAllowed):
        approvals.approve(by=coordinator, approval_id=asked.pk)
    assert bytes(OfflinePublicKey.objects.get(state="stands").public) == offline_key.public
    record = sealed(coordinator, registered(coordinator, "Amina").person)
    with pytest.raises(WrongState):
        actions.bring_back(by=coordinator, record_id=record.pk, answer="{}")


def test_the_private_half_is_refused_by_the_node_and_never_taken_for_the_public_one(coordinator: Actor) -> None:
    key = OfflineKey.new()
    for text in (key.to_text("today"), key.written(), "private: " + key.written(), "x", ""):
        with pytest.raises(Invalid):
            actions.name_offline_key(by=coordinator, text=text)
    assert not OfflinePublicKey.objects.exists()


def test_who_is_sealed_to_an_earlier_key_comes_back_by_that_key(
    coordinator: Actor, offline_key: OfflineKey, decide: Callable[..., None]
) -> None:
    record = sealed(coordinator, registered(coordinator, "Amina").person)
    newer = OfflineKey.new()
    actions.name_offline_key(by=coordinator, text=newer.to_text("today").split("\n")[-2])
    decide()
    record = asked_back(coordinator, record, decide)
    with pytest.raises(OfflineKeyProblem):
        newer.answer(question(record))
    actions.bring_back(by=coordinator, record_id=record.pk, answer=offline_key.answer(question(record)))


def test_a_question_that_waits_about_a_sealed_person_breaks_no_page(
    coordinator: Actor, volunteer: Actor, second: Actor, offline_key: OfflineKey
) -> None:
    person = registered(coordinator, "Amina").person
    people.request_erasure(by=volunteer, person_id=person.pk, reason="person-asked")
    sealed(coordinator, person)
    assert [approvals.reason_of(row) for row in approvals.waiting_for(second)] == []


def test_what_hangs_on_a_sealed_person_does_not_open(coordinator: Actor, offline_key: OfflineKey) -> None:
    from waystation.people.models import JourneyStop

    person = registered(coordinator, "Amina").person
    people.add_stop(by=coordinator, person_id=person.pk, stage="transit", stop=StopDocument(place="Agadez"))
    sealed(coordinator, person)
    with pytest.raises(PersonErased):
        open_document(JourneyStop.objects.get(), StopDocument, by=coordinator)
