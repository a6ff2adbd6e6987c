"""The guide says the words that stand on the buttons, leads nowhere that is not there, and leaves no trouble out."""

import re
from pathlib import Path

import pytest

from waystation.web.catalogues import collected

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = sorted((DOCS / "guide").glob("*.md"))
OF_A_ROLE = [page for page in PAGES if page.name != "README.md"]
IN_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
LINK = re.compile(r"\]\(([^)#]*)(?:#([^)]+))?\)")
TROUBLES = {
    "wrong passphrase": "passphrase",
    "lost second factor": "phone",
    "locked node": "locked",
    "wrong merge": "joined|two people in one",
    "wrong clock": "clock",
    "no network": "no network",
}


@pytest.fixture(scope="module")
def texts() -> set[str]:
    return {text.id if isinstance(text.id, str) else text.id[0] for text in collected() if text.id}


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_word_in_bold_stands_on_a_page(page: Path, texts: set[str]) -> None:
    said = {" ".join(found.split()) for found in IN_BOLD.findall(page.read_text(encoding="utf-8"))}
    assert said
    assert said - texts == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        found = page.parent / target if target else page
        assert found.is_file(), target
        assert not anchor or anchor in anchors(found), (target, anchor)


@pytest.mark.parametrize("page", OF_A_ROLE, ids=lambda page: page.name)
def test_every_role_is_told_what_to_do_about_each_trouble_and_what_never_happens(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    wrong = text.split("## When something goes wrong")[1].lower()
    assert [trouble for trouble, words in TROUBLES.items() if not re.search(words, wrong)] == []
    assert "README.md#what-it-never-does" in wrong.replace("readme", "README")


def test_every_role_has_its_page_and_the_checkout_leads_to_it() -> None:
    roles = {"volunteer", "caseworker", "family-links", "officer", "administrator"}
    assert {page.stem for page in OF_A_ROLE} == roles
    index = (DOCS / "guide" / "README.md").read_text(encoding="utf-8")
    assert all(f"]({page.name})" in index for page in OF_A_ROLE)
    assert "](docs/guide/README.md)" in (DOCS.parent / "README.md").read_text(encoding="utf-8")
