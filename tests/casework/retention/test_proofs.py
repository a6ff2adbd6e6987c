"""An erasure leaves a proof that anyone can check, that names nobody, and that nobody can change afterwards."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.people.factories import registered
from waystation.audit import receipts, verify
from waystation.audit.models import Leaf
from waystation.casework.actions import HelpDraft, NeedDraft, record_help
from waystation.casework.retention import housekeeping, queries
from waystation.casework.retention.models import Proof
from waystation.cli.audit import audit
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotAllowed, NotFound
from waystation.people import actions as people
from waystation.people.documents import StopDocument
from waystation.vault import epochs

WAYSTATION = (sys.executable, "-m", "waystation.cli.main", "--data")


@pytest.fixture
def receipt(coordinator: Actor) -> str:
    person = registered(coordinator, "Amina", "Tesfay").person
    record_help(by=coordinator, person_id=person.pk, draft=HelpDraft(needs=[NeedDraft(code="food")]))
    people.add_stop(by=coordinator, person_id=person.pk, stage="transit", stop=StopDocument(place="Agadez"))
    people.erase(by=coordinator, person_id=person.pk, reason="person-asked")
    registered(coordinator, "Idris")
    return queries.receipt_of(queries.proof_for(coordinator, Proof.objects.get().pk))


def test_it_says_what_was_erased_when_and_until_when_a_copy_opens_and_never_who(receipt: str) -> None:
    for said in ("The person asked for it", "Needs: 1", "Stops of the road: 1", f"{epochs.ends_at():%Y-%m-%d}"):
        assert said in receipt
    for never in ("Amina", "Tesfay", "Agadez"):
        assert never not in receipt


def test_the_log_holds_only_what_its_words_hash_to(receipt: str) -> None:
    leaf = Leaf.objects.get(action="people.erase")
    words = receipt.split("\n\n", maxsplit=1)[0]
    assert receipts.digest(words).encode() in bytes(leaf.detail)
    assert b"Needs" not in bytes(leaf.detail)


def test_it_is_valid_by_the_logs_own_key_and_the_log_stays_whole(receipt: str) -> None:
    proven = receipts.checked(receipt, receipts.verifier_of(verify.verifier_key()))
    assert proven.action == "people.erase"
    assert proven.words.startswith("Waystation: an erasure")
    assert verify.check_held(proven.checkpoint) == ""
    assert verify.verify_log(held=[proven.checkpoint]).ok


@pytest.mark.parametrize(
    "forge",
    [
        lambda text: text.replace("Needs: 1", "Needs: 9"),
        lambda text: text.replace("\nindex ", "\nindex 1"),
        lambda text: text.replace("extra g", "extra h"),
        lambda text: text.replace("— ", "- "),
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2"),
        lambda text: "\n".join(line for number, line in enumerate(text.split("\n")) if number != 14),
        lambda _text: "",
    ],
)
def test_whatever_is_changed_in_it_is_noticed(receipt: str, forge: Callable[[str], str]) -> None:
    forged = forge(receipt)
    assert forged != receipt
    with pytest.raises(receipts.ReceiptError):
        receipts.checked(forged, receipts.verifier_of(verify.verifier_key()))


def test_every_byte_of_it_counts(receipt: str) -> None:
    verifier = receipts.verifier_of(verify.verifier_key())
    for place in range(0, len(receipt.rstrip()), 7):
        changed = receipt[:place] + ("A" if receipt[place] != "A" else "B") + receipt[place + 1 :]
        with pytest.raises(receipts.ReceiptError):
            receipts.checked(changed, verifier)


def test_the_command_checks_it_on_the_node_and_elsewhere_with_the_key(receipt: str, tmp_path: Path) -> None:
    path = tmp_path / "erased.txt"
    path.write_text(receipt, encoding="utf-8")
    here = CliRunner().invoke(audit, ["verify", "--proof", str(path)])
    assert here.exit_code == 0, here.output
    assert "The proof is valid" in here.output
    elsewhere = subprocess.run(
        [
            *WAYSTATION,
            str(tmp_path / "no-node"),
            "audit",
            "verify",
            "--proof",
            str(path),
            "--key",
            verify.verifier_key(),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert elsewhere.returncode == 0, elsewhere.stderr
    assert not (tmp_path / "no-node").exists()
    path.write_text(receipt.replace("Needs: 1", "Needs: 0"), encoding="utf-8")
    forged = CliRunner().invoke(audit, ["verify", "--proof", str(path)])
    assert forged.exit_code == 1
    assert "NOT valid" in forged.output


def test_two_erasures_of_the_same_kind_have_different_words(coordinator: Actor) -> None:
    for name in ("Amina", "Idris"):
        people.erase(by=coordinator, person_id=registered(coordinator, name).person.pk, reason="person-asked")
    one, two = Proof.objects.all()
    assert one.words.split("Chance")[1] != two.words.split("Chance")[1], "nobody guesses words from what they hash to"


def test_a_proof_goes_by_its_clock_and_needs_its_role(coordinator: Actor, volunteer: Actor, receipt: str) -> None:
    from datetime import timedelta

    proof = Proof.objects.get()
    with pytest.raises(NotAllowed):
        queries.proof_for(volunteer, proof.pk)
    Proof.objects.update(at=proof.at - timedelta(days=91))
    housekeeping.tidy()
    with pytest.raises(NotFound):
        queries.proof_for(coordinator, proof.pk)
