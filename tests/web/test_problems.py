"""Bad days: each has a page that says what happened and what to do, and nothing that was typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from waystation.casework import actions


@pytest.mark.parametrize("says", ["database or disk is full", "database is locked"])
def test_a_full_disk_or_a_busy_database_gives_back_what_was_typed(
    client_for: Callable[..., Client], monkeypatch: pytest.MonkeyPatch, says: str
) -> None:
    def full(**_anything: Any) -> None:
        raise OperationalError(says)

    monkeypatch.setattr(actions, "register_at_desk", full)
    form = {
        "begun": "yes",
        "members": "",
        "given_name": "ዳዊት ተኽለ",
        "sex": "male",
        "age_band": "5-11",
        "severity": "medium",
    }
    answer = client_for("volunteer").post("/register/", form)
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "ዳዊት ተኽለ" in page
    assert "free some space" in page
    assert answer.headers["Cache-Control"] == "no-store"


def test_ten_megabytes_in_a_field_are_refused_with_words(client_for: Callable[..., Client]) -> None:
    answer = client_for("volunteer").post("/register/", {"begun": "yes", "given_name": "x" * 10_000_000})
    assert answer.status_code == 413
    assert "too much text" in answer.content.decode()


def test_an_unknown_address_and_an_unknown_person_are_not_told_apart(client_for: Callable[..., Client]) -> None:
    client = client_for("volunteer")
    for path in ("/nowhere/", "/people/00000000-0000-0000-0000-000000000007/"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "not for you to see" in answer.content.decode()


def test_a_wrong_character_in_a_code_is_told(client_for: Callable[..., Client]) -> None:
    page = client_for("volunteer").post("/", {"q": "4F7K-9Q2M-9"}).content.decode()
    assert "One character of this card code is wrong" in page


def test_signed_in_pages_are_kept_in_no_cache(client_for: Callable[..., Client]) -> None:
    assert client_for("volunteer").get("/people/").headers["Cache-Control"] == "no-store"


def test_the_language_switch_turns_the_page_around(client: Client, node: Any) -> None:
    answer = client.post("/language/", {"language": "ar", "next": "/sign-in/"})
    assert answer.headers["Location"] == "/sign-in/"
    page = client.get("/sign-in/").content.decode()
    assert '<html lang="ar" dir="rtl">' in page


def test_the_language_switch_leads_nowhere_else(client: Client, node: Any) -> None:
    answer = client.post("/language/", {"language": "fr", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
