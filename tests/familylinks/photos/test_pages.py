"""What anybody sees is a face and a family link: no name, no cookie, no search, no trace of who looked."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.familylinks.photos.drawing import HIDDEN, png
from tests.familylinks.photos.factories import allowed, put_forward, shown, somebody
from waystation.familylinks.photos import actions
from waystation.familylinks.photos.codes import ON_A_PAGE
from waystation.familylinks.photos.models import Answer, Posting
from waystation.familylinks.photos.pictures import LARGEST, clean
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people import actions as people
from waystation.vault import letterbox
from waystation.vault import node as vault_node


@pytest.fixture
def officer(actors: dict[str, Actor]) -> Actor:
    return actors["family-links"]


def open_pages(row: Posting) -> list[str]:
    return ["/photos/", "/photos/?for=mother", f"/photos/{row.number}/", f"/photos/{row.number}/picture/"]


def test_a_face_and_a_family_link_and_nothing_else(officer: Actor) -> None:
    row = shown(officer, somebody(officer, phone="+49 170 5550123", origin="ER", birth_year=1996))
    stranger = Client()
    for path in open_pages(row)[:3]:
        said = stranger.get(path).content.decode()
        assert "Looks for their mother" in said
        assert not [
            word
            for word in ("Selam", "Tesfaye", "1996", "Eritrea", "5550123", str(row.pk), str(row.person_id), row.until)
            if str(word) in said
        ]
    picture = stranger.get(f"/photos/{row.number}/picture/")
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.content == clean(png()).plain
    assert not [secret for secret in HIDDEN if secret in picture.content]


def test_no_page_sets_a_cookie_is_kept_indexed_or_tells_where_one_came_from(officer: Actor) -> None:
    row = shown(officer)
    stranger = Client(enforce_csrf_checks=True)
    answers = [stranger.get(path) for path in open_pages(row)]
    answers.append(stranger.get(f"/photos/{uuid4()}/"))
    answers.append(stranger.get(f"/photos/{uuid4()}/picture/"))
    answers.append(stranger.post(f"/photos/{row.number}/", {"text": ""}))
    answers.append(stranger.post(f"/photos/{row.number}/", {"text": "I know her"}))
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 404, 404, 422, 200]
    for answer in answers:
        assert dict(answer.cookies) == {}
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
    assert Answer.objects.count() == 1


def test_robots_are_sent_away(client: Client, node: Any) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.content.decode() == "User-agent: *\nDisallow: /photos/\n"


def test_the_day_after_neither_the_page_nor_the_file_is_there(officer: Actor) -> None:
    row = shown(officer)
    with time_machine.travel(clock.end_of(row.until) + timedelta(hours=1)):
        stranger = Client()
        assert b"No photo is shown" in stranger.get("/photos/").content
        assert [stranger.get(path).status_code for path in open_pages(row)[2:]] == [404, 404]


def test_what_waits_was_refused_or_taken_back_looks_like_what_never_was(officer: Actor) -> None:
    waits = put_forward(officer)
    down, back = shown(officer, somebody(officer, "Dawit")), shown(officer, somebody(officer, "Amina"))
    actions.take_down(by=officer, posting_id=down.pk, reason="risk")
    people.withdraw_consent(by=officer, consent_id=back.consent_id)
    stranger = Client()
    never = stranger.get(f"/photos/{uuid4()}/").content
    for row in (waits, down, back):
        answer = stranger.get(f"/photos/{row.number}/")
        assert (answer.status_code, answer.content) == (404, never)
        assert stranger.get(f"/photos/{row.number}/picture/").status_code == 404


def test_while_the_node_is_locked_no_photo_is_shown_and_words_are_still_taken(officer: Actor) -> None:
    row = shown(officer)
    letterbox.ensure()
    vault_node.lock("test")
    stranger = Client()
    for path in open_pages(row)[:3]:
        said = stranger.get(path).content.decode()
        assert "cannot be shown at this moment" in said
        assert "<img" not in said
    assert stranger.get(f"/photos/{row.number}/picture/").status_code == 404
    assert b"It is kept, sealed" in stranger.post(f"/photos/{row.number}/", {"text": "I know her"}).content
    assert Answer.objects.get().letter is not None


def test_only_the_family_link_can_be_asked_for(officer: Actor) -> None:
    shown(officer)
    shown(officer, somebody(officer, "Dawit"), looks_for="sibling")
    stranger = Client()
    assert count(stranger, "/photos/?for=sibling") == 1
    assert count(stranger, "/photos/?for=child") == 0
    for path in ("/photos/?q=Selam", "/photos/?name=Selam&for=", "/photos/?for=Selam", "/photos/?search=Tesfaye"):
        assert count(stranger, path) == 2
    assert "search" not in re.sub(
        r"<script.*?</script>", "", stranger.get("/photos/").content.decode()
    ).lower().replace("none can be searched for", "")


def count(stranger: Client, path: str) -> int:
    return stranger.get(path).content.decode().count("/picture/")


def test_a_place_on_the_page_tells_nothing_and_stays(officer: Actor) -> None:
    made = [shown(officer, somebody(officer, f"N{number}")).number for number in range(ON_A_PAGE + 2)]
    stranger = Client()

    def order() -> list[str]:
        pages = "".join(stranger.get(f"/photos/?page={page}").content.decode() for page in (1, 2))
        return re.findall(r"/photos/([0-9a-f-]{36})/picture/", pages)

    assert order() == order() == [str(number) for number in sorted(made)]
    assert sorted(made) != made


def test_the_page_costs_the_same_however_many_are_shown(officer: Actor) -> None:
    shown(officer)
    stranger = Client()
    counts = []
    for number in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            stranger.get("/photos/")
        counts.append(len(asked))
        for extra in range(5):
            shown(officer, somebody(officer, f"N{number}{extra}"))
    assert counts[0] == counts[1] <= 4


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_the_language_stands_in_the_address(officer: Actor, language: str) -> None:
    row = shown(officer)
    for path in (f"/photos/?lang={language}", f"/photos/{row.number}/?lang={language}"):
        said = Client().get(path).content.decode()
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in said
    assert f"/photos/{row.number}/?lang={language}" in Client().get(f"/photos/?lang={language}").content.decode()


def test_an_answer_that_needs_mending_comes_back_filled(officer: Actor) -> None:
    row = shown(officer)
    stranger = Client()
    answer = stranger.post(f"/photos/{row.number}/", {"text": "x" * 4000, "reach": "Ask at the bakery"})
    assert answer.status_code == 422
    assert b"Ask at the bakery" in answer.content
    assert b"x" * 4000 in answer.content
    for _time in range(10):
        stranger.post(f"/photos/{row.number}/", {"text": "word"})
    busy = stranger.post(f"/photos/{row.number}/", {"text": "She lives at the mill"})
    assert busy.status_code == 429
    assert b"She lives at the mill" in busy.content


def test_a_program_that_fills_every_field_is_thanked_and_not_heard(officer: Actor) -> None:
    row = shown(officer)
    answer = Client().post(f"/photos/{row.number}/", {"text": "Buy", "website": "https://example.org"})
    assert b"It is kept, sealed" in answer.content
    assert not Answer.objects.exists()


def test_a_photo_taken_down_while_somebody_wrote_takes_the_words(officer: Actor) -> None:
    row = shown(officer)
    actions.take_down(by=officer, posting_id=row.pk, reason="risk")
    stranger = Client()
    again = stranger.post(f"/photos/{row.number}/", {"text": ""})
    assert again.status_code == 404
    assert b"It is kept, sealed" in stranger.post(f"/photos/{row.number}/", {"text": "I know her"}).content


def test_an_officer_puts_a_photo_forward_on_a_page(
    officer: Actor, client_for: Callable[..., Client], settings: Any
) -> None:
    person = somebody(officer)
    page = f"/photos/ours/of/{person.pk}/"
    first, second = client_for("family-links", handle="first"), client_for("family-links", handle="second")

    def put(raw: bytes, **said: str) -> Any:
        upload = SimpleUploadedFile("DCIM_Rome.png", raw)
        return first.post(page, {"looks_for": "mother", "told": "on", "note": "", **said, "file": upload})

    answer = put(png())
    assert answer.status_code == 422
    assert b"has not allowed" in answer.content
    allowed(officer, person)
    assert b"at most 2 MB" in put(png() + bytes(LARGEST)).content
    assert b"as JPEG or PNG" in put(b"GIF89a").content
    assert put(png()).status_code == 302
    row = Posting.objects.get()
    own = first.get(f"/photos/ours/{row.pk}/").content
    assert b"Another officer looks at it" in own
    assert b"/go-on/show/" not in own
    assert first.get(f"/photos/ours/{row.pk}/picture/").content == clean(png()).plain
    decide = f"/photos/ours/{row.pk}/go-on/show/"
    assert first.post(decide, {"nothing_tells": "on"}).status_code == 422
    assert second.post(decide, {}).status_code == 422
    assert second.post(decide, {"nothing_tells": "on"}).status_code == 302
    assert Client().get(f"/photos/{row.number}/picture/").status_code == 200
    # To the officers' own pages the public number leads nobody, and the other way round.
    assert second.get(f"/photos/ours/{row.number}/").status_code == 404
    assert Client().get(f"/photos/{row.pk}/").status_code == 404


def test_a_child_gets_no_form(officer: Actor, client_for: Callable[..., Client]) -> None:
    child = somebody(officer, birth_year=clock.today().year - 9)
    said = client_for("family-links", handle="first").get(f"/photos/ours/of/{child.pk}/").content
    assert b"Nobody under fifteen" in said
    assert b'name="file"' not in said


def test_a_form_without_a_token_is_refused(officer: Actor) -> None:
    from tests.accounts.factories import make_account, sign_in
    from waystation.accounts.roles import Role
    from waystation.organisations.models import Post

    person = somebody(officer)
    allowed(officer, person)
    client = Client(enforce_csrf_checks=True)
    sign_in(client, make_account(Role.FAMILY_LINKS, post=Post.objects.get(), handle="first"))
    sent = {"looks_for": "mother", "told": "on", "file": SimpleUploadedFile("a.png", png())}
    assert client.post(f"/photos/ours/of/{person.pk}/", sent).status_code == 403
    assert not Posting.objects.exists()


def test_answers_are_read_and_closed_on_pages(officer: Actor, client_for: Callable[..., Client]) -> None:
    row = shown(officer)
    Client().post(f"/photos/{row.number}/", {"text": "I know her mother", "reach": "Ask at the bakery"})
    reader = client_for("family-links", handle="first")
    found = Answer.objects.get()
    page = f"/photos/ours/answers/{found.pk}/"
    assert page.encode() in reader.get("/photos/ours/answers/").content
    assert b"Ask at the bakery" in reader.get(page).content
    assert b"Somebody answered to a photo" in reader.get("/work/").content
    reader.post(f"{page}go-on/look_into/", {"note": "Call the bakery"})
    assert b"Call the bakery" in reader.get(page).content
    assert reader.post(f"{page}go-on/close/", {"note": ""}).status_code == 422
    assert reader.post(f"{page}go-on/close/", {"outcome": "led_on", "note": ""}).status_code == 302
    assert b"bakery" not in client_for("coordinator", handle="other").get(f"/photos/ours/{row.pk}/").content
    assert client_for("caseworker", handle="third").get(page).status_code == 403


def test_lists_and_pages_of_officers_stay_within_their_budget(
    officer: Actor, client_for: Callable[..., Client]
) -> None:
    rows = [shown(officer, somebody(officer, f"N{number}")) for number in range(6)]
    for row in rows:
        Client().post(f"/photos/{row.number}/", {"text": "I know her"})
    reader = client_for("family-links", handle="first")
    pages = ["/photos/ours/", "/photos/ours/?state=shown", "/photos/ours/answers/", f"/photos/ours/{rows[0].pk}/",
             f"/photos/ours/of/{rows[0].person_id}/", f"/family/person/{rows[0].person_id}/",
             f"/photos/ours/answers/{Answer.objects.first().pk}/", "/photos/"]  # type: ignore[union-attr]  # fmt: skip
    for path in pages:
        reader.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert reader.get(path).status_code == 200, path
        queries = [one["sql"] for one in asked if not re.match(r"BEGIN|COMMIT|SAVEPOINT|RELEASE", one["sql"])]
        assert len(queries) <= 15, (path, len(queries), queries)


def test_a_form_filled_wrongly_tells_no_more_of_a_photo_taken_down(officer: Actor) -> None:
    row = shown(officer)
    people.withdraw_consent(by=officer, consent_id=row.consent_id)
    client = Client()
    down, never = (client.post(f"/photos/{number}/", {"text": ""}) for number in (row.number, uuid4()))
    assert (down.status_code, never.status_code) == (404, 404)
    assert str(row.says) not in down.content.decode()
    assert down.content.decode().replace(str(row.number), "") == never.content.decode().replace(
        never.request["PATH_INFO"].split("/")[2], ""
    )
    assert client.post(f"/photos/{row.number}/", {"text": "I know her brother"}).status_code == 200
