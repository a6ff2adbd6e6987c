"""Somebody in the hands of others: signs a volunteer passed on, a plan, time to think, an end that waits for both."""

from collections.abc import Callable

import pytest

from tests.roads.conftest import Visit

pytestmark = pytest.mark.browser
SECRETS = (
    "Marta from the bakery",
    "The bread is ready",
    "cinnamon",
    "He reads her telephone",
    "Cousin Osas",
    "white van",
)


def save(desk: Visit) -> None:
    """The form's own button."""
    desk.page.click("main form:not(.actions) p.actions .button:not(.quiet) >> nth=-1")


def words(desk: Visit) -> str:
    return desk.page.locator("main").inner_text()


def pass_on_signs(desk: Visit) -> str:
    """A volunteer registers someone and passes on what worries her; gives the person's number."""
    page = desk.page
    desk.go("/register/")
    page.fill("[name=given_name]", "Precious")
    page.fill("[name=family_name]", "Aigbe")
    page.check("[name=sex][value=female]")
    page.click("main form .actions .button >> text=Register")
    page.wait_for_url("**/notice/")
    person = page.url.split("/people/")[1].split("/")[0]
    desk.go(f"/people/{person}/")
    page.click("text=Pass on what worries you")
    page.check("[name=signs][value=watched]")
    page.check("[name=signs][value=locked]")
    page.fill("[name=words]", "A man in a white van waits and answers for her")
    save(desk)
    assert "Passed on." in words(desk)
    return person


def plan_together(desk: Visit, person: str) -> None:
    """A plan is written, refused a word that gives away, read back."""
    page = desk.page
    desk.go(f"/plans/of/{person}/")
    page.click("main .heading >> text=Write a plan together")
    page.check("[name=risk][value=high]")
    page.fill("[name=fears]", "That the white van finds her")
    page.fill("[name=safe_people]", "Marta from the bakery")
    page.fill("[name=reach_number]", "Marta, 320 555 0144")
    page.fill("[name=reach_when]", "Tuesdays")
    page.fill("[name=reach_say]", "The bread is ready")
    page.check("[name=no_contact]")
    page.fill("[name=no_contact_why]", "He reads her telephone")
    page.fill("[name=never_know]", "Cousin Osas")
    page.fill("[name=signal_word]", "cinnamon")
    page.fill("[name=pocket]", "Shelter of Marta")
    save(desk)
    assert "could give the person away: Shelter" in words(desk)
    assert page.locator("[name=safe_people]").input_value() == "Marta from the bakery"
    page.fill("[name=pocket]", "Marta 320 555 0144")
    save(desk)
    assert "Not read back yet" in words(desk)
    page.click("main .heading >> text=Read it back")
    page.check("[name=read_back]")
    page.fill("[name=words]", "Yes, that is how I want it")
    save(desk)
    assert "Read back and agreed" in words(desk)


def think_it_over(desk: Visit, person: str) -> None:
    """Time to think is offered, wanted, and begins."""
    page = desk.page
    desk.go(f"/plans/of/{person}/")
    page.click("#time ~ p a >> text=Offer time to think")
    assert "no authority either" in words(desk)
    page.check("[name=explained]")
    save(desk)
    page.click("text=The person wants it")
    page.fill("[name=words]", "I want to sleep first")
    save(desk)
    page.click("text=Let it begin")
    page.fill("[name=days]", "20")
    save(desk)
    assert "Thirty days at least" in words(desk)
    page.fill("[name=days]", "30")
    save(desk)
    assert "Nothing has to be decided before the last day." in words(desk)


@pytest.mark.parametrize("scripts", [True, False])
def test_from_signs_to_a_plan_time_to_think_and_an_end(visit: Callable[..., Visit], *, scripts: bool) -> None:
    volunteer = visit("en", 390, scripts=scripts)
    volunteer.sign_in("tomas" if scripts else "giulia")
    person = pass_on_signs(volunteer)
    worker = visit("en", 1280, scripts=scripts)
    worker.sign_in("aicha" if scripts else "nadia")
    page = worker.page
    worker.go("/work/")
    assert "Signs that somebody controls this person" in words(worker)
    worker.go(f"/cases/of/{person}/")
    page.check("[name=kind][value=trafficking]")
    page.check("[name=risk][value=high]")
    page.fill("[name=reason]", "Signs were passed on")
    save(worker)
    case = page.url
    assert "Make a plan together to stay safe" in words(worker)
    page.click("main a >> text=Close the case")
    page.check("[name=closing][value=moved_on]")
    save(worker)
    assert "No safety plan was read back" in words(worker)

    plan_together(worker, person)
    worker.go(f"/plans/events/of/{person}/")
    page.check("[name=risk][value=exploitation]")
    page.check("[name=lived][value=lived]")
    page.select_option("[name=stage]", "transit")
    page.fill("[name=since]", "2024-05")
    save(worker)
    assert "Exploitation" in page.locator("section[aria-labelledby=risks]").inner_text()

    think_it_over(worker, person)
    page.goto(f"{case}close/")
    page.check("[name=closing][value=moved_on]")
    save(worker)
    assert "Time to think runs until" in words(worker)

    sees_the_mark_and_nothing_else(volunteer, person)
    worker.go(f"/people/{person}/")
    assert "Marta, 320 555 0144 · Tuesdays · say “The bread is ready”" in page.locator("#to-know").inner_text()

    print_a_slip(worker, person)
    worker.go(f"/plans/of/{person}/")
    page.click("section[aria-labelledby=time] >> text=End it")
    page.check("[name=ending][value=over]")
    page.fill("[name=follows]", "Lives with Marta and learns to bake")
    save(worker)
    assert "Before that only the person ends it." in words(worker)
    page.check("[name=ending][value=decided]")
    save(worker)
    end_the_case(visit, worker, case, scripts=scripts)


def sees_the_mark_and_nothing_else(volunteer: Visit, person: str) -> None:
    volunteer.go(f"/people/{person}/")
    seen = words(volunteer)
    assert "Do not call, write or visit. Ask a caseworker first." in seen
    assert not [secret for secret in (*SECRETS, "Staying safe", "Time to think", "Exploitation") if secret in seen]
    for path in (f"/plans/of/{person}/", f"/plans/of/{person}/write/", "/plans/road/"):
        volunteer.go(path)
        assert not [secret for secret in SECRETS if secret in volunteer.page.content()]
        assert "Your role does not allow this" in volunteer.page.content()


def print_a_slip(desk: Visit, person: str) -> None:
    """The warning first; then a paper that says nothing to whoever finds it."""
    page = desk.page
    desk.go(f"/plans/of/{person}/")
    page.click("main a >> text=Print it")
    assert "Paper may be found." in words(desk)
    page.check("[name=paper][value=pocket]")
    page.check("[name=wished]")
    save(desk)
    assert page.locator("article").inner_text().strip() == "Marta 320 555 0144"
    assert page.title() == "…"


def end_the_case(visit: Callable[..., Visit], worker: Visit, case: str, *, scripts: bool) -> None:
    """With nothing missing any more, the supervisor agrees, and the case closes."""
    page = worker.page
    page.goto(f"{case}ask/")
    page.check("[name=of][value=closure]")
    page.select_option("[name=closing]", "helped")
    save(worker)
    supervisor = visit("en", 1280, scripts=scripts)
    supervisor.sign_in("lena")
    supervisor.page.goto(case)
    supervisor.page.click("section[aria-labelledby=case-reviews] >> text=Decide")
    supervisor.page.click("button[name=approve]")
    page.goto(f"{case}close/")
    page.check("[name=closing][value=helped]")
    save(worker)
    assert "Closed" in page.locator(".heading").inner_text()
