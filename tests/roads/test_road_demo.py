"""`waystation demo --road` as it is started by hand: four nodes, tried in a browser, by the line and by the stick."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.roads.conftest import CHECKOUT, Visit

pytestmark = [pytest.mark.browser, pytest.mark.long]

NODES = ("post", "headquarters", "destination", "origin")
PATIENCE = 60.0


@dataclass
class Road:
    """The road's folder, first port, and the process that a person would have in their terminal."""

    folder: Path
    port: int
    process: "subprocess.Popen[str]"

    def hear(self, words: str) -> str:
        """What it says in its terminal, up to these words."""
        assert self.process.stdout is not None
        said = []
        for line in self.process.stdout:
            said.append(line)
            if words in line:
                return "".join(said)
        pytest.fail("it ended:\n" + "".join(said))

    def children(self) -> list[int]:
        """The processes that it began."""
        with Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").open(encoding="ascii") as names:
            return [int(name) for name in names.read().split()]


def four_free_ports() -> int:
    """The first of four ports in a row that nobody uses."""
    for first in range(20_000 + os.getpid() % 8000, 60_000, 4):
        if all(is_free(port) for port in range(first, first + 4)):
            return first
    pytest.fail("no four free ports in a row")


def is_free(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) != 0


def is_alive(number: int) -> bool:
    """Whether a process is there and not merely unburied."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return ") Z " not in Path(f"/proc/{number}/stat").read_text(encoding="ascii")
    return False


def until(true: Callable[[], bool], says: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > deadline:
            pytest.fail(says)
        time.sleep(0.2)


def started(folder: Path) -> Road:
    """As a person types it, once it says that the road is ready."""
    port = four_free_ports()
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "WAYSTATION_DATA"}}
    command = [sys.executable, "-m", "waystation.cli.main", "demo", "--road"]
    process = subprocess.Popen(
        [*command, "--data", str(folder), "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**environment, "PYTHONPATH": str(CHECKOUT / "src"), "PYTHONUNBUFFERED": "1"},
    )
    road = Road(folder / "road", port, process)
    road.hear("The road is ready")
    return road


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo lives; the second test opens what the first has made."""
    return tmp_path_factory.mktemp("demo")


@contextlib.contextmanager
def on(road: Road) -> Iterator[Road]:
    """The road, which is over afterwards."""
    try:
        yield road
    finally:
        road.process.kill()
        road.process.wait()
        assert road.process.stdout is not None
        road.process.stdout.close()


def stop(road: Road) -> None:
    """As with Ctrl-C: all four end, and their ports are free."""
    with on(road):
        children = road.children()
        road.process.send_signal(signal.SIGINT)
        assert road.process.wait(timeout=PATIENCE) == 0
        assert not any(map(is_alive, children))
        assert all(is_free(port) for port in range(road.port, road.port + len(NODES)))


@contextlib.contextmanager
def pages(road: Road, browser: Browser) -> Iterator[Callable[[str, str], Visit]]:
    """Sign in at a node of the road, all in one browser, as a visitor has it."""
    context = browser.new_context()

    def sign_in(name: str, handle: str) -> Visit:
        made = Visit(context.new_page(), f"http://localhost:{road.port + NODES.index(name)}")
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        made.sign_in(handle)
        return made

    yield sign_in
    context.close()


def test_what_the_readme_says_to_try(folder: Path, browser: Browser) -> None:
    with on(started(folder)) as road:
        assert len(road.children()) == len(NODES)
        with pages(road, browser) as at:
            post, shore = at("post", "aicha"), at("destination", "yanis")
            assert states(post, "/handover/ours/") == [
                "Accepted by them",
                "Offered",
                "Taken over by them",
                "The person agreed",
            ]
            assert states(post, "/handover/") == ["Offered to us"]
            assert states(shore, "/handover/") == [
                "Accepted, nothing told yet",
                "Offered to us",
                "Offered to us",
                "Taken over by us",
            ]
            over_the_line(post, shore)
            by_stick(post, shore)
            locked_it_begins_anew(road, post)
            assert post.complaints + shore.complaints == []
        stop(road)


def test_opened_again_at_other_ports_and_never_outlived(folder: Path, browser: Browser) -> None:
    """The nodes find one another again; one that dies is told; none stays when the road itself is killed."""
    if not (folder / "road" / "this-road-is-made").exists():
        stop(started(folder))
    with on(started(folder)) as road, pages(road, browser) as at:
        home, shore = at("origin", "moussa"), at("destination", "yanis")
        assert "Offered" in states(shore, "/handover/ours/")
        home.go("/handover/")
        home.page.get_by_role("link", name="General protection").click()
        press(home, "Accept")
        until(lambda: "Accepted by them" in states(shore, "/handover/ours/"), "they do not reach one another")

        children = road.children()
        os.kill(children[NODES.index("origin")], signal.SIGKILL)
        road.hear("Lagoon Relief Association has ended (-9). The others go on.")
        road.process.kill()
        until(lambda: not any(map(is_alive, children)), "a node outlives the road")


def over_the_line(post: Visit, shore: Visit) -> None:
    """Xaliimo's case is offered, accepted, sent and taken over."""
    tap(post, "/handover/ours/", "Xaliimo Cabdi", "Offer it, without a name")
    until(lambda: states(shore, "/handover/").count("Offered to us") == 3, "the offer did not come")
    shore.page.get_by_role("link", name="General protection").first.click()
    press(shore, "Accept")
    until(lambda: states(post, "/handover/ours/").count("Accepted by them") == 2, "the acceptance did not come")
    assert "Mamadou Aliou Diallo" in cases(shore)
    assert "Xaliimo" not in cases(shore)
    tap(post, "/handover/ours/", "Xaliimo Cabdi", "Send what was agreed")
    until(lambda: "Xaliimo Cabdi" in cases(shore), "what was agreed did not come")
    until(lambda: states(post, "/handover/ours/").count("Taken over by them") == 2, "no receipt came")


def by_stick(post: Visit, shore: Visit) -> None:
    """The line is cut: nothing arrives until the stick is carried, there and back; then the line is mended."""
    post.go("/demo/road/")
    press(post, "Cut the line")
    tap(post, "/handover/ours/", "ইসলাম", "Send what was agreed")
    time.sleep(6)
    assert "ইসলাম" not in cases(shore)
    assert "The line is cut" in post.page.inner_text("header")
    for path in ("/demo/road/", "/road/stick/"):
        post.go(path)
        assert Axe().run(post.page).response["violations"] == []
    carry(post, "Fill the stick")
    carry(shore, "Take in the stick")
    assert "ইসলাম" in cases(shore)
    assert states(post, "/handover/ours/").count("On its way") == 1
    carry(shore, "Fill the stick")
    carry(post, "Take in the stick")
    assert states(post, "/handover/ours/").count("Taken over by them") == 3
    post.go("/demo/road/")
    press(post, "Mend the line")
    assert "The line is cut" not in post.page.inner_text("header")


def locked_it_begins_anew(road: Road, post: Visit) -> None:
    """A lock replaces the process of one node under the same number; the others go on."""
    children = road.children()
    request = road.folder / "post" / "lock.request"
    request.touch()
    until(lambda: not request.exists(), "it did not lock")
    until(lambda: not is_free(road.port), "it does not serve again")
    post.sign_in("nadia")
    assert road.children() == children
    assert states(post, "/handover/ours/").count("Taken over by them") == 3


def states(desk: Visit, path: str) -> list[str]:
    """What stands on the badges of a list."""
    desk.go(path)
    return sorted(re.sub(r"^\W+", "", badge) for badge in desk.page.locator("main .list .badge").all_inner_texts())


def cases(desk: Visit) -> str:
    """Whose cases this node has."""
    desk.go("/cases/")
    return desk.page.inner_text("main")


def tap(desk: Visit, path: str, link: str, button: str) -> None:
    desk.go(path)
    desk.page.get_by_role("link", name=link).click()
    press(desk, button)


def carry(desk: Visit, button: str) -> None:
    desk.go("/road/stick/")
    press(desk, button)


def press(desk: Visit, button: str) -> None:
    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name=button, exact=True).click()
