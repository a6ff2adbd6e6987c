"""What must hold whenever the road is empty, read from the nodes' databases and nothing else."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WITH_US = {"taken", "giving_back"}
DONE = {"done", "unknown-kind"}


@dataclass(frozen=True)
class Book:
    """The database of a node, seen from outside. `name` is for people, `id` the node's own as it stands in tables."""

    name: str
    id: str
    folder: Path

    def rows(self, question: str, *given: Any) -> list[tuple[Any, ...]]:
        """What a question finds."""
        path = f"file:{self.folder}/waystation.sqlite3?mode=ro"
        with closing(sqlite3.connect(path, uri=True, timeout=60)) as book:
            return book.execute(question, given).fetchall()

    def count(self, question: str) -> int:
        """What a counting question finds."""
        ((number,),) = self.rows(question)
        return int(number)

    def unanswered(self) -> int:
        """Messages whose receipt has not come."""
        return self.count("SELECT count(*) FROM exchange_outgoing WHERE state IN ('waiting', 'left')")

    def log_size(self) -> int:
        """Entries of its log."""
        return self.count("SELECT size FROM audit_head")


def broken(books: Iterable[Book]) -> list[str]:
    """Every promise that does not hold now, in words."""
    known = list(books)
    found = [line for here in known for there in known if here is not there for line in _messages(here, there)]
    return [*found, *(line for book in known for line in _effects(book, known)), *_ownership(known), *_logs(known)]


def _messages(here: Book, there: Book) -> Iterable[str]:
    """Each message from here to there came once, and both sides say the same of how it ended."""
    way = f"{here.name} to {there.name}"
    sent = {
        number: (state, reason)
        for number, state, reason in here.rows(
            "SELECT id, state, reason FROM exchange_outgoing WHERE peer_id = ?", there.id
        )
    }
    came = Counter[str]()
    outcomes: dict[str, str] = {}
    for number, outcome in there.rows("SELECT message_id, outcome FROM exchange_incoming WHERE sender_id = ?", here.id):
        came[number] += 1
        outcomes[number] = outcome
    for number, (state, reason) in sent.items():
        if came[number] != 1:
            yield f"{way}: message {number} ({state}) came {came[number]} times"
        elif (state, reason) != (("received", "") if outcomes[number] in DONE else ("refused", outcomes[number])):
            yield f"{way}: message {number} is {state} {reason} there, {outcomes[number]} here"
    for number in came.keys() - sent.keys():
        yield f"{way}: message {number} came and was never sent"
    ((to, later),) = there.rows("SELECT came_to, came_later FROM exchange_peer WHERE id = ?", here.id)
    ((following,),) = here.rows("SELECT next_seq FROM exchange_peer WHERE id = ?", there.id)
    if (to, later) != (following - 1, "[]"):
        yield f"{way}: {following - 1} were sent, it says it has {to} and {later}"


def _effects(book: Book, known: Iterable[Book]) -> Iterable[str]:
    """Each note that was sent here had its effect once, and nothing else had one."""
    had = Counter(number for (number,) in book.rows("SELECT message FROM bench_effect"))
    asked = "SELECT id FROM exchange_outgoing WHERE kind = 'test.note/1' AND peer_id = ?"
    sent = {number for other in known for (number,) in other.rows(asked, book.id)}
    for number in sent | had.keys():
        if had[number] != (number in sent):
            yield f"{book.name}: note {number} had its effect {had[number]} times, was sent {int(number in sent)} times"


def _ownership(known: Iterable[Book]) -> Iterable[str]:
    """Of every case that goes from node to node, one node has it open; and each handover has one who is responsible."""
    open_cases = {(book.id, case): state != "closed" for book in known for case, state in _cases(book)}
    offered = {
        (book.id, giver, exchange): (state, case)
        for book in known
        for exchange, giver, state, case in book.rows("SELECT exchange, peer_id, state, case_id FROM handover_offered")
    }
    joined = _Joined(open_cases)
    for book in known:
        for number, taker, state, case in book.rows("SELECT id, peer_id, state, case_id FROM handover_given"):
            theirs, their_case = offered.get((taker, book.id, number), ("", None))
            if their_case is not None:
                joined.join((book.id, case), (taker, their_case))
            responsible = (state != "taken") + (theirs in WITH_US)
            if responsible != 1:
                yield f"{book.name}: handover {number} is {state} here, {theirs or 'unknown'} there: {responsible} own"
    for cases in joined.groups():
        owners = [case for case in cases if open_cases[case]]
        if len(owners) != 1:
            yield f"Case {cases[0]} is open at {len(owners)} nodes"


def _cases(book: Book) -> list[tuple[Any, ...]]:
    return book.rows("SELECT id, state FROM cases_case")


class _Joined:
    """Rows at several nodes that are one person's case."""

    def __init__(self, cases: Mapping[tuple[str, str], bool]) -> None:
        self.above = {case: case for case in cases}

    def top(self, case: tuple[str, str]) -> tuple[str, str]:
        while self.above[case] != case:
            case = self.above[case]
        return case

    def join(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        self.above[self.top(one)] = self.top(other)

    def groups(self) -> list[list[tuple[str, str]]]:
        groups: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for case in self.above:
            groups[self.top(case)].append(case)
        return list(groups.values())


def _logs(known: Iterable[Book]) -> Iterable[str]:
    """No node has found another's log, or its own, contradicting what was shown before."""
    for book in known:
        for peer, problem in book.rows("SELECT name, log_problem FROM exchange_peer WHERE log_problem <> ''"):
            yield f"{book.name} says of {peer}: {problem}"


def behind(known: Iterable[Book], sizes: Mapping[str, int]) -> list[str]:
    """Whose log is not cosigned by a peer up to the size it had (by node), in words."""
    books = list(known)
    names = {book.id: book.name for book in books}
    return [
        f"{book.name}: {names[peer]} cosigned {seen} of {sizes[book.id]} entries"
        for book in books
        for peer, seen in book.rows("SELECT id, seen_size FROM exchange_peer")
        if seen < sizes[book.id]
    ]
