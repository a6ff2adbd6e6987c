"""ristretto255 (RFC 9496) by the system's libsodium: a group in which nobody can take a multiplication back.

Elements and scalars are their 32 bytes. The library is the system's because no wheel shows these functions: PyNaCl's
hides the symbols of the copy inside it. Where there is none, everything but asking the road works; `trouble` says so.
"""

import ctypes
import ctypes.util
import secrets
from functools import cache

ELEMENT_BYTES = SCALAR_BYTES = 32
UNIFORM_BYTES = 64
ORDER = 2**252 + 27742317777372353535851937790883648493
IDENTITY = bytes(ELEMENT_BYTES)
NAMES = ("sodium", "libsodium.so.26", "libsodium.so.23", "libsodium.dylib", "libsodium.dll")
FUNCTIONS = (
    "crypto_core_ristretto255_is_valid_point",
    "crypto_core_ristretto255_add",
    "crypto_core_ristretto255_from_hash",
    "crypto_core_ristretto255_scalar_reduce",
    "crypto_core_ristretto255_scalar_invert",
    "crypto_core_ristretto255_scalar_mul",
    "crypto_core_ristretto255_scalar_sub",
    "crypto_scalarmult_ristretto255",
    "crypto_scalarmult_ristretto255_base",
)


class NoLibrary(RuntimeError):  # noqa: N818 - told to an administrator as it is
    """The system has no libsodium of version 1.0.18 or newer."""

    def __init__(self) -> None:
        super().__init__("libsodium 1.0.18 or newer is not installed (Debian and Ubuntu: apt install libsodium23).")


class NotInGroup(ValueError):  # noqa: N818 - said of bytes
    """The bytes are no element, or the one that is none's: the identity; or no scalar."""

    def __init__(self) -> None:
        super().__init__("These bytes are not an element of ristretto255.")


@cache
def _library() -> ctypes.CDLL:
    """The first library found that has all we need. Raises NoLibrary."""
    for name in NAMES:
        try:
            library = ctypes.CDLL(ctypes.util.find_library(name) or name)
            missing = [one for one in FUNCTIONS if not hasattr(library, one)]
        except OSError:
            continue
        if not missing and library.sodium_init() >= 0:
            return library
    raise NoLibrary


def is_there() -> bool:
    """Whether this system can ask the road."""
    try:
        _library()
    except NoLibrary:
        return False
    return True


def _called(function: str, *given: bytes, length: int = 32) -> bytes:
    """What a function of the library writes. Raises NotInGroup when it refuses."""
    out = ctypes.create_string_buffer(length)
    if getattr(_library(), function)(out, *given) not in {0, None}:
        raise NotInGroup
    return out.raw


def element(raw: bytes) -> bytes:
    """The same bytes when they are an element other than the identity. Raises NotInGroup."""
    if len(raw) != ELEMENT_BYTES or raw == IDENTITY or not _library().crypto_core_ristretto255_is_valid_point(raw):
        raise NotInGroup
    return raw


def scalar(raw: bytes) -> bytes:
    """The same bytes when they are a scalar in its one form. Raises NotInGroup."""
    if len(raw) != SCALAR_BYTES or int.from_bytes(raw, "little") >= ORDER:
        raise NotInGroup
    return raw


def from_uniform(uniform: bytes) -> bytes:
    """The element that 64 even-handed bytes stand for."""
    return _called("crypto_core_ristretto255_from_hash", uniform)


def reduced(uniform: bytes) -> bytes:
    """The scalar that 64 even-handed bytes stand for."""
    return _written("crypto_core_ristretto255_scalar_reduce", uniform)


def random_scalar() -> bytes:
    """A scalar nobody knows; never zero."""
    while not any(found := reduced(secrets.token_bytes(UNIFORM_BYTES))):
        pass  # pragma: no cover - once in 2^252
    return found


def multiply(number: bytes, point: bytes) -> bytes:
    """An element so many times. Raises NotInGroup for the identity."""
    return _called("crypto_scalarmult_ristretto255", number, point)


def multiply_base(number: bytes) -> bytes:
    """The base so many times. Raises NotInGroup for the identity."""
    return _called("crypto_scalarmult_ristretto255_base", number)


def add(one: bytes, other: bytes) -> bytes:
    """The sum of two elements. Raises NotInGroup."""
    return _called("crypto_core_ristretto255_add", one, other)


def inverse(number: bytes) -> bytes:
    """One over a scalar. Raises NotInGroup for zero."""
    return _called("crypto_core_ristretto255_scalar_invert", number)


def scalar_product(one: bytes, other: bytes) -> bytes:
    """Two scalars multiplied."""
    return _written("crypto_core_ristretto255_scalar_mul", one, other)


def scalar_difference(one: bytes, other: bytes) -> bytes:
    """One scalar less another."""
    return _written("crypto_core_ristretto255_scalar_sub", one, other)


def _written(function: str, *given: bytes) -> bytes:
    """What a function writes that gives nothing back."""
    out = ctypes.create_string_buffer(SCALAR_BYTES)
    getattr(_library(), function)(out, *given)
    return out.raw
