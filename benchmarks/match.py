"""The people sought of the familylinks set, found in a registry: `waystation bench match --size 1000000 [--json]`.

Recall by slice and by script, with attributes and by name alone, and of the whole set (`whole_`), of which the queries
are a seeded sample; queries a second on one core, by the clock and (`cpu_`) of processor time, in which busy neighbours
count less; how many of those who are there stay at rank 1 when 5 % of the absent raise a match; how far the
probabilities are from what happened (expected calibration error, ten bins). In the same run the peer, rapidfuzz over
anyascii with every record compared, on few queries because it is slow. The registry is filled up by the set's own
seeded generator.
"""

import os
import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import perf_counter, process_time

from anyascii import anyascii

from benchmarks.figures import Figures, show
from benchmarks.names import SEED, SHOWN, Row, _by_rapidfuzz, _corpus, _folder, _right, _rows, _sample, measured
from waystation.names.attributes import Known
from waystation.names.registry import Registry

ABSENT, PEER_QUERIES = 500, 60
BINS = 10
SCRIPTS = {"Arab", "Cyrl", "Deva", "Ethi"}
RAISED = 0.05
"""The share of absent people whose best match may be taken for one."""
Find = Callable[[Row], list[tuple[str, float]]]


def main(*, size: int, as_json: bool) -> None:
    """Measure at a size of at least the set's own 38,293 records, on one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    folder = _folder()
    every, absent = _rows(folder / "queries.tsv"), _rows(folder / "absent.tsv")
    queries = _sample(every)
    right = _right(folder)
    with tempfile.TemporaryDirectory(prefix="waystation-bench-") as made:
        corpus = _rows(_corpus(folder, size, Path(made)))
    ids, before = [row["record_id"] for row in corpus], _memory_mb()
    start, cpu_start = perf_counter(), process_time()
    registry = Registry()
    for row in corpus:
        registry.add([row["name"]], _known(row))
    registry.find("warm up")
    figures: Figures = {"records": len(corpus), "build_s": round(perf_counter() - start, 1)}
    figures["cpu_build_s"] = round(process_time() - cpu_start, 1)
    figures["memory_mb"] = round(_memory_mb() - before)

    def find(row: Row, known: Known) -> list[tuple[str, float]]:
        return [(ids[found.place], found.probability) for found in registry.find(row["name"], known, limit=SHOWN)]

    def ids_found(row: Row, known: Known) -> list[str]:
        return [record for record, _probability in find(row, known)]

    cpu_start = process_time()
    figures |= measured("", queries, right, lambda row: ids_found(row, _known(row)), _kinds)
    figures["cpu_per_s"] = round(len(queries) / (process_time() - cpu_start))
    figures |= measured("names_only_", queries, right, lambda row: ids_found(row, Known()), _kinds)
    figures |= measured("whole_", every, right, lambda row: ids_found(row, _known(row)), _kinds)
    gone = random.Random(SEED).sample(absent, ABSENT)
    figures |= _against_absent(queries, gone, right, lambda row: find(row, _known(row)))
    latin = [anyascii(row["name"]).lower() for row in corpus]

    def by_peer(row: Row) -> list[str]:
        return [ids[at] for at in _by_rapidfuzz(latin, row["name"])]

    figures |= measured("rapidfuzz_", random.Random(SEED).sample(queries, PEER_QUERIES), right, by_peer, _kinds)
    show(figures, as_json=as_json)


def _kinds(query: Row) -> Iterable[str]:
    """What a query counts for: all, its slice, its sex, and for names in two scripts the other than Latin."""
    yield from ("all", query["slice"])
    if query["sex"]:
        yield f"sex_{query['sex']}"
    if query["slice"] == "cross_script":
        yield from SCRIPTS & set(query["direction"].split(">"))


def _against_absent(queries: Sequence[Row], absent: Sequence[Row], right: Row, find: Find) -> Figures:
    there = [(found[0][1], found[0][0] == right[query["query_id"]]) for query in queries if (found := find(query))]
    gone = sorted(found[0][1] if (found := find(query)) else 0.0 for query in absent)
    threshold = gone[int(len(gone) * (1 - RAISED))]
    kept = sum(is_right and probability > threshold for probability, is_right in there)
    told = [*there, *((probability, False) for probability in gone)]
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for probability, is_right in told:
        bins[min(int(probability * BINS), BINS - 1)].append((probability, is_right))
    error = sum(abs(sum(p - right_ for p, right_ in held)) for held in bins.values()) / len(told)
    return {
        "kept_at_5_percent_of_absent": round(100 * kept / len(queries), 1),
        "threshold": round(threshold, 3),
        "calibration_error": round(error, 3),
    }


def _known(row: Row) -> Known:
    return Known(int(row["birth_year"] or 0), row["sex"], row["country"])


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024
