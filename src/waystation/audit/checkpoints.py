"""Signed checkpoints of the log (C2SP tlog-checkpoint in a C2SP signed-note), for others to hold."""

import base64
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from waystation.audit import merkle, notes
from waystation.audit.models import Checkpoint, Head, LogKey
from waystation.vault import node, open_for_node, seal_for_node
from waystation.vault.models import NodeIdentity

PURPOSE = "audit-signing"
EVERY = 1000
MOST = 2**53
"""Entries of a log: every language counts so far exactly."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a checkpoint says: whose log, how many entries, which root."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        """The checkpoint's text, before it is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def origin() -> str:
    """The log's name in its checkpoints: the node's id, which says nothing of the organisation."""
    return f"waystation/{NodeIdentity.objects.get().id}"


def make() -> Checkpoint | None:
    """Sign the log as it is now; None while it is empty. The same size gives the same checkpoint. Raises NodeLocked."""
    with transaction.atomic(savepoint=False):
        head = Head.objects.select_for_update().filter(id=1).first()
        return _make(head) if head and head.size else None


def make_when_due(before: int, head: Head) -> None:
    """Sign when the log has grown past another thousand entries; the caller holds the head's lock."""
    if head.size // EVERY > before // EVERY and node.is_unlocked():
        _make(head)


def make_at_lock() -> None:
    """Sign the log as it is at locking."""
    make()


def verifier() -> notes.Verifier | None:
    """Who signs this log's checkpoints; None before the first one."""
    stored = LogKey.objects.order_by("pk").first()
    return notes.Verifier(origin(), bytes(stored.public)) if stored else None


def ensured_verifier() -> notes.Verifier:
    """Who signs this log's checkpoints; the key is made where there is none yet. Raises NodeLocked."""
    with transaction.atomic():
        return notes.Verifier(origin(), _signing_key().public_key().public_bytes_raw())


def cosign(seen: Statement) -> str:
    """What another log said of itself, signed with this log's key: that we saw it and hold it. Raises NodeLocked."""
    return notes.sign(str(seen), origin(), _signing_key())


def read(note: str, by: notes.Verifier) -> Statement:
    """What a signed checkpoint says. Raises notes.NoteError when it is not one, or is not signed by that key."""
    return stated(notes.opened(note, by))


def stated(text: str) -> Statement:
    """What a checkpoint's text says, signed or not. Raises notes.NoteError."""
    lines = text.split("\n")
    try:
        statement = Statement(lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True))
    except (IndexError, ValueError) as problem:
        raise notes.NoteError("This is not a checkpoint.") from problem
    if (
        not text.startswith(str(statement))
        or not 0 <= statement.size <= MOST
        or len(statement.root) != merkle.HASH_BYTES
    ):
        raise notes.NoteError("This is not a checkpoint.")
    return statement


def is_signed(checkpoint: Checkpoint, by: notes.Verifier | None) -> bool:
    """Whether a stored checkpoint's note says what its columns say and bears that key's signature."""
    if by is None:
        return False
    try:
        said = read(checkpoint.note, by)
    except notes.NoteError:
        return False
    return said == Statement(by.name, checkpoint.size, bytes(checkpoint.root))


def key_is_ours() -> bool:
    """Whether the public key on file belongs to the private key that only this node can open. Raises NodeLocked."""
    stored = LogKey.objects.order_by("pk").first()
    if stored is None:
        return True
    from waystation.vault.ciphers import CannotOpen

    try:
        private = open_for_node(PURPOSE, bytes(stored.private_sealed))
    except CannotOpen:
        return False
    return _private(private).public_key().public_bytes_raw() == bytes(stored.public)


def _make(head: Head) -> Checkpoint:
    known = Checkpoint.objects.filter(size=head.size).first()
    if known is not None:
        return known
    root = merkle.root_of(merkle.unpack_frontier(bytes(head.frontier), head.size))
    name = origin()
    note = notes.sign(str(Statement(name, head.size, root)), name, _signing_key())
    return Checkpoint.objects.create(size=head.size, root=root, note=note)


def _signing_key() -> Ed25519PrivateKey:
    stored = LogKey.objects.order_by("pk").first()
    if stored is not None:
        return _private(open_for_node(PURPOSE, bytes(stored.private_sealed)))
    key = Ed25519PrivateKey.generate()
    sealed = seal_for_node(PURPOSE, key.private_bytes_raw())
    LogKey.objects.create(public=key.public_key().public_bytes_raw(), private_sealed=sealed)
    return key


def _private(raw: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(raw)
