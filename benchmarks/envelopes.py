"""Envelopes sealed and opened beside the bare cryptography: `waystation bench envelopes --size 2000 [--json]`.

One process, one core, counted in its own processor time so that neighbours do not count. `bare` signs and verifies
(Ed25519) and seals and opens (HPKE, X-Wing) the same bytes in the same padding, in turn with ours. Bodies are a note, a
case of small values, a part of a file, and as much again in small values, which is the hardest.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from time import process_time
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.figures import Figures, show
from waystation.exchange import keys, wire

NOTE = "Came on foot over the pass. " * 7
NEED = {"code": "shelter", "since": 1_700_000_000, "said": NOTE, "urgent": True, "place": b"\1" * 16}
BODIES: dict[str, dict[str, object]] = {
    "200_b": {"said": NOTE[:190]},
    "3_kb": {"needs": [NEED] * 11},
    "60_kb_file": {"file": bytes(16), "part": 3, "bytes": b"\1" * 60_000},
    "60_kb_values": {"needs": [NEED] * 226},
}
ROUND = 20
US, PEER = UUID(int=0x5741_0001), UUID(int=0x5741_0002)
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def main(*, size: int, as_json: bool) -> None:
    """Measure so many envelopes of each size."""
    figures: Figures = {"envelopes": size}
    for name, body in BODIES.items():
        figures |= _measured(name, _message(body), size)
    show(figures, as_json=as_json)


def _message(body: dict[str, object]) -> wire.Message:
    return wire.Message(id=wire.new_id(), sender=PEER, to=US, seq=1, kind="handover.content/1", at=AT, body=body)


def _measured(name: str, message: wire.Message, size: int) -> Figures:
    private, signing = keys.new_private(), Ed25519PrivateKey.generate()
    opening, public, signer = (
        keys.private_of(private),
        keys.public_of(keys.public_bytes_of(private)),
        signing.public_key(),
    )
    raw, suite = message.raw(), wire.SUITES[wire.HYBRID]
    inner = bytes(wire.size_class(len(raw) + 72))

    def bare() -> None:
        signature = signing.sign(raw)
        suite.decrypt(suite.encrypt(inner, public, info=wire.CONTEXT), opening, info=wire.CONTEXT)
        signer.verify(signature, raw)

    def ours() -> None:
        file = wire.seal(message, signing=signing, recipient=public)
        wire.unseal(file, us=US, keys=[opening], signer=lambda _node: signer)

    took = {"bare": 0.0, "ours": 0.0}
    for _ in range(max(1, size // ROUND)):
        took["bare"] += _spent(bare)
        took["ours"] += _spent(ours)
    rounds = max(1, size // ROUND) * ROUND
    return {
        f"{name}_file_bytes": len(wire.seal(message, signing=signing, recipient=public)),
        f"{name}_bare_per_s": round(rounds / took["bare"]),
        f"{name}_ours_per_s": round(rounds / took["ours"]),
        f"{name}_share_of_bare": round(took["bare"] / took["ours"], 3),
    }


def _spent(work: Callable[[], None]) -> float:
    start = process_time()
    for _ in range(ROUND):
        work()
    return process_time() - start
