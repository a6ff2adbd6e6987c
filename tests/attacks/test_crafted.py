"""Forms filled in by hand: refused in words, with nothing broken and nothing lost."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.casework.outreach.test_outreach import under_way
from tests.people.factories import registered
from waystation.accounts.actors import actor_of
from waystation.accounts.models import Account
from waystation.accounts.sessions import ACCOUNT
from waystation.casework.cases import actions as cases
from waystation.casework.children import actions as children
from waystation.casework.children.models import BestInterestsDocument
from waystation.casework.feedback import actions as feedback
from waystation.casework.feedback.models import Feedback
from waystation.casework.files.models import StoredFile
from waystation.casework.followups import actions as followups
from waystation.casework.followups import queries as to_do
from waystation.casework.followups.models import FollowUp
from waystation.casework.outreach import actions as outreach
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound


@pytest.mark.parametrize(
    ("address", "sent_along"),
    [
        ("/work/covers/", {"end": "x"}),
        ("/work/?section=" + "9" * 5000, None),
        ("/children/guardians/{}/end/", {"case": "x"}),
        ("/files/of/{}/begin/", {"size": "9" * 5000}),
    ],
)
def test_crafted_values_break_no_page(client_for: Any, actors: Any, address: str, sent_along: Any) -> None:
    person = registered(actors["coordinator"], "Amal").person
    client = client_for("coordinator")
    client.raise_request_exception = False
    path = address.format(person.pk)
    answer = client.get(path) if sent_along is None else client.post(path, sent_along)
    assert answer.status_code < 500, answer.status_code


def test_a_file_begun_for_one_person_is_never_kept_from_the_page_of_another(
    client_for: Any, settings: Any, tmp_path: Any
) -> None:
    settings.FILES = tmp_path / "files"
    client = client_for("coordinator")
    one, other = (registered(actor_in(client), name).person for name in ("Amal", "Yusuf"))
    begun = client.post(f"/files/of/{one.pk}/begin/", {"size": 3, "name": "a"}).json()["upload"]
    client.post(f"/files/arriving/{begun}/0/", b"abc", content_type="application/octet-stream")
    again = client.post(f"/files/of/{other.pk}/begin/", {"size": 3, "name": "a", "upload": begun}).json()["upload"]
    assert again != begun, "it does not go on with what was begun for somebody else"
    said = {"name": "Paper of Yusuf", "kind": "other", "compartment": "basic", "upload": begun}
    answer = client.post(f"/files/of/{other.pk}/", said)
    assert answer.status_code == 422
    assert b"Paper of Yusuf" in answer.content, "nothing typed is lost"
    assert StoredFile.objects.get(pk=begun).state == "arriving"
    assert client.post(f"/files/of/{one.pk}/", said).status_code == 302


def actor_in(client: Any) -> Actor:
    return actor_of(Account.objects.get(pk=client.session[ACCOUNT]))


@pytest.mark.parametrize(
    "panel",
    [
        ("Ruth Ondiek", "ruth  ONDIEK", "Ondiek, Ruth"),
        ("Ruth Ondiek", "Рут Ондиек", "Samir Haddad"),
        ("Samir Haddad", "سمير حداد", "Grace Njeri"),
        ("Ruth Ondiek", "R\u200duth Ondiek", "Grace Njeri"),
        ("Ruth Ondiek", "Grace Njeri", "---"),
    ],
)
def test_three_lines_are_not_three_people(actors: dict[str, Actor], panel: tuple[str, ...]) -> None:
    by = actors["caseworker"]
    child = registered(by, "Hana", age_band="12-17").person
    case = cases.open_case(by=by, person_id=child.pk, draft=cases.CaseDraft(kind="child", risk="high"))
    row = children.begin_best_interests(
        by=by, case_id=case.pk, procedure="determination", document=BestInterestsDocument(question="Where to live")
    )
    with pytest.raises(Invalid):
        children.call_panel(by=by, row_id=row.pk, panel=panel)
    assert children.call_panel(by=by, row_id=row.pk, panel=(*panel, "Amina Yusuf", "Li Wei")).step == "panel"


def test_what_a_supervisor_allowed_before_the_end_is_asked_anew_after_it(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    child = registered(by, "Hana", age_band="12-17").person
    case = cases.open_case(by=by, person_id=child.pk, draft=cases.CaseDraft(kind="child", risk="high"))
    review = cases.ask_supervisor(by=by, case_id=case.pk, of="assessment")
    cases.decide(by=actors["coordinator"], review_id=review.pk, act="approve")
    cases.go_on(by=by, case_id=case.pk, act="close", closing="duplicate")
    case = cases.go_on(by=by, case_id=case.pk, act="reopen")
    assert FollowUp.objects.filter(subject=case.pk, kind="children.guardian", state="open").count() == 1
    case = cases.go_on(by=by, case_id=case.pk, act="assess")
    assert "A supervisor has not approved the assessment." in map(str, cases.missing_for(by, case, "plan"))


def test_a_yes_is_for_what_the_supervisor_read(actors: dict[str, Actor]) -> None:
    by, lead = actors["caseworker"], actors["coordinator"]
    person = registered(by, "Amal").person
    case = cases.open_case(by=by, person_id=person.pk, draft=cases.CaseDraft(kind="general", risk="low"))
    case = cases.go_on(by=by, case_id=case.pk, act="assess")
    for said, missing in (("Safe", False), ("Not safe at all", True)):
        case = cases.write(by=by, case_id=case.pk, revision=case.revision, texts={"assessment": said})
        if not missing:
            cases.decide(
                by=lead, review_id=cases.ask_supervisor(by=by, case_id=case.pk, of="assessment").pk, act="approve"
            )
        assert bool(cases.missing_for(by, case, "plan")) is missing


def test_nobody_decides_on_their_own_case_whoever_asks(actors: dict[str, Actor]) -> None:
    by, lead = actors["caseworker"], actors["coordinator"]
    person = registered(lead, "Amal").person
    case = cases.open_case(by=lead, person_id=person.pk, draft=cases.CaseDraft(kind="general", risk="low"))
    review = cases.ask_supervisor(by=by, case_id=case.pk, of="assessment")
    with pytest.raises(NotAllowed):
        cases.decide(by=lead, review_id=review.pk, act="approve")


def test_a_contact_of_another_round_is_no_contact_of_this(actors: dict[str, Actor]) -> None:
    by, number = actors["caseworker"], uuid4()
    for round_id, expected in ((under_way(by).pk, None), (under_way(by).pk, NotFound)):
        with pytest.raises(expected) if expected else nullcontext():
            outreach.meet(by=by, round_id=round_id, contact_id=number, draft=outreach.ContactDraft())


def test_nobody_who_may_not_read_of_conduct_learns_of_it_under_to_do(actors: dict[str, Actor]) -> None:
    caseworker, lead = actors["caseworker"], actors["coordinator"]
    feedback.receive(kind="conduct", text="One of you asked me for money")
    (row,) = Feedback.objects.all()
    today = clock.today()
    followups.cover(by=lead, away=lead.account_id, covered_by=caseworker.account_id, first_day=today, last_day=today)
    for act in ("acknowledge", "examine"):
        feedback.go_on(by=lead, feedback_id=row.pk, act=act)
        assert not to_do.work_of(caseworker).exists(), act
        assert to_do.work_of(lead).count() == 1


def test_what_changed_under_the_supervisors_eyes_is_shown_again(
    actors: dict[str, Actor], client_for: Callable[..., Client]
) -> None:
    by = actors["caseworker"]
    case = cases.open_case(
        by=by, person_id=registered(by, "Amal").person.pk, draft=cases.CaseDraft(kind="general", risk="low")
    )
    case = cases.go_on(by=by, case_id=case.pk, act="assess")
    review = cases.ask_supervisor(by=by, case_id=case.pk, of="assessment")
    client, address = client_for("coordinator"), f"/cases/reviews/{review.pk}/"
    seen = client.get(address).context["form"].initial["as_read"]
    cases.write(by=by, case_id=case.pk, revision=case.revision, texts={"assessment": "Quite another story"})
    answer = client.post(address, {"approve": "", "as_read": seen, "said": "Well done"})
    assert "Someone else changed this" in answer.content.decode()
    assert "Well done" in answer.content.decode()
    assert "Quite another story" in answer.content.decode()
    review.refresh_from_db()
    assert review.state == "asked"
    seen = answer.context["form"].data["as_read"]
    assert client.post(address, {"approve": "", "as_read": seen}).status_code == 302
