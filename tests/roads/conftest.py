"""A demo node as a real process, and a real browser that notes every complaint and every request to elsewhere."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from playwright.sync_api import TimeoutError as TookTooLong

if TYPE_CHECKING:
    from tests.roads.test_exchange import Node

PASSPHRASE = "lantern harbour seven quiet rivers"
CHECKOUT = Path(__file__).resolve().parents[2]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
MOST_TRIES = 4
"""One less than what shuts out whoever guesses."""


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo node keeps its book."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def demo_node(demo_folder: Path) -> Iterator[str]:
    """The address of a freshly made demo node."""
    folder = demo_folder
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "WAYSTATION_DATA"}
    # Of a real node: a demo goes into its own folder all the same.
    environment["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none"
    command = [sys.executable, "-m", "waystation.cli.main", "demo", "--data", str(folder), "--port", str(port)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**environment, "PYTHONPATH": str(CHECKOUT / "src"), "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if address := re.search(r"ready at (http://\S+)", line):
            break
    else:
        pytest.fail("the demo did not start:\n" + "".join(said))
    yield address.group(1)
    process.terminate()
    process.wait(timeout=20)
    process.stdout.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without it the test is skipped, and CI fails."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs Debian's chromium")
        pytest.skip("needs Debian's chromium: apt install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """A page in a fresh browser context, with what went wrong and where it asked."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open an address of the node."""
        self.page.goto(self.address + path)

    def sign_in(self, handle: str) -> None:
        """Through both factors; the demo shows the code of the moment."""
        self.go("/sign-in/")
        self.page.fill("[name=handle]", handle)
        self.page.fill("[name=passphrase]", PASSPHRASE)
        self.page.click("main form button")
        self.give_code()

    def give_code(self) -> None:
        """The second step. A code opens once, and none from a minute ahead: whoever came in twice just now waits."""
        for _try in range(MOST_TRIES):
            try:
                code = self.page.locator("main .code").first.inner_text()
            except TookTooLong:
                pytest.fail(f"no code to type at {self.page.url}: {self.page.locator('main').inner_text()}")
            self.page.fill("[name=code]", code)
            with self.page.expect_navigation():
                self.page.click("main form button")
            if not self.page.url.startswith(self.address + "/sign-in/"):
                return
            self.page.wait_for_timeout(10_000)
        pytest.fail("no code was taken")


@pytest.fixture
def visit(demo_node: str, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Begin a visit: language, width, with or without scripts."""
    contexts = []

    def begin(language: str = "en", width: int = 1280, *, scripts: bool = True) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        context.add_cookies([{"name": "django_language", "value": language, "url": demo_node}])
        page = context.new_page()
        made = Visit(page, demo_node)
        page.on("console", lambda said: _note_said(made, said) if said.type == "error" else None)
        page.on("pageerror", lambda error: made.complaints.append(str(error)))
        page.on("request", lambda request: _note_foreign(made, request.url))
        return made

    yield begin
    for context in contexts:
        context.close()


def _note_said(visit: Visit, said: ConsoleMessage) -> None:
    visit.complaints.append(f"{said.text} {said.location.get('url', '')}")


def _note_foreign(visit: Visit, url: str) -> None:
    if not url.startswith((visit.address, "data:")):
        visit.complaints.append(f"asked {url}")


@pytest.fixture
def made(request: pytest.FixtureRequest, tmp_path: Path) -> "Iterator[Callable[..., Node]]":
    """Make a node that takes the `STEPS` of the test's module; with an address it can be reached."""
    from tests.roads.test_exchange import Node

    nodes: list[Node] = []
    steps = getattr(request.module, "STEPS", "tests.roads.exchange_node")

    def make(name: str, *, reachable: bool = True) -> Node:
        node = Node(tmp_path / name, name, steps=steps)
        nodes.append(node)
        node.text = node.do("make", name, f"http://127.0.0.1:{node.port}" if reachable else "")
        return node

    yield make
    for node in nodes:
        node.kill()
