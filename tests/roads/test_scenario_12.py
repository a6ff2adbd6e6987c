"""Scenario 12 of DOMAIN.md: a file of IOM is read, totals equal the source by year, route and cause; a family's request
is linked to an incident as a hypothesis only; what is owed to families is listed. Then two officers and a court, and
the day on which the family is told.

The file is IOM's own where the shared folder is there, and an invented one of the same form where it is not.
"""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import shared_folder
from tests.roads.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.shared]
YEAR = "2014"


@pytest.fixture
def source() -> Path:
    """The incidents of one year, as they are published."""
    return shared_folder() / "missing-migrants" / f"iom-missing-migrants-{YEAR}.json"


def save(desk: Visit) -> None:
    """The form's own button."""
    desk.page.click("main form[method=post]:has(.actions .button:text-is('Save')) .actions .button:text-is('Save')")


def number(text: str) -> int:
    return int("".join(sign for sign in text if sign.isdigit()))


def table_of(desk: Visit, by: str) -> dict[str, tuple[int, int]]:
    """Incidents, and dead and missing, by the words of one table of the page."""
    rows = desk.page.locator(f"section[aria-labelledby=by-{by}] tbody tr")
    found = rows.evaluate_all(
        "rows => rows.map(row => [row.querySelector('th').textContent,"
        " ...[...row.querySelectorAll('td')].map(cell => cell.textContent)])"
    )
    return {" ".join(cells[0].split()): (number(cells[1]), number(cells[4])) for cells in found}


def summed(rows: list[dict[str, Any]], by: str) -> dict[str, tuple[int, int]]:
    """The same from the source itself."""
    many: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row in rows:
        told = row["reported_date"][:4] if by == "year" else row[by]
        label = " ".join(told.split()) or "Not told"
        many[label] += 1
        total[label] += int(row["total_dead_and_missing"] or 0)
    return {label: (many[label], total[label]) for label in many}


def test_from_the_file_of_iom_to_the_day_on_which_a_family_is_told(visit: Callable[..., Visit], source: Path) -> None:
    raw = json.loads(source.read_text("utf-8"))
    desk = visit("en", 1280)
    desk.sign_in("karim")
    read_file(desk, source, len(raw))
    for by, column in (("year", "year"), ("route", "migration_route"), ("cause", "cause_death")):
        assert table_of(desk, by) == summed(raw, column)
    assert "IOM Missing Migrants Project, CC BY 4.0" in desk.page.locator("main").inner_text()
    family = find_family(desk)
    link_to_incident(desk, family)
    owed_to(desk, family)
    hypothesis = link_to_somebody_found(desk, family)
    confirmed_by_another(desk, visit, hypothesis)
    told(desk, family)
    assert not [said for said in desk.complaints if "422" not in said]


def read_file(desk: Visit, source: Path, rows: int) -> None:
    """Read it twice: the second time nothing is other than before."""
    page = desk.page
    for news in (f"{rows} new rows", f"0 new rows · 0 changed · {rows} as before"):
        desk.go("/missing/")
        page.click("main >> text=Read a file")
        page.set_input_files("[name=file]", source)
        page.click("main form .actions .button:text-is('Read it')")
        assert news in page.locator("main [role=status]").inner_text()
    page.click("text=See what they add up to")
    page.click("summary:text-is('Filter')")
    page.select_option("[name=source]", "iom")
    page.click("main form .button:text-is('Show')")


def find_family(desk: Visit) -> str:
    """The way from a tracing request to how its family is kept told."""
    desk.go("/missing/families/")
    desk.page.click("main ul.list a.whole >> nth=0")
    return desk.page.url


def link_to_incident(desk: Visit, family: str) -> None:
    """A link to an incident is a hypothesis, and says so wherever it stands."""
    page = desk.page
    page.goto(family)
    page.click("main >> text=What may have happened")
    page.click("main >> text=Raise a hypothesis")
    page.fill("[name=since]", f"{YEAR}-01-01")
    page.fill("[name=until]", f"{YEAR}-12-31")
    page.fill("[name=words]", "Central Mediterranean")
    page.click("main form .button:text-is('Show')")
    page.select_option("[name=incident_id]", index=3)
    save(desk)
    assert "Say why" in page.locator("main").inner_text()
    page.fill("[name=why]", "He wrote that he would leave in that week")
    save(desk)
    assert "Only a hypothesis." in page.locator("main").inner_text()
    assert page.locator(".heading .badge").inner_text() == "Raised"
    page.goto(f"{family}may/")
    assert "Nothing of it is told to the family" in page.locator("section[aria-labelledby=hypotheses]").inner_text()
    page.goto(family)
    beside_the_family = [page.locator("main").inner_text()]
    page.click(".heading a >> nth=0")
    beside_the_family.append(page.locator("main").inner_text())
    for shown in beside_the_family:
        assert "He wrote that he would leave" not in shown
        assert "hypothes" not in shown.lower()


def owed_to(desk: Visit, family: str) -> None:
    """The family asks to hear sooner, is told where things stand, and the next day is set."""
    page = desk.page
    page.goto(family)
    page.click("main >> text=They wish to hear sooner")
    page.select_option("[name=days]", "3")
    save(desk)
    desk.go("/missing/families/?which=sooner")
    assert page.locator("main ul.list .badge.soon").count() >= 1
    page.goto(family)
    page.click("main >> text=Tell the family where things stand")
    page.check("[name=how][value=face]")
    page.fill("[name=words]", "There is nothing new. We asked both hospitals again.")
    save(desk)
    assert "They asked for it" not in page.locator("section[aria-labelledby=kept-told]").inner_text()


def link_to_somebody_found(desk: Visit, family: str) -> str:
    """Somebody found whose description is like what the family tells: both stand beside each other."""
    page = desk.page
    page.goto(f"{family}may/")
    page.click("main >> text=Raise a hypothesis")
    page.select_option("[name=body_id]", index=1)
    page.fill("[name=why]", "The tooth, and the pocket that she sewed")
    save(desk)
    beside = page.locator("section[aria-labelledby=beside]").inner_text()
    assert "A broken front tooth" in beside
    assert "One of the upper front teeth is broken" in beside
    hypothesis = page.url
    for act, words in (("examine", "Teeth, with the dentist's card"), ("support", "The card agrees")):
        page.goto(f"{hypothesis}{act}/")
        page.fill("[name=words]", words)
        save(desk)
    page.goto(f"{hypothesis}confirm/")
    page.fill("[name=authority]", "Court of the coast")
    page.fill("[name=reference]", "C-17/2")
    save(desk)
    assert "nobody does both" in page.locator("main").inner_text()
    return hypothesis


def confirmed_by_another(desk: Visit, visit: Callable[..., Visit], hypothesis: str) -> None:
    """A second officer takes up the word of the court; before that nobody plans to tell."""
    page = desk.page
    page.goto(f"{hypothesis}tell/")
    page.fill("[name=on]", page.evaluate("() => new Date().toISOString().slice(0, 10)"))
    page.fill("[name=second]", "Sofía")
    save(desk)
    assert "has not confirmed it" in page.locator("main").inner_text()
    other = visit("en", 390)
    other.sign_in("sofia")
    other.page.goto(f"{hypothesis}confirm/")
    other.page.fill("[name=authority]", "Court of the coast")
    other.page.fill("[name=reference]", "C-17/2")
    save(other)
    assert other.page.locator(".heading .badge").inner_text() == "Confirmed by a forensic authority"


def told(desk: Visit, family: str) -> None:
    """Planned, then told by a trained officer with a second person, on a day, somewhere, with support."""
    page = desk.page
    page.goto(f"{family}may/")
    page.click("main >> text=Plan how the family is told")
    page.fill("[name=on]", page.evaluate("() => new Date().toISOString().slice(0, 10)"))
    page.fill("[name=second]", "Sofía")
    save(desk)
    refused = page.locator("main").inner_text()
    if "Take up the request first" in refused:
        take_up(desk, family)
        page.goto(f"{family}may/")
        page.click("main >> text=Plan how the family is told")
        page.fill("[name=on]", page.evaluate("() => new Date().toISOString().slice(0, 10)"))
        page.fill("[name=second]", "Sofía")
        save(desk)
    page.click("main >> text=Record that the family was told")
    save(desk)
    assert "Say who of the family was told" in page.locator("main").inner_text()
    for name, words in (("told_to", "His wife"), ("place", "At her table"), ("support", "Her neighbour stays")):
        page.fill(f"[name={name}]", words)
    save(desk)
    shown = page.locator("section[aria-labelledby=telling-1]").inner_text()
    assert "The family was told" in shown
    assert "Her neighbour stays" in shown
    page.click(".heading a >> nth=0")
    assert page.locator(".heading .badge").inner_text() == "Found to have died"


def take_up(desk: Visit, family: str) -> None:
    """The request was only written down: assess it, take it up."""
    page = desk.page
    page.goto(family)
    page.click(".heading a >> nth=0")
    for act in ("assess", "accept"):
        page.click(f"main button[name=act][value={act}]")
