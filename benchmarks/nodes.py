"""Nodes as processes of their own (`benchmarks.node`), seen from whoever measures them."""

import json
import os
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]


class Gone(Exception):  # noqa: N818 - it is what happens here
    """The process ended before it answered."""


def free_port() -> int:
    """A port of the loopback that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@dataclass
class Node:
    """A node in a folder; with a port it serves. `program` is the module that is run."""

    folder: Path
    port: int = 0
    program: str = "benchmarks.node"
    peer: str = ""
    process: "subprocess.Popen[str] | None" = field(default=None, repr=False)

    def start(self) -> None:
        """Begin the process and wait until it hears. Raises Gone."""
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        environment |= {"PYTHONPATH": f"{CHECKOUT / 'src'}:{CHECKOUT}", "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", self.program, str(self.folder), *([str(self.port)] if self.port else [])]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=CHECKOUT
        )
        self.answer()

    def tell(self, do: str, **told: Any) -> None:
        """Ask for something without waiting. Raises Gone."""
        assert self.process is not None and self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps({"do": do, **told}) + "\n")
            self.process.stdin.flush()
        except OSError as problem:
            raise Gone from problem

    def answer(self) -> Any:
        """What the process says next. Raises Gone."""
        assert self.process is not None and self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line.endswith("\n"):
            raise Gone
        return json.loads(line)

    def do(self, do: str, **told: Any) -> Any:
        """Ask, and wait for the answer. Raises Gone."""
        self.tell(do, **told)
        return self.answer()

    def end(self) -> None:
        """Let it end by itself."""
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()
            self.process.wait()
        self.kill()

    def kill(self) -> None:
        """`kill -9`, if it lives."""
        process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
