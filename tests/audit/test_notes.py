"""Signed notes are those of C2SP: the published example comes out to the byte, and nothing else passes."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from waystation.audit import checkpoints, notes

# The example in the documentation of Go's golang.org/x/mod/sumdb/note, from which C2SP signed-note was written down.
NAME = "PeterNeumann"
PUBLISHED_PRIVATE = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLISHED_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PUBLISHED_NOTE = (
    f"{TEXT}\n— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
KEY = Ed25519PrivateKey.from_private_bytes(base64.b64decode(PUBLISHED_PRIVATE)[1:])
VERIFIER = notes.Verifier(NAME, KEY.public_key().public_bytes_raw())


def test_the_published_note_comes_out() -> None:
    assert str(VERIFIER) == PUBLISHED_VERIFIER
    assert notes.sign(TEXT, NAME, KEY) == PUBLISHED_NOTE
    assert notes.opened(PUBLISHED_NOTE, VERIFIER) == TEXT


def test_signatures_of_others_beside_ours_are_passed_over() -> None:
    other = notes.sign(TEXT, "someone.example", Ed25519PrivateKey.generate()).splitlines(keepends=True)[-1]
    assert notes.opened(PUBLISHED_NOTE + other, VERIFIER) == TEXT
    with pytest.raises(notes.NoteError):
        notes.opened(f"{TEXT}\n{other}", VERIFIER)


@given(st.integers(0, len(PUBLISHED_NOTE) - 1), st.characters(codec="utf-8"))
def test_a_note_with_any_character_changed_is_refused(place: int, character: str) -> None:
    changed = PUBLISHED_NOTE[:place] + character + PUBLISHED_NOTE[place + 1 :]
    if changed != PUBLISHED_NOTE:
        with pytest.raises(notes.NoteError):
            notes.opened(changed, VERIFIER)


@given(st.text(max_size=200))
def test_any_text_is_either_a_note_or_refused(text: str) -> None:
    with pytest.raises(notes.NoteError):
        notes.opened(text, VERIFIER)


@pytest.mark.parametrize(
    "text",
    [
        "origin\n", "origin\n5\n", "origin\nfive\nAAAA\n", "origin\n-1\n" + "A" * 43 + "=\n", "origin\n5\nAAAA\n",
        "origin\n05\n" + "A" * 43 + "=\n", "origin\n5\n!!!!\n", "origin\n" + "9" * 5000 + "\n" + "A" * 43 + "=\n",
    ],
)  # fmt: skip
def test_a_signed_text_that_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(notes.NoteError):
        checkpoints.read(notes.sign(text, NAME, KEY), VERIFIER)


def test_a_checkpoint_reads_back_as_it_was_written() -> None:
    said = checkpoints.Statement("waystation/example", 7, bytes(range(32)))
    assert checkpoints.read(notes.sign(str(said), NAME, KEY), VERIFIER) == said
