"""A road on which files are lost, doubled, changed, late and out of order, seeded: by the line and by stick.

The same seed gives the same choices in the same order; which file meets which choice is up to the machine's scheduler.
"""

import hashlib
import http.client
import itertools
import random
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from waystation.exchange import bundles

LOST, DOUBLED, CORRUPTED, LATE = 0.20, 0.20, 0.02, 0.10
PATIENCE = 60.0
PATH = "/exchange/inbox"
Passing = Callable[[str, str, str], None]
"""Told what happens on the road: the moment, who calls, who is called."""


@dataclass
class Weather:
    """What befalls files, by the seed; and what has befallen them."""

    chance: random.Random
    seen: Counter[str] = field(default_factory=Counter)
    late: list[bytes] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def through(self, files: Sequence[bytes]) -> list[bytes]:
        """What arrives of some files, with what was late from before."""
        with self.lock:
            arrived, self.late = self.late, []
            for file in files:
                self._befall(file, arrived)
            self.chance.shuffle(arrived)
            return arrived

    def _befall(self, file: bytes, arrived: list[bytes]) -> None:
        self.seen["carried"] += 1
        if self.chance.random() < LOST:
            self.seen["lost"] += 1
            return
        copies = [file]
        if self.chance.random() < DOUBLED:
            self.seen["doubled"] += 1
            copies.append(file)
        for copy in copies:
            one = copy
            if self.chance.random() < CORRUPTED:
                self.seen["corrupted"] += 1
                one = self._changed(copy)
            if self.chance.random() < LATE:
                self.seen["late"] += 1
                self.late.append(one)
            else:
                arrived.append(one)

    def _changed(self, file: bytes) -> bytes:
        place = self.chance.randrange(len(file))
        if self.chance.random() < 0.5:
            return file[:place]
        return file[:place] + bytes([file[place] ^ 1 << self.chance.randrange(8)]) + file[place + 1 :]

    def taken_late(self) -> list[bytes]:
        """What is late still; the road is empty then."""
        with self.lock:
            late, self.late = self.late, []
            return late


class Line:
    """The way to one node: others call here, and what arrives is brought on to it."""

    sources = itertools.count(2)

    def __init__(self, name: str, port: int, seed: str, passing: Passing) -> None:
        self.name, self.port, self.passing = name, port, passing
        self.there, self.back = (
            Weather(random.Random(f"{seed}:{name}:there")),
            Weather(random.Random(f"{seed}:{name}:back")),
        )
        self.source = f"127.0.0.{next(self.sources)}"
        line = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                line.call(self)

            def log_message(self, *_told: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Where others call."""
        return f"http://127.0.0.1:{self.server.server_port}"

    def call(self, request: BaseHTTPRequestHandler) -> None:
        """Bring on what arrives of a call, and back what arrives of the answer."""
        caller = request.headers.get("User-Agent", "")
        files = bundles.unpack(request.rfile.read(int(request.headers.get("Content-Length", 0))))
        self.passing("leaving", caller, self.name)
        answers = self.bring(self.there.through(files), caller)
        try:
            if answers is None:
                # Not 503: what is late still may arrive, so nobody may say that nothing left.
                request.send_error(502)
                return
            body = bundles.pack(self.back.through(answers))
            request.send_response(200)
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body)
        except OSError:
            return
        self.passing("receipting", caller, self.name)

    def bring(self, files: Sequence[bytes], caller: str) -> list[bytes] | None:
        """Files to the node itself; its answer, None when none came."""
        call = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE, source_address=(self.source, 0))
        try:
            call.request("POST", PATH, body=bundles.pack(files), headers={"Content-Type": "application/cbor-seq"})
            self.passing("taking", caller, self.name)
            answer = call.getresponse()
            said = answer.read()
            self.passing("answered", caller, self.name)
            return bundles.unpack(said) if answer.status == 200 else None
        except (OSError, http.client.HTTPException):
            return None
        finally:
            call.close()

    def empty(self) -> None:
        """What is late arrives now."""
        self.bring(self.there.taken_late(), "")
        self.back.taken_late()


class Sticks:
    """Folders that are carried from one node to another, and suffer on the way."""

    def __init__(self, folder: Path, seed: str) -> None:
        self.folder, self.weather, self.count = folder, Weather(random.Random(f"{seed}:stick")), itertools.count()
        self.lock = threading.Lock()

    def new(self) -> Path:
        """An empty stick."""
        with self.lock:
            made = self.folder / f"stick-{next(self.count)}"
        made.mkdir(parents=True)
        return made

    def carried(self, stick: Path) -> Path:
        """What arrives of a stick; the one that left is gone."""
        names = {path.read_bytes(): path.name for path in sorted(stick.glob("*.wsm"))}
        arrived = self.new()
        for number, file in enumerate(self.weather.through(list(names))):
            # A changed file is damaged to see by its name, or not before it is opened.
            changed = hashlib.sha256(file).hexdigest() if number % 2 else f"changed-{number}"
            (arrived / names.get(file, f"{changed}.wsm")).write_bytes(file)
        shutil.rmtree(stick)
        return arrived
