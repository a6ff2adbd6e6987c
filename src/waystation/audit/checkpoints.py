"""Signed checkpoints of the log (C2SP tlog-checkpoint in a C2SP signed-note), for others to hold."""

import base64
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.db import transaction

from waystation.audit.log import root_of, unpack
from waystation.audit.models import Checkpoint, Head, LogKey
from waystation.vault import open_for_node, seal_for_node
from waystation.vault.models import NodeIdentity

PURPOSE = "audit-signing"
ED25519 = b"\x01"


def origin() -> str:
    """The log's name in its checkpoints: the node's id, which says nothing of the organisation."""
    return f"waystation/{NodeIdentity.objects.get().id}"


def make() -> Checkpoint | None:
    """Sign the log as it is now; None while it is empty. The same size gives the same checkpoint. Raises NodeLocked."""
    with transaction.atomic():
        head = Head.objects.select_for_update().filter(id=1).first()
        if head is None or head.size == 0:
            return None
        known = Checkpoint.objects.filter(size=head.size).first()
        if known is not None:
            return known
        root = root_of(unpack(bytes(head.frontier), head.size))
        return Checkpoint.objects.create(size=head.size, root=root, note=_note(head.size, root))


def is_signed(checkpoint: Checkpoint) -> bool:
    """Whether a stored checkpoint says what its columns say and bears the log key's signature."""
    body = _body(checkpoint.size, bytes(checkpoint.root))
    key = LogKey.objects.first()
    if key is None or not checkpoint.note.startswith(f"{body}\n— {origin()} "):
        return False
    raw = base64.b64decode(checkpoint.note.rsplit(" ", 1)[1])
    try:
        Ed25519PublicKey.from_public_bytes(bytes(key.public)).verify(raw[4:], body.encode())
    except InvalidSignature:
        return False
    return raw[:4] == _key_hash(bytes(key.public))


def _body(size: int, root: bytes) -> str:
    return f"{origin()}\n{size}\n{base64.b64encode(root).decode()}\n"


def _note(size: int, root: bytes) -> str:
    key = _signing_key()
    body = _body(size, root)
    raw = _key_hash(key.public_key().public_bytes_raw()) + key.sign(body.encode())
    return f"{body}\n— {origin()} {base64.b64encode(raw).decode()}\n"


def _key_hash(public: bytes) -> bytes:
    return hashlib.sha256(origin().encode() + b"\n" + ED25519 + public).digest()[:4]


def _signing_key() -> Ed25519PrivateKey:
    stored = LogKey.objects.first()
    if stored is not None:
        return Ed25519PrivateKey.from_private_bytes(open_for_node(PURPOSE, bytes(stored.private_sealed)))
    key = Ed25519PrivateKey.generate()
    sealed = seal_for_node(PURPOSE, key.private_bytes_raw())
    LogKey.objects.create(public=key.public_key().public_bytes_raw(), private_sealed=sealed)
    return key
