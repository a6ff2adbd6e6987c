"""The pages of lists: a file is looked at before anybody is taken, and nothing that was typed is lost."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.familylinks.lists.factories import CAMP, taken
from tests.house.test_page_budgets import MOST_QUERIES, asked
from waystation.familylinks.lists import actions
from waystation.familylinks.lists.codes import State
from waystation.familylinks.lists.models import ListedPerson, PersonList
from waystation.kernel import clock
from waystation.kernel.actors import Actor

ClientFor = Callable[..., Client]


def sent(client: Client, data: bytes = CAMP.encode(), **changes: Any) -> Any:
    today = clock.today()
    told = {
        "name": "People at the harbour", "keeper": "Hospital", "came_on": today.isoformat(),
        "until": (today + timedelta(days=9)).isoformat(), "basis": "consent", "agreement": "By letter",
    }  # fmt: skip
    return client.post("/lists/bring/", {"file": SimpleUploadedFile("harbour.csv", data), **told, **changes})


def test_a_list_is_brought_looked_at_and_taken(client_for: ClientFor) -> None:
    client = client_for("family-links")
    look = sent(client)["Location"]
    page = client.get(look).content.decode()
    assert "3 people would be taken." in page
    assert "Yusuf Abdi Warsame" in page
    assert "No name stands here." in page
    assert not ListedPerson.objects.exists()
    columns = {f"column{number}": field for number, field in enumerate(["number", "name", "sex", "", "", "father"], 1)}
    again = client.post(look, columns).content.decode()
    assert "1994" not in again.split("<h2>")[0]
    answer = client.post(look, {**columns, "take": "yes"})
    page = client.get(answer["Location"]).content.decode()
    assert "Hodan Cali" in page
    assert PersonList.objects.get().state == State.STANDING
    one = client.get(f"/lists/people/{ListedPerson.objects.get(line=2).pk}/").content.decode()
    assert "father <bdi>Abdi</bdi>" in one
    assert client.get(look).status_code == 302


def test_a_list_of_names_never_lies_in_a_file_in_plain(
    client_for: ClientFor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    lying: list[Path] = []
    bring = actions.bring

    def spied(**said: Any) -> PersonList:
        lying.extend(tmp_path.glob("*.upload*"))
        return bring(**said)

    monkeypatch.setattr(actions, "bring", spied)
    assert sent(client_for("family-links"), b"Name,Born\n" + b"Selam Tesfaye,1994\n" * 160_000).status_code == 302
    assert lying == []


def test_a_file_that_is_too_large_is_refused_and_a_form_of_another_page_too(client_for: ClientFor) -> None:
    client = client_for("family-links")
    assert "larger than 10 MB" in sent(client, b"x" * (actions.MOST_BYTES + 2)).content.decode()
    client.handler.enforce_csrf_checks = True
    assert sent(client).status_code == 403


def test_what_was_typed_comes_back_with_what_to_mend(client_for: ClientFor) -> None:
    client = client_for("family-links")
    answer = sent(client, b"%PDF-1.7", keeper="")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "This file cannot be read." in page
    assert "Say what list this is and who keeps it." in page
    assert "People at the harbour" in page
    assert client.post("/lists/bring/", {"name": "x"}).status_code == 422


def test_what_a_file_says_is_shown_as_text_alone(client_for: ClientFor) -> None:
    client, bad = client_for("family-links"), "<script>alert(1)</script>"
    look = sent(client, f"name,{bad}\n{bad},{bad}\n".encode(), name=bad, keeper=bad, agreement=bad)["Location"]
    pages = [client.get(look), client.get(client.post(look, {"column1": "name", "take": "yes"})["Location"])]
    pages += [client.get("/lists/"), client.get(f"/lists/people/{ListedPerson.objects.get().pk}/")]
    for page in pages:
        assert "alert(1)" in page.content.decode()
        assert "<script>alert" not in page.content.decode()


def test_a_file_without_names_is_not_taken(client_for: ClientFor) -> None:
    client = client_for("family-links")
    look = sent(client, b"sex,age\nF,30\n")["Location"]
    answer = client.post(look, {"column1": "sex", "column2": "age", "take": "yes"})
    assert answer.status_code == 422
    assert "Say which column holds names." in answer.content.decode()
    assert client.post(look, {"column1": "nonsense", "column2": ""}).status_code == 422


def test_what_needs_mending_leaves_as_a_table(client_for: ClientFor, actors: dict[str, Actor]) -> None:
    row = taken(actors["family-links"])
    text = client_for("family-links").get(f"/lists/{row.pk}/to-mend/").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[1][:2] == ["4", "Nom et prénom"]
    assert lines[2] == [
        "5", "Né le", "This is no date or year. Write it like 1994, 1994-05 or 17/05/1994.", "Yes", "le printemps",
        "4", "Selam Tesfay", "F", "le printemps", "Érythrée", "Tesfay",
    ]  # fmt: skip


def test_deleting_says_what_will_be_lost(client_for: ClientFor, actors: dict[str, Actor]) -> None:
    row = taken(actors["family-links"])
    client = client_for("family-links")
    assert (
        "3 people of this list are erased here, with their keys."
        in client.get(f"/lists/{row.pk}/delete/").content.decode()
    )
    assert client.post(f"/lists/{row.pk}/delete/").status_code == 302
    assert "erased on" in client.get("/lists/").content.decode()
    assert "Everybody who stood in this list is erased" in client.get(f"/lists/{row.pk}/").content.decode()


def test_lists_are_filtered_and_ordered(client_for: ClientFor, actors: dict[str, Actor]) -> None:
    for keeper in ("Zeta", "Alpha"):
        taken(actors["family-links"], keeper=keeper)
    client = client_for("family-links")
    page = client.get("/lists/?order=keeper").content.decode()
    assert page.index("Alpha") < page.index("Zeta")
    assert "No list of others stands here" in client.get("/lists/?state=waiting").content.decode()
    assert client.get("/lists/?order=nonsense&page=99").status_code == 200


def test_a_long_list_costs_as_many_queries_as_a_short_one(client_for: ClientFor, actors: dict[str, Actor]) -> None:
    client, costs = client_for("family-links"), []
    for people in (2, 60):
        row = taken(actors["family-links"], "name\n" + "\n".join(f"Person {number}" for number in range(people)))
        asked(client, f"/lists/{row.pk}/")
        costs.append(len(asked(client, f"/lists/{row.pk}/")[0]))
    assert costs[1] <= costs[0] <= MOST_QUERIES
