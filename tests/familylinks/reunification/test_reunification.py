"""A family is brought together only while both want it, and a child only where it was decided to be best."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.familylinks.reunification.factories import (
    allowed,
    both,
    granted,
    opened,
    proved,
    says_yes,
    somebody,
    step,
)
from waystation.casework import clocks as keeping
from waystation.casework.cases import actions as cases
from waystation.casework.cases.queries import of_person
from waystation.casework.children import actions as children
from waystation.casework.children.models import BestInterestsDocument
from waystation.casework.followups.models import FollowUp
from waystation.familylinks.reunification import actions, guards, queries
from waystation.familylinks.reunification.codes import NEEDS_BOTH, OPEN, TABLE, Act, Ending, Side, State
from waystation.familylinks.reunification.documents import ReunificationDocument, Travel
from waystation.familylinks.reunification.models import Agreement, Reunification, ReunificationStep
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.people import actions as people
from waystation.people.codes import DisclosureKind
from waystation.people.documents import ConsentDocument, DisclosureDocument
from waystation.people.models import Disclosure


@pytest.fixture
def officer(actors: dict[str, Actor]) -> Actor:
    return actors["family-links"]


def state(row: Reunification) -> str:
    row.refresh_from_db()
    return row.state


def test_two_grown_people_find_together_and_every_step_has_its_day(officer: Actor) -> None:
    row = granted(officer)
    step(officer, row, Act.ARRANGE)
    step(officer, row, Act.MEET)
    step(officer, row, Act.FOLLOW)
    step(officer, row, Act.CLOSE, ending="together")
    assert state(row) == State.CLOSED
    acts = list(ReunificationStep.objects.filter(reunification=row).values_list("act", flat=True))
    assert acts == ["prove", "agree", "submit", "grant", "arrange", "meet", "follow", "close"]
    assert not ReunificationStep.objects.filter(on__isnull=True).exists()
    assert not FollowUp.objects.filter(subject=row.pk, state="open").exists()


@pytest.mark.parametrize("silent", list(Side))
def test_nothing_goes_on_without_the_yes_of_each(officer: Actor, silent: str) -> None:
    row = opened(officer)
    proved(officer, row)
    says_yes(officer, row, next(side for side in Side if side != silent))
    assert state(row) == State.PROVED
    Reunification.objects.filter(pk=row.pk).update(state=State.AGREED)
    with pytest.raises(Invalid, match="has not said yes"):
        step(officer, row, Act.SUBMIT)
    says_yes(officer, row, silent)
    step(officer, row, Act.SUBMIT)
    assert state(row) == State.SUBMITTED


def test_in_whichever_order_proof_and_wishes_come_it_goes_on_by_itself(officer: Actor) -> None:
    first, second = opened(officer), opened(officer, somebody(officer, "Amina"))
    both(officer, first)
    proved(officer, first)
    proved(officer, second)
    both(officer, second)
    assert (state(first), state(second)) == (State.AGREED, State.AGREED)


def test_a_word_alone_counts_as_proof_and_nothing_does_not(officer: Actor) -> None:
    row = opened(officer)
    with pytest.raises(Invalid, match="Nothing is written down"):
        step(officer, row, Act.PROVE)
    with pytest.raises(Invalid):
        actions.add_proof(by=officer, row_id=row.pk, kind="none", words=" ")
    actions.add_proof(by=officer, row_id=row.pk, kind="none", words="Both tell the same of the house")
    assert step(officer, row, Act.PROVE).state == State.PROVED


def test_a_consent_taken_back_by_either_side_ends_it_in_the_same_moment(
    actors: dict[str, Actor], officer: Actor
) -> None:
    for whose in Side:
        me, other = somebody(officer), somebody(officer, "Dawit")
        row = opened(officer, me, other)
        both(officer, row)
        proved(officer, row)
        step(officer, row, Act.SUBMIT)
        consent = Agreement.objects.get(reunification=row, side=whose).consent
        assert consent is not None
        # A volunteer, who knows nothing of this, writes it down.
        people.withdraw_consent(by=actors["volunteer"], consent_id=consent.pk)
        row.refresh_from_db()
        assert (row.state, row.ending, row.ended_by) == (State.CLOSED, Ending.WITHDRAWN, whose)
        assert not FollowUp.objects.filter(subject=row.pk, state="open").exists()


def test_a_yes_whose_consent_is_over_holds_no_more(officer: Actor) -> None:
    row = granted(officer)
    with time_machine.travel(clock.now() + timedelta(days=181)):
        with pytest.raises(Invalid, match="The person who asks has not said yes"):
            step(officer, row, Act.ARRANGE)
        says_yes_again = allowed(officer, row.person)
        assert says_yes_again.expires_on is not None
        says_yes(officer, row, "person")
        step(officer, row, Act.ARRANGE)


def test_who_stands_in_our_book_says_yes_by_a_consent(officer: Actor) -> None:
    row = opened(officer)
    from waystation.familylinks.reunification.documents import AgreementDocument

    with pytest.raises(Invalid, match="to family"):
        actions.agree(by=officer, row_id=row.pk, side="person", document=AgreementDocument(words="Yes"))
    assert not Agreement.objects.exists()


def test_whom_somebody_never_wants_told_is_not_told_here_either(officer: Actor) -> None:
    me = somebody(officer)
    allowed(officer, me, withheld=("Dawit",))
    row = opened(officer, me)
    from waystation.familylinks.reunification.documents import AgreementDocument

    with pytest.raises(Invalid):
        actions.agree(by=officer, row_id=row.pk, side="person", document=AgreementDocument(words="Yes"))


@pytest.mark.parametrize("act", ["withdraw", "close"])
@pytest.mark.parametrize("where", sorted(OPEN))
def test_either_side_may_end_it_from_wherever_it_stands(officer: Actor, where: str, act: str) -> None:
    row = opened(officer)
    fields: dict[str, Any] = {"state": where, "refusal": "proof", "met_on": clock.today()}
    Reunification.objects.filter(pk=row.pk).update(**fields)
    assert step(officer, row, act).state == State.CLOSED
    with pytest.raises(WrongState):
        step(officer, row, act)


def test_together_is_no_ending_before_they_met(officer: Actor) -> None:
    row = opened(officer)
    for ending in ("together", "apart", "withdrawn", "nonsense", ""):
        with pytest.raises(Invalid):
            step(officer, row, Act.CLOSE, ending=ending)


def test_an_authority_that_says_no_can_be_asked_again_in_time(officer: Actor) -> None:
    row = granted(officer)
    Reunification.objects.filter(pk=row.pk).update(state=State.SUBMITTED)
    day = clock.today() + timedelta(days=20)
    step(officer, row, Act.REFUSE, appeal_by=day)
    due = FollowUp.objects.get(subject=row.pk, state="open")
    assert (due.kind, due.due_at) == ("reunification.appeal", clock.end_of(day))
    with pytest.raises(Invalid) as refused:
        step(officer, row, Act.APPEAL, submitter="")
    assert set(refused.value.fields) == {"submitter"}
    step(officer, row, Act.APPEAL)
    row.refresh_from_db()
    assert (row.state, row.refusal, row.appeal_by) == (State.SUBMITTED, "", None)
    assert queries.document_of(row, by=officer).authority == "Office of families"


def test_we_bring_it_before_an_authority_only_after_a_second_officer_agreed(officer: Actor) -> None:
    row = opened(officer)
    both(officer, row)
    proved(officer, row)
    with pytest.raises(Invalid) as refused:
        step(officer, row, Act.SUBMIT, submitter="us")
    assert set(refused.value.fields) == {"submitter"}
    consent = people.give_consent(
        by=officer,
        person_id=row.person_id,
        purpose="tracing",
        recipient_kind="authority",
        document=ConsentDocument(read_back=True, recipients=("Office of families",)),
        expires_on=clock.today() + timedelta(days=30),
    )
    told = people.request_authority_disclosure(
        by=officer,
        person_id=row.person_id,
        purpose="tracing",
        kind=DisclosureKind.PAPER,
        document=DisclosureDocument(recipient="Office of families", fields=("name",), why="To bring them together"),
    )
    with pytest.raises(Invalid):
        step(officer, row, Act.SUBMIT, submitter="us")
    assert told.consent_id == consent.pk
    Disclosure.objects.filter(pk=told.pk).update(sent_at=clock.now(), approved_by=row.pk)
    assert step(officer, row, Act.SUBMIT, submitter="us").state == State.SUBMITTED


def child_decided(by: Actor, child: Any) -> None:
    case = cases.open_case(by=by, person_id=child.pk, draft=cases.CaseDraft(kind="child", risk="high", reason="Alone"))
    weighed = children.begin_best_interests(
        by=by, case_id=case.pk, procedure="assessment", document=BestInterestsDocument(question="Live with her?")
    )
    decision = children.Decision(views="I want to", decision="Yes", reasons="She is her sister")
    children.decide(by=by, row_id=weighed.pk, decision=decision)


def test_a_child_goes_nowhere_before_it_was_decided_that_it_is_best(actors: dict[str, Actor], officer: Actor) -> None:
    child = somebody(officer, "Hana", age_band="12-17")
    child_decided(actors["caseworker"], child)
    with time_machine.travel(clock.now() + timedelta(days=3)):
        row = opened(officer, child)
        both(officer, row)
        proved(officer, row)
        assert FollowUp.objects.get(subject=row.pk, state="open").kind == "reunification.weigh"
        with pytest.raises(Invalid, match="One of them is a child"):
            step(officer, row, Act.SUBMIT)
        # What was decided before this was opened was another question.
        with pytest.raises(Invalid, match="Nothing is decided"):
            step(officer, row, Act.WEIGH)
    with time_machine.travel(clock.now() + timedelta(days=4)):
        weighed = children.begin_best_interests(
            by=actors["caseworker"],
            case_id=of_person(child, by=actors["caseworker"])[0].pk,
            procedure="assessment",
            document=BestInterestsDocument(question="Live with him?"),
        )
        decision = children.Decision(views="I want to", decision="Yes", reasons="He is her brother")
        children.decide(by=actors["caseworker"], row_id=weighed.pk, decision=decision)
        step(officer, row, Act.WEIGH)
        step(officer, row, Act.SUBMIT)
        step(officer, row, Act.GRANT)
        with pytest.raises(Invalid) as refused:
            step(officer, row, Act.ARRANGE, travel=Travel(on=clock.today()))
        assert set(refused.value.fields) == {"escort"}
        assert step(officer, row, Act.ARRANGE).state == State.ARRANGED


def test_a_child_whom_we_do_not_know_needs_it_too(officer: Actor) -> None:
    row = opened(officer, other_child=True)
    both(officer, row)
    proved(officer, row)
    with pytest.raises(Invalid, match="One of them is a child"):
        step(officer, row, Act.SUBMIT)
    with pytest.raises(Invalid) as refused:
        step(officer, row, Act.WEIGH, words="")
    assert set(refused.value.fields) == {"words"}
    step(officer, row, Act.WEIGH)
    assert step(officer, row, Act.SUBMIT).state == State.SUBMITTED


def test_grown_people_are_not_weighed(officer: Actor) -> None:
    row = opened(officer)
    both(officer, row)
    proved(officer, row)
    with pytest.raises(Invalid, match="Neither of them is a child"):
        step(officer, row, Act.WEIGH)


def test_after_one_three_and_twelve_months_they_are_asked(officer: Actor) -> None:
    row = granted(officer)
    step(officer, row, Act.ARRANGE)
    step(officer, row, Act.MEET)
    met = clock.today()
    due = []
    for _time in range(4):
        open_one = FollowUp.objects.get(subject=row.pk, state="open")
        due.append((open_one.kind, (open_one.due_at.date() - met).days if open_one.due_at else None))
        step(officer, row, Act.FOLLOW)
    assert due[:3] == [("reunification.follow", days) for days in (30, 91, 365)]
    assert due[3][0] == "reunification.end"


@pytest.mark.parametrize("days", [1, -3])
def test_a_day_is_neither_to_come_nor_before_the_last_step(officer: Actor, days: int) -> None:
    row = granted(officer)
    with pytest.raises(Invalid) as refused:
        step(officer, row, Act.ARRANGE, on=clock.today() + timedelta(days=days))
    assert set(refused.value.fields) == {"on"}


def test_the_other_is_somebody_else_and_named(officer: Actor) -> None:
    me = somebody(officer)
    with pytest.raises(Invalid):
        opened(officer, me, me)
    with pytest.raises(Invalid):
        opened(officer, me, other_name=" ")
    with pytest.raises(Invalid):
        actions.open_pair(
            by=officer,
            person_id=me.pk,
            draft=actions.ReunificationDraft(relation="friend", document=ReunificationDocument(other_name="D")),
        )


@pytest.mark.parametrize("role", ["volunteer", "caseworker", "health", "detention", "coordinator", "administrator"])
def test_no_other_role_knows_of_it(actors: dict[str, Actor], officer: Actor, role: str) -> None:
    row = opened(officer)
    with pytest.raises(NotFound):
        queries.get_for(actors[role], row.pk)
    with pytest.raises(NotAllowed):
        step(actors[role], row, Act.CLOSE)


def test_erasing_either_takes_all_of_it(actors: dict[str, Actor], officer: Actor) -> None:
    for whose in ("person", "other"):
        me, other = somebody(officer), somebody(officer, "Dawit")
        row = opened(officer, me, other)
        both(officer, row)
        proved(officer, row)
        gone = row.person if whose == "person" else row.other
        assert gone is not None
        people.erase(by=actors["coordinator"], person_id=gone.pk, reason="person-asked")
        assert not Reunification.objects.filter(pk=row.pk).exists()
        assert not Agreement.objects.exists()
        assert not FollowUp.objects.filter(subject=row.pk).exists()


def test_neither_is_sealed_away_while_it_goes_on(officer: Actor) -> None:
    me, other = somebody(officer), somebody(officer, "Dawit")
    row = opened(officer, me, other)
    both(officer, row)
    FollowUp.objects.all().delete()
    assert set(keeping.blocked([me.pk, other.pk])) == {me.pk, other.pk}
    step(officer, row, Act.CLOSE)
    blocks = {block.code: block.rows() for block in keeping.blocks() if block.code.startswith("reunification")}
    assert len(blocks) == 2
    assert not any(rows.exists() for rows in blocks.values())


def test_no_name_and_no_word_stands_in_the_book(officer: Actor) -> None:
    row = granted(officer)
    step(officer, row, Act.ARRANGE)
    stored = b""
    with connection.cursor() as cursor:
        for model in (Reunification, ReunificationStep, Agreement, FollowUp):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            for line in cursor.fetchall():
                for cell in line:
                    stored += bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
    secrets = (b"Dawit", b"Khartoum", b"Marta", b"neighbours", b"Office of families", b"By air", b"live with her")
    assert not [word for word in secrets if word in stored]


def test_every_state_is_reached_from_the_first() -> None:
    assert TABLE.reachable() == set(State.values)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*Act, "yes-person", "yes-other", "no"]), max_size=14))
def test_whatever_is_tried_nothing_that_needs_both_happens_without_both(officer: Actor, tried: list[str]) -> None:
    row = opened(officer, somebody(officer))
    actions.add_proof(by=officer, row_id=row.pk, kind="photos", words="A wedding")
    for act in tried:
        before = list(Agreement.objects.filter(reunification=row).select_related("consent"))
        had_both = queries.both_want_it(before)
        was = state(row)
        try:
            if act.startswith("yes-"):
                says_yes(officer, row, act.removeprefix("yes-"))
                continue
            if act == "no":
                for consent in row.person.consents.filter(state="given"):
                    people.withdraw_consent(by=officer, consent_id=consent.pk)
                continue
            step(officer, row, act)
        except (Invalid, WrongState):
            assert state(row) == was
            continue
        assert TABLE.allows(was, act)
        assert had_both or act not in NEEDS_BOTH
    assert state(row) != State.BEST
    days = list(row.steps.values_list("on", flat=True))
    assert days == sorted(days)
    assert FollowUp.objects.filter(subject=row.pk, state="open").count() == (0 if row.state == State.CLOSED else 1)


def test_what_is_missing_is_said_in_sentences(officer: Actor) -> None:
    row = opened(officer, other_child=True)
    said = queries.document_of(row, by=officer)
    assert len(guards.against(row, said, Act.SUBMIT, [])) == 3
