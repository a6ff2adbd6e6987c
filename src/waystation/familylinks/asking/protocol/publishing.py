"""From people to tags, on several processors: what takes long in a publication, and nothing else."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import get_context

from waystation.familylinks.asking.protocol import questions, tokens
from waystation.familylinks.asking.protocol.tokens import Facts

AT_ONCE, WAITING = 1000, 8
"""People that one process works on at a time; and how many such pieces wait, so that not all people stand in memory."""
Tags = list[list[bytes]]


def tags_of_people(secret: bytes, people: Iterable[Facts], *, few: bool, processes: int = 2) -> Iterator[list[bytes]]:
    """The tags of each person, in their order; none for whom two hits are not possible."""
    made = partial(_tags, secret=secret, few=few)
    pieces = _in_pieces(people)
    first = next(pieces, [])
    if processes > 1 and len(first) == AT_ONCE:
        # Fresh processes, not copies of a server with its threads and database connections.
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            running: deque[Future[Tags]] = deque([pool.submit(made, first)])
            for piece in pieces:
                running.append(pool.submit(made, piece))
                if len(running) > WAITING:
                    yield from running.popleft().result()
            for last in running:
                yield from last.result()
        return
    yield from made(first)
    for piece in pieces:
        yield from made(piece)


def _in_pieces(people: Iterable[Facts]) -> Iterator[list[Facts]]:
    every = iter(people)
    while piece := list(islice(every, AT_ONCE)):
        yield piece


def _tags(people: Sequence[Facts], *, secret: bytes, few: bool) -> Tags:
    stored = [tokens.stored(facts, few=few) for facts in people]
    return [questions.tags_of(secret, one) if len(one) >= tokens.ENOUGH_HITS else [] for one in stored]
