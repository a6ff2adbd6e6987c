"""`waystation audit`: anyone with the folder can verify, no passphrase needed."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.audit.conftest import write
from waystation.audit.models import Checkpoint, Head, Leaf, Subtree
from waystation.audit.verify import checkpoint_text
from waystation.cli.audit import audit
from waystation.vault import node

pytestmark = pytest.mark.usefixtures("open_node")


def test_a_whole_log_is_said_to_be_whole_while_the_node_is_locked(tmp_path: Path) -> None:
    write(5)
    kept = tmp_path / "kept.txt"
    kept.write_text(checkpoint_text(), encoding="utf-8")
    write(5)
    node.lock("panic")
    ran = CliRunner().invoke(audit, ["verify", "--held", str(kept)])
    assert ran.exit_code == 0, ran.output
    assert f"The log of {Leaf.objects.count()} entries is whole" in ran.output


def test_a_changed_log_ends_with_exit_code_1_and_the_entry_named() -> None:
    write(5)
    Leaf.objects.filter(index=3).update(role="coordinator")
    ran = CliRunner().invoke(audit, ["verify"])
    assert ran.exit_code == 1
    assert "Entry 3 was changed after it was written." in ran.output


def test_what_is_no_checkpoint_is_refused(tmp_path: Path) -> None:
    write(1)
    checkpoint_text()
    kept = tmp_path / "kept.txt"
    kept.write_bytes(b"\xff\x00 hello")
    ran = CliRunner().invoke(audit, ["verify", "--held", str(kept)])
    assert ran.exit_code == 1
    assert "This is no checkpoint of this log" in ran.output


def test_the_checkpoint_and_the_key_are_printed_for_others_to_keep() -> None:
    write(1)
    printed = CliRunner().invoke(audit, ["checkpoint"]).output
    assert printed == checkpoint_text()
    key = CliRunner().invoke(audit, ["key"]).output.strip()
    assert key.split("+")[0] == printed.splitlines()[0]


def test_a_log_that_was_emptied_ends_with_exit_code_1_and_says_what_it_means_and_what_to_do() -> None:
    for model in (Leaf, Subtree, Head, Checkpoint):
        model.objects.all().delete()
    ran = CliRunner().invoke(audit, ["verify"])
    assert ran.exit_code == 1
    assert "emptied or exchanged" in ran.output
    assert "waystation audit verify --held FILE" in ran.output
