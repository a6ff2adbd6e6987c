"""The recovery code: the private half of a key pair that exists on paper only."""

import base64
import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Problem

SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
INFO = b"ws/slot/recovery/1|"
CHECK_BYTES = 3
GROUP = 4


class RecoveryCodeMistyped(Problem):
    """The code was not copied right."""

    code = "recovery-code-mistyped"
    status = 422
    message = _("This recovery code was not typed right. Compare each group of four with the paper.")


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """Fourteen groups of four letters and digits (RFC 4648 base32 of 32 secret bytes and 3 check bytes)."""

    secret: bytes

    @classmethod
    def new(cls) -> "RecoveryCode":
        """A fresh code."""
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def parse(cls, text: str) -> "RecoveryCode":
        """Read a typed code, forgiving case, spaces and 0, 1, 8 for O, I, B. Raises RecoveryCodeMistyped."""
        letters = "".join(text.upper().replace("0", "O").replace("1", "I").replace("8", "B").split()).replace("-", "")
        try:
            raw = base64.b32decode(letters)
        except ValueError as problem:
            raise RecoveryCodeMistyped from problem
        secret, check = raw[:-CHECK_BYTES], raw[-CHECK_BYTES:]
        if len(secret) != 32 or check != _check(secret):
            raise RecoveryCodeMistyped
        return cls(secret)

    def __str__(self) -> str:
        letters = base64.b32encode(self.secret + _check(self.secret)).decode()
        return "-".join(letters[i : i + GROUP] for i in range(0, len(letters), GROUP))

    def public(self) -> bytes:
        """The half that the node keeps."""
        return X25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()

    def open(self, sealed: bytes, node_id: bytes) -> bytes:
        """The node key out of the recovery slot. Raises ValueError-like library errors when it is another node's."""
        return SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(self.secret), info=INFO + node_id)


def seal_for_recovery(node_key: bytes, public: bytes, node_id: bytes) -> bytes:
    """HPKE (RFC 9180) of the node key to the recovery key."""
    return SUITE.encrypt(node_key, X25519PublicKey.from_public_bytes(public), info=INFO + node_id)


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"ws/recovery/1|" + secret).digest()[:CHECK_BYTES]
