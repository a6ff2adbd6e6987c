"""The recovery code: the private half of a key pair that exists on paper only."""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waystation.kernel.errors import Problem

SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
INFO = b"ws/slot/recovery/1|"
SECRET_BYTES = 32
CHECK_BYTES = 3
LETTERS = (SECRET_BYTES + CHECK_BYTES) * 8 // 5
GROUP = 4
READ_AS = str.maketrans("018", "OIB")
"""Digits that the code never holds, as the letters that they look like."""


class RecoveryCodeMistyped(Problem):
    """The code was not copied right."""

    code = "recovery-code-mistyped"
    status = 422
    message = gettext_lazy("This recovery code was not typed right. Compare each group of four with the paper.")


class RecoveryCodeOfAnotherNode(Problem):
    """A whole code, but not this node's present one."""

    code = "recovery-code-of-another-node"
    status = 422
    message = gettext_lazy("This recovery code belongs to another node, or was replaced by a newer one.")


@dataclass(frozen=True, slots=True, repr=False)
class RecoveryCode:
    """Fourteen groups of four letters and digits (RFC 4648 base32 of 32 secret bytes and 3 check bytes)."""

    secret: bytes

    @classmethod
    def new(cls) -> "RecoveryCode":
        """A fresh code."""
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def parse(cls, text: str) -> "RecoveryCode":
        """Read a typed code, forgiving case, spaces, any dashes, and 0, 1, 8 for O, I, B.

        Raises RecoveryCodeMistyped, which says how many letters are missing or which group cannot be right.
        """
        letters = "".join(letter for letter in text.upper() if letter.isalnum()).translate(READ_AS)
        if len(letters) != LETTERS:
            raise RecoveryCodeMistyped(
                _("A recovery code has %(needed)d letters and digits; %(typed)d were typed. Compare with the paper.")
                % {"needed": LETTERS, "typed": len(letters)}
            )
        for start in range(0, LETTERS, GROUP):
            group = letters[start : start + GROUP]
            if not set(group) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"):
                raise RecoveryCodeMistyped(
                    _("Group %(number)d of the recovery code holds a sign that no code has. Compare with the paper.")
                    % {"number": start // GROUP + 1}
                )
        raw = base64.b32decode(letters)
        secret, check = raw[:SECRET_BYTES], raw[SECRET_BYTES:]
        if check != _check(secret):
            raise RecoveryCodeMistyped
        return cls(secret)

    def __str__(self) -> str:
        letters = base64.b32encode(self.secret + _check(self.secret)).decode()
        return "-".join(letters[i : i + GROUP] for i in range(0, len(letters), GROUP))

    def __repr__(self) -> str:
        """Never the secret: what is represented ends in logs."""
        return f"<RecoveryCode {binascii.hexlify(_check(self.secret)).decode()}>"

    def public(self) -> bytes:
        """The half that the node keeps."""
        return X25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()

    def open(self, sealed: bytes, node_id: bytes) -> bytes:
        """The node key out of the recovery slot. Raises InvalidTag or ValueError when it is another node's."""
        return SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(self.secret), info=INFO + node_id)


def seal_for_recovery(node_key: bytes, public: bytes, node_id: bytes) -> bytes:
    """HPKE (RFC 9180) of the node key to the recovery key."""
    return SUITE.encrypt(node_key, X25519PublicKey.from_public_bytes(public), info=INFO + node_id)


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"ws/recovery/1|" + secret).digest()[:CHECK_BYTES]
