"""Long things sealed piece by piece: STREAM (Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015) over AES-256-GCM.

A file is a row of parts; each part is a stream of its own under a key that HKDF makes of the file's key and a fresh
salt, so that a part sent again is never sealed under the same nonces. A part is: salt (16 bytes), then chunks of 64 KiB
plain text with a tag of 16 bytes each. A chunk's nonce is its number and whether it is the last, as age does it
(C2SP age v1, payload); the file, the part's place and whether it is the file's last are associated data. So nothing can
be left out, moved, repeated, or put behind the end unseen. Memory: one part.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from waystation.vault import ciphers
from waystation.vault.problems import SealBroken

CHUNK = 64 * 1024
PART = 1024 * 1024
"""Plain bytes of every part but the last."""
SALT_BYTES, TAG_BYTES, COUNTER_BYTES = 16, 16, 11
INFO = b"ws/file/1|"


def seal_part(key: bytes, plain: bytes, *, file: bytes, number: int, is_last: bool) -> bytes:
    """Seal one part. `number` counts from 0; a part holds at least one byte, unless the file is empty."""
    salt = os.urandom(SALT_BYTES)
    cipher = AESGCM(ciphers.subkey(key, INFO + salt))
    bound = _bound(file, number, is_last=is_last)
    chunks = [plain[start : start + CHUNK] for start in range(0, len(plain), CHUNK)] or [b""]
    sealed = [
        cipher.encrypt(_nonce(place, is_last=place == len(chunks) - 1), chunk, bound)
        for place, chunk in enumerate(chunks)
    ]
    return salt + b"".join(sealed)


def open_part(key: bytes, sealed: bytes, *, file: bytes, number: int, is_last: bool) -> bytes:
    """The inverse of `seal_part`. Raises SealBroken for anything that is not whole, in its place and unchanged."""
    salt, body = sealed[:SALT_BYTES], sealed[SALT_BYTES:]
    cipher = AESGCM(ciphers.subkey(key, INFO + salt))
    bound = _bound(file, number, is_last=is_last)
    step = CHUNK + TAG_BYTES
    chunks = [body[start : start + step] for start in range(0, len(body), step)]
    if len(salt) != SALT_BYTES or not chunks:
        raise SealBroken
    try:
        return b"".join(
            cipher.decrypt(_nonce(place, is_last=place == len(chunks) - 1), chunk, bound)
            for place, chunk in enumerate(chunks)
        )
    except (InvalidTag, ValueError) as problem:
        raise SealBroken from problem


def _nonce(place: int, *, is_last: bool) -> bytes:
    return place.to_bytes(COUNTER_BYTES, "big") + bytes([is_last])


def _bound(file: bytes, number: int, *, is_last: bool) -> bytes:
    return b"|".join((INFO, file, number.to_bytes(4, "big"), bytes([is_last])))
