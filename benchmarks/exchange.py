"""Node to node beside the bare cryptography: `waystation bench exchange --size 5000 [--json]`.

Two nodes in processes of their own, and this one, all kept to one core. `bare` signs and verifies (Ed25519) and seals
and opens (HPKE, X-Wing) the bytes that the notes need, before and after; `road` is all that a message costs: sealed,
stored, brought over loopback, opened, its effect written, its receipt back and taken. `wall` figures are by the clock,
the others by the processor time of both nodes, in which neighbours count less. Then a stick of ten times as many
messages is taken in by a fresh process, whose memory at its highest is told.
"""

import os
import shutil
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.figures import Figures, show
from benchmarks.nodes import Node, free_port
from waystation.exchange import keys, wire

NOTE = "Came on foot over the pass. " * 7
BODIES: dict[str, tuple[str, int]] = {"200_b": (NOTE[:190], 0), "60_kb_file": (NOTE[:190], 60_000)}
FRAME = 160
"""Bytes that a message has beside its text: ids, number, kind, time, signature."""
ON_A_STICK = 10


def main(*, size: int, as_json: bool) -> None:
    """Measure so many messages of each size, and a stick."""
    folder = Path(tempfile.mkdtemp(prefix="waystation-bench-"))
    cores = os.sched_getaffinity(0)
    figures: Figures = {"messages": size}
    try:
        os.sched_setaffinity(0, {min(cores)})
        for name, (text, file) in BODIES.items():
            figures |= road(folder / name, name, size if not file else size // 10, text, file)
        os.sched_setaffinity(0, cores)
        figures |= stick(folder / "stick", size * ON_A_STICK)
        show(figures, as_json=as_json)
    finally:
        os.sched_setaffinity(0, cores)
        shutil.rmtree(folder, ignore_errors=True)


def road(folder: Path, name: str, size: int, text: str, file: int) -> Figures:
    """Bare cryptography and the whole road, in turn."""
    here, there = befriended(folder)
    try:
        for node in (here, there):
            node.do("pin", core=min(os.sched_getaffinity(0)))
        send_some(here, there, 200, text, file)
        bare = [bare_seconds(size, len(text) + file)]
        wall, spent = send_some(here, there, size, text, file)
        bare.append(bare_seconds(size, len(text) + file))
        assert there.do("effects") == size + 200
    finally:
        here.kill()
        there.kill()
    bare_wall, bare_spent = (sum(both) / 2 for both in zip(*bare, strict=True))
    return {
        f"{name}_bare_per_s": round(size / bare_spent),
        f"{name}_road_per_s": round(size / spent),
        f"{name}_share_of_bare": round(bare_spent / spent, 3),
        f"{name}_bare_wall_per_s": round(size / bare_wall),
        f"{name}_road_wall_per_s": round(size / wall),
        f"{name}_share_of_bare_wall": round(bare_wall / wall, 3),
    }


def befriended(folder: Path) -> tuple[Node, Node]:
    """Two nodes that trust each other; the second serves."""
    here, there = Node(folder / "here"), Node(folder / "there", port=free_port())
    for node in (here, there):
        node.start()
    texts = (
        here.do("make", name="Here", address=""),
        there.do("make", name="There", address=f"http://127.0.0.1:{there.port}"),
    )
    here.peer, there.peer = here.do("trust", text=texts[1]), there.do("trust", text=texts[0])
    return here, there


def send_some(here: Node, there: Node, size: int, text: str, file: int) -> tuple[float, float]:
    """Seconds by the clock, and of processor time of both."""
    before = here.do("spent") + there.do("spent")
    start = perf_counter()
    here.do("send", peer=here.peer, count=size, text=text, file=file)
    left = here.do("bring")
    wall = perf_counter() - start
    assert not left, f"{left} messages have no receipt."
    return wall, here.do("spent") + there.do("spent") - before


def bare_seconds(size: int, content: int) -> tuple[float, float]:
    """The same with nothing but the cryptography: by the clock, and of processor time."""
    private, signing = keys.new_private(), Ed25519PrivateKey.generate()
    opening, public = keys.private_of(private), keys.public_of(keys.public_bytes_of(private))
    signer, suite = signing.public_key(), wire.SUITES[wire.HYBRID]
    raw, inner = bytes(content + FRAME), bytes(wire.size_class(content + FRAME))
    start, begun = perf_counter(), process_time()
    for _ in range(size):
        signature = signing.sign(raw)
        suite.decrypt(suite.encrypt(inner, public, info=wire.CONTEXT), opening, info=wire.CONTEXT)
        signer.verify(signature, raw)
    return perf_counter() - start, process_time() - begun


def stick(folder: Path, size: int) -> Figures:
    """A stick of so many messages, taken in once."""
    here, there = befriended(folder)
    peer = here.peer
    there.kill()
    (folder / "usb").mkdir()
    building = perf_counter()
    here.do("fill_stick", stick=str(folder / "usb"), peer=peer, first=1, count=size, text=NOTE[:190])
    building = perf_counter() - building
    here.kill()
    reader = Node(folder / "there")
    reader.start()
    before = reader.do("peak_mb")
    said: dict[str, Any] = reader.do("carry_in", stick=str(folder / "usb"))
    effects = reader.do("effects")
    reader.kill()
    assert said["outcomes"] == {"taken": size}, said["outcomes"]
    assert effects == size
    return {
        "stick_messages": size,
        "stick_built_s": round(building, 1),
        "stick_per_s": round(size / said["seconds"]),
        "stick_before_mb": round(before),
        "stick_peak_mb": round(said["peak_mb"]),
    }
