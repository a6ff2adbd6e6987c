"""Too much text for a form is answered with words, whichever part of Django meets it first."""

from collections.abc import Callable

from django.test import Client


def test_ten_megabytes_pasted_into_the_search_are_refused_in_words(client_for: Callable[..., Client]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_for("volunteer").cookies
    answer = client.post("/", {"q": "x" * 10_000_000})
    assert answer.status_code == 413
    assert "too much text" in answer.content.decode()
