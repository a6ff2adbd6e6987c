"""Every bad day that BAD_DAYS.md lists has the test that it names."""

import re
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| .* \| `(tests/[\w/]+\.py)::(test_\w+)` \|$", re.MULTILINE)


def test_each_bad_day_has_its_test() -> None:
    table = (Path(__file__).parent / "BAD_DAYS.md").read_text()
    named = ROW.findall(table)
    assert len(named) == table.count("\n| ") - 2 > 30
    assert [f"{path}::{name}" for path, name in named if f"\ndef {name}(" not in (CHECKOUT / path).read_text()] == []
