"""The log cannot be rewritten unseen, and keeps nothing readable of a person who was erased."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from waystation.audit import checkpoints
from waystation.audit.log import append
from waystation.audit.models import Checkpoint, Head, Leaf
from waystation.audit.verify import verify_log
from waystation.kernel.actors import Actor
from waystation.kernel.journal import Entry
from waystation.vault import erase_person, new_person_key, node, open_detail
from waystation.vault.ciphers import CannotOpen
from waystation.vault.persons import PersonErased

pytestmark = pytest.mark.django_db

ANNA = Actor(account_id=UUID(int=1), handle="anna", role="volunteer")


@pytest.fixture
def open_node() -> Iterator[None]:
    node.initialise(passphrase="four quiet rivers", slot_id=uuid4())
    yield
    node.lock("end of test")


def write(count: int, person: UUID | None = None) -> None:
    append(ANNA, [Entry(action="test.act", subject=uuid4(), person=person, detail={"n": n}) for n in range(count)])


@pytest.mark.usefixtures("open_node")
def test_a_log_as_it_was_written_is_whole() -> None:
    for count in (1, 2, 5, 13):
        write(count)
    checkpoints.make()
    write(3)
    verdict = verify_log()
    assert verdict.ok, verdict.problems
    assert verdict.size == Head.objects.get().size


TAMPERING = {
    "account": UUID(int=99), "role": "coordinator", "via": "api", "action": "test.other", "subject": UUID(int=5),
    "person": UUID(int=6), "reason": "x", "mac": b"x", "detail": b"x", "at": "2020-01-01T00:00:00Z",
}  # fmt: skip


@pytest.mark.usefixtures("open_node")
@pytest.mark.parametrize("column", TAMPERING)
def test_a_changed_column_is_named_with_its_entry(column: str) -> None:
    write(9)
    size = Head.objects.get().size
    Leaf.objects.filter(index=size - 4).update(**{column: TAMPERING[column]})
    verdict = verify_log()
    assert not verdict.ok
    assert f"Entry {size - 4} was changed" in verdict.problems[0]


@pytest.mark.usefixtures("open_node")
def test_entries_cut_off_the_end_are_missed_by_the_checkpoint() -> None:
    write(9)
    checkpoints.make()
    size = Head.objects.get().size
    Leaf.objects.filter(index__gte=size - 2).delete()
    assert any("A checkpoint saw" in problem for problem in verify_log().problems)


@pytest.mark.usefixtures("open_node")
def test_a_forged_checkpoint_bears_no_valid_signature() -> None:
    write(4)
    made = checkpoints.make()
    assert made is not None
    assert checkpoints.is_signed(made, checkpoints.verifier())
    Checkpoint.objects.filter(pk=made.pk).update(note=made.note.replace(str(made.size), str(made.size + 1), 1))
    assert any("no valid signature" in problem for problem in verify_log().problems)


@pytest.mark.usefixtures("open_node")
def test_what_was_rolled_back_leaves_no_entry() -> None:
    write(2)
    before = Head.objects.get().size
    with pytest.raises(RuntimeError), transaction.atomic():
        write(3)
        raise RuntimeError
    assert Head.objects.get().size == before == Leaf.objects.count()
    assert verify_log().ok


@pytest.mark.usefixtures("open_node")
def test_after_erasure_the_entry_stands_and_its_detail_is_noise() -> None:
    person = uuid4()
    new_person_key(person)
    write(1, person)
    leaf = Leaf.objects.get(person=person)
    assert open_detail(person, bytes(leaf.detail))
    erase_person(person)
    assert verify_log().ok
    with pytest.raises((PersonErased, CannotOpen)):
        open_detail(person, bytes(leaf.detail))


@pytest.mark.usefixtures("open_node")
def test_fifty_entries_cost_as_few_queries_as_one(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    write(1)
    with django_assert_max_num_queries(6):
        write(50)
