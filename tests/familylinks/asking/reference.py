"""RFC 9496 (ristretto255) and RFC 9497 (OPRF, VOPRF) once more, in plain integers and as the documents are written.

Slow and not in constant time: to compare with, and for nothing else.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


class Refused(ValueError):  # noqa: N818
    """Not an element."""


def is_negative(number: int) -> bool:
    return number % P % 2 == 1


def absolute(number: int) -> int:
    return -number % P if is_negative(number) else number % P


def sqrt_ratio(u: int, v: int) -> tuple[bool, int]:
    """SQRT_RATIO_M1 of RFC 9496, 4.2."""
    root = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    check = v * root * root % P
    correct, flipped, flipped_i = check == u % P, check == -u % P, check == -u * SQRT_M1 % P
    if flipped or flipped_i:
        root = root * SQRT_M1 % P
    return correct or flipped, absolute(root)


SQRT_AD_MINUS_ONE = -sqrt_ratio(-D - 1, 1)[1] % P
INVSQRT_A_MINUS_D = sqrt_ratio(1, -1 - D)[1]
# The document's constant is the root that is odd (RFC 9496, 4.1).
SQRT_AD_MINUS_ONE = SQRT_AD_MINUS_ONE if is_negative(SQRT_AD_MINUS_ONE) else -SQRT_AD_MINUS_ONE % P
ONE_MINUS_D_SQ = (1 - D * D) % P
D_MINUS_ONE_SQ = (D - 1) ** 2 % P


@dataclass(frozen=True)
class Point:
    """Extended coordinates of the curve -x² + y² = 1 + d x² y²."""

    x: int
    y: int
    z: int
    t: int

    def __add__(self, other: "Point") -> "Point":
        a = (self.y - self.x) * (other.y - other.x) % P
        b = (self.y + self.x) * (other.y + other.x) % P
        c = 2 * self.t * other.t * D % P
        d = 2 * self.z * other.z % P
        e, f, g, h = b - a, d - c, d + c, b + a
        return Point(e * f % P, g * h % P, f * g % P, e * h % P)

    def times(self, number: int) -> "Point":
        total, power = NEUTRAL, self
        while number:
            if number & 1:
                total += power
            power += power
            number >>= 1
        return total


NEUTRAL = Point(0, 1, 1, 0)


def encode(point: Point) -> bytes:
    """RFC 9496, 4.3.2."""
    u1 = (point.z + point.y) * (point.z - point.y) % P
    u2 = point.x * point.y % P
    _, inverse = sqrt_ratio(1, u1 * u2 * u2)
    den1, den2 = inverse * u1 % P, inverse * u2 % P
    z_inverse = den1 * den2 * point.t % P
    x, y, den = point.x, point.y, den2
    if is_negative(point.t * z_inverse):
        x, y = point.y * SQRT_M1 % P, point.x * SQRT_M1 % P
        den = den1 * INVSQRT_A_MINUS_D % P
    if is_negative(x * z_inverse):
        y = -y % P
    return absolute(den * (point.z - y)).to_bytes(32, "little")


def decode(raw: bytes) -> Point:
    """RFC 9496, 4.3.1; and RFC 9497, 4.1: not the identity."""
    s = int.from_bytes(raw, "little")
    if len(raw) != 32 or s >= P or is_negative(s) or s == 0:
        raise Refused
    ss = s * s % P
    u1, u2 = (1 - ss) % P, (1 + ss) % P
    v = (-D * u1 * u1 - u2 * u2) % P
    was_square, inverse = sqrt_ratio(1, v * u2 * u2)
    x_den = inverse * u2 % P
    y_den = inverse * x_den * v % P
    x, y = absolute(2 * s * x_den), u1 * y_den % P
    t = x * y % P
    if not was_square or is_negative(t) or y == 0:
        raise Refused
    return Point(x, y, 1, t)


def from_uniform(raw: bytes) -> Point:
    """RFC 9496, 4.3.4."""
    return _mapped(raw[:32]) + _mapped(raw[32:])


def _mapped(raw: bytes) -> Point:
    t = int.from_bytes(raw, "little") % 2**255 % P
    r = SQRT_M1 * t * t % P
    u = (r + 1) * ONE_MINUS_D_SQ % P
    v = (-1 - r * D) * (r + D) % P
    was_square, s = sqrt_ratio(u, v)
    c = -1
    if not was_square:
        s, c = -absolute(s * t) % P, r
    n = (c * (r - 1) * D_MINUS_ONE_SQ - v) % P
    w0, w1 = 2 * s * v % P, n * SQRT_AD_MINUS_ONE % P
    w2, w3 = (1 - s * s) % P, (1 + s * s) % P
    return Point(w0 * w3 % P, w2 * w1 % P, w1 * w3 % P, w0 * w2 % P)


BASE = decode(bytes.fromhex("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76"))


def context(mode: int) -> bytes:
    return b"OPRFV1-" + bytes([mode]) + b"-ristretto255-SHA512"


def expand(message: bytes, tag: bytes) -> bytes:
    """expand_message_xmd of RFC 9380, 5.3.1, for 64 bytes of SHA-512."""
    ending = tag + bytes([len(tag)])
    first = hashlib.sha512(bytes(128) + message + b"\x00\x40" + b"\x00" + ending).digest()
    return hashlib.sha512(first + b"\x01" + ending).digest()


def to_scalar(message: bytes, tag: bytes) -> int:
    return int.from_bytes(expand(message, tag), "little") % L


def to_group(message: bytes, mode: int) -> Point:
    return from_uniform(expand(message, b"HashToGroup-" + context(mode)))


def long(raw: bytes) -> bytes:
    return len(raw).to_bytes(2, "big") + raw


def derive(seed: bytes, info: bytes, mode: int) -> tuple[int, bytes]:
    for counter in range(256):
        secret = to_scalar(seed + long(info) + bytes([counter]), b"DeriveKeyPair" + context(mode))
        if secret:
            return secret, encode(BASE.times(secret))
    raise Refused


def blind(text: bytes, number: int, mode: int) -> bytes:
    return encode(to_group(text, mode).times(number))


def evaluate_blinded(secret: int, blinded: Sequence[bytes]) -> list[bytes]:
    return [encode(decode(one).times(secret)) for one in blinded]


def composites(public: bytes, blinded: Sequence[bytes], evaluated: Sequence[bytes]) -> tuple[Point, Point]:
    seed = hashlib.sha512(long(public) + long(b"Seed-" + context(1))).digest()
    m = z = NEUTRAL
    for place, (c, d) in enumerate(zip(blinded, evaluated, strict=True)):
        transcript = long(seed) + place.to_bytes(2, "big") + long(c) + long(d) + b"Composite"
        weight = to_scalar(transcript, b"HashToScalar-" + context(1))
        m, z = decode(c).times(weight) + m, decode(d).times(weight) + z
    return m, z


def challenge(public: bytes, m: Point, z: Point, t2: Point, t3: Point) -> int:
    transcript = b"".join(map(long, (public, encode(m), encode(z), encode(t2), encode(t3))))
    return to_scalar(transcript + b"Challenge", b"HashToScalar-" + context(1))


def prove(secret: int, public: bytes, blinded: Sequence[bytes], evaluated: Sequence[bytes], random: int) -> bytes:
    m, z = composites(public, blinded, evaluated)
    c = challenge(public, m, z, BASE.times(random), m.times(random))
    return c.to_bytes(32, "little") + ((random - c * secret) % L).to_bytes(32, "little")


def verify(public: bytes, blinded: Sequence[bytes], evaluated: Sequence[bytes], proof: bytes) -> bool:
    c, s = (int.from_bytes(half, "little") for half in (proof[:32], proof[32:]))
    m, z = composites(public, blinded, evaluated)
    return c == challenge(public, m, z, BASE.times(s) + decode(public).times(c), m.times(s) + z.times(c))


def finalize(text: bytes, number: int, evaluated: bytes) -> bytes:
    return output(text, decode(evaluated).times(pow(number, L - 2, L)))


def evaluate(secret: int, text: bytes, mode: int) -> bytes:
    return output(text, to_group(text, mode).times(secret))


def output(text: bytes, point: Point) -> bytes:
    return hashlib.sha512(long(text) + long(encode(point)) + b"Finalize").digest()
