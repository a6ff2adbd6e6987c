"""What is sealed opens only in its own place, for whom it is meant, and never without a trace."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.crowd import make_household
from tests.vault.sealed import Drawer, Graded, HealthLetter, Letter, drawer, reader
from waystation.kernel.actors import Compartment
from waystation.kernel.errors import NodeLocked, NotAllowed
from waystation.kernel.journal import Entry
from waystation.people.documents import IdentityDocument
from waystation.people.models import Person
from waystation.vault import (
    PersonErased,
    SealBroken,
    erase_person,
    new_person_key,
    open_detail,
    open_document,
    open_documents,
    open_for_node,
    person_mac,
    seal,
    seal_detail,
    seal_for_node,
    stream_for_index,
)
from waystation.vault import node as vault
from waystation.vault.models import PersonKey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("node")]
HEALTH = (Compartment.BASIC, Compartment.HEALTH)


def test_what_was_sealed_opens_in_its_own_row() -> None:
    row = drawer("Amal Haddad")
    assert b"Amal" not in bytes(row.letter)
    assert open_document(row, Letter, by=reader()) == Letter(name="Amal Haddad")


def test_the_same_document_sealed_twice_looks_different() -> None:
    row = drawer("Amal")
    before = bytes(row.letter)
    seal(row, "letter", Letter(name="Amal"))
    assert bytes(row.letter) != before


def test_a_document_moved_to_another_row_of_the_same_person_is_refused() -> None:
    row = drawer()
    other = Drawer(person=row.person, letter=row.letter)
    with pytest.raises(SealBroken):
        open_document(other, Letter, by=reader())


def test_a_document_moved_to_another_person_is_refused() -> None:
    row, other = drawer("Amal"), drawer("Noor")
    row.letter = other.letter
    with pytest.raises(SealBroken):
        open_document(row, Letter, by=reader())


def test_a_document_moved_to_another_column_is_refused() -> None:
    row = drawer()
    row.health = row.letter
    with pytest.raises(SealBroken):
        open_document(row, HealthLetter, by=reader(*HEALTH))


def test_a_document_moved_to_another_table_is_refused() -> None:
    row = drawer()
    other = Graded(id=row.id, person=row.person, compartment_of_row="basic", letter=row.letter)
    with pytest.raises(SealBroken):
        open_document(other, Letter, by=reader())


def test_a_document_said_to_be_of_another_version_is_refused() -> None:
    row = drawer()
    seal(row, "health", HealthLetter(text="asthma"))
    row.health = row.health[:1] + (1).to_bytes(2, "big") + row.health[3:]
    with pytest.raises(SealBroken):
        open_document(row, HealthLetter, by=reader(*HEALTH))


@pytest.mark.parametrize("damage", [lambda b: b"\x02" + b[1:], lambda b: b[:-1], lambda b: b[:2], lambda b: b[:9]])
def test_damaged_bytes_are_refused_in_words(damage: Any) -> None:
    row = drawer()
    row.letter = damage(row.letter)
    with pytest.raises(SealBroken, match="damaged or was moved"):
        open_document(row, Letter, by=reader())


def test_a_row_moved_to_a_compartment_with_more_readers_is_refused() -> None:
    person = uuid4()
    new_person_key(person)
    row = Graded(person=person, compartment_of_row="health")
    seal(row, "letter", Letter(name="asthma"))
    with pytest.raises(NotAllowed):
        open_document(row, Letter, by=reader())
    assert open_document(row, Letter, by=reader(*HEALTH)).name == "asthma"
    row.compartment_of_row = "basic"
    with pytest.raises(SealBroken):
        open_document(row, Letter, by=reader())


def test_a_compartment_is_closed_to_who_does_not_open_it() -> None:
    row = drawer()
    seal(row, "health", HealthLetter(text="asthma"))
    with pytest.raises(NotAllowed):
        open_documents([row], HealthLetter, by=reader())


def test_a_document_of_another_kind_is_never_put_into_a_column() -> None:
    with pytest.raises(TypeError):
        seal(drawer(), "letter", HealthLetter(text="asthma"))


def test_a_locked_node_neither_opens_nor_seals_even_with_keys_at_hand() -> None:
    row = drawer()
    vault.lock("test")
    for rows in ([row], []):
        with pytest.raises(NodeLocked):
            open_documents(rows, Letter, by=reader())
    with pytest.raises(NodeLocked):
        seal(row, "letter", Letter(name="x"))
    with pytest.raises(NodeLocked):
        new_person_key(uuid4())
    with pytest.raises(NodeLocked):
        seal_for_node("x", b"")


def test_an_erased_person_is_left_out_of_a_list_and_not_found_alone() -> None:
    stays, goes = drawer("Amal"), drawer("Noor")
    erase_person(goes.sealed_for)
    by = reader()
    assert open_documents([stays, goes], Letter, by=by) == {stays.pk: Letter(name="Amal")}
    with pytest.raises(PersonErased):
        open_document(goes, Letter, by=by)
    with pytest.raises(PersonErased):
        seal(goes, "letter", Letter(name="again"))


def test_a_row_without_content_is_left_out() -> None:
    assert open_documents([Drawer(person=uuid4())], Letter, by=reader()) == {}


def test_every_row_that_was_opened_is_told_to_the_journal_and_no_other(entries: list[Entry]) -> None:
    opened, erased = drawer(), drawer()
    erase_person(erased.sealed_for)
    entries.clear()
    open_documents([opened, erased], Letter, by=reader())
    assert [(entry.action, entry.subject, entry.person, dict(entry.detail)) for entry in entries] == [
        ("vault.read", opened.pk, opened.sealed_for, {"table": Drawer._meta.db_table, "column": "letter"})
    ]


def test_what_was_refused_is_not_told_as_opened(entries: list[Entry]) -> None:
    row = drawer()
    row.letter = row.letter[:-1]
    with pytest.raises(SealBroken):
        open_documents([row], Letter, by=reader())
    assert entries == []


def test_fifty_documents_cost_no_more_queries_than_two() -> None:
    rows = [drawer() for _ in range(50)]
    by = reader()
    with CaptureQueriesContext(connection) as captured:
        open_documents(rows, Letter, by=by)
    asked = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= 7, asked


def test_a_wrapped_key_that_was_tampered_with_is_refused_in_words() -> None:
    row, other = drawer(), drawer()
    PersonKey.objects.filter(person=row.person).update(wrapped=PersonKey.objects.get(person=other.person).wrapped)
    vault_forgets()
    with pytest.raises(SealBroken):
        open_document(row, Letter, by=reader())


def test_the_index_reads_everyone_it_can_with_one_entry(actors: dict[str, Any], entries: list[Entry]) -> None:
    make_household(actors["caseworker"], members=4)
    broken = Person.objects.order_by("pk")[1]
    Person.objects.filter(pk=broken.pk).update(identity=bytes(broken.identity)[:-1])
    keyless = Person.objects.order_by("pk")[2]
    PersonKey.objects.filter(person=keyless.pk).update(wrapped=b"x" * 60)
    vault_forgets()
    entries.clear()
    read = dict(stream_for_index(Person.objects.all(), IdentityDocument))
    assert set(read) == set(Person.objects.values_list("pk", flat=True)) - {broken.pk, keyless.pk}
    assert [entry.action for entry in entries] == ["vault.index"]


def test_what_is_sealed_for_the_node_opens_for_its_purpose_only() -> None:
    blob = seal_for_node("totp", b"seed")
    assert b"seed" not in blob
    assert open_for_node("totp", blob) == b"seed"
    with pytest.raises(SealBroken):
        open_for_node("names", blob)


def test_what_the_log_keeps_of_a_person_is_noise_once_she_is_erased() -> None:
    row = drawer()
    person = row.sealed_for
    detail, mac = seal_detail(person, b"table"), person_mac(person, b"table")
    assert open_detail(person, detail) == b"table"
    assert mac == person_mac(person, b"table") != person_mac(drawer().sealed_for, b"table")
    erase_person(person)
    with pytest.raises(PersonErased):
        open_detail(person, detail)
    with pytest.raises(PersonErased):
        person_mac(person, b"table")


def vault_forgets() -> None:
    """Keys at hand go, as between two requests."""
    from waystation.vault.persons import forget_held_keys

    forget_held_keys()
