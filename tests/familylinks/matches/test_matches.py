"""Who may be the one is proposed with why; two verify; the person found decides; only what they allow is told."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.familylinks.factories import colleague, searching
from tests.people.factories import family, registered
from waystation.casework.followups.models import FollowUp
from waystation.familylinks.lists import actions as list_actions
from waystation.familylinks.lists.actions import ListDraft
from waystation.familylinks.lists.models import ListedPerson
from waystation.familylinks.matches import actions, comparing, queries, watching
from waystation.familylinks.matches.actions import Answer
from waystation.familylinks.matches.codes import TABLE, Act, Allowed, MatchClock, State
from waystation.familylinks.matches.index import service
from waystation.familylinks.matches.models import Match
from waystation.familylinks.tracing import actions as tracing
from waystation.familylinks.tracing import queries as requests
from waystation.familylinks.tracing.codes import News
from waystation.familylinks.tracing.codes import State as RequestState
from waystation.familylinks.tracing.documents import Relative
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.people import actions as people
from waystation.people import queries as people_queries
from waystation.people.codes import ErasureReason, Purpose, RecipientKind
from waystation.people.documents import ConsentDocument, StopDocument
from waystation.people.models import Disclosure, Person
from waystation.vault import node as vault_node
from waystation.vault.models import PersonKey

YES = Answer(allowed=(Allowed.ALIVE, Allowed.WORDS), told="Tell Selam that I work and am well.", read_back=True)
HIDDEN = ConsentDocument()


@pytest.fixture
def by(actors: dict[str, Actor]) -> Actor:
    return actors["family-links"]


@pytest.fixture
def enquirer(by: Actor) -> Person:
    return registered(by, "ሰላም", "ተኽለ").person


@pytest.fixture
def brother(by: Actor) -> Person:
    """Registered in another script at another post."""
    for number in range(40):
        registered(by, f"Yonas {number}", "Berhane", birth_year=1980 + number % 30)
    return registered(by, "Mikael", "Tekle", birth_year=2000, origin="ER", sex="male").person


@pytest.fixture
def request_row(by: Actor, enquirer: Person, brother: Person) -> TracingRequest:
    return searching(by, enquirer)


@pytest.fixture(autouse=True)
def _fresh_index(node: Any) -> Any:
    service.stop()
    yield
    service.stop()


def found(by: Actor, row: TracingRequest) -> list[comparing.Candidate]:
    index = service.ready()
    assert index is not None
    return comparing.candidates(index, row, requests.document_of(row, by=by), by=by)


def verified(by: Actor, row: TracingRequest, person: Person) -> Match:
    made = actions.propose(by=by, request_id=row.pk, person_id=person.pk)
    actions.confirm(by=by, match_id=made.pk, words="Both name the well behind the school.")
    return actions.verify(by=colleague(by), match_id=made.pk, words="I spoke with each of them.")


def asked(by: Actor, row: TracingRequest, person: Person) -> Match:
    made = verified(by, row, person)
    return actions.ask(by=by, match_id=made.pk, words="A colleague at the harbour, alone, in Tigrinya")


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
    assert by_id[brother.pk].probability >= before.probability
    assert ("place", comparing.PLACE_TELLS) in by_id[brother.pk].why
    assert ("relative", comparing.RELATIVE_TELLS) in by_id[twin.person.pk].why


def test_the_enquirer_and_their_household_are_not_proposed(by: Actor) -> None:
    mother, _son = family(by, "Selam Tekle", "Mikael Tekle")
    row = searching(by, mother.person)
    assert found(by, row) == []


def test_whoever_said_no_is_not_found(by: Actor, request_row: TracingRequest, brother: Person) -> None:
    people.refuse_consent(
        by=by, person_id=brother.pk, purpose=Purpose.TRACING, recipient_kind=RecipientKind.FAMILY, document=HIDDEN
    )
    assert brother.pk not in {one.side.id for one in found(by, request_row)}
    with pytest.raises(ConsentMissing):
        told(by, request_row, brother)


def told(by: Actor, row: TracingRequest, person: Person) -> Match:
    made = asked(by, row, person)
    made = actions.agree(by=by, match_id=made.pk, answer=YES)
    people.refuse_consent(
        by=by, person_id=person.pk, purpose=Purpose.TRACING, recipient_kind=RecipientKind.FAMILY, document=HIDDEN
    )
    return actions.tell(by=by, match_id=made.pk, how="face", on=None)


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


def test_from_verification_to_what_the_enquirer_hears(by: Actor, request_row: TracingRequest, brother: Person) -> None:
    made = asked(by, request_row, brother)
    request_row.refresh_from_db()
    assert request_row.state == RequestState.VERIFYING
    made = actions.agree(by=by, match_id=made.pk, answer=YES)
    assert FollowUp.objects.get(subject=made.pk, state="open").kind == MatchClock.TELL
    actions.tell(by=by, match_id=made.pk, how="phone", on=None, answer="She wept for joy")
    request_row.refresh_from_db()
    assert request_row.state == RequestState.FOUND
    (news, said), *_more = requests.told_of(request_row, by=by)
    assert news.news == News.FOUND
    assert said.words == "That they are alive and well\nTell Selam that I work and am well."
    disclosure = Disclosure.objects.get(person=brother)
    assert (disclosure.purpose, disclosure.recipient_kind) == (Purpose.TRACING, RecipientKind.FAMILY)
    assert [step.state for step in made.steps.all()] == [
        State.PROPOSED, State.CONFIRMED, State.VERIFIED, State.ASKED, State.AGREED, State.TOLD,
    ]  # fmt: skip


def test_a_consent_taken_back_before_the_enquirer_hears_stops_it(
    by: Actor, request_row: TracingRequest, brother: Person
) -> None:
    made = actions.agree(by=by, match_id=asked(by, request_row, brother).pk, answer=YES)
    for view in people_queries.consents_of(brother, by=by):
        people.withdraw_consent(by=by, consent_id=view.row.pk)
    with pytest.raises(ConsentMissing):
        actions.tell(by=by, match_id=made.pk, how="face", on=None)
    assert not request_row.told.exists()


def test_declined_the_request_goes_on_as_for_anybody_unknown(
    by: Actor, request_row: TracingRequest, brother: Person, enquirer: Person
) -> None:
    unknown = searching(by, enquirer)
    stranger = registered(by, "Mikael", "Tesfay", birth_year=1997, sex="male").person
    for row, person in ((request_row, brother), (unknown, stranger)):
        actions.propose(by=by, request_id=row.pk, person_id=person.pk)
        made = Match.objects.get(request=row)
        actions.confirm(by=by, match_id=made.pk, words="It may be so")
    actions.dismiss(by=by, match_id=Match.objects.get(request=unknown).pk, words="Another mother")
    made = actions.verify(by=colleague(by), match_id=Match.objects.get(request=request_row).pk, words="Yes")
    actions.ask(by=by, match_id=made.pk, words="Alone")
    actions.decline(by=by, match_id=made.pk, answer=Answer(words="Not now"))
    told_apart = []
    for row in (request_row, unknown):
        row.refresh_from_db()
        told_apart.append((row.state, row.ending, [(one.act, one.state) for one in row.steps.all()], row.told_at))
    assert told_apart[0] == told_apart[1]


def test_who_declined_may_change_their_mind_and_who_agreed_too(
    by: Actor, request_row: TracingRequest, brother: Person
) -> None:
    made = asked(by, request_row, brother)
    actions.decline(by=by, match_id=made.pk, answer=Answer())
    actions.agree(by=by, match_id=made.pk, answer=YES)
    actions.decline(by=by, match_id=made.pk, answer=Answer(words="I am afraid"))
    assert queries.document_of(Match.objects.get(), by=by).allowed == ()
    with pytest.raises(WrongState):
        actions.tell(by=by, match_id=made.pk, how="face", on=None)
    actions.agree(by=by, match_id=made.pk, answer=YES)
    actions.tell(by=by, match_id=made.pk, how="face", on=None)
    request_row.refresh_from_db()
    assert request_row.state == RequestState.FOUND


def test_never_means_never_for_this_enquirer_and_nobody_else(
    by: Actor, request_row: TracingRequest, brother: Person, enquirer: Person
) -> None:
    made = asked(by, request_row, brother)
    actions.decline(by=by, match_id=made.pk, answer=Answer(never=True))
    assert brother.pk not in {one.side.id for one in found(by, searching(by, enquirer))}
    mother = searching(by, registered(by, "Letebrhan", "Girmay").person)
    assert brother.pk in {one.side.id for one in found(by, mother)}
    with pytest.raises(Invalid):
        actions.agree(by=by, match_id=made.pk, answer=YES)


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


def test_the_log_of_the_enquirers_record_does_not_tell_that_somebody_may_be_found(
    by: Actor, request_row: TracingRequest, brother: Person, enquirer: Person, client_for: Callable[..., Client]
) -> None:
    asked(by, request_row, brother)
    page = client_for("volunteer").get(reverse("people:history", args=[enquirer.pk])).content.decode()
    assert "Began to look for a person sought" in page
    for words in ("may be a person sought", "Began to verify", "Verified as a second", "is being asked"):
        assert words not in page


def test_nothing_of_it_stands_on_the_page_beside_which_the_enquirer_sits(
    by: Actor, request_row: TracingRequest, brother: Person, client_for: Callable[..., Client]
) -> None:
    client, page = client_for("family-links"), reverse("tracing:request", args=[request_row.pk])
    before = shown(client, page)
    made = asked(by, request_row, brother)
    assert shown(client, page) == before
    actions.decline(by=by, match_id=made.pk, answer=Answer(words="I am afraid"))
    declined = shown(client, page)
    actions.agree(by=by, match_id=Match.objects.get().pk, answer=YES)
    assert before == declined == shown(client, page)


def shown(client: Client, page: str) -> str:
    """What stands on a page, without what changes each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", client.get(page).content.decode())


def listed_again(by: Actor, times: int) -> None:
    """The keeper of a list sends it each week anew."""
    for week in range(times):
        draft = ListDraft(
            name=f"Week {week}",
            keeper="The camp",
            came_on=clock.today(),
            until=clock.today() + timedelta(days=30),
            basis="public-interest",
        )
        table = "name,sex,born,country\nMikaiel Tekleh,male,1999,Eritrea\nAmina Yusuf,female,1990,Kenya\n"
        row = list_actions.bring(by=by, draft=draft, file_name="week.csv", data=table.encode())
        list_actions.take(by=by, list_id=row.pk)


def test_never_holds_for_whoever_comes_again_on_another_list(by: Actor, enquirer: Person) -> None:
    row = searching(by, enquirer)
    listed_again(by, 1)
    (one,) = [one for one in found(by, row) if one.side.listed]
    made = actions.propose(by=by, request_id=row.pk, listed_id=one.side.id)
    actions.confirm(by=by, match_id=made.pk, words="The camp knows the mother")
    actions.verify(by=colleague(by), match_id=made.pk, words="So do I")
    actions.ask(by=by, match_id=made.pk, words="By the camp's officer")
    actions.decline(by=by, match_id=made.pk, answer=Answer(never=True, words="Never"))
    list_actions.delete(by=by, list_id=ListedPerson.objects.get(pk=one.side.id).of_id)
    listed_again(by, 1)
    assert [one for one in found(by, row) if one.side.listed] == []
    other = searching(by, registered(by, "Abrehet", "Haile").person)
    assert [one for one in found(by, other) if one.side.listed] != []


def test_what_is_allowed_is_written_down_and_exactly_that_is_told(
    by: Actor, request_row: TracingRequest, brother: Person
) -> None:
    made = asked(by, request_row, brother)
    bare = Answer(allowed=(Allowed.PHONE, Allowed.COUNTRY), read_back=True)
    with pytest.raises(Invalid) as problem:
        actions.agree(by=by, match_id=made.pk, answer=bare)
    assert set(problem.value.fields) == {"phone", "where"}
    said = replace(bare, phone="+46 70 555 0101", where="Sweden")
    actions.agree(by=by, match_id=made.pk, answer=said)
    assert actions.told_words(queries.document_of(Match.objects.get(), by=by)) == "+46 70 555 0101\nSweden"


def test_a_yes_is_taken_back_also_after_it_was_told(by: Actor, request_row: TracingRequest, brother: Person) -> None:
    made = asked(by, request_row, brother)
    actions.agree(by=by, match_id=made.pk, answer=YES)
    actions.tell(by=by, match_id=made.pk, how="face", on=None)
    actions.decline(by=by, match_id=made.pk, answer=Answer(words="No more of it"))
    assert [view.row.state for view in people_queries.consents_of(brother, by=by)] == ["withdrawn"]
    with pytest.raises(WrongState):
        actions.tell(by=by, match_id=made.pk, how="face", on=None)


def test_nobody_is_given_up_while_somebody_is_being_looked_into(
    by: Actor, request_row: TracingRequest, brother: Person
) -> None:
    made = asked(by, request_row, brother)
    actions.decline(by=by, match_id=made.pk, answer=Answer(words="No"))
    actions.agree(by=by, match_id=made.pk, answer=replace(YES, words="Yes, after all"))
    with pytest.raises(Invalid, match="being looked into"):
        tracing.move(by=by, request_id=request_row.pk, draft=tracing.MoveDraft(act="give-up"))
    assert queries.document_of(Match.objects.get(), by=by).answer.splitlines() == [
        f"{clock.today()}: No",
        f"{clock.today()}: Yes, after all",
    ]


def test_who_looks_second_does_not_read_the_first_before(
    by: Actor, request_row: TracingRequest, brother: Person, client_for: Callable[..., Client]
) -> None:
    made = actions.propose(by=by, request_id=request_row.pk, person_id=brother.pk)
    actions.confirm(by=by, match_id=made.pk, words="A scar on the left hand")
    page = reverse("matches:match", args=[made.pk])
    assert "A scar" not in client_for("family-links").get(page).content.decode()
    actions.verify(by=colleague(by), match_id=made.pk, words="He told me of a scar")
    assert "A scar" in client_for("family-links", handle="fl-c").get(page).content.decode()


def test_an_officer_is_told_once_of_somebody_new(by: Actor, request_row: TracingRequest, brother: Person) -> None:
    assert watching.notice() == 0
    born = {"birth_year": 1999, "origin": "ER", "sex": "male"}
    newcomer = registered(by, "ሚካኤል", "ተኽለ", names_as_written=("Mikael Tekle", "ሚካኤል ተኽለ"), **born).person
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watching, "WORTH_TELLING", 0.1)
        assert watching.notice() == 1
        assert watching.notice() == 0
    (told,) = FollowUp.objects.filter(kind=MatchClock.LOOK, state="open")
    assert (told.subject, told.owner) == (request_row.pk, by.account_id)
    actions.propose(by=by, request_id=request_row.pk, person_id=newcomer.pk)
    assert not FollowUp.objects.filter(kind=MatchClock.LOOK, state="open").exists()


def test_nobody_is_told_of_somebody_who_bars_the_enquirer(
    by: Actor, request_row: TracingRequest, brother: Person
) -> None:
    document = ConsentDocument(withheld=("Selam Tekle",), read_back=True)
    people.give_consent(
        by=by,
        person_id=brother.pk,
        purpose=Purpose.SERVICES,
        recipient_kind=RecipientKind.NGO,
        document=document,
        expires_on=clock.today() + timedelta(days=5),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watching, "WORTH_TELLING", 0.1)
        assert watching.notice() == 0


@given(st.lists(st.sampled_from(Act.values), max_size=12))
def test_nobody_is_told_before_two_verified_and_the_person_agreed(acts: list[str]) -> None:
    state, done = TABLE.first, []
    for act in acts:
        if TABLE.allows(state, act):
            state = TABLE.after(state, act)
            done.append(act)
    if Act.TELL in done:
        before = done[: done.index(Act.TELL)]
        assert {Act.CONFIRM, Act.VERIFY, Act.ASK, Act.AGREE} <= set(before)
        assert before[-1] == Act.AGREE


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
