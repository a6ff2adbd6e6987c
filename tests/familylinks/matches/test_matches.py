"""Who may be the one is proposed with why, to officers alone; two verify; with either of the two it is gone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.familylinks.factories import colleague, searching
from tests.familylinks.matches.steps import asked, found
from tests.people.factories import family, registered
from waystation.familylinks.matches import actions, comparing, queries
from waystation.familylinks.matches.codes import State
from waystation.familylinks.matches.index import service
from waystation.familylinks.matches.models import Match
from waystation.familylinks.tracing.documents import Relative
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.people import actions as people
from waystation.people import queries as people_queries
from waystation.people.codes import ErasureReason, Purpose, RecipientKind
from waystation.people.documents import ConsentDocument, StopDocument
from waystation.people.models import Person
from waystation.vault import node as vault_node
from waystation.vault.models import PersonKey


def test_found_in_another_script_with_why_that_adds_up(by: Actor, request_row: TracingRequest, brother: Person) -> None:
    best, *others = found(by, request_row)
    assert best.side.id == brother.pk
    assert best.probability > 10 * max((one.probability for one in others), default=0.0)
    assert sum(weight for _code, weight in best.why) == pytest.approx(best.score, abs=1e-4)
    assert {"birth_year", "country"} <= {code for code, _weight in best.why}


def test_places_and_relatives_speak_too(by: Actor, enquirer: Person, brother: Person) -> None:
    plain = searching(by, enquirer)
    before = found(by, plain)[0]
    people.add_stop(by=by, person_id=brother.pk, stage="transit", stop=StopDocument(country="SD", place="Kassala"))
    _mother, twin = family(by, "Letebrhan Girmay", "Mikael Tekle")
    known = searching(by, enquirer, lost_at="kassala", relatives=(Relative(relation="mother", name="ለተብርሃን ግርማይ"),))
    by_id = {one.side.id: one for one in found(by, known)}
    assert by_id[brother.pk].score > before.score
    assert ("place", comparing.PLACE_TELLS) in by_id[brother.pk].why
    assert ("relative", comparing.RELATIVE_TELLS) in by_id[twin.person.pk].why


def test_the_enquirer_and_their_household_are_not_proposed(by: Actor) -> None:
    mother, _son = family(by, "Selam Tekle", "Mikael Tekle")
    row = searching(by, mother.person)
    assert found(by, row) == []


def test_a_barred_enquirer_finds_nobody_in_whatever_script_the_bar_is_written(
    by: Actor, request_row: TracingRequest, brother: Person
) -> None:
    document = ConsentDocument(withheld=("Selam Tekle",))
    people.refuse_consent(
        by=by, person_id=brother.pk, purpose=Purpose.SERVICES, recipient_kind=RecipientKind.NGO, document=document
    )
    assert brother.pk not in {one.side.id for one in found(by, request_row)}
    other = searching(by, registered(by, "Abrehet", "Haile").person)
    assert brother.pk in {one.side.id for one in found(by, other)}


def test_one_officer_alone_never_verifies(by: Actor, request_row: TracingRequest, brother: Person) -> None:
    made = actions.propose(by=by, request_id=request_row.pk, person_id=brother.pk)
    actions.confirm(by=by, match_id=made.pk, words="The well behind the school")
    with pytest.raises(Invalid):
        actions.verify(by=by, match_id=made.pk, words="I looked again")
    with pytest.raises(Invalid):
        actions.verify(by=by, match_id=made.pk, words="I asked again", second_interview=True)
    with time_machine.travel(clock.now() + timedelta(days=1)):
        row = actions.verify(by=by, match_id=made.pk, words="I asked again", second_interview=True)
    assert (row.state, row.second_interview) == (State.VERIFIED, True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Match.objects.filter(pk=row.pk).update(second_interview=False)


def test_the_index_learns_forgets_and_goes_on_lock(by: Actor, request_row: TracingRequest, brother: Person) -> None:
    assert found(by, request_row)
    newcomer = registered(by, "ሚካኤል", "ተኽለ", birth_year=1999, origin="ER", sex="male").person
    assert found(by, request_row)[0].side.id == newcomer.pk
    identity = people_queries.identity_of(newcomer, by=by)
    assert identity.given_name == "ሚካኤል"
    vault_node.lock("test")
    assert service.progress() == (0, 0)


def test_erased_on_either_side_it_is_gone_with_its_key(
    by: Actor, request_row: TracingRequest, brother: Person, actors: dict[str, Actor]
) -> None:
    made = asked(by, request_row, brother)
    people.erase(by=actors["coordinator"], person_id=brother.pk, reason=ErasureReason.ASKED)
    assert not Match.objects.exists()
    assert not PersonKey.objects.filter(person=made.pk).exists()
    assert TracingRequest.objects.filter(pk=request_row.pk).exists()


def test_who_looks_second_does_not_read_the_first_before(
    by: Actor, request_row: TracingRequest, brother: Person, client_for: Callable[..., Client]
) -> None:
    made = actions.propose(by=by, request_id=request_row.pk, person_id=brother.pk)
    actions.confirm(by=by, match_id=made.pk, words="A scar on the left hand")
    page = reverse("matches:match", args=[made.pk])
    assert "A scar" not in client_for("family-links").get(page).content.decode()
    actions.verify(by=colleague(by), match_id=made.pk, words="He told me of a scar")
    assert "A scar" in client_for("family-links", handle="fl-c").get(page).content.decode()


@pytest.mark.parametrize("role", ["volunteer", "health", "caseworker", "detention", "coordinator"])
def test_only_officers_of_family_links(
    by: Actor, request_row: TracingRequest, brother: Person, actors: dict[str, Actor], role: str
) -> None:
    made = actions.propose(by=by, request_id=request_row.pk, person_id=brother.pk)
    with pytest.raises((NotAllowed, NotFound)):
        queries.get_for(actors[role], made.pk)
    with pytest.raises(NotAllowed):
        actions.propose(by=actors[role], request_id=request_row.pk, person_id=brother.pk)


def test_the_pages_from_the_queue_to_the_enquirer(
    request_row: TracingRequest, brother: Person, client_for: Callable[..., Client], by: Actor
) -> None:
    first, second = client_for("family-links", handle="fl-a"), client_for("family-links", handle="fl-b")
    assert reverse("matches:candidates", args=[request_row.pk]) in first.get(reverse("matches:queue")).content.decode()
    page = first.get(reverse("matches:candidates", args=[request_row.pk])).content.decode()
    beside = reverse("matches:compare", args=[request_row.pk, brother.pk])
    assert beside in page
    assert "Mikael Tekle" in first.get(beside).content.decode()
    answer = first.post(reverse("matches:propose", args=[request_row.pk]), {"person": brother.pk})
    made = Match.objects.get()
    assert answer["Location"] == reverse("matches:match", args=[made.pk])
    refused = first.post(reverse("matches:go-on", args=[made.pk, "confirm"]), {"words": ""})
    assert refused.status_code == 422
    first.post(reverse("matches:go-on", args=[made.pk, "confirm"]), {"words": "The well"})
    second.post(reverse("matches:go-on", args=[made.pk, "verify"]), {"words": "I asked too"})
    first.post(reverse("matches:go-on", args=[made.pk, "ask"]), {"words": "Alone"})
    typed = {"allowed": ["words"], "told": "I am well", "read_back": "on", "until": "2027-01-01"}
    first.post(reverse("matches:agree", args=[made.pk]), {**typed, "until": str(clock.today() + timedelta(days=30))})
    assert "I am well" in first.get(reverse("matches:tell", args=[made.pk])).content.decode()
    first.post(reverse("matches:tell", args=[made.pk]), {"how": "face", "on": str(clock.today())})
    assert "I am well" in first.get(reverse("tracing:request", args=[request_row.pk])).content.decode()
    assert first.get(reverse("matches:tell", args=[made.pk])).status_code == 404
