"""Bar: any page costs at most 15 queries and 100 KB on a first visit, and asks no other host for anything."""

import gzip
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.casework.supplies.factories import moved, thing
from tests.crowd import make_household
from tests.directory.factories import placed
from waystation.casework.cases import actions as cases
from waystation.casework.cases.documents import GoalDocument
from waystation.casework.children import actions as children
from waystation.casework.children.models import BestInterestsDocument, GuardianDocument
from waystation.casework.safety.actions import plans, risks, times
from waystation.casework.safety.documents import PlanDocument, RiskDocument, TimeDocument
from waystation.casework.screening import actions as screening
from waystation.casework.screening.codes import Domain
from waystation.casework.screening.models import DomainDocument, ScreeningDocument
from waystation.casework.supplies import actions as supplies
from waystation.casework.tally import actions as tally
from waystation.kernel import clock

MOST_QUERIES, MOST_BYTES = 15, 100_000
CONTROL = re.compile(r"^(BEGIN|COMMIT|SAVEPOINT|RELEASE|ROLLBACK)")
ASSET = re.compile(r'(?:src|href)="([^"]+\.(?:css|js|svg))"')
PAGES = [
    "/", "/today/", "/urgent/", "/register/", "/people/", "/me/", "/gallery/", "/approvals/", "/accounts/", "/posts/",
    "/log/", "/panic/", "/accounts/invite/", "/posts/add/", "/me/more-people/",
    "/me/tokens/", "/me/spare-codes/", "/me/recovery-code/", "/me/passkeys/new/",
    "/work/", "/work/?whose=team", "/work/covers/", "/cases/", "/referrals/", "/partners/", "/partners/add/", "/more/",
    "/posts/staff/", "/people/list-for-partner/",
    "/rounds/", "/rounds/plan/", "/rounds/doors/", "/rounds/places/", "/rounds/fears/",
    "/stock/", "/stock/?only=low", "/stock/things/", "/stock/sheet/", "/tally/", "/tally/trend/",
    "/tally/trend/?by=day", "/tally/phone/", "/tally/post/open/",
    "/say/", "/say/answer/", "/feedback/", "/feedback/add/", "/feedback/figures/",
    "/health/coverage/", "/alike/", "/alike/?measure=waiting&ground=origin&months=12",
    "/services/", "/services/found/", "/services/sheet/", "/directory/", "/directory/?stale=on", "/directory/add/",
    "/directory/missing/", "/directory/import/",
    "/barriers/", "/barriers/add/", "/barriers/figures/",
    "/missing/", "/missing/incidents/", "/missing/incidents/add/", "/missing/incidents/read/",
    "/alike/", "/alike/?measure=waiting&ground=origin&months=12",
    "/plans/road/", "/alike/", "/alike/?measure=waiting&ground=origin&months=12",
    "/keeping/", "/keeping/clocks/", "/keeping/sealed/", "/keeping/offline-key/", "/keeping/proofs/",
    "/keeping/requests/", "/keeping/requests/add/", "/handover/", "/handover/?which=all", "/handover/ours/",
    "/asked/", "/asked/?which=all",
    "/requests/", "/requests/?which=all", "/requests/ours/",
    "/news/", "/news/?state=closed", "/news/calls/",
    "/road/nodes/", "/road/nodes/this/", "/road/nodes/add/", "/road/mail/", "/road/stick/",
    "/road/circles/", "/road/circles/add/", "/road/circles/take-in/",
]  # fmt: skip
OF_A_PERSON = [
    "",
    "before/",
    "history/",
    "correct/",
    "journey/",
    "household/",
    "consents/add/",
    "notice/",
    "slip/",
    "slip/new/",
    "left/",
    "keep/",
    "same/",
    "erase/",
]


@pytest.fixture
def everywhere(actors: dict[str, Any], node: Any) -> list[str]:
    person = make_household(actors["caseworker"], members=4)
    case = child_case(actors, person)
    of_a_case = [
        f"/cases/{case}/{part}" for part in ("", "write/", "close/", "ask/", "goal/", "note/", "task/", "hand/")
    ]
    of_a_child = [f"/children/{case}/{part}" for part in ("guardian/", "care/", "best-interests/")]
    of_a_person = [f"/people/{person}/{part}" for part in OF_A_PERSON]
    of_a_talk = [
        f"/screening/{screening_of(actors, person)}/{part}" for part in ("", "look-at/child/", "finish/", "stop/")
    ]
    begins = [
        f"/health/call/{person}/",
        f"/referrals/of/{person}/",
        f"/screening/of/{person}/",
        f"/screening/signs/of/{person}/",
        f"/barriers/of/{person}/",
        f"/news/of/{person}/",
        f"/news/of/{person}/write/",
        f"/news/well/of/{person}/",
    ]
    in_stock = stocked(actors)
    of_a_thing = [f"/stock/{in_stock}/{part}" for part in ("", "receive/", "count/", "send/", "lose/")]
    at = placed(actors["caseworker"])
    of_an_entry = [f"/directory/{at.service_id}/{part}" for part in ("", "change/", "write/", "place/", "safe/")]
    of_an_entry += [f"/directory/places/{at.pk}/", f"/directory/places/{at.pk}/hours/", f"/services/{at.service_id}/"]
    of_an_entry.append(f"/directory/organisations/{at.service.provider_id}/")
    of_safety = safety_of(actors, person)
    rooms = [*of_a_thing, *of_an_entry, *of_safety]
    return [*PAGES, *of_a_person, f"/help/{person}/", *of_a_case, *of_a_child, *begins, *of_a_talk, *rooms]


def child_case(actors: dict[str, Any], person: UUID) -> UUID:
    """A child's case with a guardian, a panel, a goal, notes, tasks and a question to the supervisor."""
    by = actors["caseworker"]
    case = cases.open_case(by=by, person_id=person, draft=cases.CaseDraft(kind="child", risk="high", reason="Alone"))
    children.name_guardian(by=by, case_id=case.pk, document=GuardianDocument(name="Ruth", kind="court"))
    question = BestInterestsDocument(question="Where to live")
    children.begin_best_interests(by=by, case_id=case.pk, procedure="assessment", document=question)
    for number in range(5):
        cases.add_goal(by=by, case_id=case.pk, document=GoalDocument(goal=f"Goal {number}"))
        cases.add_note(by=by, case_id=case.pk, text=f"Note {number}")
        cases.add_task(by=by, case_id=case.pk, text=f"Task {number}", due_at=clock.now())
    cases.ask_supervisor(by=by, case_id=case.pk, of="assessment")
    return case.pk


def safety_of(actors: dict[str, Any], person: UUID) -> list[str]:
    """A plan that holds and one that waits, many risks, and a case in which time to think runs."""
    by = actors["caseworker"]
    case = cases.open_case(by=by, person_id=person, draft=cases.CaseDraft(kind="trafficking", risk="high"))
    said = PlanDocument(fears="That he finds the room", reach_number="Through Marta", never_know=("Osas",))
    draft = plans.PlanDraft(risk="high", document=said, no_contact=True)
    plan = plans.read_back(by=by, plan_id=plans.write_plan(by=by, person_id=person, draft=draft).pk)
    waiting = plans.write_plan(by=by, person_id=person, draft=draft)
    for number in range(12):
        told = RiskDocument(lived="lived", since=f"20{number + 10}", words="They took my phone")
        risk = risks.write_risk(by=by, person_id=person, risk="theft", stage="transit", document=told)
    time = times.accept(by=by, time_id=times.offer(by=by, case_id=case.pk, document=TimeDocument()).pk)
    times.start(by=by, time_id=time.pk)
    pages = [f"of/{person}/{part}" for part in ("", "write/", "none/")]
    pages += [f"{plan.pk}/{part}" for part in ("", "look-again/", "end/", "paper/")]
    pages += [f"{waiting.pk}/read-back/", f"events/of/{person}/", f"events/{risk.pk}/", f"events/{risk.pk}/strike/"]
    pages += [f"time/in/{case.pk}/", f"time/{time.pk}/lengthen/", f"time/{time.pk}/end/"]
    return [*(f"/plans/{page}" for page in pages), f"/cases/{case.pk}/"]


def screening_of(actors: dict[str, Any], person: UUID) -> UUID:
    """A talk in which all five parts were looked at."""
    by = actors["caseworker"]
    row = screening.begin(by=by, person_id=person, document=ScreeningDocument(immediate=("danger",)))
    for domain in Domain:
        found = DomainDocument(rating="high", harm="He could find her", prompts=("alone",) if domain == "child" else ())
        screening.rate(by=by, screening_id=row.pk, domain=domain, document=found)
    return row.pk


def stocked(actors: dict[str, Any]) -> UUID:
    """Twelve things of which the last came, went and runs low, and a day on which people were counted."""
    by = actors["coordinator"]
    for number in range(12):
        item = thing(by, f"Thing {number}")
        supplies.receive(by=by, draft=moved(item, 40))
    for people in range(1, 9):
        contact = tally.ContactDraft(
            id=uuid4(),
            post_id=by.post_id,
            at=clock.now(),
            sex="male",
            age_band="18-24",
            people=people,
            items=(item.pk,),
        )
        tally.count(by=by, draft=contact)
    return item.pk


def asked(client: Client, page: str, **how: Any) -> tuple[list[str], bytes]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(page, **how)
    assert answer.status_code == 200, (page, answer.status_code)
    return [query["sql"] for query in captured.captured_queries if not CONTROL.match(query["sql"])], answer.content


def test_every_page_stays_within_fifteen_queries(client_for: Callable[..., Client], everywhere: list[str]) -> None:
    client = client_for("coordinator")
    over = {}
    for page in everywhere:
        queries, _content = asked(client, page)
        if len(queries) > MOST_QUERIES:
            over[page] = len(queries)
    assert over == {}


def test_a_larger_family_costs_no_more_queries(client_for: Callable[..., Client], actors: dict[str, Any]) -> None:
    client = client_for("caseworker")
    small, large = (make_household(actors["caseworker"], members=members) for members in (3, 30))
    few, _content = asked(client, f"/people/{small}/")
    many, _content = asked(client, f"/people/{large}/")
    assert len(many) <= len(few)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_first_visit_weighs_at_most_100_kilobytes(
    client_for: Callable[..., Client], everywhere: list[str], language: str
) -> None:
    client = client_for("coordinator")
    for page in everywhere:
        _queries, content = asked(client, page, headers={"accept-language": language, "accept-encoding": "gzip"})
        text = gzip.decompress(content).decode()
        assets = set(ASSET.findall(text))
        assert all(asset.startswith("/") for asset in assets), page
        weight = len(content) + sum(weight_of(client, asset) for asset in assets if asset.startswith("/static/"))
        assert weight <= MOST_BYTES, (page, weight)
        assert "style=" not in text, page
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), page
        assert not re.search(r"\son[a-z]+=", text), page


def weight_of(client: Client, asset: str) -> int:
    answer = client.get(asset, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200, asset
    return len(answer.getvalue())


def test_the_policy_lets_a_page_load_nothing_but_this_node(client: Client, node: Any) -> None:
    policy = client.get("/sign-in/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
