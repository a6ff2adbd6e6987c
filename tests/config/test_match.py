"""`waystation match`: files in, a file out; what is wrong with a file is said with its line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from waystation.cli.match import match

CORPUS = """record_id\tname\tscript\tbirth_year\tsex\tcountry
r1\tZahra Qasemi\tLatn\t1990\tf\tAF
r2\tOmar Haddad\tLatn\t\tm\tSY
r3\tZahra Qasemi\tLatn\t1961\tf\tAF
"""
QUERIES = "query_id\tname\tbirth_year\tsex\tcountry\nq1\tزهرا قاسمی\t1991\tf\t\nq2\tНикто Нигде\t\t\t\n"


def run(folder: Path, corpus: str = CORPUS, queries: str = QUERIES, *more: str) -> Result:
    for name, text in (("corpus", corpus), ("queries", queries)):
        (folder / name).write_text(text, encoding="utf-8")
    files = ["--corpus", folder / "corpus", "--queries", folder / "queries", "--out", folder / "out"]
    return CliRunner().invoke(match, [*map(str, files), *more])


def test_who_may_be_meant_by_rank_with_how_probable_it_is(tmp_path: Path) -> None:
    assert run(tmp_path).exit_code == 0
    head, *lines = (tmp_path / "out").read_text(encoding="utf-8").splitlines()
    assert head == "query_id\trank\trecord_id\tprobability"
    found = [line.split("\t") for line in lines]
    assert [(query, rank, record) for query, rank, record, _chance in found[:2]] == [
        ("q1", "1", "r1"),
        ("q1", "2", "r3"),
    ]
    chances = [float(chance) for query, _rank, _record, chance in found if query == "q1"]
    assert chances == sorted(chances, reverse=True)
    assert all(float(line[3]) < 0.05 for line in found if line[0] == "q2")


def test_by_name_alone_and_fewer(tmp_path: Path) -> None:
    run(tmp_path, CORPUS, QUERIES, "--names-only", "--top", "1")
    lines = (tmp_path / "out").read_text(encoding="utf-8").splitlines()[1:]
    assert [line.split("\t")[:3] for line in lines if line.startswith("q1")] == [["q1", "1", "r1"]]


@pytest.mark.parametrize(
    ("corpus", "says"),
    [
        ("", "missing: record_id, name, birth_year, sex, country"),
        ("record_id\tname\tbirth_year\tsex\n", "missing: country"),
        (f"{CORPUS}r4\tLena\n", "line 5: 2 columns, where the first line names 6"),
        (f"{CORPUS}r4\tLena\tLatn\tabout 1990\tf\t\n", "line 5: “about 1990” is no year"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_line(tmp_path: Path, corpus: str, says: str) -> None:
    told = run(tmp_path, corpus)
    assert (told.exit_code, says in told.output) == (1, True), told.output
