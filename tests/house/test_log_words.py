"""Every act that any room tells the journal has words for who reads the log; a code never shows."""

import ast
from collections.abc import Iterator
from pathlib import Path

import waystation
from waystation.audit import words
from waystation.demo.road import apps as road

SOURCE = Path(waystation.__file__).parent
FEWEST = 40


def _acts() -> Iterator[tuple[str, str]]:
    """(where, action) of each journal entry in the source whose action is written out there."""
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and _name(call.func) == "Entry":
                for keyword in call.keywords:
                    if keyword.arg == "action":
                        yield from ((f"{path.name}:{call.lineno}", action) for action in _texts(keyword.value))


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def test_every_act_told_to_the_journal_has_words() -> None:
    acts = list(_acts())
    assert len(acts) >= FEWEST, "the journal's entries are no longer found in the source"
    # The road's app is installed on the nodes of a demo's road alone.
    known = {*words.known(), *road.LOG}
    assert [(where, action) for where, action in acts if action not in known] == []


def test_an_act_without_words_shows_as_its_code() -> None:
    assert words.in_words("elsewhere.act") == "elsewhere.act"
    assert words.reason("elsewhere") == "elsewhere"
