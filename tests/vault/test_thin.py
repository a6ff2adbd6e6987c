"""Thin path: a node is made, locked, opened; documents go round; an erased person is gone."""

import uuid

import pytest

from waystation.kernel import journal
from waystation.vault import epochs, erase_person, new_person_key, node, persons
from waystation.vault.recovery import RecoveryCode
from waystation.vault.slots import WrongPassphrase

pytestmark = pytest.mark.django_db


def test_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_listeners", [lambda by, entries: None])
    slot = uuid.uuid4()
    code = node.initialise(passphrase="one two three", slot_id=slot)
    assert node.is_unlocked()
    person = uuid.uuid4()
    new_person_key(person)
    key = persons.key_of(person)
    node.lock("test")
    assert not node.is_unlocked()
    with pytest.raises(WrongPassphrase):
        node.unlock(slot, "no")
    node.unlock(slot, "one two three")
    assert persons.key_of(person) == key
    assert epochs.rotate() == 1
    persons.forget_held_keys()
    assert persons.key_of(person) == key
    node.lock("x")
    node.unlock_with_recovery(RecoveryCode.parse(str(code).lower()))
    assert persons.key_of(person) == key
    erase_person(person)
    with pytest.raises(persons.PersonErased):
        persons.key_of(person)
    node.lock("x")
