"""The pages of the protocol, and how tests read their tables."""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "spec" / "exchange"
PAGES = sorted(FOLDER.rglob("*.md"))


def text(name: str) -> str:
    """A page."""
    return (FOLDER / name).read_text(encoding="utf-8")


def section(name: str, title: str) -> str:
    """What stands under a heading of a page."""
    return text(name).split(f"## {title}\n")[1].split("\n## ")[0]


def rows(page: str) -> list[list[str]]:
    """The cells of every row of its tables, without the heads."""
    lines = [line for line in page.split("\n") if line.startswith("|")]
    rules = {place for place, line in enumerate(lines) if set(line) <= set("|- ")}
    heads = {place - 1 for place in rules}
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for place, line in enumerate(lines)
        if place not in rules | heads
    ]


def quoted(cell: str) -> list[str]:
    """What stands between marks of code, in order."""
    return re.findall(r"`([^`\n]+)`", cell)
