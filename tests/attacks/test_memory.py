"""Promise 3, in memory: once a node is locked, the process that serves it holds no name. A real server, read whole."""

import base64
import html
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.attacks.plant import PASSPHRASE, secrets_of
from tests.attacks.test_seized import CHECKOUT, run
from waystation.accounts import factors
from waystation.config.renewal import INHERITED

PLANTED = 8
PARTS = ("Planted", "مزروعة", "Посаженная", "ተኽለ", "+3935070000", "th chapel, fears")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")
"""As they are sent and stored, and as Python holds strings of one, two and four bytes a sign."""
pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc/PID/mem"),
    pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="serves a node of its own on SQLite"),
]


@dataclass
class Visitor:
    """A browser of few parts: cookies, redirects, form tokens."""

    address: str
    cookies: CookieJar = field(default_factory=CookieJar)
    token: str = ""

    def ask(self, path: str, form: dict[str, str] | None = None) -> str:
        """A page as text; forms carry the token of the page before."""
        sent = (
            urllib.parse.urlencode({**form, "csrfmiddlewaretoken": self.token}).encode() if form is not None else None
        )
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies)
        )
        try:
            with opener.open(self.address + path, sent, timeout=30) as answer:
                page = str(answer.read().decode())
        except ConnectionResetError:
            # The process was replaced between an answer and the page it leads to: a person loads that again.
            return self.ask("/sign-in/")
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        self.token = found[1] if found else self.token
        return page

    def sign_in(self, spare: str) -> str:
        """Both factors; the first time the second one is set up, and its page with spare codes comes back."""
        self.ask("/sign-in/")
        page = self.ask("/sign-in/", {"handle": "nadia", "passphrase": PASSPHRASE})
        if spare:
            return self.ask("/sign-in/second/", {"code": spare})
        seed = re.search(r"\b([A-Z2-7]{32})\b", page)
        assert seed, page
        raw = base64.b32decode(seed[1])
        return self.ask("/sign-in/first/", {"code": factors.code_at(raw, factors.current_step())})

    def find(self, name: str) -> str:
        """The page with who is found, as soon as the index is made."""
        for _ in range(100):
            page = html.unescape(self.ask("/", {"q": name}))
            if f">{name}<" in page or page.count(name) > 1:
                return page
            time.sleep(0.1)
        pytest.fail("nobody was found")


@dataclass
class Server:
    """A node that is served, and the process that serves it."""

    process: "subprocess.Popen[str]"
    folder: Path
    address: str

    def is_renewed(self) -> bool:
        """Whether the process was replaced: a fresh one inherits its sockets."""
        return f"{INHERITED}=".encode() in Path(f"/proc/{self.process.pid}/environ").read_bytes()

    def memory(self) -> bytes:
        """All that the process holds."""
        held = []
        with Path(f"/proc/{self.process.pid}/mem").open("rb", buffering=0) as memory:
            for line in Path(f"/proc/{self.process.pid}/maps").read_text().splitlines():
                span, mode = line.split()[:2]
                start, end = (int(part, 16) for part in span.split("-"))
                if "w" not in mode:
                    continue
                try:
                    memory.seek(start)
                    held.append(memory.read(end - start))
                except (OSError, OverflowError):
                    continue
        return b"\0".join(held)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    run(tmp_path, PLANTED, "lock")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "waystation.cli.main", "--data", str(tmp_path), "serve", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": f"{CHECKOUT / 'src'}", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, cwd=CHECKOUT
    )
    assert process.stdout is not None
    said = process.stdout.readline()
    assert "ready at" in said, said + process.stdout.read()
    yield Server(process, tmp_path, f"http://127.0.0.1:{port}")
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=20)
    process.stdout.close()


def spare_codes(page: str) -> list[str]:
    return re.findall(r'<bdi class="code">([a-z0-9-]{14})</bdi>', page)


def written(memory: bytes) -> list[str]:
    """What of the planted words stands in a process's memory: of each kind the part that all have in common."""
    return [part for part in PARTS if any(part.encode(encoding) in memory for encoding in ENCODINGS)]


def by_panic(visitor: Visitor, _server: Server) -> None:
    visitor.ask("/panic/")
    visitor.ask("/panic/", {})


def by_command(_visitor: Visitor, server: Server) -> None:
    command = [sys.executable, "-m", "waystation.cli.main", "--data", str(server.folder), "lock"]
    environment = {**os.environ, "PYTHONPATH": f"{CHECKOUT / 'src'}"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=True)
    assert "Locked." in done.stdout


def knock(address: str, stop: threading.Event, answers: list[str]) -> None:
    """Ask for the sign-in page again and again, each time by a new connection."""
    while not stop.is_set():
        try:
            Visitor(address).ask("/sign-in/")
            answers.append("")
        except OSError as problem:
            answers.append(repr(problem))


def test_after_a_panic_lock_no_name_is_left_in_memory_and_the_node_goes_on(server: Server) -> None:
    lock_and_look(server, by_panic)


@pytest.mark.long
def test_after_a_lock_by_command_no_name_is_left_in_memory_and_the_node_goes_on(server: Server) -> None:
    lock_and_look(server, by_command)


def lock_and_look(server: Server, lock: Callable[[Visitor, Server], None]) -> None:
    desk, name, pid = Visitor(server.address), secrets_of(0)["name"], server.process.pid
    spare = spare_codes(desk.sign_in(""))
    for number in range(4):
        assert secrets_of(number)["name"] in desk.find(secrets_of(number)["name"])
    assert not server.is_renewed()
    assert all(any(part in word for number in range(4) for word in secrets_of(number).values()) for part in PARTS)
    assert set(written(server.memory())) >= set(PARTS[:4]), "the search of the memory finds what is there"
    stop = threading.Event()
    answers: list[str] = []
    knocking = threading.Thread(target=knock, args=(server.address, stop, answers))
    knocking.start()
    begun = time.monotonic()
    lock(desk, server)
    while not server.is_renewed():
        assert time.monotonic() - begun < 10, "the process was not replaced"
        time.sleep(0.02)
    Visitor(server.address).ask("/sign-in/")
    stop.set()
    knocking.join(30)
    assert written(server.memory()) == []
    assert (server.process.pid, server.process.poll()) == (pid, None)
    assert not [answer for answer in answers if "refused" in answer]
    again = Visitor(server.address)
    again.sign_in(spare[0])
    assert name in again.find(name)
