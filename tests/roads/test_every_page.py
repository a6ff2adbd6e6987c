"""Bar: axe finds nothing on any page, in English and in Arabic, on a phone and on a desk; nothing asks elsewhere.

The pages are those that links lead to, walked as several roles in turn; an address that nobody comes by stands in
`unlinked.py`.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Error

from tests.roads.conftest import Visit
from tests.roads.unlinked import UNLINKED
from waystation.config.addresses import addresses

pytestmark = pytest.mark.browser

ROLES = ("lena", "giulia", "aicha", "karim", "ines", "tomas", "per")
STARTS = (
    "/",
    "/register/",
    "/more/",
    "/me/",
    "/gallery/",
    "/cases/?kind=trafficking",
    "/cases/?kind=child",
    "/referrals/?state=consented",
)
OF_A_ROLE = {
    "karim": (
        "/family/",
        "/family/matches/",
        "/family/asking/",
        "/lists/",
        "/missing/families/",
        "/missing/found/",
        "/photos/ours/",
        "/photos/ours/answers/",
        "/registries/",
        "/reunions/",
    )
}
"""Where only one role may begin: what all may open was seen often enough before its turn."""
MOST_OF_A_KIND = 3
"""So many pages of one address are opened to find links: not every case is a child's."""
MOST_UNSEEN = 5
"""Whose page comes first differs from one demo to the next, and with it what links to what."""


def links(desk: Visit) -> list[str]:
    """Addresses of this node that the page links to."""
    found = desk.page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    return [link for link in found if link.startswith("/") and not link.startswith("/static/")]


def direction(desk: Visit) -> str:
    """The language of a page, when it is written in that language's direction."""
    html = desk.page.locator("html")
    spoken = html.get_attribute("lang") or ""
    return spoken if html.get_attribute("dir") == ("rtl" if spoken == "ar" else "ltr") else ""


def kind_of(path: str) -> tuple[str, ...]:
    """Pages of one kind: the same address but for numbers."""
    match = resolve(urlsplit(path).path)
    return ("/" + match.route, *(value for value in match.kwargs.values() if isinstance(value, str)))


def walk(desk: Visit, handle: str, seen: Counter[tuple[str, ...]]) -> Iterator[str]:
    """Go everywhere that links lead, and give each kind of page when it is open for the first time."""
    waiting, been = deque((*STARTS, *OF_A_ROLE.get(handle, ()))), set()
    while waiting:
        path = waiting.popleft()
        try:
            kind = kind_of(path)
        except Resolver404:
            continue
        if path in been or seen[kind] >= MOST_OF_A_KIND:
            continue
        been.add(path)
        try:
            answer = desk.page.goto(desk.address + path)
        except Error as problem:
            assert "Download is starting" in str(problem), path
            seen[kind] += MOST_OF_A_KIND
            continue
        assert answer is not None
        assert answer.status == 200, (path, answer.status)
        seen[kind] += 1
        if seen[kind] == 1 and "text/html" in answer.headers.get("content-type", ""):
            yield path
        waiting.extend(links(desk))


@pytest.mark.parametrize(
    ("language", "width"), [("en", 390), ("ar", 1280), pytest.param("ar", 390, marks=pytest.mark.long)]
)
def test_no_page_shuts_anyone_out(visit: Callable[..., Visit], language: str, width: int) -> None:
    seen: Counter[tuple[str, ...]] = Counter()
    found = {}
    for handle in ROLES:
        desk = visit(language, width)
        desk.sign_in(handle)
        for path in walk(desk, handle, seen):
            assert direction(desk), path
            wide = desk.page.evaluate(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            violations = [violation["id"] for violation in Axe().run(desk.page).response["violations"]]
            if violations or wide > 1:
                found[path] = (violations, wide)
        assert desk.complaints == []
    missed = {address.route for address in addresses()} - {route for route, *_values in seen}
    assert len(missed - UNLINKED) <= MOST_UNSEEN, sorted(missed - UNLINKED)
    assert found == {}


@pytest.mark.parametrize("path", ["/sign-in/", "/gallery/", "/say/", "/say/answer/"])
def test_the_page_of_a_stranger_has_no_violation_either(visit: Callable[..., Visit], path: str) -> None:
    stranger = visit("ar", 390)
    stranger.go(path)
    assert Axe().run(stranger.page).response["violations"] == []
    assert stranger.complaints == []
