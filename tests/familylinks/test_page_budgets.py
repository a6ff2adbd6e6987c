"""No page of family links asks the database more than fifteen times, however much it shows."""

from collections.abc import Callable

from django.test import Client

from tests.familylinks.factories import colleague, searching
from tests.familylinks.lists.factories import brought, taken
from tests.familylinks.pfif.test_exporting import allowing, draft
from tests.house.test_page_budgets import asked
from tests.people.factories import family, registered
from waystation.familylinks.matches import actions as matches
from waystation.familylinks.pfif import exporting
from waystation.familylinks.tracing import actions as tracing
from waystation.kernel.actors import Actor

MOST = 15


def too_many(client: Client, pages: list[str]) -> dict[str, int]:
    counts = {page: len(asked(client, page)[0]) for page in pages}
    return {page: count for page, count in counts.items() if count > MOST}


def requests(by: Actor) -> list[str]:
    """A request that was told of often, with people who may be the one."""
    mother, _child = family(by, "Selam Tekle", "Dawit Tekle")
    for number in range(12):
        registered(by, "Mikael", f"Tekle {number}", birth_year=1995 + number, sex="male")
    found = registered(by, "ሚካኤል", "ተኽለ", birth_year=1999, sex="male").person
    row = searching(by, mother.person)
    for _time in range(5):
        tracing.tell(by=by, request_id=row.pk, draft=tracing.NewsDraft(news="looking", how="phone"))
    made = matches.propose(by=by, request_id=row.pk, person_id=found.pk)
    matches.confirm(by=by, match_id=made.pk, words="The same street")
    matches.verify(by=colleague(by), match_id=made.pk, words="The same street")
    own = [f"/family/{row.pk}/{part}" for part in ("", "write/", "tell/", "steps/", "paper/", "close/")]
    own += [f"/family/matches/{made.pk}/{part}" for part in ("", "ask/", "dismiss/")]
    return [*own, f"/family/of/{found.pk}/", "/family/", "/family/matches/", f"/family/person/{mother.person.pk}/"]


def test_pages_of_requests_and_matches(actors: dict[str, Actor], client_for: Callable[..., Client]) -> None:
    pages = requests(actors["family-links"])
    assert too_many(client_for("family-links"), pages) == {}


def test_who_may_be_the_one_does_not_ask_more_the_more_there_are(
    actors: dict[str, Actor], client_for: Callable[..., Client]
) -> None:
    by = actors["family-links"]
    row = searching(by, registered(by, "Selam", "Tekle").person)
    client, counts = client_for("family-links"), []
    for number in range(8):
        registered(by, "Mikael", f"Tekle {number}", birth_year=1999, sex="male", origin="ER")
        page = f"/family/matches/for/{row.pk}/"
        client.get(page)
        counts.append(len(asked(client, page)[0]))
    assert counts[-1] == counts[0], counts


def test_pages_of_lists_and_registries(actors: dict[str, Actor], client_for: Callable[..., Client]) -> None:
    by = actors["family-links"]
    rows = "\n".join(f"Person {number};spring" for number in range(60))
    row, waiting = (make(by, f"name;born\n{rows}\n") for make in (taken, brought))
    person = row.people.all()[0]
    pages = ["", "bring/", f"{row.pk}/", f"{row.pk}/delete/", f"{row.pk}/to-mend/", f"{waiting.pk}/look/"]
    allowing(by)
    exporting.write_file(by=by, draft=draft())
    own = [f"/lists/{page}" for page in (*pages, f"people/{person.pk}/")]
    assert too_many(client_for("family-links"), [*own, "/registries/", "/registries/write/"]) == {}
