"""The guide says the words that stand on the buttons, and leads nowhere that is not there."""

import re
from pathlib import Path

import pytest

from waystation.web.catalogues import collected

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = sorted((DOCS / "guide").glob("*.md"))
IN_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)")
NOT_A_LABEL = frozenset(
    {
        "Need, never status.",
        "The person decides.",
        "Whoever takes the machine reads nothing.",
        "Find first.",
        "Nobody found? Register.",
        "With children or others?",
        "Tick",
        "Show the notice",
        "bold",
    }
)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [text.id if isinstance(text.id, str) else text.id[0] for text in collected() if text.id]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_word_in_bold_stands_on_a_page(page: Path, texts: list[str]) -> None:
    said = {" ".join(found.split()) for found in IN_BOLD.findall(page.read_text(encoding="utf-8"))} - NOT_A_LABEL
    unknown = [label for label in said if not any(text == label or text.startswith(label) for text in texts)]
    assert unknown == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).is_file(), target


def test_every_role_has_its_page() -> None:
    assert {"README.md", "volunteer.md", "caseworker.md", "officer.md", "administrator.md"} <= {p.name for p in PAGES}
