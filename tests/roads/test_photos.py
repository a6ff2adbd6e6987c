"""Scenario 11, second half: a photo and the family link go public and nothing else; the day after they are gone."""

import base64
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.familylinks.photos.drawing import HIDDEN, exif, segment
from tests.roads.conftest import Visit
from tests.roads.test_exchange import Node

pytestmark = pytest.mark.browser
STEPS = "tests.roads.photo_node"
DRAW = """() => { const canvas = document.createElement('canvas'); canvas.width = 1600; canvas.height = 2000;
  const pen = canvas.getContext('2d'); pen.fillStyle = '#a06040'; pen.fillRect(0, 0, 1600, 2000);
  pen.fillStyle = '#203040'; pen.fillRect(400, 500, 800, 900); return canvas.toDataURL('image/jpeg', 0.9); }"""
"""A picture as a browser's own camera page would write it."""


@pytest.fixture
def stranger(browser: Browser) -> Iterator[Page]:
    """A browser that has never been here, without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def serve(node: Node, *step: str) -> str:
    """Serve a node in one way or another; its address."""
    node.kill()
    node.served = node.begin(*step, str(node.port))
    assert node.served.stdout is not None
    assert "http" in node.served.stdout.readline()
    return f"http://127.0.0.1:{node.port}"


def test_on_its_last_day_a_photo_is_there_and_the_day_after_neither_page_nor_file(
    made: Callable[..., Node], stranger: Page
) -> None:
    node = made("shore", reachable=False)
    photo = node.do("show")
    one, file = f"/photos/{photo['number']}/", f"/photos/{photo['number']}/picture/"

    here = serve(node, "serve-after", photo["until"], "-1")
    answer = stranger.goto(f"{here}/photos/")
    assert answer is not None
    assert "noindex" in answer.headers["x-robots-tag"]
    assert "Looks for their mother" in stranger.inner_text("main")
    assert stranger.locator(".faces img").count() == 1
    stranger.click(".faces a")
    assert stranger.url == f"{here}{one}"
    stranger.wait_for_load_state("load")
    assert stranger.evaluate("document.querySelector('img.face').naturalWidth") == 160
    seen = stranger.content()
    assert not [word for word in ("Selam", "Tesfaye", "5550123", "Lakeside") if word in seen]
    stranger.fill("[name=text]", "أعرف أمها")
    stranger.click("main form .button")
    assert "An officer of shore reads it" in stranger.inner_text("main")
    assert stranger.context.cookies() == []

    here = serve(node, "serve-after", photo["until"], "1")
    stranger.goto(f"{here}/photos/")
    assert "No photo is shown here now." in stranger.inner_text("main")
    for path in (one, file):
        gone = stranger.request.get(f"{here}{path}")
        assert gone.status == 404
        assert "image" not in gone.headers["content-type"]
    node.kill()
    assert node.do("heard")["said"] == [["أعرف أمها", ""]]


def test_a_locked_node_shows_nobody_and_still_listens(made: Callable[..., Node], stranger: Page) -> None:
    node = made("shore", reachable=False)
    photo = node.do("show")
    here = serve(node, "serve")
    stranger.goto(f"{here}/photos/{photo['number']}/")
    stranger.fill("[name=text]", "I know her mother")
    stranger.fill("[name=reach]", "At the bakery")
    here = serve(node, "serve-locked")
    stranger.click("main form .button")
    assert "It is kept, sealed." in stranger.inner_text("main")
    for path in ("/photos/", f"/photos/{photo['number']}/"):
        stranger.goto(f"{here}{path}")
        assert "cannot be shown at this moment" in stranger.inner_text("main")
        assert stranger.locator("img").count() == 0
    assert stranger.request.get(f"{here}/photos/{photo['number']}/picture/").status == 404
    for file in [*node.folder.rglob("*")]:
        if file.is_file():
            assert b"bakery" not in file.read_bytes()
    node.kill()
    assert node.do("heard")["said"] == [["I know her mother", "At the bakery"]]


def camera(desk: Visit, folder: Path, orientation: int) -> Path:
    """A JPEG that draws, with all that a camera writes into it."""
    drawn = base64.b64decode(desk.page.evaluate(DRAW).split(",")[1])
    photo = folder / "DCIM_4711_Rome.jpg"
    photo.write_bytes(drawn[:2] + exif(orientation) + segment(0xFE, HIDDEN[2]) + drawn[2:] + HIDDEN[3])
    return photo


def register(desk: Visit, given: str) -> str:
    """Somebody of thirty-odd, who lets a photo be shown; the person's number."""
    page = desk.page
    desk.go("/register/")
    page.fill("[name=given_name]", given)
    page.check("[name=age_band][value='25-59']")
    page.click("main form .actions .button >> text=Register")
    page.wait_for_url("**/notice/")
    person = page.url.split("/people/")[1].split("/")[0]
    desk.go(f"/people/{person}/consents/add/")
    choose(page, "purpose", "photo")
    choose(page, "recipient_kind", "public")
    page.check("[name=answer][value=given]")
    page.check("[name=read_back]")
    page.click("main form p.actions .button:not(.quiet) >> nth=0")
    assert "The answer is written down." in page.inner_text("main")
    return person


def choose(page: Page, name: str, value: str) -> None:
    field = page.locator(f"[name={name}]").first
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(value)
    else:
        page.check(f"[name={name}][value={value}]")


@pytest.mark.parametrize(("scripts", "orientation"), [(False, 6), (True, 1)])
def test_two_officers_put_a_photo_forward_and_whoever_is_on_it_takes_it_back(
    visit: Callable[..., Visit], tmp_path: Path, *, scripts: bool, orientation: int
) -> None:
    drawing = visit()
    drawing.go("/photos/")
    photo = camera(drawing, tmp_path, orientation)
    officer = visit("en", 1280, scripts=scripts)
    officer.sign_in("karim")
    page = officer.page
    person = register(officer, "Nyota")
    officer.go(f"/family/person/{person}/")
    page.click("text=Put a photo forward")
    page.check("[name=told]")
    page.check("[name=looks_for][value=sibling]")
    page.set_input_files("[name=file]", photo)
    page.wait_for_timeout(700)
    page.click("main form .button >> text=Put it forward")
    assert "Another officer looks at it and decides." in page.inner_text("main")
    posting = page.url
    second = visit("en", 390, scripts=scripts)
    second.sign_in("lena" if scripts else "nadia")
    second.page.goto(posting)
    second.page.click("text=Agree, and show it")
    second.page.check("[name=nothing_tells]")
    second.page.click("main form .button:not(.quiet)")
    assert "On the page of photos" in second.page.inner_text(".heading")
    second.page.click("text=The page as anybody sees it")
    address = second.page.url

    looker = visit("ar", 390, scripts=False)
    answer = looker.page.goto(address)
    assert answer is not None
    picture = looker.page.request.get(f"{address}picture/")
    assert not [secret for secret in (*HIDDEN, b"Nyota", b"DCIM") if secret in picture.body()]
    wide, high = looker.page.evaluate("(({naturalWidth: w, naturalHeight: h}) => [w, h])(document.images[0])")
    # Held sideways it still lies as it was held; with scripts it came small.
    assert (wide, high) == ((2000, 1600) if orientation == 6 else (800, 1000))
    assert "Nyota" not in looker.page.content()

    officer.page.goto(posting)
    page.click("text=The person takes the consent back")
    gone = looker.page.goto(address)
    assert gone is not None
    assert gone.status == 404
    assert looker.page.request.get(f"{address}picture/").status == 404
    assert [said for said in looker.complaints if "404" not in said] == []
    assert officer.complaints == second.complaints == []


@pytest.mark.parametrize(("language", "width"), [("en", 390), ("ar", 1280)])
def test_the_page_of_faces_shuts_nobody_out(visit: Callable[..., Visit], language: str, width: int) -> None:
    looker = visit(language, width)
    looker.go(f"/photos/?lang={language}")
    for _page in range(2):
        assert Axe().run(looker.page).response["violations"] == []
        wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert looker.page.evaluate(wide) <= 1
        looker.page.click(".faces a >> nth=0") if _page == 0 else None
    assert looker.complaints == []


def test_what_a_camera_writes_is_in_what_the_test_sends(visit: Callable[..., Visit], tmp_path: Path) -> None:
    desk = visit()
    desk.go("/photos/")
    sent = camera(desk, tmp_path, 6).read_bytes()
    assert [secret for secret in HIDDEN if secret not in sent] == []
    assert struct.pack("<H", 0x0112) in sent
