"""People found without saying their name: `waystation bench asking --size 100000 [--json]`.

Of the familylinks set (the shared folder's README.md there) 1,000 pairs that the open matcher ranks first, drawn with a
seed: each record is published with `size` others of the set's own generator, each query is asked blindly, through every
step of the real protocol. Found: two tags or more of the right person, and no more than three people whom they fit as
well, since a holder asks nobody when there are more. In the same run the people who are not there at all; how long a
publication takes in two processes; and how long the parts of a question take.

A pair counts as it is. Some have too few facts for any two hits (a name of two words and neither year nor country):
`enough_facts` is the share of pairs that have them, and `of_those` how many of those were found.
"""

import os
import random
import resource
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.figures import Figures, show
from benchmarks.match import _known
from benchmarks.names import SEED, Row, _corpus, _folder, _right, _rows
from waystation.familylinks.asking.protocol import golomb, publication, publishing, questions, tokens
from waystation.familylinks.asking.protocol.golomb import TagSet
from waystation.familylinks.asking.protocol.tokens import Facts
from waystation.names.registry import Registry

PAIRS, ABSENT, PROCESSES = 1000, 300, 2
Pair = tuple[Row, str]


class Held:
    """A publication as its holder has it: keys, set, and whose tag is whose."""

    def __init__(self, corpus: Sequence[Row]) -> None:
        self.keys, self.few = questions.new_keys(), publication.facts_for(len(corpus)) == publication.FOUR
        self.whose: dict[bytes, list[int]] = {}
        self.evaluated = 0
        people = map(_facts, corpus)
        start, spent = perf_counter(), _children_cpu()
        for place, tags in enumerate(
            publishing.tags_of_people(self.keys.secret, people, few=self.few, processes=PROCESSES)
        ):
            self.evaluated += len(tags)
            for tag in tags:
                self.whose.setdefault(tag, []).append(place)
        self.evaluated_in, self.cpu = perf_counter() - start, _children_cpu() - spent
        start = perf_counter()
        raw = golomb.build(golomb.heads_of(self.whose), golomb.slots_for(len(self.whose)))
        self.built_in, self.set_bytes, self.tags = perf_counter() - start, len(raw), TagSet(raw)
        self.tags.check()

    def claimed(self, tags: Sequence[bytes]) -> list[int]:
        """Whom the holder would ask."""
        return questions.meant(self.whose.get(tag, ()) for tag in tags)


class Clock:
    """Seconds that each step took, over all questions."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys(("ask", "answer", "read"), 0.0)

    def ask(self, held: Held, row: Row) -> list[int]:
        """One question from beginning to end."""
        start = perf_counter()
        asked = questions.ask(tokens.asked(_facts(row), few=held.few))
        made = perf_counter()
        evaluated, proof = questions.answer(held.keys, asked.elements)
        answered = perf_counter()
        hits = questions.hits(asked, held.keys.public, evaluated, proof, held.tags)
        for step, seconds in zip(self.spent, (made - start, answered - made, perf_counter() - answered), strict=True):
            self.spent[step] += seconds
        return held.claimed(hits)


def main(*, size: int, as_json: bool) -> None:
    """Measure at a size of at least the set's own 38,293 records."""
    folder = _folder()
    with tempfile.TemporaryDirectory(prefix="waystation-bench-") as made:
        corpus = _rows(_corpus(folder, size, Path(made)))
    ids = [row["record_id"] for row in corpus]
    pairs = _ranked_first(corpus, ids, folder)
    held, clock = Held(corpus), Clock()
    found = [(query, [ids[place] for place in clock.ask(held, query)], right) for query, right in pairs]
    hit = [right in who for _query, who, right in found]
    others = sum(one != right for _query, who, right in found for one in who)
    able = [_has_enough(query, corpus[ids.index(right)], held) for query, right in pairs]
    absent = random.Random(SEED).sample(_rows(folder / "absent.tsv"), ABSENT)
    figures: Figures = {
        "records": len(corpus),
        "pairs": len(pairs),
        "found_blindly": round(100 * sum(hit) / len(pairs), 1),
        "enough_facts": round(100 * sum(able) / len(pairs), 1),
        "of_those": round(100 * sum(both for both, can in zip(hit, able, strict=True) if can) / max(sum(able), 1), 1),
        "others_asked_per_question": round(others / len(pairs), 3),
        "absent_with_a_claim": round(100 * sum(bool(Clock().ask(held, row)) for row in absent) / len(absent), 1),
        "tags": len(held.whose),
        "slots": held.tags.slots,
        "set_mb": round(held.set_bytes / 1e6, 1),
        "evaluate_s": round(held.evaluated_in, 1),
        "evaluate_cpu_s": round(held.cpu, 1),
        "tags_per_cpu_s": round(held.evaluated / held.cpu) if held.cpu else 0,
        "build_s": round(held.built_in, 1),
        "publish_1m_min": round((held.evaluated_in + held.built_in) / len(corpus) * 1e6 / 60, 1),
        "processors": len(os.sched_getaffinity(0)),
        **{f"{step}_ms": round(1000 * spent / len(pairs), 1) for step, spent in clock.spent.items()},
    }
    figures |= {f"found_{kind}": share for kind, share in _by_slice(found)}
    show(figures, as_json=as_json)


def _children_cpu() -> float:
    """Seconds that ended processes of ours worked: what counts where others use the machine, too."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _ranked_first(corpus: Sequence[Row], ids: Sequence[str], folder: Path) -> list[Pair]:
    """Queries, in a seeded order, whose record the open matcher puts first among all of the corpus."""
    registry, right = Registry(), _right(folder)
    for row in corpus:
        registry.add([row["name"]], _known(row))
    queries = _rows(folder / "queries.tsv")
    random.Random(SEED).shuffle(queries)
    pairs: list[Pair] = []
    for query in queries:
        found = registry.find(query["name"], _known(query), limit=1)
        if found and ids[found[0].place] == right[query["query_id"]]:
            pairs.append((query, right[query["query_id"]]))
        if len(pairs) == PAIRS:
            break
    return pairs


def _facts(row: Row) -> Facts:
    return Facts([row["name"]], int(row["birth_year"] or 0), places=[row["country"]] if row["country"] else [])


def _has_enough(query: Row, record: Row, held: Held) -> bool:
    """Whether two hits were possible had the names been spelled the same: each fact is known to both, and fits."""
    told = _facts(query)
    same = Facts([record["name"]], told.birth_year, places=told.places)
    shared = set(tokens.asked(same, few=held.few)) & set(tokens.stored(_facts(record), few=held.few))
    return len(shared) >= tokens.ENOUGH_HITS


def _by_slice(found: Sequence[tuple[Row, list[str], str]]) -> Iterator[tuple[str, float]]:
    every, hits = Counter(query["slice"] for query, _, _ in found), Counter[str]()
    hits.update(query["slice"] for query, who, right in found if right in who)
    for kind, count in sorted(every.items()):
        yield kind, round(100 * hits[kind] / count, 1)
