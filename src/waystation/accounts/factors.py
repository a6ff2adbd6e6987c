"""Second factors: one-time codes (RFC 6238, by `cryptography`), spare codes; passkeys stand in `passkeys`."""

import base64
import secrets
import unicodedata
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from waystation.accounts.models import Account, Factor, SpareCode
from waystation.kernel import clock
from waystation.vault import open_for_node, seal_for_node, slots

PURPOSE = "second-factor"
STEP_SECONDS = 30
SEED_BYTES = 20
SPARE_CODES = 10
SPARE_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""Without l, o, 0 and 1, which look alike on paper."""
SPARE_LENGTH, SPARE_GROUP = 12, 4
SPARE_SALT_BYTES = 16
SPARE_COST = {"time_cost": 2, "memory_kib": 19 * 1024, "parallelism": 1}
"""Argon2id at OWASP's least, 0.03 s a try: the 60 bits of a code are drawn, not thought up."""
CLOCK_STEPS = 20


def new_seed() -> bytes:
    """A fresh seed for one-time codes."""
    return secrets.token_bytes(SEED_BYTES)


def seed_text(seed: bytes) -> str:
    """The seed as an authenticator app takes it by hand."""
    return base64.b32encode(seed).decode()


def seed_link(seed: bytes, handle: str) -> str:
    """The seed as an authenticator app takes it by QR."""
    return f"otpauth://totp/Waystation:{quote(handle)}?secret={seed_text(seed)}&issuer=Waystation"


def code_at(seed: bytes, step: int) -> str:
    """The six digits of one half-minute."""
    return _totp(seed).generate(step * STEP_SECONDS).decode()


def current_step() -> int:
    """The half-minute that it is now."""
    return int(clock.now().timestamp()) // STEP_SECONDS


def new_sealed_seed() -> str:
    """A fresh seed, sealed for the node, to be kept in a session until its first code was typed."""
    return seal_for_node(PURPOSE, new_seed()).hex()


def open_seed(sealed: str) -> bytes:
    """The inverse of `new_sealed_seed`."""
    return open_for_node(PURPOSE, bytes.fromhex(sealed))


def add_totp(account: Account, seed: bytes, *, last_step: int = 0) -> Factor:
    """Keep a seed, sealed for the node; earlier ones of the account go. Codes up to `last_step` were used."""
    account.factors.filter(kind=Factor.TOTP).delete()
    secret = seal_for_node(PURPOSE, seed)
    return Factor.objects.create(account=account, kind=Factor.TOTP, secret=secret, last_step=last_step)


def matches(seed: bytes, typed: str) -> int | None:
    """The half-minute whose code was typed, now or one before or after; None when it is not one of these."""
    return _step_of(seed, typed, 1)


def clock_is_off_by(account: Account, typed: str) -> int | None:
    """Minutes by which this machine's clock seems wrong: the code is right for another time within ten minutes."""
    for factor in account.factors.filter(kind=Factor.TOTP):
        step = _step_of(open_for_node(PURPOSE, bytes(factor.secret)), typed, CLOCK_STEPS)
        if step is not None and abs(step - current_step()) > 1:
            return max(1, round(abs(step - current_step()) * STEP_SECONDS / 60))
    return None


def use_code(account: Account, typed: str) -> bool:
    """Whether a typed one-time or spare code lets this account in. Each code works once."""
    digits = "".join(typed.split())
    for factor in account.factors.filter(kind=Factor.TOTP):
        step = matches(open_for_node(PURPOSE, bytes(factor.secret)), digits)
        if step is not None and Factor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step):
            return True
    return _use_spare_code(account, digits)


def new_spare_codes(account: Account) -> list[str]:
    """Ten fresh spare codes; earlier ones stop working. Shown once."""
    account.spare_codes.all().delete()
    salt = secrets.token_bytes(SPARE_SALT_BYTES)
    codes = ["".join(secrets.choice(SPARE_LETTERS) for _ in range(SPARE_LENGTH)) for _ in range(SPARE_CODES)]
    SpareCode.objects.bulk_create(
        [SpareCode(account=account, salt=salt, digest=_spare_digest(code, salt)) for code in codes]
    )
    return ["-".join(code[i : i + SPARE_GROUP] for i in range(0, SPARE_LENGTH, SPARE_GROUP)) for code in codes]


def demo_code(account: Account) -> str:
    """The code of this moment, shown on the page of a demo node and nowhere else."""
    factor = account.factors.filter(kind=Factor.TOTP).first()
    if factor is None:
        return ""
    return code_at(open_for_node(PURPOSE, bytes(factor.secret)), max(current_step(), factor.last_step + 1))


def _step_of(seed: bytes, typed: str, around: int) -> int | None:
    present = current_step()
    for step in sorted(range(present - around, present + around + 1), key=lambda step: abs(step - present)):
        if secrets.compare_digest(code_at(seed, step).encode(), _digits(typed).encode()):
            return step
    return None


def _digits(typed: str) -> str:
    """Digits of any script as 0 to 9; a phone in Arabic types its own."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in typed)


def _totp(seed: bytes) -> TOTP:
    return TOTP(seed, 6, SHA1(), STEP_SECONDS, enforce_key_length=False)  # noqa: S303 - what every app computes


def _use_spare_code(account: Account, typed: str) -> bool:
    plain = "".join(sign for sign in _digits(typed).lower() if sign.isalnum())
    if len(plain) != SPARE_LENGTH:
        return False
    salts = {bytes(salt) for salt in account.spare_codes.values_list("salt", flat=True)}
    digests = [_spare_digest(plain, salt) for salt in salts]
    return bool(account.spare_codes.filter(digest__in=digests).delete()[0])


def _spare_digest(code: str, salt: bytes) -> str:
    return slots.stretched(code, salt, **SPARE_COST).hex()
