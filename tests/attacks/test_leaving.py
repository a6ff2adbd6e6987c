"""Nothing leaves that the person did not allow or does not allow any more, by no door."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.casework.referrals.factories import agreed, drafted, sent
from tests.people.factories import registered
from waystation.accounts import approvals
from waystation.casework.cases import actions as cases
from waystation.casework.referrals import actions as referrals
from waystation.casework.referrals.models import ReferralDocument
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, NotFound
from waystation.organisations.models import Partner
from waystation.people import actions as people
from waystation.people.documents import ConsentDocument, DisclosureDocument
from waystation.people.models import Consent, Person


def case_of(by: Actor, person: Person) -> Any:
    return cases.open_case(by=by, person_id=person.pk, draft=cases.CaseDraft(kind="general", risk="high", reason="x"))


def soon() -> Any:
    return clock.today() + timedelta(days=30)


def ways_to_end(by: Actor, consent: Any) -> dict[str, Callable[[], object]]:
    question: dict[str, Any] = {
        "by": by, "person_id": consent.person_id, "purpose": consent.purpose, "recipient_kind": consent.recipient_kind
    }  # fmt: skip
    return {
        "expired": lambda: Consent.objects.filter(pk=consent.pk).update(expires_on=clock.today() - timedelta(days=1)),
        "refused": lambda: people.refuse_consent(**question, document=ConsentDocument()),
        "withheld": lambda: people.refuse_consent(
            **{**question, "purpose": "photo"}, document=ConsentDocument(withheld=("Harbour Clinic",))
        ),
        "withdrawn": lambda: people.withdraw_consent(by=by, consent_id=consent.pk),
    }


@pytest.mark.parametrize("made", [agreed, sent])
@pytest.mark.parametrize("end", ["expired", "refused", "withheld", "withdrawn"])
def test_the_printed_form_goes_with_the_consent(
    actors: dict[str, Actor], client_for: Callable[..., Client], end: str, made: Callable[..., Any]
) -> None:
    by = actors["caseworker"]
    referral = made(by)
    client = client_for("caseworker")
    assert b"Selam" in client.get(f"/referrals/{referral.pk}/paper/").content
    ways_to_end(by, referral.consent)[end]()
    answer = client.get(f"/referrals/{referral.pk}/paper/")
    assert answer.status_code == 409
    assert b"Selam" not in answer.content


def test_no_form_is_printed_for_an_authority(actors: dict[str, Actor], client_for: Callable[..., Client]) -> None:
    referral: Any = agreed(actors["caseworker"])
    Partner.objects.filter(pk=referral.partner_id).update(kind="ministry")
    answer = client_for("caseworker").get(f"/referrals/{referral.pk}/paper/")
    assert answer.status_code == 409
    assert b"Selam" not in answer.content


@pytest.mark.parametrize("end", ["refused", "withheld"])
def test_a_later_no_recalls_what_was_sent_as_a_withdrawal_does(actors: dict[str, Actor], end: str) -> None:
    by = actors["caseworker"]
    gone, ready = sent(by), agreed(by)
    for referral in (gone, ready):
        ways_to_end(by, referral.consent)[end]()
        referral.refresh_from_db()
    assert (gone.state, ready.state) == ("recalled", "draft")


def test_taking_it_back_in_one_record_recalls_what_left_under_the_other(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    gone: Any = sent(by)
    other = registered(by, "Selam").person
    again = people.give_consent(
        by=by, person_id=other.pk, purpose=gone.consent.purpose, recipient_kind=gone.consent.recipient_kind,
        document=ConsentDocument(read_back=True), expires_on=soon(),
    )  # fmt: skip
    people.merge(by=by, survivor_id=other.pk, absorbed_id=gone.person_id)
    people.withdraw_consent(by=by, consent_id=again.pk)
    gone.refresh_from_db()
    assert gone.state == "recalled"


def test_a_no_to_one_partner_leaves_what_another_was_asked(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    gone: Any = sent(by)
    people.refuse_consent(
        by=by, person_id=gone.person_id, purpose=gone.consent.purpose, recipient_kind=gone.consent.recipient_kind,
        document=ConsentDocument(recipients=("Another clinic",)),
    )  # fmt: skip
    gone.refresh_from_db()
    assert gone.state == "sent"


def test_a_referral_hangs_on_no_case_of_someone_else(actors: dict[str, Actor], client_for: Any) -> None:
    by = actors["caseworker"]
    strange = case_of(by, registered(by, "Yusuf").person)
    referral = drafted(by)
    wanted = referrals.ReferralDraft(
        service="shelter", priority="normal", partner_id=referral.partner_id, case_id=strange.pk,
        document=ReferralDocument(),
    )  # fmt: skip
    with pytest.raises(NotFound):
        referrals.draft(by=by, person_id=referral.person_id, draft=wanted)


def vital(by: Actor, person: Person, recipient: str, **more: Any) -> Any:
    return people.request_vital_disclosure(
        by=by, person_id=person.pk, purpose="services", recipient_kind="shelter", kind="telephone",
        document=DisclosureDocument(recipient=recipient, fields=("where she is",), why="A storm"), **more,
    )  # fmt: skip


def say_never(by: Actor, person: Person, *names: str) -> None:
    people.refuse_consent(
        by=by, person_id=person.pk, purpose="photo", recipient_kind="public", document=ConsentDocument(withheld=names)
    )


def test_what_waits_to_save_a_life_does_not_go_to_whom_the_person_withheld_since(
    actors: dict[str, Actor], client_for: Callable[..., Client]
) -> None:
    by, second = actors["caseworker"], actors["coordinator"]
    person = registered(by, "Selam").person
    waiting = vital(by, person, "Uncle Dawit")
    say_never(by, person, "Dawit")
    (question,) = approvals.waiting_for(second)
    with pytest.raises(people.Withheld):
        approvals.approve(by=second, approval_id=question.pk)
    waiting.refresh_from_db()
    assert waiting.sent_at is None
    knowing = vital(by, person, "Dawit", although_withheld=True)
    question = next(one for one in approvals.waiting_for(second) if one.subject == knowing.pk)
    told = approvals.about(question, by=second)
    assert told is not None
    assert "never to tell" in told.text, "the second officer knows what the first one knew"
    approvals.approve(by=second, approval_id=question.pk)
    knowing.refresh_from_db()
    assert knowing.sent_at


@pytest.mark.parametrize(
    ("withheld", "asked"),
    [("محمد", "مُحَمَّد"), ("الشرطة", "الشـرطة"), ("José", "Jose"), ("Jose", "Jose\u0301"), ("Dawit", "Da\u200bwit")],
)
def test_a_withheld_name_is_known_under_other_accents_and_vowel_signs(
    actors: dict[str, Actor], withheld: str, asked: str
) -> None:
    by = actors["caseworker"]
    person = registered(by, "Selam").person
    say_never(by, person, withheld)
    with pytest.raises(people.Withheld):
        vital(by, person, asked)


@pytest.mark.parametrize(("named", "asked"), [("राम", "रीम"), ("กา", "กี"), ("Camp 3", "Camp 4"), ("Jose", "José")])
def test_a_consent_for_one_name_is_none_for_another_of_the_same_consonants(
    actors: dict[str, Actor], named: str, asked: str
) -> None:
    by = actors["caseworker"]
    person = registered(by, "Selam").person
    question: dict[str, Any] = {"by": by, "person_id": person.pk, "purpose": "services", "recipient_kind": "ngo"}
    yes = ConsentDocument(recipients=(named,), read_back=True)
    people.give_consent(**question, document=yes, expires_on=soon())
    with pytest.raises(ConsentMissing):
        people.record_disclosure(
            **question, kind="spoken", document=DisclosureDocument(recipient=asked, fields=("name",))
        )
