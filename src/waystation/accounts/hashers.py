"""How the passphrases of those who hold no key slot are kept: stretched exactly as the slots stretch theirs."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import BasePasswordHasher, mask_hash

from waystation.vault import slots


class PassphraseHasher(BasePasswordHasher):
    """Argon2id at the cost of a key slot, so that the time of a try does not tell whose sign-in name it was.

    Written as `ws-argon2id$passes$KiB$lanes$salt$hash`.
    """

    algorithm = "ws-argon2id"

    def encode(self, password: str, salt: str) -> str:
        """Stretch at today's cost. Raises NotEnoughMemory."""
        return self._encoded(password, salt, **settings.ARGON2)

    def decode(self, encoded: str) -> dict[str, Any]:
        """The parts of what `encode` made."""
        algorithm, time_cost, memory_kib, parallelism, salt, digest = encoded.split("$")
        cost = {"time_cost": int(time_cost), "memory_kib": int(memory_kib), "parallelism": int(parallelism)}
        return {"algorithm": algorithm, "salt": salt, "hash": digest, "cost": cost}

    def verify(self, password: str, encoded: str) -> bool:
        """Whether it is this passphrase, at the cost of the day it was chosen. Raises NotEnoughMemory."""
        kept = self.decode(encoded)
        return secrets.compare_digest(encoded, self._encoded(password, kept["salt"], **kept["cost"]))

    def must_update(self, encoded: str) -> bool:
        """Whether today's cost is another one."""
        return bool(self.decode(encoded)["cost"] != settings.ARGON2)

    def safe_summary(self, encoded: str) -> dict[Any, Any]:
        """What may be shown of it."""
        return {**self.decode(encoded), "salt": "", "hash": mask_hash(self.decode(encoded)["hash"])}

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Nothing: a hash of an older cost is made anew at the next right passphrase."""

    def _encoded(self, password: str, salt: str, *, time_cost: int, memory_kib: int, parallelism: int) -> str:
        cost = {"time_cost": time_cost, "memory_kib": memory_kib, "parallelism": parallelism}
        digest = slots.stretched(password, salt.encode(), **cost).hex()
        return f"{self.algorithm}${time_cost}${memory_kib}${parallelism}${salt}${digest}"
