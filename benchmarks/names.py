"""Names found across scripts, spellings and slips: `waystation bench names --size 100000 [--json]`.

Attested spellings of real people (the shared folder's familylinks set, README.md there), by name alone, one thread. The
registry is filled up to `size` by the set's own seeded generator. In the same run: rapidfuzz over anyascii, every
record compared, on fewer queries because it is slow.
"""

import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from anyascii import anyascii
from rapidfuzz import fuzz, process

from benchmarks.figures import Figures, percentile, show
from waystation.names.index import NameIndex

QUERIES, CROSS_SCRIPT_QUERIES, PEER_QUERIES = 200, 600, 100
SEED, SHOWN = 1, 10
Row = dict[str, str]
Finder = Callable[[Row], Iterable[str]]
Kinds = Callable[[Row], Iterable[str]]


def main(*, size: int, as_json: bool) -> None:
    """Measure recall and speed at a size of at least the set's own 38,293 records."""
    folder = _folder()
    queries, right = _sample(_rows(folder / "queries.tsv")), _right(folder)
    with tempfile.TemporaryDirectory(prefix="waystation-bench-") as made:
        corpus = _rows(_corpus(folder, size, Path(made)))
    start = perf_counter()
    index = NameIndex()
    for row in corpus:
        index.add([row["name"]])
    index.near("warm", limit=1)
    figures: Figures = {"records": len(corpus), "build_s": round(perf_counter() - start, 1)}
    ids = [row["record_id"] for row in corpus]

    def find(query: Row) -> list[str]:
        return [ids[found.place] for found in index.near(query["name"], limit=SHOWN)]

    latin = [anyascii(row["name"]).lower() for row in corpus]

    def by_peer(query: Row) -> list[str]:
        return [ids[place] for place in _by_rapidfuzz(latin, query["name"])]

    figures |= measured("", queries, right, find, by_slice)
    fewer = random.Random(SEED).sample(queries, PEER_QUERIES)
    figures |= measured("rapidfuzz_", fewer, right, by_peer, by_slice)
    show(figures, as_json=as_json)


def measured(who: str, queries: Sequence[Row], right: Row, find: Finder, kinds: Kinds) -> Figures:
    """How quickly; and of a hundred queries of each kind, how often the right one is first, and among those shown."""
    times: list[float] = []
    hits: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for query in queries:
        start = perf_counter()
        found = list(find(query))
        times.append((perf_counter() - start) * 1000)
        wanted = right[query["query_id"]]
        for kind in kinds(query):
            hits[kind].append((found[:1] == [wanted], wanted in found))
    figures: Figures = {
        f"{who}per_s": round(1000 * len(times) / sum(times)),
        f"{who}p50_ms": round(median(times), 1),
        f"{who}p95_ms": round(percentile(times, 0.95), 1),
    }
    for kind, results in sorted(hits.items()):
        for name, place in (("recall_1", 0), ("recall_10", 1)):
            figures[f"{who}{kind}_{name}"] = round(100 * sum(hit[place] for hit in results) / len(results), 1)
    return figures


def by_slice(query: Row) -> Iterable[str]:
    """All, and its slice."""
    return "all", query["slice"]


def _by_rapidfuzz(latin: Sequence[str], text: str) -> list[int]:
    best = process.extract(anyascii(text).lower(), latin, scorer=fuzz.token_sort_ratio, processor=None, limit=SHOWN)
    return [place for _, _, place in best]


def _folder() -> Path:
    checkout = Path(__file__).resolve().parents[1]
    for above in (checkout.parent, checkout.parent.parent):
        if (above / "shared" / "data" / "familylinks").is_dir():
            return above / "shared" / "data" / "familylinks"
    sys.exit("This bench needs the shared data folder beside the checkout.")


def _corpus(folder: Path, size: int, made: Path) -> Path:
    if size <= sum(1 for _ in (folder / "corpus.tsv").open(encoding="utf-8")):
        return folder / "corpus.tsv"
    target = made / "corpus.tsv"
    command = [sys.executable, "generate_corpus.py", "--size", str(size), "--seed", str(SEED), "--out", str(target)]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return target


def _rows(path: Path) -> list[Row]:
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    names = head.split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]


def _right(folder: Path) -> Row:
    return {row["query_id"]: row["record_id"] for row in _rows(folder / "qrels.tsv")}


def _sample(queries: list[Row]) -> list[Row]:
    chosen, kinds = random.Random(SEED), sorted({query["slice"] for query in queries})
    sample = []
    for kind in kinds:
        many = CROSS_SCRIPT_QUERIES if kind == "cross_script" else QUERIES
        sample += chosen.sample([query for query in queries if query["slice"] == kind], many)
    return sample
