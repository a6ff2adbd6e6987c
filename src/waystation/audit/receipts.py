"""A receipt: words that someone takes along, and the proof that the log holds the entry which stands for them.

Text, in this order: the words; an empty line; a proof (the form of C2SP tlog-proof): the entry and its detail as
"extra", its index, the hashes that lead to the root, and the signed checkpoint of that root. The entry's detail holds
the SHA-256 of the words, so nobody can change them afterwards, neither who holds the receipt nor who keeps the log.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import cbor2

from waystation.audit import checkpoints, leaves, merkle, notes, proofs
from waystation.audit.models import Leaf

HEAD = "c2sp.org/tlog-proof@v1"
DETAIL = "words"
"""The name under which an entry's detail holds what the words hash to."""


class ReceiptError(ValueError):
    """The text is no receipt, or does not prove what it says."""


@dataclass(frozen=True, slots=True)
class Proven:
    """What a valid receipt proves: these words stand behind this act, at this place of the log, since then."""

    words: str
    index: int
    size: int
    at: datetime
    action: str
    checkpoint: str


def digest(words: str) -> str:
    """What stands in the log for words."""
    return hashlib.sha256(words.encode()).hexdigest()


def made(leaf: Leaf, words: str) -> str:
    """The receipt for an entry about nobody's sealed detail; the log is signed for it now. Raises NodeLocked."""
    checkpoint = checkpoints.make()
    if checkpoint is None:
        raise RuntimeError("The log has at least the entry that is to be proven.")
    extra = cbor2.dumps([leaves.canonical(leaf), bytes(leaf.detail)])
    lines = [HEAD, f"extra {_text(extra)}", f"index {leaf.index}"]
    lines += [_text(step) for step in proofs.inclusion(leaf.index, checkpoint.size)]
    return words.strip("\n") + "\n\n" + "\n".join(lines) + "\n\n" + checkpoint.note


def checked(text: str, verifier: notes.Verifier) -> Proven:
    """What a receipt proves, by the key of the log it comes from. Raises ReceiptError."""
    words, head, rest = text.replace("\r\n", "\n").partition(f"\n\n{HEAD}\n")
    proof, gap, note = rest.partition("\n\n")
    if not head or not gap:
        raise ReceiptError("This is not a receipt of a log.")
    try:
        statement = checkpoints.read(note, verifier)
        canonical, detail, index, steps = _parts(proof)
    except notes.NoteError as problem:
        raise ReceiptError(f"Its checkpoint cannot be trusted: {problem}") from problem
    except (cbor2.CBORError, ValueError, TypeError, IndexError) as problem:
        raise ReceiptError("This is not a receipt of a log.") from problem
    if not merkle.verify_inclusion(merkle.leaf_hash(canonical), index, statement.size, steps, statement.root):
        raise ReceiptError("The entry does not stand in the log that was signed.")
    # From here on these are bytes that the log's own program wrote.
    entry = cbor2.loads(canonical)
    if entry[1] != index or entry[-1] != hashlib.sha256(detail).digest():
        raise ReceiptError("The entry's detail is not the one that was logged.")
    if _said(detail) != digest(words):
        raise ReceiptError("The words are not those that were logged.")
    at = leaves.EPOCH + timedelta(microseconds=int(entry[2]))
    return Proven(words=words, index=index, size=statement.size, at=at, action=str(entry[6]), checkpoint=note)


def verifier_of(text: str) -> notes.Verifier:
    """A verifier key as `waystation audit key` prints it. Raises ReceiptError."""
    name, _plus, rest = text.strip().partition("+")
    _hash, _plus, encoded = rest.partition("+")
    try:
        raw = base64.b64decode(encoded, validate=True)
    except ValueError as problem:
        raise ReceiptError("This is not the key of a log.") from problem
    verifier = notes.Verifier(name, raw[1:])
    if len(raw) != 33 or str(verifier) != text.strip():
        raise ReceiptError("This is not the key of a log.")
    return verifier


def _parts(proof: str) -> tuple[bytes, bytes, int, list[bytes]]:
    lines = proof.split("\n")
    canonical, detail = cbor2.loads(_bytes(lines[0].removeprefix("extra ")))
    if not isinstance(canonical, bytes) or not isinstance(detail, bytes):
        raise ValueError("extra")
    return canonical, detail, int(lines[1].removeprefix("index ")), [_bytes(line) for line in lines[2:]]


def _said(detail: bytes) -> Any:
    held = cbor2.loads(detail) if detail else {}
    return held.get(DETAIL) if isinstance(held, dict) else None


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    raw = base64.b64decode(text, validate=True)
    if _text(raw) != text:
        raise ValueError("base64")
    return raw
