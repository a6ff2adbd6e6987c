"""However quickly the counter is tapped, every tap counts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.roads.conftest import Visit

pytestmark = pytest.mark.browser


def test_five_quick_taps_are_five(visit: Callable[..., Visit]) -> None:
    desk = visit()
    desk.sign_in("aicha")
    desk.go("/")
    button = desk.page.locator("button[value='male:60-plus'], table.tally tr:nth-child(6) td:nth-child(3) button").first
    count = button.locator("span.soft")
    before = int(count.inner_text())
    for _ in range(5):
        button.click(no_wait_after=True)
    expect(count).to_have_text(str(before + 5))
    desk.page.reload()
    expect(count).to_have_text(str(before + 5))
    assert desk.complaints == []
