"""Makes the pictures of the documentation from a running demo: `python docs/pictures/make.py http://localhost:8000`.

Needs Debian's chromium. With `--all FOLDER` it takes every page, at phone and desktop width, in English and Arabic,
for looking at.
"""

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PASSPHRASE = "lantern harbour seven quiet rivers"
HERE = Path(__file__).resolve().parent
WIDTHS = {"desk": 1280, "phone": 390}
PAGES = (
    "",
    "today/",
    "work/",
    "work/?whose=team",
    "work/covers/",
    "cases/",
    "referrals/",
    "partners/",
    "services/",
    "services/found/",
    "directory/",
    "directory/missing/",
    "more/",
    "urgent/",
    "register/",
    "people/",
    "me/",
    "gallery/",
    "approvals/",
    "accounts/",
    "posts/",
    "log/",
)
OF_A_PERSON = ("", "before/", "history/", "correct/", "journey/", "household/", "notice/", "slip/", "same/", "erase/")

OF_ONE = {
    "cases": ("", "write/", "close/", "ask/", "goal/", "note/", "task/", "hand/"),
    "referrals": ("", "agree/", "send/", "paper/", "answer/close/"),
}


def sign_in(browser: Browser, address: str, *, width: int, language: str, handle: str) -> Page:
    """A page on the front desk of the demo, in a language and at a width."""
    context = browser.new_context(viewport={"width": width, "height": 860})
    context.add_cookies([{"name": "django_language", "value": language, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/sign-in/")
    page.fill("[name=handle]", handle)
    page.fill("[name=passphrase]", PASSPHRASE)
    page.click("main form button")
    page.fill("[name=code]", page.locator("main .code").first.inner_text())
    page.click("main form button")
    page.wait_for_url(f"{address}/")
    return page


def readme_picture(browser: Browser, address: str) -> None:
    """The front desk with a search across scripts, as the README shows it."""
    page = sign_in(browser, address, width=1180, language="en", handle="tomas")
    page.fill("#q", "Alhasan")
    page.keyboard.press("Enter")
    page.wait_for_selector("#results a.whole")
    page.screenshot(path=HERE / "front-desk.png")


def everything(browser: Browser, address: str, folder: Path) -> None:
    """Every page, for looking at."""
    folder.mkdir(parents=True, exist_ok=True)
    for language, handle in (("en", "nadia"), ("ar", "lena")):
        for kind, width in WIDTHS.items():
            page = sign_in(browser, address, width=width, language=language, handle=handle)
            page.goto(f"{address}/people/")
            person = (page.locator(".list a.whole").first.get_attribute("href") or "").lstrip("/")
            for path in (*PAGES, *(person + part for part in OF_A_PERSON)):
                page.goto(f"{address}/{path}")
                name = path.replace(person, "person-").strip("/").replace("/", "-").replace("?", "-") or "front-desk"
                page.screenshot(path=folder / f"{name}-{language}-{kind}.png", full_page=True)
            for kind_of_page, parts in OF_ONE.items():
                page.goto(f"{address}/{kind_of_page}/")
                one = (page.locator(".list a.whole").first.get_attribute("href") or "").lstrip("/")
                for part in parts:
                    page.goto(f"{address}/{one}{part}")
                    name = f"{kind_of_page}-one-{part.strip('/').replace('/', '-')}"
                    page.screenshot(path=folder / f"{name}-{language}-{kind}.png", full_page=True)
            page.context.close()


def main() -> None:
    """Parse and make."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--all", type=Path, metavar="FOLDER")
    chosen = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        if chosen.all:
            everything(browser, chosen.address, chosen.all)
        else:
            readme_picture(browser, chosen.address)
        browser.close()


if __name__ == "__main__":
    main()
