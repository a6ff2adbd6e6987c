"""The four nodes of `waystation demo --road`: started, introduced to one another, watched and stopped together."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from waystation.cli.demo import OF_A_REAL_NODE
from waystation.cli.main import fail, ready_node
from waystation.cli.road_node import SERVE

MARK, MADE = "this-is-a-demo", "this-road-is-made"
"""Files in the folder: that only a demo's has, and that stands there once the road was made to its end (one that was
broken off half-way is made anew)."""
LAST_PORT = 65535
STOP_WITHIN = 15
BEAT = 0.5


class Ended(Exception):  # noqa: N818 - told to a person as it is
    """A node ended that should not have, or cannot serve."""


@dataclass
class Running:
    """One node and its process."""

    organisation: str
    process: "subprocess.Popen[str]"

    def ask(self, step: str, said: dict[str, str]) -> None:
        """Ask it for a step; `answer` gives what it says. Raises Ended."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps([step, said]) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError as problem:
            raise self._ended() from problem

    def answer(self) -> dict[str, str]:
        """What it says to the step it was asked for. Raises Ended."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise self._ended()
        said: dict[str, str] = json.loads(line)
        if "problem" in said:
            raise Ended(f"{self.organisation}: {said['problem']}")
        return said

    def _ended(self) -> Ended:
        return Ended(f"{self.organisation} ended while the road was made. What it said stands above.")


def serve_road(folder: Path, port: int, *, fresh: bool) -> None:
    """Serve the four nodes from `port` on until interrupted, made first where they are not there."""
    _refuse_foreign(folder)
    _refuse_taken(port)
    ready_node(needs_database=False)
    from waystation.config.serving import CannotServe, refuse_unsound_node
    from waystation.demo.road import story
    from waystation.demo.road.nodes import STICK

    _refuse_running(folder)
    again = (folder / MADE).exists() and not fresh
    if not again:
        shutil.rmtree(folder, ignore_errors=True)
    os.umask(0o077)
    (folder / STICK).mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with _started(folder, port) as nodes:
            click.echo("The road is there already; it is opened as you left it." if again else "Inventing four nodes …")
            # Here, once for all four, while they bring their tables up to date.
            refuse_unsound_node()
            _do(nodes, story.AGAIN if again else story.FIRST_TIME)
            shutil.rmtree(folder / story.BETWEEN, ignore_errors=True)
            (folder / MADE).touch()
            _do(nodes, [SERVE])
            _introduce(port)
            _watch(nodes)
    except (Ended, CannotServe) as problem:
        fail(str(problem))
    except KeyboardInterrupt:
        click.echo("Stopped: all four nodes are locked.")


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _refuse_foreign(folder: Path) -> None:
    """End where the folder holds anything but a road."""
    if folder.exists() and not (folder / MARK).exists() and any(folder.iterdir()):
        fail(f"{folder} holds something that is no demo; nothing in it was touched. Choose another: --data FOLDER")


def _refuse_running(folder: Path) -> None:
    """End where the nodes of this folder are being served."""
    from waystation.config.serving import is_running
    from waystation.demo.road.nodes import ROAD

    if any(is_running(folder / node.name) for node in ROAD):
        fail(f"The nodes in {folder} are being served already. Stop them first, or choose another: --data FOLDER")


def _refuse_taken(first: int) -> None:
    """End with what to do when a port that is needed is taken, or there is none."""
    from waystation.demo.road.nodes import ROAD, port_of

    ports = [port_of(node, first) for node in ROAD]
    hint = f"The four nodes need ports {first} to {ports[-1]}. Choose another first one, such as --port 8877."
    if ports[-1] > LAST_PORT:
        fail(hint)
    for port in ports:
        with socket.socket() as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind(("127.0.0.1", port))
            except OSError:
                fail(f"Port {port} is in use. {hint}")


@contextmanager
def _started(folder: Path, port: int) -> Iterator[list[Running]]:
    """The processes of the nodes, all of them ended afterwards."""
    from waystation.demo.road.nodes import ROAD

    nodes: list[Running] = []
    try:
        # One by one, so that those are ended that had begun when one could not.
        for node in ROAD:
            nodes += [Running(node.organisation, _begun(folder / node.name, port))]
        yield nodes
    finally:
        _stop([node.process for node in nodes])


def _begun(folder: Path, port: int) -> "subprocess.Popen[str]":
    """A node's process, which a Ctrl-C in the terminal does not reach: who began it ends it."""
    without = set(OF_A_REAL_NODE)
    environment = {name: value for name, value in os.environ.items() if name not in without}
    environment |= {"WAYSTATION_DATA": str(folder), "WAYSTATION_DEMO": "yes", "WAYSTATION_DEMO_ROAD": str(port)}
    return subprocess.Popen(
        [sys.executable, "-m", "waystation.cli.road_node"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment | {"WAYSTATION_IDLE_MINUTES": "240"},
        start_new_session=True,
    )


def _do(nodes: list[Running], steps: Iterable[str]) -> None:
    """Every node does each step, all at once; what one says the others hear with the next. Raises Ended."""
    said: dict[str, str] = {}
    for step in steps:
        for node in nodes:
            node.ask(step, said)
        for node in nodes:
            said = said | node.answer()


def _introduce(port: int) -> None:
    from waystation.demo.accounts import PASSPHRASE
    from waystation.demo.road.nodes import ROAD, port_of

    click.echo(f"\nSign in with any of these; the passphrase is always: {PASSPHRASE}")
    click.echo("The second step shows its code on the page, because this is a demo.\n")
    for node in ROAD:
        handles = ", ".join(f"{who.handle} ({who.role.value})" for who in node.staff)
        click.echo(f"  http://localhost:{port_of(node, port)}  {node.part}: {node.organisation}")
        click.echo(f"  {'':22} {handles}")
    click.echo(f"\nWhat to try, the stick and the switch that cuts the line: http://localhost:{port}/demo/road/")
    click.echo("Stop all four with Ctrl-C.\n")
    click.echo("The road is ready.")


def _watch(nodes: list[Running]) -> None:
    """Until interrupted, or all have ended; one that ends is told. Raises Ended."""
    running = list(nodes)
    while running:
        time.sleep(BEAT)
        for node in [one for one in running if one.process.poll() is not None]:
            running.remove(node)
            click.echo(f"{node.organisation} has ended ({node.process.returncode}). The others go on.", err=True)
    raise Ended("All four nodes have ended.")


def _stop(processes: "list[subprocess.Popen[str]]") -> None:
    """Ask all to end, then wait; who does not end in time is ended."""
    for process in processes:
        process.terminate()
    until = time.monotonic() + STOP_WITHIN
    for process in processes:
        try:
            process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
