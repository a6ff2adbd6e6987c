"""The person found decides: what the enquirer hears, and that a no looks like nobody known."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.familylinks.factories import colleague, searching
from tests.familylinks.matches.steps import HIDDEN, YES, asked, found
from tests.people.factories import registered
from waystation.casework.followups.models import FollowUp
from waystation.familylinks.lists import actions as list_actions
from waystation.familylinks.lists.actions import ListDraft
from waystation.familylinks.lists.models import ListedPerson
from waystation.familylinks.matches import actions, queries
from waystation.familylinks.matches.actions import Answer
from waystation.familylinks.matches.codes import TABLE, Act, Allowed, MatchClock, State
from waystation.familylinks.matches.models import Match
from waystation.familylinks.tracing import actions as tracing
from waystation.familylinks.tracing import queries as requests
from waystation.familylinks.tracing.codes import News
from waystation.familylinks.tracing.codes import State as RequestState
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Invalid
from waystation.kernel.states import WrongState
from waystation.people import actions as people
from waystation.people import queries as people_queries
from waystation.people.codes import Purpose, RecipientKind
from waystation.people.models import Disclosure, Person


def told(by: Actor, row: TracingRequest, person: Person) -> Match:
    made = asked(by, row, person)
    made = actions.agree(by=by, match_id=made.pk, answer=YES)
    people.refuse_consent(
        by=by, person_id=person.pk, purpose=Purpose.TRACING, recipient_kind=RecipientKind.FAMILY, document=HIDDEN
    )
    return actions.tell(by=by, match_id=made.pk, how="face", on=None)


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


@pytest.mark.parametrize("written", [Answer(told="I am well"), Answer(phone="+41 22 730 0000"), Answer(where="Kenya")])
def test_what_is_written_but_not_ticked_is_asked_about_and_not_lost(
    by: Actor, request_row: TracingRequest, brother: Person, written: Answer
) -> None:
    made = asked(by, request_row, brother)
    answer = replace(written, allowed=(Allowed.ALIVE,), read_back=True)
    with pytest.raises(Invalid) as refused:
        actions.agree(by=by, match_id=made.pk, answer=answer)
    assert "is written but not ticked" in str(refused.value.fields["allowed"])


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


def test_whoever_said_no_is_not_found(by: Actor, request_row: TracingRequest, brother: Person) -> None:
    people.refuse_consent(
        by=by, person_id=brother.pk, purpose=Purpose.TRACING, recipient_kind=RecipientKind.FAMILY, document=HIDDEN
    )
    assert brother.pk not in {one.side.id for one in found(by, request_row)}
    with pytest.raises(ConsentMissing):
        told(by, request_row, brother)
