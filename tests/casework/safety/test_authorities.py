"""Bar: nothing reaches an authority, a national mechanism in a ministry say, but by the person's own yes."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.casework.referrals.factories import partner
from tests.people.factories import registered
from waystation.accounts import approvals
from waystation.casework.cases import actions as cases
from waystation.casework.cases.models import Case
from waystation.casework.referrals import actions as referrals
from waystation.casework.referrals import queries
from waystation.casework.referrals.authority import SecondOfficer
from waystation.casework.referrals.codes import State
from waystation.casework.referrals.models import Referral, ReferralDocument
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Invalid
from waystation.kernel.states import WrongState
from waystation.people.actions import refuse_consent, withdraw_consent
from waystation.people.documents import ConsentDocument
from waystation.people.models import Disclosure, Person

MECHANISM = "National referral mechanism, Ministry of Social Affairs"


def trafficking_case(by: Actor, *, age_band: str = "18-24") -> Case:
    person = registered(by, "Blessing", "Osagie", age_band=age_band).person
    return cases.open_case(by=by, person_id=person.pk, draft=cases.CaseDraft(kind="trafficking", risk="high"))


def to_mechanism(by: Actor, person: Person, case: Case | None = None) -> Referral:
    document = ReferralDocument(fields=("alias", "reason"), reason="Wishes a place in their house")
    wanted = referrals.ReferralDraft(
        service="protection",
        priority="urgent",
        partner_id=partner(MECHANISM, kind="ministry").pk,
        case_id=case.pk if case else None,
        document=document,
    )
    return referrals.draft(by=by, person_id=person.pk, draft=wanted)


def agreed(by: Actor, referral: Referral, **said: object) -> Referral:
    document = ConsentDocument(read_back=True, **said)  # type: ignore[arg-type]
    day = clock.today() + timedelta(days=30)
    return referrals.agree(by=by, referral_id=referral.pk, document=document, expires_on=day)


def approve(by: Actor) -> None:
    (question,) = approvals.waiting_for(by)
    approvals.approve(by=by, approval_id=question.pk)


@pytest.mark.parametrize("of_case", [True, False])
def test_without_the_persons_consent_a_referral_to_the_mechanism_does_not_leave(
    actors: dict[str, Actor], *, of_case: bool
) -> None:
    by = actors["caseworker"]
    case = trafficking_case(by)
    referral = to_mechanism(by, case.person, case if of_case else None)
    with pytest.raises(WrongState):
        referrals.send(by=by, referral_id=referral.pk, way="telephone")
    assert not queries.may_print(referral)
    assert not Disclosure.objects.exists()


def test_with_it_a_second_officer_decides_and_only_then_it_leaves(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    case = trafficking_case(by)
    referral = agreed(by, to_mechanism(by, case.person, case))
    assert not queries.may_print(referral)
    for _twice in range(2):
        with pytest.raises(SecondOfficer):
            referrals.send(by=by, referral_id=referral.pk, way="telephone")
    assert Disclosure.objects.get().sent_at is None
    approve(actors["coordinator"])
    done = referrals.send(by=by, referral_id=referral.pk, way="telephone")
    assert done.state == State.SENT
    assert queries.may_print(done)
    assert Disclosure.objects.get().recipient_kind == "authority"


def test_a_refused_question_can_be_asked_again(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    referral = agreed(by, to_mechanism(by, trafficking_case(by).person))
    with pytest.raises(SecondOfficer):
        referrals.send(by=by, referral_id=referral.pk, way="telephone")
    (question,) = approvals.waiting_for(actors["coordinator"])
    approvals.refuse(by=actors["coordinator"], approval_id=question.pk)
    assert not Disclosure.objects.exists()
    with pytest.raises(SecondOfficer):
        referrals.send(by=by, referral_id=referral.pk, way="telephone")
    assert approvals.waiting_for(actors["coordinator"]).count() == 1


def test_taken_back_before_it_left_the_officers_yes_is_worth_nothing(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    referral = agreed(by, to_mechanism(by, trafficking_case(by).person))
    with pytest.raises(SecondOfficer):
        referrals.send(by=by, referral_id=referral.pk, way="telephone")
    approve(actors["coordinator"])
    assert referral.consent_id
    withdraw_consent(by=by, consent_id=referral.consent_id)
    with pytest.raises(WrongState):
        referrals.send(by=by, referral_id=referral.pk, way="telephone")
    agreed(by, referral)
    with pytest.raises(SecondOfficer):
        referrals.send(by=by, referral_id=referral.pk, way="telephone")


def test_a_later_no_to_authorities_holds(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    referral = agreed(by, to_mechanism(by, trafficking_case(by).person))
    with pytest.raises(SecondOfficer):
        referrals.send(by=by, referral_id=referral.pk, way="telephone")
    approve(actors["coordinator"])
    refuse_consent(
        by=by,
        person_id=referral.person_id,
        purpose="referral",
        recipient_kind="authority",
        document=ConsentDocument(),
    )
    referral.refresh_from_db()
    assert referral.state == "draft"
    with pytest.raises(WrongState):
        referrals.send(by=by, referral_id=referral.pk, way="telephone")


def test_somebody_elses_yes_opens_nothing_for_who_may_be_in_their_hands(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    case = trafficking_case(by)
    referral = agreed(by, to_mechanism(by, case.person), given_by="guardian")
    with pytest.raises(ConsentMissing, match="own yes"):
        referrals.send(by=by, referral_id=referral.pk, way="telephone")
    assert not approvals.waiting_for(actors["coordinator"]).exists()


@pytest.mark.parametrize(("age_band", "kind"), [("12-17", "trafficking"), ("18-24", "general")])
def test_a_guardian_speaks_for_a_child_and_where_nobody_is_controlled(
    actors: dict[str, Actor], age_band: str, kind: str
) -> None:
    by = actors["caseworker"]
    person = registered(by, "Blessing", age_band=age_band).person
    cases.open_case(by=by, person_id=person.pk, draft=cases.CaseDraft(kind=kind, risk="high"))
    with pytest.raises(SecondOfficer):
        referrals.send(by=by, referral_id=agreed(by, to_mechanism(by, person), given_by="guardian").pk, way="paper")


def test_the_page_says_that_a_second_officer_was_asked(actors: dict[str, Actor], client_for: object) -> None:
    by = actors["caseworker"]
    referral = agreed(by, to_mechanism(by, trafficking_case(by).person))
    client: Client = client_for("caseworker")  # type: ignore[operator]
    answer = client.post(f"/referrals/{referral.pk}/send/", {"way": "paper"})
    assert answer.status_code == 422
    assert "a second officer decides first" in answer.content.decode()
    assert approvals.waiting_for(actors["coordinator"]).count() == 1
    assert client.get(f"/referrals/{referral.pk}/paper/").status_code == 409


def test_nothing_ticked_cannot_be_agreed_to(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    referral = to_mechanism(by, trafficking_case(by).person)
    referrals.rewrite(by=by, referral_id=referral.pk, document=ReferralDocument(reason="A place"))
    with pytest.raises(Invalid):
        agreed(by, referral)
