"""Names of people sought against a registry, as files: what `names.registry` finds, for whoever wants to judge it."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click

from waystation.cli.main import fail

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
KNOWN = ("name", "birth_year", "sex", "country")
EVERY = 5.0
Row = dict[str, str]


@click.command()
@click.option("--corpus", type=FILE, required=True, help="The registry: record_id, name, birth_year, sex, country.")
@click.option("--queries", type=FILE, required=True, help="Who is sought: query_id and the same.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Written line by line.")
@click.option("--names-only", is_flag=True, help="Look at names alone.")
@click.option("--top", type=click.IntRange(1, 100), default=10, show_default=True, help="How many for each.")
def match(*, corpus: Path, queries: Path, out: Path, names_only: bool, top: int) -> None:
    """Find the people of QUERIES in CORPUS (tab separated, one header line) and write who may be meant, with how
    probable it is. No node is needed, and none is touched."""
    from waystation.names.attributes import Known
    from waystation.names.registry import Registry

    def known(row: Row) -> Known:
        if names_only:
            return Known()
        return Known(int(row["birth_year"] or 0), row["sex"], row["country"])

    registry, ids = Registry(), []
    for row in _progress(_rows(corpus, "record_id"), "records read"):
        registry.add([row["name"]], known(row))
        ids.append(row["record_id"])
    with out.open("w", encoding="utf-8") as written:
        written.write("query_id\trank\trecord_id\tprobability\n")
        for row in _progress(_rows(queries, "query_id"), "sought"):
            for rank, found in enumerate(registry.find(row["name"], known(row), limit=top), 1):
                written.write(f"{row['query_id']}\t{rank}\t{ids[found.place]}\t{found.probability:.4f}\n")


def _rows(path: Path, key: str) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        names = next(lines, "").rstrip("\n").split("\t")
        missing = [name for name in (key, *KNOWN) if name not in names]
        if missing:
            fail(f"{path}: the first line must name the columns; missing: {', '.join(missing)}.")
        for number, line in enumerate(lines, 2):
            values = line.rstrip("\n").split("\t")
            if len(values) != len(names):
                fail(f"{path}, line {number}: {len(values)} columns, where the first line names {len(names)}.")
            row = dict(zip(names, values, strict=True))
            if row["birth_year"] and not row["birth_year"].isdecimal():
                fail(f"{path}, line {number}: “{row['birth_year']}” is no year.")
            yield row


def _progress(rows: Iterator[Row], says: str) -> Iterator[Row]:
    told = time.monotonic()
    for count, row in enumerate(rows, 1):
        yield row
        if time.monotonic() - told > EVERY:
            told = time.monotonic()
            sys.stderr.write(f"{count:,} {says}\n")
