"""Four nodes, a bad road, and `kill -9`: `waystation bench faults --messages 10000 --kills 100 --seed 1`.

Each node is a process of its own with its own folder and database. In every episode all of them send notes, work on
handovers, and carry sticks at once, while the line between them and the sticks suffer (`benchmarks.bad_road`) and
nodes are killed in the middle of what the seed says: as a message leaves, is taken, is answered, as its receipt comes,
within a command. Then the road empties, and what must hold is read from the databases (`benchmarks.quiet`).
"""

import json
import os
import queue
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks import quiet
from benchmarks.bad_road import Line, Sticks, Weather
from benchmarks.figures import Figures, show
from benchmarks.nodes import CHECKOUT, Gone, Node, free_port
from benchmarks.quiet import Book

NAMES = ("border", "harbour", "valley", "city")
UNREACHABLE = "border"
"""It has no address: it asks for its mail, or gets it by stick."""
PATIENCE, LIFE = 300.0, 300.0
FEWEST_EPISODES, MOST_EPISODES, MESSAGES_OF_AN_EPISODE = 2, 20, 400
MOMENTS = ("leaving", "taking", "answered", "receipting", "command")
CALLER = {"leaving", "receipting"}
LONGEST_DELAY = 0.08
HANDOVERS = 0.03
"""Of the messages that are to be sent: each case that is offered brings four or five."""
CLOSING_ROUNDS = 8


class PromiseBroken(Exception):  # noqa: N818 - told as it is
    """What must hold does not."""


class Life:
    """A node as `benchmarks.fault_node` runs it: one process after another; whoever asks hears when it died."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder, self.port = name, folder, free_port()
        self.pid, self.up, self.number = 0, threading.Event(), 0
        self.asked: dict[int, queue.SimpleQueue[dict[str, Any] | None]] = {}
        self.lock = threading.Lock()
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        environment |= {"PYTHONPATH": f"{CHECKOUT / 'src'}:{CHECKOUT}", "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "benchmarks.fault_node", str(folder), str(self.port), name]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=CHECKOUT
        )
        threading.Thread(target=self.hear, daemon=True).start()

    def hear(self) -> None:
        """What the process says, until it ends for good."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with suppress(ValueError):
                self.heard(json.loads(line))

    def heard(self, said: dict[str, Any]) -> None:
        """A life begins, has answered, or was ended."""
        with self.lock:
            if "ready" in said:
                self.pid = said["ready"]
                self.up.set()
            elif "ended" in said:
                self.up.clear()
                for waiting in self.asked.values():
                    waiting.put(None)
                self.asked.clear()
            elif said["number"] in self.asked:
                self.asked.pop(said["number"]).put(said)

    def do(self, do: str, **told: Any) -> Any:
        """Ask for something. Raises Gone when the life that was asked is over, PromiseBroken for what went wrong."""
        if not self.up.wait(LIFE):
            raise PromiseBroken(f"{self.name} did not come up again.")
        answer: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        with self.lock:
            self.number += 1
            self.asked[self.number] = answer
            assert self.process.stdin is not None
            self.process.stdin.write(json.dumps({"number": self.number, "do": do, **told}) + "\n")
            self.process.stdin.flush()
        said = answer.get(timeout=PATIENCE)
        if said is None:
            raise Gone
        if "wrong" in said:
            raise PromiseBroken(f"{self.name} could not {do}: {said['wrong']}")
        return said["answer"]

    def kill(self) -> bool:
        """`kill -9`, if it lives."""
        with self.lock:
            if not self.up.is_set():
                return False
            self.up.clear()
            os.kill(self.pid, signal.SIGKILL)
            return True

    def end(self) -> None:
        """For good."""
        assert self.process.stdin is not None
        self.process.kill()
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self.process.wait()


class Killer:
    """Kills at the moments the seed chose, one after another: (moment, after how many of them, seconds of delay)."""

    def __init__(self, lives: dict[str, Life], kills: int, chance: random.Random) -> None:
        self.lives, self.lock, self.allowed, self.done, self.missed = lives, threading.Lock(), 0, 0, 0
        self.at: Counter[str] = Counter()
        self.plan = [
            (chance.choice(MOMENTS), chance.randrange(4), chance.uniform(0, LONGEST_DELAY)) for _ in range(kills)
        ]

    def passing(self, moment: str, caller: str, called: str) -> None:
        """Something happens; perhaps it is the moment."""
        with self.lock:
            if self.done - self.missed >= self.allowed or self.done == len(self.plan):
                return
            if moment != self.plan[self.done][0]:
                return
            wanted, more, delay = self.plan[self.done]
            if more:
                self.plan[self.done] = (wanted, more - 1, delay)
                return
            life = self.lives.get(caller if moment in CALLER else called)
            if life is None:
                return
            self.done += 1
        threading.Thread(target=self.kill, args=(life, moment, delay), daemon=True).start()

    def kill(self, life: Life, moment: str, delay: float) -> None:
        """After the delay; who is dead by then was killed for another reason, and the next moment is taken instead."""
        time.sleep(delay)
        with self.lock:
            if life.kill():
                self.at[moment] += 1
            else:
                self.missed += 1
                self.plan.append((moment, 0, delay))


class Run:
    """One run by a seed."""

    def __init__(self, folder: Path, *, messages: int, kills: int, seed: int) -> None:
        self.chance, self.messages, self.kills = random.Random(f"{seed}:plan"), messages, kills
        self.episodes = min(max(messages // MESSAGES_OF_AN_EPISODE, FEWEST_EPISODES), MOST_EPISODES)
        blank = Node(folder / "blank")
        blank.start()
        blank.end()
        for name in NAMES:
            shutil.copytree(blank.folder, folder / name)
        self.lives = {name: Life(name, folder / name) for name in NAMES}
        self.killer = Killer(self.lives, kills, random.Random(f"{seed}:kills"))
        self.lines = {
            name: Line(name, life.port, str(seed), self.killer.passing)
            for name, life in self.lives.items()
            if name != UNREACHABLE
        }
        self.sticks = Sticks(folder / "sticks", str(seed))
        self.ids: dict[str, str] = {}
        self.wrong: list[BaseException] = []
        self.quiet_moments = 0

    def befriend(self) -> None:
        """Everyone trusts everyone."""
        addresses = {name: line.address for name, line in self.lines.items()}
        texts = {name: life.do("make", name=name, address=addresses.get(name, "")) for name, life in self.lives.items()}
        for name, life in self.lives.items():
            life.do("staff")
            self.ids |= {other: life.do("trust", text=text) for other, text in texts.items() if other != name}
        self.books = [Book(name, self.ids[name].replace("-", ""), life.folder) for name, life in self.lives.items()]

    def sent(self) -> int:
        """Messages that were sent until now."""
        return sum(book.count("SELECT count(*) FROM exchange_outgoing") for book in self.books)

    def killed(self) -> int:
        """How often a node was killed until now."""
        return self.killer.at.total()

    def episode(self, number: int, wanted: int) -> None:
        """All nodes at work at once, until so many messages were sent and the road is empty again."""
        self.killer.allowed = round(self.kills * number / self.episodes)
        plans = {name: self.plan(number, name, max(4, wanted // len(NAMES))) for name in NAMES}
        threads = [
            threading.Thread(target=self.guarded, args=(self.follow, name, plan)) for name, plan in plans.items()
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.settle()

    def plan(self, number: int, name: str, count: int) -> list[tuple[str, dict[str, Any]]]:
        """What a node does in an episode: commands with what they are told, in an order that the seed gives."""
        others = [other for other in NAMES if other != name]
        cases = max(1, round(count * HANDOVERS))
        plan: list[tuple[str, dict[str, Any]]] = []
        left = count // 2 if cases else count
        while left > 0:
            some = min(left, self.chance.randint(1, 25))
            left -= some
            told = {"peer": self.ids[self.chance.choice(others)], "count": some, "text": f"{name} {number}"}
            plan.append(("send", told | {"together": self.chance.choice([1, 5, 100])}))
        plan.extend(("offer_cases", {"peer": self.ids[self.chance.choice(others)], "count": 1}) for _ in range(cases))
        for turn in range(4):
            plan.append(("work", {"seed": f"{self.chance.random()}", "acts": cases * 4 + 4}))
            if turn % 2:
                plan.append(("stick", {"to": self.chance.choice(others)}))
        self.chance.shuffle(plan)
        return plan

    def guarded(self, function: Callable[..., None], *given: Any) -> None:
        """What goes wrong in a thread is not lost."""
        try:
            function(*given)
        except BaseException as problem:  # noqa: BLE001 - raised again where the threads meet
            self.wrong.append(problem)

    def follow(self, name: str, plan: list[tuple[str, dict[str, Any]]]) -> None:
        """Command after command; what a kill ended is not done again."""
        for do, told in plan:
            self.killer.passing("command", name, name)
            with suppress(Gone):
                if do == "stick":
                    self.carry(name, told["to"])
                else:
                    self.lives[name].do(do, **told)

    def carry(self, name: str, to: str) -> None:
        """A stick from one to another and whatever it answers back again; some are read twice. Raises Gone."""
        for giver, reader in ((name, to), (to, name)):
            stick = self.sticks.new()
            self.lives[giver].do("carry_out", stick=str(stick))
            arrived = self.sticks.carried(stick)
            for _time in range(1 + (len(arrived.name) % 2)):
                self.lives[reader].do("take_in", stick=str(arrived))
            shutil.rmtree(arrived)

    def settle(self) -> None:
        """Wait until no message is without a receipt, bring what is late, and look."""
        deadline, turn = time.monotonic() + PATIENCE, 0
        while self.unsettled():
            if self.wrong:
                raise self.wrong[0]
            if time.monotonic() > deadline:
                counts = {book.name: book.unanswered() for book in self.books}
                raise PromiseBroken(f"After {PATIENCE:.0f} s these messages have no receipt: {counts}")
            turn += 1
            time.sleep(0.3)
            if turn % 10 == 0:
                with suppress(Gone):
                    self.carry(*self.chance.sample(NAMES, 2))
        for line in self.lines.values():
            line.empty()
        if self.unsettled():
            self.settle()
            return
        self.look()

    def unsettled(self) -> bool:
        """Whether a node is down or waits for a receipt."""
        return not all(life.up.is_set() for life in self.lives.values()) or any(map(Book.unanswered, self.books))

    def look(self) -> None:
        """A quiet moment. Raises PromiseBroken."""
        found = quiet.broken(self.books)
        for life in self.lives.values():
            found.extend(f"{life.name}: {problem}" for problem in self.surely(life, "verify"))
        if found:
            raise PromiseBroken("\n".join(found[:40]))
        self.quiet_moments += 1

    def surely(self, life: Life, do: str, **told: Any) -> Any:
        """Ask again until it lived long enough to answer."""
        while True:
            with suppress(Gone):
                return life.do(do, **told)

    def cosign(self) -> None:
        """Everyone writes to everyone until every log is cosigned up to where it was before. Raises PromiseBroken."""
        sizes = {book.id: book.log_size() for book in self.books}
        for _round in range(CLOSING_ROUNDS):
            for name, life in self.lives.items():
                for other in NAMES:
                    if other != name:
                        self.surely(life, "send", peer=self.ids[other], count=1, text="closing")
            self.settle()
            if not quiet.behind(self.books, sizes):
                return
        raise PromiseBroken("\n".join(quiet.behind(self.books, sizes)))

    def whole(self) -> None:
        """All episodes, and as many more as the kills need."""
        self.befriend()
        number = 0
        while number < self.episodes or self.sent() < self.messages or self.killed() < self.kills:
            number += 1
            left = self.messages - self.sent()
            self.episode(number, left // max(1, self.episodes - number + 1))
            tell(f"{number}: {self.sent()} sent, {self.killed()} killed, {self.quiet_moments} quiet")
        self.cosign()

    def end(self) -> None:
        """Nobody lives on."""
        for life in self.lives.values():
            life.end()

    def figures(self) -> Figures:
        """What happened."""
        weathers: list[Weather] = [
            self.sticks.weather,
            *(w for line in self.lines.values() for w in (line.there, line.back)),
        ]
        road = sum((weather.seen for weather in weathers), Counter[str]())
        handed = "SELECT count(*) FROM handover_given WHERE state IN ('taken', 'back')"
        return {
            "messages": self.sent(),
            "effects_of_notes": sum(book.count("SELECT count(*) FROM bench_effect") for book in self.books),
            "cases_offered": sum(book.count("SELECT count(*) FROM handover_given") for book in self.books),
            "cases_that_changed_hands": sum(book.count(handed) for book in self.books),
            **{f"files_{what}": road[what] for what in ("carried", "lost", "doubled", "corrupted", "late")},
            "files_held": sum(book.count("SELECT count(*) FROM exchange_held") for book in self.books),
            "kills": self.killed(),
            **{f"killed_at_{moment}": self.killer.at[moment] for moment in MOMENTS},
            "entries_of_logs": sum(book.log_size() for book in self.books),
            "quiet_moments": self.quiet_moments,
            "promises_broken": 0,
        }


def main(*, size: int, as_json: bool, kills: int = 100, seed: int = 1) -> None:
    """Run so many messages; ends with 1 and says the seed when a promise is broken."""
    folder, start = Path(tempfile.mkdtemp(prefix="waystation-bench-")), time.monotonic()
    run = Run(folder, messages=size, kills=kills, seed=seed)
    try:
        run.whole()
        show({"seed": seed, **run.figures(), "seconds": round(time.monotonic() - start)}, as_json=as_json)
    except PromiseBroken as problem:
        print(f"A promise is broken (seed {seed}):\n{problem}\nThe nodes are in {folder}.", file=sys.stderr)
        sys.exit(1)
    finally:
        run.end()
    shutil.rmtree(folder, ignore_errors=True)


def tell(words: str) -> None:
    """How far it is."""
    print(words, file=sys.stderr, flush=True)
