"""The organisation's offline key: a key pair whose private half never enters a node. Pure: knows no table, no Django.

Closed records are sealed to its public half (EXCHANGE.md section 1). What travels between a node and the machine that
holds the private half are three small text files: the node's list or request (packages, noise without the private
half), and the answer, which only the node that asked can open, and only for the record it asked about.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import cbor2
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
"""RFC 9180 in base mode, the same as for the recovery code."""
INFO, INFO_BACK = b"ws/offline/1|", b"ws/offline/back/1|"
LABEL_BYTES = 256
GROUP = 4
CHECK_BYTES = 3
KEY_BYTES = 32
READ_AS = str.maketrans("018", "OIB")
PRIVATE, PUBLIC = "private:", "public:"
REQUEST, ANSWER = "waystation/bring-back/1", "waystation/brought-back/1"

FILE = """Waystation: the offline key of an organisation, made {day}.

This file opens every record that was sealed away. Keep it, and one copy on paper,
in two safe places, and never on a machine that runs a node. Nobody can make it anew.

{private} {written}

The line below is for the node, and no secret.

{public} {mark} {shown}
"""


class OfflineKeyProblem(Exception):  # noqa: N818 - told to a person as it is
    """Something about an offline key or its files cannot be used; the text says what."""


@dataclass(frozen=True, slots=True)
class Package:
    """One sealed record: whose, and the HPKE package of her key."""

    person: UUID
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """What a package holds: the person's key, and a few words by which people find out whose it is."""

    key: bytes
    label: str


@dataclass(frozen=True, slots=True)
class Request:
    """What a node asks of the offline key: a record's packages, and to which key the answer goes (none: a list)."""

    node: UUID
    mark: str
    records: Mapping[UUID, tuple[Package, ...]]
    return_to: bytes = b""

    def to_text(self) -> str:
        """As a file."""
        records = {
            str(record): [{"person": str(one.person), "sealed": _text(one.sealed)} for one in packages]
            for record, packages in self.records.items()
        }
        body = {
            "what": REQUEST,
            "node": str(self.node),
            "key": self.mark,
            "return_to": _text(self.return_to),
            "records": records,
        }
        return json.dumps(body, indent=1) + "\n"

    @classmethod
    def from_text(cls, text: str) -> "Request":
        """Read a file. Raises OfflineKeyProblem."""
        try:
            body = _body(text, REQUEST)
            records = {
                UUID(record): tuple(Package(UUID(one["person"]), _bytes(one["sealed"])) for one in packages)
                for record, packages in body["records"].items()
            }
            return cls(UUID(body["node"]), str(body["key"]), records, _bytes(body["return_to"]))
        except (KeyError, TypeError, ValueError, AttributeError) as problem:
            raise OfflineKeyProblem("This is not a file that a node made for its offline key.") from problem


@dataclass(frozen=True, slots=True, repr=False)
class OfflineKey:
    """The private half."""

    secret: bytes

    @classmethod
    def new(cls) -> "OfflineKey":
        """A fresh one."""
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def from_text(cls, text: str) -> "OfflineKey":
        """Out of its file, or as typed from paper (any case, spaces, dashes). Raises OfflineKeyProblem."""
        lines = [line for line in text.splitlines() if line.startswith(PRIVATE)]
        raw = read_groups(lines[0].removeprefix(PRIVATE) if lines else text, b"ws/offline/private/1|")
        return cls(raw)

    @property
    def public(self) -> bytes:
        """The half that nodes keep."""
        return X25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()

    def written(self) -> str:
        """As it stands in its file and on paper: groups of four with a check against slips."""
        return write_groups(self.secret, b"ws/offline/private/1|")

    def to_text(self, day: str) -> str:
        """The whole file."""
        public = self.public
        return FILE.format(
            day=day,
            private=PRIVATE,
            written=self.written(),
            public=PUBLIC,
            mark=mark_of(public),
            shown=show_public(public),
        )

    def open(self, package: Package, node: UUID) -> Opened:
        """What a package holds. Raises OfflineKeyProblem when it was sealed to another key, or is damaged."""
        private = X25519PrivateKey.from_private_bytes(self.secret)
        try:
            plain = SUITE.decrypt(package.sealed, private, info=INFO + node.bytes + package.person.bytes)
        except (InvalidTag, ValueError) as problem:
            raise OfflineKeyProblem("A package was sealed to another offline key, or is damaged.") from problem
        held = cbor2.loads(plain)
        return Opened(bytes(held["key"]), str(held["label"]))

    def answer(self, request: Request) -> str:
        """The file that lets the node that asked open the records it asked about. Raises OfflineKeyProblem."""
        if len(request.return_to) != KEY_BYTES:
            raise OfflineKeyProblem("This file is a list: it asks for nobody. Ask for one record on the node first.")
        back = {str(record): _text(self._give(request, record, of)) for record, of in request.records.items()}
        return json.dumps({"what": ANSWER, "node": str(request.node), "records": back}, indent=1) + "\n"

    def _give(self, request: Request, record: UUID, packages: tuple[Package, ...]) -> bytes:
        keys = {one.person.bytes: self.open(one, request.node).key for one in packages}
        public = X25519PublicKey.from_public_bytes(request.return_to)
        return SUITE.encrypt(cbor2.dumps(keys), public, info=INFO_BACK + request.node.bytes + record.bytes)

    def __repr__(self) -> str:
        """Never the secret: what is represented ends in logs."""
        return f"<OfflineKey {mark_of(self.public)}>"


def seal_package(key: bytes, label: str, *, public: bytes, node: UUID, person: UUID) -> bytes:
    """HPKE of a person's key and a few words about her to the offline key, bound to node and person."""
    words = label.encode()[:LABEL_BYTES].decode(errors="ignore")
    # As long for every name: the size of a package says nothing.
    fill = bytes(LABEL_BYTES - len(words.encode()))
    plain = cbor2.dumps({"key": key, "label": words, "fill": fill})
    return SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(public), info=INFO + node.bytes + person.bytes)


def new_return_key() -> tuple[bytes, bytes]:
    """A key pair for one answer: private and public half."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def open_answer(text: str, record: UUID, *, node: UUID, private: bytes) -> dict[UUID, bytes]:
    """The keys of a record's people out of an answer. Raises OfflineKeyProblem when it is not the answer to this."""
    try:
        body = _body(text, ANSWER)
        sealed = _bytes(body["records"][str(record)])
        info = INFO_BACK + node.bytes + record.bytes
        plain = SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(private), info=info)
        return {UUID(bytes=person): bytes(key) for person, key in cbor2.loads(plain).items()}
    except (InvalidTag, KeyError, TypeError, ValueError, AttributeError) as problem:
        raise OfflineKeyProblem("This is not the answer to what was asked for this record.") from problem


def mark_of(public: bytes) -> str:
    """Eight letters that tell offline keys apart."""
    return base64.b32encode(hashlib.sha256(b"ws/offline/mark/1|" + public).digest()).decode()[:8]


def show_public(public: bytes) -> str:
    """A public half as people copy it."""
    return write_groups(public, b"ws/offline/public/1|")


def read_public(text: str) -> bytes:
    """A public half out of its line, the whole file's text, or the groups alone. Raises OfflineKeyProblem.

    A text with the private half in it is refused before anything else: it must never reach a node.
    """
    if PRIVATE in text.lower():
        raise OfflineKeyProblem("This holds the private half. It must not be here: copy only the line “public:”.")
    lines = [line.strip() for line in text.splitlines() if line.strip().startswith(PUBLIC)]
    said = lines[0].removeprefix(PUBLIC).split() if lines else text.split()
    if len(said) > 1 and "-" not in said[0]:
        said = said[1:]
    return read_groups(" ".join(said), b"ws/offline/public/1|")


def write_groups(raw: bytes, purpose: bytes) -> str:
    """32 bytes as fourteen groups of four letters and digits (RFC 4648 base32 with three check bytes)."""
    letters = base64.b32encode(raw + _check(raw, purpose)).decode()
    return "-".join(letters[i : i + GROUP] for i in range(0, len(letters), GROUP))


def read_groups(text: str, purpose: bytes) -> bytes:
    """The inverse of `write_groups`, forgiving case, spaces, dashes, and 0, 1, 8 for O, I, B. Raises OfflineKeyProblem.

    A private half is never taken for a public one, nor the other way round.
    """
    letters = "".join(letter for letter in text.upper() if letter.isalnum()).translate(READ_AS)
    needed = (KEY_BYTES + CHECK_BYTES) * 8 // 5
    if len(letters) != needed:
        raise OfflineKeyProblem(f"The key has {needed} letters and digits; {len(letters)} were given. Compare them.")
    try:
        raw = base64.b32decode(letters)
    except ValueError as problem:
        raise OfflineKeyProblem("The key holds a sign that no key has. Compare each group of four.") from problem
    if raw[KEY_BYTES:] != _check(raw[:KEY_BYTES], purpose):
        raise OfflineKeyProblem("The key was not copied right, or is of another kind. Compare each group of four.")
    return raw[:KEY_BYTES]


def _check(raw: bytes, purpose: bytes) -> bytes:
    return hashlib.sha256(purpose + raw).digest()[:CHECK_BYTES]


def _body(text: str, what: str) -> dict[str, Any]:
    body = json.loads(text)
    if body["what"] != what:
        raise ValueError(what)
    return dict(body)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
