"""A paper sent from a phone over a line that is cut: it goes on by itself, and comes back the same."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.roads.conftest import Visit

pytestmark = pytest.mark.browser
MEGABYTE = 1024 * 1024


def registered(desk: Visit) -> str:
    page = desk.page
    desk.go("/register/")
    page.fill("[name=given_name]", "Idris")
    page.click("main form .actions .button >> text=Register")
    page.wait_for_url("**/notice/")
    return page.url.split("/people/")[1].split("/")[0]


@pytest.mark.parametrize(("scripts", "megabytes"), [(True, 50), (False, 8)])
def test_a_paper_arrives_over_a_cut_line(
    visit: Callable[..., Visit], tmp_path: Path, *, scripts: bool, megabytes: int
) -> None:
    desk = visit("en", 390, scripts=scripts)
    desk.sign_in("aicha" if scripts else "lena")
    page = desk.page
    person = registered(desk)
    desk.go(f"/people/{person}/")
    page.click("text=Papers and pictures >> nth=-1")
    paper = tmp_path / "letter of the court.pdf"
    paper.write_bytes(os.urandom(megabytes * MEGABYTE - 5))
    page.set_input_files("[name=file]", paper)
    page.fill("[name=note]", "He asked us to keep it")
    page.click("main section form .button")
    if scripts:
        page.wait_for_function("() => document.querySelector('progress').value > 5")
        page.context.set_offline(True)
        page.wait_for_selector("text=The line is cut")
        page.wait_for_timeout(1500)
        page.context.set_offline(False)
        page.wait_for_selector("text=Kept, sealed.", timeout=120_000)
    else:
        assert "Kept, sealed." in page.locator("main").inner_text()
    with page.expect_download() as waiting:
        page.click("main ul.list a.whole")
    found = hashlib.sha256(waiting.value.path().read_bytes()).hexdigest()
    assert found == hashlib.sha256(paper.read_bytes()).hexdigest()
    assert "He asked us to keep it" in page.locator("main").inner_text()
