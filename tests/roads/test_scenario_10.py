"""Scenario 10 of DOMAIN.md: a family message is written, checked, sent through two offices, delivered and answered,
with its states and days in view; one that may not go comes back to its writer, unread by others."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.roads.conftest import Visit
from tests.roads.test_exchange import Node, befriend, until

STEPS = "tests.roads.news_node"
pytestmark = [pytest.mark.browser, pytest.mark.long]
WORDS = "We are well. Little Yusuf walks now. Write to the blue house by the mill."
ANSWER = "Mother read it three times. We wait for you all."
Desk = Callable[[Node, str], Visit]


@pytest.fixture
def desk(browser: Browser) -> Iterator[Desk]:
    """Somebody signs in at an office, in a browser of their own."""
    contexts = []

    def begin(node: Node, handle: str) -> Visit:
        context = browser.new_context(viewport={"width": 390, "height": 900})
        contexts.append(context)
        visit = Visit(context.new_page(), f"http://127.0.0.1:{node.port}")
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.sign_in(handle)
        return visit

    yield begin
    for context in contexts:
        context.close()


def test_a_message_through_two_offices_and_its_answer(made: Callable[..., Node], desk: Desk) -> None:
    bridge, valley, hills = made("Bridge"), made("Valley"), made("Hills")
    befriend(bridge, valley)
    befriend(valley, hills)
    hawa = bridge.do("person", "Hawa", "Warsame")
    for node in (bridge, valley, hills):
        node.serve()
    volunteer, officer, between = desk(bridge, "tomas"), desk(bridge, "karim"), desk(valley, "karim")
    message = written(volunteer, hawa, WORDS, office="Valley")
    assert "Yusuf" not in main(volunteer)
    leaves(officer, message)
    settle(bridge, valley)
    passes(between)
    settle(bridge, valley, hills)
    assert kept(valley) == 0
    is_delivered_and_answered(desk(hills, "karim"), desk(hills, "salma"))
    settle(bridge, valley, hills)
    the_answer_passes(between)
    settle(bridge, valley)
    is_known_where_it_was_written(officer, message)
    assert kept(bridge, "state = 'closed'") == 0
    assert kept(bridge) == 1, "only the answer, which who wrote first may hear again"
    comes_back_unread(bridge, valley, desk, (volunteer, officer), hawa)
    assert [one for visit in (volunteer, officer, between) for one in visit.complaints] == []


def leaves(officer: Visit, message: str) -> None:
    """Somebody else than who wrote it down checks it, and sends it on."""
    officer.go(message)
    click(officer, "Check it")
    assert WORDS in main(officer)
    officer.page.check("[name=reason][value=nothing]")
    save(officer)
    click(officer, "Send it on")
    save(officer)


def passes(between: Visit) -> None:
    """The office on the way sees to whom it goes, and not what it says."""
    opened(between)
    assert "Amina Warsame" in main(between)
    assert "Yusuf" not in main(between)
    click(between, "Send it on")
    between.page.select_option("[name=office]", label="Hills")
    save(between)


def is_delivered_and_answered(family: Visit, second: Visit) -> None:
    """Read and printed where it is delivered; the answer is checked by another officer."""
    opened(family)
    assert "Yusuf" not in main(family)
    click(family, "We deliver it")
    assert WORDS in main(family)
    click(family, "Print the message")
    sheet = family.page.locator("article.sheet").inner_text()
    assert WORDS in sheet
    assert "Bridge › Valley › Hills" in sheet
    family.page.go_back()
    click(family, "It was delivered")
    click(family, "Write down their answer")
    family.page.fill("[name=words]", ANSWER)
    save(family)
    answer = handed_in(family)
    family.go(answer)
    assert family.page.locator("text=Check it").count() == 0
    second.go(answer)
    click(second, "Check it")
    second.page.check("[name=reason][value=nothing]")
    save(second)
    click(second, "Send it on")
    save(second)


def the_answer_passes(between: Visit) -> None:
    """Back by the way the message came, as unread."""
    between.go("/news/?state=arrived")
    between.page.locator("main ul.list a.whole").last.click()
    assert "three times" not in main(between)
    click(between, "Send it on")
    save(between)


def is_known_where_it_was_written(officer: Visit, message: str) -> None:
    """Each state with its day and how long it lasted; then the answer, for who wrote first."""
    officer.go(message)
    road = officer.page.locator("section[aria-labelledby=road]").inner_text()
    steps = ["Waits to be checked", "Checked", "On its way", "Arrived at an office · Valley", "office · Hills"]
    steps += ["Being delivered · Hills", "Delivered · Hills", "Answered by the family"]
    assert [step for step in steps if step not in road] == []
    assert road.count("less than a day") >= len(steps)
    officer.page.locator("section[aria-labelledby=answers] a").first.click()
    click(officer, "We deliver it")
    assert ANSWER in main(officer)
    click(officer, "It was delivered")
    officer.go(message)
    click(officer, "The writer was told")
    click(officer, "Close it and forget the words")


def comes_back_unread(bridge: Node, valley: Node, desk: Desk, at_bridge: tuple[Visit, Visit], person: str) -> None:
    """What may not be carried: read by who checks it and by nobody else, and it never leaves."""
    volunteer, officer = at_bridge
    before = valley.count("SELECT count(*) FROM familynews_redcrossmessage")
    message = written(volunteer, person, "The column left the east gate at dawn.", office="Valley")
    officer.go(message)
    click(officer, "Check it")
    officer.page.check("[name=reason][value=military]")
    officer.page.fill("[name=note]", "Leave out the gate")
    save(officer)
    assert "east gate" in main(officer)
    click(officer, "Print it for the writer")
    assert "It speaks of military matters" in officer.page.locator("article.sheet").inner_text()
    other = desk(bridge, "salma")
    for reader in (volunteer, other):
        reader.go(message)
        assert "Given back to its writer" in main(reader)
        assert [words for words in ("east gate", "military", "Leave out") if words in main(reader)] == []
    assert valley.count("SELECT count(*) FROM familynews_redcrossmessage") == before


def written(visit: Visit, person: str, words: str, *, office: str) -> str:
    """Written down, read back, handed in; the address of its page, the same for all who may see it."""
    visit.go(f"/news/of/{person}/write/")
    visit.page.fill("[name=words]", words)
    visit.page.fill("[name=name]", "Amina Warsame")
    visit.page.fill("[name=place]", "Mill road, by the well")
    visit.page.select_option("[name=office]", label=office)
    save(visit)
    assert words in main(visit)
    return handed_in(visit)


def handed_in(visit: Visit) -> str:
    """The writer heard it and wants it to go."""
    visit.page.check("[name=agreed]")
    save(visit)
    assert "Waits to be checked" in main(visit)
    return visit.page.url.removeprefix(visit.address)


def opened(visit: Visit) -> None:
    """The one message that came, from the list."""
    visit.go("/news/")
    visit.page.locator("main ul.list a.whole").first.click()
    assert "Arrived at an office" in main(visit)


def click(visit: Visit, words: str) -> None:
    with visit.page.expect_navigation():
        visit.page.locator(f"main :is(a, button):text-is('{words}')").first.click()


def save(visit: Visit) -> None:
    """The form's own button."""
    with visit.page.expect_navigation():
        visit.page.click("main form:not(.actions) .actions .button")


def main(visit: Visit) -> str:
    return visit.page.locator("main").inner_text()


def kept(node: Node, which: str = "1 = 1") -> int:
    """How many messages there still have words."""
    return node.count(f"SELECT count(*) FROM familynews_redcrossmessage WHERE words IS NOT NULL AND {which}")


def settle(*nodes: Node) -> None:
    until(lambda: not any(node.unanswered() for node in nodes), "something was not answered by the line")
