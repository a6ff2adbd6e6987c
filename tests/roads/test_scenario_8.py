"""Scenario 8 of DOMAIN.md: somebody agrees to be tested for tuberculosis, and who does not work on health learns
nothing of it; the summary is handed on as a file and read by the next post, which knows nothing yet; the figures of
screening name nobody. And one tap calls health staff, who alone read why."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.roads.conftest import Visit

pytestmark = pytest.mark.browser
PHONE = 390


def save(desk: Visit) -> None:
    """The form's own button."""
    desk.page.click("main form:not(.actions) p.actions .button:not(.quiet) >> nth=-1")


def registered(desk: Visit, name: str) -> str:
    """Register somebody at this desk; gives their number."""
    desk.go("/register/")
    desk.page.fill("[name=given_name]", name)
    desk.page.check("[name=sex][value=female]")
    desk.page.click("main form .actions .button >> text=Register")
    desk.page.wait_for_url("**/notice/")
    return desk.page.url.split("/people/")[1].split("/")[0]


def screened(nurse: Visit, person: str) -> None:
    """A yes, a result, a treatment, and who goes on with it."""
    page = nurse.page
    nurse.go(f"/health/of/{person}/screening/")
    assert "If you say no, nothing changes" in page.locator("main").inner_text()
    page.check("[name=disease][value=tb]")
    page.select_option("[name=place]", "reception")
    page.check("[name=act][value=agree]")
    save(nurse)
    page.click("main a.whole >> text=Tuberculosis")
    assert "Result owed" in page.locator(".heading").inner_text()
    for label, words in (("Result: found", "Sputum, twice"), ("Treatment has begun", "Four tablets every morning")):
        page.click(f"main a >> text={label}")
        page.fill("[name=words]", words)
        save(nurse)
    page.click("main a >> text=Moves on")
    save(nurse)
    assert "Say who goes on with it" in page.locator("main").inner_text()
    page.fill("[name=next_stop]", "Clinic of the Three Bridges")
    save(nurse)
    assert "To be continued at the next stop" in page.locator(".heading").inner_text()


def with_summary(nurse: Visit, person: str) -> None:
    """An allergy, a medicine; no illness known."""
    for kind, text in (("allergy", "Penicillin"), ("medicine", "Salbutamol, two puffs a day")):
        nurse.go(f"/health/of/{person}/line/")
        nurse.page.check(f"[name=kind][value={kind}]")
        nurse.page.fill("[name=text]", text)
        save(nurse)
    nurse.page.click("form:has(input[name=kind][value=condition]) button")
    assert "None known" in nurse.page.locator("section[aria-labelledby=summary]").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_result_stays_with_health_and_the_summary_reaches_the_next_post(
    visit: Callable[..., Visit], tmp_path: Path, *, scripts: bool
) -> None:
    nurse = visit("en", PHONE if scripts else 1280, scripts=scripts)
    nurse.sign_in("giulia")
    person = registered(nurse, "Letebrhan")
    screened(nurse, person)
    with_summary(nurse, person)

    other = visit("en", 1280, scripts=scripts)
    other.sign_in("aicha" if scripts else "nadia")
    for page_of_person in (f"/people/{person}/", f"/people/{person}/before/", f"/people/{person}/history/", "/work/"):
        other.go(page_of_person)
        shown = other.page.locator("body").inner_text()
        for word in ("Tuberculosis", "Penicillin", "tablets", "Three Bridges"):
            assert word not in shown, page_of_person
    other.go(f"/health/of/{person}/")
    assert "Your role does not allow this" in other.page.locator("main").inner_text()

    page = nurse.page
    nurse.go(f"/health/of/{person}/hand-over/?to=helper")
    page.fill("[name=recipient]", "Clinic of the Three Bridges")
    page.check("[name=results]")
    save(nurse)
    assert page.locator("#id_agreed_error").count() == 1
    page.check("[name=agreed]")
    with page.expect_download() as coming:
        save(nurse)
    file = tmp_path / "summary.json"
    coming.value.save_as(file)
    bundle = json.loads(file.read_text(encoding="utf-8"))
    assert bundle["entry"][0]["resource"]["type"]["coding"][0]["code"] == "60591-5"
    nurse.go(f"/people/{person}/left/?lang=en")
    assert "Clinic of the Three Bridges" in page.locator("main").inner_text()

    next_post = registered(nurse, "Letebrhan")
    nurse.go(f"/health/of/{next_post}/read/")
    spoiled = tmp_path / "spoiled.json"
    spoiled.write_text(file.read_text(encoding="utf-8").replace('"section"', '"sections"'), encoding="utf-8")
    page.set_input_files("[name=file]", spoiled)
    save(nurse)
    assert "“Allergies” (LOINC 48765-2) is missing" in page.locator("main").inner_text()
    assert "Penicillin" in page.locator("[name=text]").input_value()
    page.set_input_files("[name=file]", file)
    save(nurse)
    told = page.locator("main").inner_text()
    for word in ("What another post wrote", "Two Rivers Society", "Penicillin", "Tuberculosis", "Four tablets every"):
        assert word in told
    page.click("main button >> text=Take over into ours >> nth=0")
    nurse.go(f"/health/of/{next_post}/")
    assert "told by Two Rivers Society" in page.locator("section[aria-labelledby=summary]").inner_text()


def test_the_figures_of_screening_name_nobody(visit: Callable[..., Visit], tmp_path: Path) -> None:
    desk = visit("en", 1280)
    desk.sign_in("lena")
    page = desk.page
    desk.go("/people/")
    names = {name.strip() for name in page.locator(".list a.whole").all_inner_texts()}
    desk.go("/more/")
    page.click("main a >> text=Screened and treated")
    page.select_option("[name=disease]", "latent_tb")
    page.click("main .filters button")
    table = page.locator("table").inner_text()
    assert "Reception facility" in table
    total = int(page.locator("tfoot td").first.inner_text())
    assert total >= 20
    with page.expect_download() as coming:
        page.click("main a >> text=Keep as a file")
    file = tmp_path / "screening.csv"
    coming.value.save_as(file)
    told = file.read_text(encoding="utf-8-sig")
    assert f"All,{total}," in told
    assert names
    assert not [name for name in names if name in table + told]


@pytest.mark.parametrize("scripts", [True, False])
def test_one_tap_calls_and_health_staff_make_a_plan(visit: Callable[..., Visit], *, scripts: bool) -> None:
    helper = visit("en", PHONE, scripts=scripts)
    helper.sign_in("tomas" if scripts else "karim")
    person = registered(helper, "Anwar" if scripts else "Idil")
    helper.go(f"/people/{person}/")
    helper.page.click("main button >> text=Call health staff now")
    assert "Do not leave the person alone" in helper.page.locator("main").inner_text()
    helper.page.fill("[name=words]", "Asked me to keep the wedding ring")
    save(helper)
    assert "wedding ring" not in helper.page.content()

    nurse = visit("en", PHONE, scripts=scripts)
    nurse.sign_in("giulia")
    page = nurse.page
    nurse.go("/work/")
    urgent = page.locator("section[aria-labelledby=part-0]")
    assert "they could harm themselves" in urgent.inner_text()
    urgent.locator("a.whole", has_text="Anwar" if scripts else "Idil").click()
    assert "wedding ring" in page.locator("main").inner_text()
    page.click("main button >> text=I am with the person")
    page.click("main a >> text=Make a plan to stay safe")
    page.fill("[name=people]", "The men who play chess by the gate")
    page.fill("[name=help]", "His cousin Salah")
    save(nurse)
    page.click("main a >> text=Close the call")
    page.check("[name=outcome][value=safer]")
    page.fill("[name=words]", "Sleeps in the cousin's room; I look in on Friday")
    save(nurse)
    assert "Closed" in page.locator(".heading").inner_text()
    assert "His cousin Salah" in page.locator("main").inner_text()
