"""The pages of a family that waits, of the lost and of the found: from a plan to the day on which they are told."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.familylinks.factories import searching
from tests.familylinks.missing.test_families import AGREED
from tests.familylinks.missing.test_hypotheses import TELLS, raised
from tests.people.factories import registered
from waystation.familylinks.missing.actions import families, hypotheses
from waystation.familylinks.missing.actions.families import PlanDraft
from waystation.familylinks.missing.models import Aboard, ContactPlan, Hypothesis, Incident, Telling, UnidentifiedBody
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import clock
from waystation.kernel.actors import Actor

MOST_QUERIES = 15
ClientFor = Callable[..., Client]


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.content.decode()[:3000]
    return str(answer.content.decode())


def test_from_the_page_of_the_request_to_the_day_on_which_they_are_told(
    client_for: ClientFor, row: TracingRequest, body: UnidentifiedBody, incident: Incident
) -> None:
    first, second = client_for("family-links", handle="fl-a"), client_for("family-links", handle="fl-b")
    of, may = reverse("missing:of", args=[row.pk]), reverse("missing:may", args=[row.pk])
    assert of in text(first.get(reverse("tracing:request", args=[row.pk])))
    made = first.post(
        f"{of}plan/",
        {"who_tells": "Karim", "language": "tir", "agreed": "At her table", "every_months": 3, "legal": ["absence"]},
    )
    assert made["Location"] == of
    page = text(first.get(of))
    assert "A paper saying that somebody is missing" in page
    assert "At her table" in page
    first.post(f"{of}features/", {"told_by": "His sister", "samples": "no", "sex": "male", "tattoos": "A bird"})
    choices = text(first.get(f"{of}raise/?words=lighthouse"))
    assert "North of the lighthouse" in choices
    assert body.number in choices
    came = first.post(f"{of}raise/?words=lighthouse", {"body_id": str(body.pk), "why": "The bird"})
    one = Hypothesis.objects.get()
    page_of_it = reverse("missing:hypothesis", args=[one.pk])
    assert came["Location"] == page_of_it
    shown = text(first.get(page_of_it))
    assert "Only a hypothesis." in shown
    assert "A small bird" in shown
    for who, act, more in (
        (first, "examine", {}),
        (first, "support", {}),
        (second, "confirm", {"authority": "Court", "reference": "77/26"}),
    ):
        assert who.post(f"{page_of_it}{act}/", {"words": "Compared", **more}).status_code == 302, act
    day = f"{clock.today():%Y-%m-%d}"
    plan = {"on": day, "second": "Sofia", "place": "Her kitchen", "support": "Sofia stays"}
    assert second.post(f"{page_of_it}tell/", plan).status_code == 302
    telling = Telling.objects.get()
    said = {**plan, "told_to": "His sister", "said": "She asks where he lies"}
    assert second.post(reverse("missing:told", args=[telling.pk]), said)["Location"] == may
    assert "She asks where he lies" in text(second.get(may))
    row.refresh_from_db()
    assert row.state == "found-dead"


def test_pages_that_are_open_beside_a_family_show_nothing_of_a_hypothesis(
    client_for: ClientFor, by: Actor, row: TracingRequest, body: UnidentifiedBody, incident: Incident
) -> None:
    raised(by, row, body, incident)
    families.write_plan(by=by, request_id=row.pk, draft=PlanDraft(document=AGREED))
    client = client_for("family-links")
    beside = [reverse("tracing:request", args=[row.pk]), reverse("tracing:paper", args=[row.pk])]
    beside += [f"/missing/of/{row.pk}/{part}" for part in ("", "plan/", "sooner/", "tell/", "features/")]
    beside += [reverse("people:person", args=[row.person_id]), f"/people/{row.person_id}/history/"]
    for path in beside:
        page = text(client.get(path)).lower()
        for word in ("hypothes", "the bird", body.number.lower(), "found dead", "lighthouse"):
            assert word not in page, (path, word)
    assert body.number in text(client.get(f"/missing/of/{row.pk}/may/"))


def test_one_officer_does_not_confirm_on_the_page_either(
    client_for: ClientFor, row: TracingRequest, body: UnidentifiedBody
) -> None:
    client = client_for("family-links")
    client.post(f"/missing/of/{row.pk}/raise/", {"body_id": str(body.pk), "why": "The bird"})
    page = reverse("missing:hypothesis", args=[Hypothesis.objects.get().pk])
    for act in ("examine", "support"):
        client.post(f"{page}{act}/", {"words": "Compared"})
    answer = client.post(f"{page}confirm/", {"words": "x", "authority": "Court", "reference": "7"})
    assert answer.status_code == 422
    assert "nobody does both" in answer.content.decode()
    assert 'value="Court"' in answer.content.decode()
    assert client.get(f"{page}doubt/").status_code == 200
    assert client.get(f"{page}burn/").status_code == 404
    assert client.get(f"{page}tell/").status_code == 200
    assert client.post(f"{page}tell/", {"on": "2199-01-01", "second": "S"}).status_code == 422


def test_who_was_aboard_is_written_mended_and_their_outcome_set(client_for: ClientFor, incident: Incident) -> None:
    client = client_for("family-links")
    aboard = reverse("missing:aboard", args=[incident.pk])
    assert "Nobody was named yet" in text(client.get(aboard))
    refused = client.post(f"{aboard}add/", {"names": "Berhane\nብርሃነ", "sure": "saw"})
    assert refused.status_code == 422
    assert "ብርሃነ" in refused.content.decode()
    client.post(f"{aboard}add/", {"names": "Berhane\nብርሃነ", "sure": "saw", "told_by": "Yonas"})
    one = Aboard.objects.get()
    assert client.get(reverse("missing:mend-aboard", args=[one.pk])).status_code == 200
    client.post(reverse("missing:outcome", args=[one.pk]), {"outcome": "missing"})
    page = text(client.get(aboard))
    assert "ብርሃነ" in page
    assert "Missing: <bdi>1</bdi>" in page
    assert "1 person is named" in text(client.get(reverse("missing:incident", args=[incident.pk])))


def test_who_was_found_is_listed_described_and_mended(client_for: ClientFor, body: UnidentifiedBody) -> None:
    client = client_for("family-links")
    assert body.number in text(client.get("/missing/found/?state=unidentified&order=oldest"))
    assert body.number not in text(client.get("/missing/found/?state=identified"))
    page = reverse("missing:body", args=[body.pk])
    assert "Cemetery, row 4, number 17" in text(client.get(page))
    refused = client.post(f"{page}change/", {"found_at": "", "samples": "no", "teeth": "A gap"})
    assert refused.status_code == 422
    assert "A gap" in refused.content.decode()
    added = client.post("/missing/found/add/", {"found_at": "In the olive grove", "samples": "no", "age_from": "20"})
    assert "In the olive grove" in text(client.get(added["Location"]))


def test_families_who_wait_are_listed_filtered_and_kept_without_a_name(
    client_for: ClientFor, by: Actor, row: TracingRequest
) -> None:
    client = client_for("family-links")
    families.write_plan(by=by, request_id=row.pk, draft=PlanDraft(document=AGREED))
    assert row.number in text(client.get("/missing/families/"))
    assert row.number not in text(client.get("/missing/families/?which=over"))
    client.post(f"/missing/of/{row.pk}/sooner/", {"days": "3", "words": "Before the feast"})
    assert row.number in text(client.get("/missing/families/?which=sooner&order=last"))
    ContactPlan.objects.update(next_on=clock.today() - timedelta(days=2))
    assert "Owed since" in text(client.get("/missing/families/?which=over"))
    assert "They should have heard already" in text(client.get(f"/missing/of/{row.pk}/"))
    lines = list(csv.reader(io.StringIO(client.get("/missing/families/file/").content.decode("utf-8-sig"))))
    assert lines[1][0] == row.number
    assert "ሰላም" not in str(lines)
    answer = client.post(f"/missing/of/{row.pk}/tell/", {"on": "2199-01-01", "how": "face", "words": "Nothing new"})
    assert answer.status_code == 422
    done = client.post(
        f"/missing/of/{row.pk}/tell/", {"on": f"{clock.today():%Y-%m-%d}", "how": "face", "words": "Nothing new"}
    )
    assert done.status_code == 302
    assert "Nothing new" in text(client.get(reverse("tracing:request", args=[row.pk])))


def test_without_a_plan_there_is_nothing_to_tell_or_to_hasten(client_for: ClientFor, row: TracingRequest) -> None:
    client = client_for("family-links")
    assert client.get(f"/missing/of/{row.pk}/tell/").status_code == 404
    assert client.get(f"/missing/of/{row.pk}/sooner/").status_code == 404


def test_a_coordinator_sees_figures_and_nobody_of_the_lost(
    client_for: ClientFor, incident: Incident, by: Actor, row: TracingRequest, body: UnidentifiedBody
) -> None:
    raised(by, row, body, incident)
    client = client_for("coordinator")
    page = text(client.get(reverse("missing:incident", args=[incident.pk])))
    assert "Who was aboard" not in page
    assert row.number not in page
    for path in (f"/missing/incidents/{incident.pk}/aboard/", "/missing/found/", f"/missing/of/{row.pk}/"):
        assert client.get(path).status_code == 403


def test_each_page_costs_few_queries_however_long_its_lists_are(
    client_for: ClientFor, by: Actor, row: TracingRequest, body: UnidentifiedBody, incident: Incident
) -> None:
    families.write_plan(by=by, request_id=row.pk, draft=PlanDraft(document=AGREED))
    hypotheses.write_ante_mortem(by=by, request_id=row.pk, document=TELLS)
    one = raised(by, row, body, incident)
    hypotheses.raise_hypothesis(by=by, request_id=row.pk, incident_id=incident.pk, why="The boat")
    for number in range(5):
        other = searching(by, registered(by, f"Selam {number}", "Tesfay").person)
        families.write_plan(by=by, request_id=other.pk, draft=PlanDraft(document=AGREED))
        raised(by, other, body)
    client = client_for("family-links")
    client.get("/missing/")
    pages = [
        "/missing/families/", "/missing/found/", f"/missing/found/{body.pk}/", f"/missing/of/{row.pk}/",
        *(f"/missing/of/{row.pk}/{part}/" for part in ("plan", "sooner", "tell", "features", "raise", "may")),
        f"/missing/hypotheses/{one.pk}/", f"/missing/hypotheses/{one.pk}/examine/",
        f"/missing/incidents/{incident.pk}/", f"/missing/incidents/{incident.pk}/aboard/",
        reverse("tracing:request", args=[row.pk]),
    ]  # fmt: skip
    costs = {}
    for path in pages:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200, path
        costs[path] = len(
            [one for one in asked.captured_queries if one["sql"].split()[0] in ("SELECT", "INSERT", "UPDATE")]
        )
    assert {path: many for path, many in costs.items() if many > MOST_QUERIES} == {}


@pytest.mark.parametrize("role", ["volunteer", "health", "detention", "administrator"])
def test_other_roles_see_none_of_it(client_for: ClientFor, role: str) -> None:
    client = client_for(role)
    for path in ("/missing/", "/missing/incidents/", "/missing/found/", "/missing/families/"):
        assert client.get(path).status_code == 403
