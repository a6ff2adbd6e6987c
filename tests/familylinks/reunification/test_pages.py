"""The pages of bringing a family together: begun on a person's page, gone through step by step, printed."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.familylinks.reunification.factories import allowed, both, granted, opened, proved, somebody, step
from waystation.familylinks.reunification.codes import Act, State
from waystation.familylinks.reunification.models import Reunification
from waystation.kernel import clock
from waystation.kernel.actors import Actor


@pytest.fixture
def officer(actors: dict[str, Actor]) -> Actor:
    return actors["family-links"]


@pytest.fixture
def desk(officer: Actor, client_for: Callable[..., Client]) -> Client:
    return client_for("family-links", handle="karim")


def test_from_a_persons_page_to_together_again(officer: Actor, desk: Client) -> None:
    me, other = somebody(officer), somebody(officer, "Dawit")
    for person in (me, other):
        allowed(officer, person)
    begin = f"/reunions/of/{me.pk}/"
    assert begin.encode() in desk.get(f"/family/person/{me.pk}/").content
    found = desk.post(begin, {"q": "Dawit"}).content.decode()
    assert f'value="{other.pk}"' in found
    chosen = desk.post(begin, {"other_id": str(other.pk)}).content.decode()
    assert "The other, from the book:" in chosen
    empty = desk.post(begin, {"other_id": str(other.pk), "relation": "", "wishes": "To cook together"})
    assert empty.status_code == 422
    assert b"To cook together" in empty.content
    desk.post(begin, {"other_id": str(other.pk), "relation": "brother", "wishes": "To cook together"})
    row = Reunification.objects.get()
    assert (row.person_id, row.other_id) == (me.pk, other.pk)
    page = f"/reunions/{row.pk}/"
    assert b"Nothing is written down yet that shows" in desk.get(page).content
    desk.post(f"{page}proof/", {"kind": "dna", "words": "The laboratory of the hospital, sealed"})
    for side in ("person", "other"):
        assert desk.post(f"{page}yes/{side}/", {"words": ""}).status_code == 422
        desk.post(f"{page}yes/{side}/", {"words": f"I want it, says {side}", "asked_by": "Marta"})
    for act, answers in {
        Act.PROVE: {},
        Act.SUBMIT: {"authority": "Office of families", "submitter": "family"},
        Act.REFUSE: {"refusal": "missing", "words": "A form", "appeal_by": str(clock.today() + timedelta(days=9))},
        Act.APPEAL: {"submitter": "lawyer", "authority": "Office of families"},
        Act.GRANT: {},
        Act.ARRANGE: {"travel_on": str(clock.today() + timedelta(days=4)), "route": "By train", "escort": "Ruth"},
        Act.MEET: {},
        Act.FOLLOW: {"words": "They cook together"},
    }.items():
        answer = desk.post(f"{page}go-on/{act}/", answers)
        assert answer.status_code == 302, (act, answer.content.decode())
    said = desk.get(page).content.decode()
    for words in ("The laboratory of the hospital", "I want it, says other", "By train", "They cook together"):
        assert words in said
    assert page.encode() in desk.get(f"/family/person/{other.pk}/").content
    sheet = desk.get(f"{page}sheet/").content.decode()
    assert "By train" in sheet
    assert "They cook together" not in sheet
    row.refresh_from_db()
    assert row.state == State.FOLLOWED


def test_what_stands_in_the_way_is_said_above_the_form_that_keeps_what_was_typed(officer: Actor, desk: Client) -> None:
    row = opened(officer)
    proved(officer, row)
    Reunification.objects.update(state=State.AGREED)
    answer = desk.post(
        f"/reunions/{row.pk}/go-on/submit/", {"authority": "Office of families", "submitter": "family", "words": "Soon"}
    )
    assert answer.status_code == 422
    for words in (b"The person who asks has not said yes", b"Office of families", b"Soon"):
        assert words in answer.content


def test_what_is_not_possible_here_is_refused(officer: Actor, desk: Client) -> None:
    row = opened(officer)
    assert desk.get(f"/reunions/{row.pk}/go-on/agree/").status_code == 404
    assert desk.get(f"/reunions/{row.pk}/yes/neighbour/").status_code == 404
    assert desk.post(f"/reunions/{row.pk}/go-on/meet/", {}).status_code == 409
    assert desk.post(f"/reunions/of/{row.person_id}/", {"other_id": "nobody"}).status_code == 200


def test_the_line_shows_a_childs_step_to_children_alone(officer: Actor, desk: Client) -> None:
    grown, child = opened(officer), opened(officer, somebody(officer, "Hana", age_band="5-11"))
    assert "Best for the child" not in desk.get(f"/reunions/{grown.pk}/").content.decode()
    assert "Best for the child" in desk.get(f"/reunions/{child.pk}/").content.decode()


def test_no_other_role_sees_it_on_the_persons_page(officer: Actor, client_for: Callable[..., Client]) -> None:
    row = opened(officer)
    for role in ("volunteer", "caseworker", "coordinator"):
        client = client_for(role, handle=f"{role}-2")
        assert b"/reunions/" not in client.get(f"/people/{row.person_id}/before/").content
        assert client.get(f"/reunions/{row.pk}/").status_code == 403


def test_pages_stay_within_their_budget_and_the_list_costs_the_same(officer: Actor, desk: Client) -> None:
    row = granted(officer)
    step(officer, row, Act.ARRANGE)

    def cost(path: str) -> int:
        desk.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(path).status_code == 200, path
        queries = [one["sql"] for one in asked if not re.match(r"BEGIN|COMMIT|SAVEPOINT|RELEASE", one["sql"])]
        assert len(queries) <= 15, (path, queries)
        return len(queries)

    pages = ("", "change/", "proof/", "yes/person/", "go-on/meet/", "go-on/close/", "sheet/")
    for page in pages:
        cost(f"/reunions/{row.pk}/{page}")
    cost(f"/reunions/of/{row.person_id}/")
    cost(f"/family/person/{row.person_id}/")
    few = cost("/reunions/")
    for number in range(6):
        both(officer, opened(officer, somebody(officer, f"N{number}"), somebody(officer, f"M{number}")))
    assert cost("/reunions/") == few
    both_known = opened(officer, somebody(officer, "Amina"), somebody(officer, "Hana", age_band="5-11"))
    both(officer, both_known)
    proved(officer, both_known)
    cost(f"/reunions/{both_known.pk}/")
