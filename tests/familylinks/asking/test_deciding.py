"""What is kept of a claim, who may read it, and what ends it: nobody learns from it that somebody is sought."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests.familylinks.asking.mirror import Road, claimed
from tests.people.factories import registered
from waystation.audit.models import Leaf
from waystation.casework.followups.models import FollowUp
from waystation.familylinks.asking import deciding, erasure, keeping
from waystation.familylinks.asking.codes import WORD, ClaimAct, ClaimState
from waystation.familylinks.asking.deciding import Answer, NotFindable
from waystation.familylinks.asking.models import Bars, Claim, OwnPublication, Word
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.states import WrongState
from waystation.people import actions as people
from waystation.people.actions.erasing import erase_as_asked
from waystation.people.codes import Purpose, RecipientKind
from waystation.people.documents import ConsentDocument
from waystation.people.models import Consent, Disclosure, Person
from waystation.vault.models import PersonKey

WORDS = Answer(words="I am well. Write to me.", read_back=True, language="tir")


@pytest.fixture
def claim(by: Actor, enquirer: Person, known: Person, road: Road, published: OwnPublication) -> Claim:
    """Somebody is looked for, and the officer does not know yet whether by whom they want."""
    claimed(by, enquirer, road)
    return Claim.objects.get()


@pytest.mark.parametrize("ends", ["decline", "agree", "dismiss", "lapse"])
def test_in_the_history_of_a_person_nothing_says_that_she_is_sought_or_what_she_said(
    by: Actor, claim: Claim, client_for: Any, ends: str
) -> None:
    client_for("family-links").get(reverse("asking:claim", args=[claim.pk]))
    if ends in {"decline", "agree"}:
        deciding.go_on(by=by, claim_id=claim.pk, act=ClaimAct.ASK)
    if ends == "decline":
        deciding.decline(by=by, claim_id=claim.pk, note="She fears him.", never="asker")
    elif ends == "agree":
        deciding.agree(by=by, claim_id=claim.pk, answer=WORDS)
    elif ends == "dismiss":
        deciding.go_on(by=by, claim_id=claim.pk, act=ClaimAct.DISMISS)
    else:
        assert deciding.lapse(clock.now()) == 1

    page = client_for("volunteer").get(reverse("people:history", args=[claim.person_id])).content.decode()
    text = re.sub(r"<[^>]+>|\s+", " ", page)
    for words in ("look for", "looks for", "be found", "asked", "words to the family", "never wants"):
        assert words not in text
    assert not FollowUp.objects.filter(kind="asking.decide", person__isnull=False).exists()


def test_in_the_list_of_work_stands_who_asks_and_not_who_is_sought(claim: Claim, client_for: Any) -> None:
    page = client_for("family-links").get("/work/").content.decode()

    assert claim.peer.name in page
    assert "Mikael" not in page


def test_with_the_person_go_what_was_written_who_is_barred_and_their_keys(by: Actor, claim: Claim) -> None:
    deciding.decline(by=by, claim_id=claim.pk, note="", never="country")
    keys = PersonKey.objects.filter(person__in=[claim.pk, Bars.objects.get().pk])
    assert keys.count() == 2

    erasure.erase([claim.person_id])

    assert not keys.exists()
    assert not Claim.objects.exists()
    assert not Bars.objects.exists()
    assert not FollowUp.objects.filter(subject=claim.pk).exists()


def test_a_claim_that_ended_long_ago_goes_with_its_key(by: Actor, claim: Claim) -> None:
    deciding.decline(by=by, claim_id=claim.pk, note="", never="nobody")

    assert keeping.forget_claims(clock.now()) == 1
    assert not PersonKey.objects.filter(person=claim.pk).exists()


def test_that_the_person_is_being_asked_has_words_of_its_own_in_the_log(by: Actor, claim: Claim) -> None:
    before = set(Leaf.objects.values_list("pk", flat=True))
    deciding.go_on(by=by, claim_id=claim.pk, act=ClaimAct.ASK)

    actions = set(Leaf.objects.exclude(pk__in=before).values_list("action", flat=True))
    assert "asking.claim_ask" in actions
    assert "asking.ask" not in actions


@pytest.fixture
def agreed(by: Actor, claim: Claim) -> Claim:
    """The person's words wait for the road."""
    deciding.go_on(by=by, claim_id=claim.pk, act=ClaimAct.ASK)
    return deciding.agree(by=by, claim_id=claim.pk, answer=WORDS)


@pytest.mark.parametrize("which", [RecipientKind.FAMILY, "the words' own"])
def test_words_that_wait_never_leave_once_the_yes_to_them_is_taken_back(
    by: Actor, agreed: Claim, road: Road, which: str
) -> None:
    told = Disclosure.objects.get(person=agreed.person)
    assert told.consent_id is not None
    consents = Consent.objects.filter(person=agreed.person)
    own = consents.get(pk=told.consent_id)
    found = consents.exclude(pk=told.consent_id).get()
    people.withdraw_consent(by=by, consent_id=(found if which == RecipientKind.FAMILY else own).pk)

    road.through()

    assert not road.of_kind(WORD)
    assert not Word.objects.exists()
    assert not Disclosure.objects.filter(pk=told.pk).exists()
    agreed.refresh_from_db()
    assert agreed.state == ClaimState.DECLINED


def test_words_that_left_have_left(by: Actor, agreed: Claim, road: Road) -> None:
    road.through()
    for consent in Consent.objects.filter(person=agreed.person):
        people.withdraw_consent(by=by, consent_id=consent.pk)

    agreed.refresh_from_db()
    assert agreed.state == ClaimState.AGREED
    assert Disclosure.objects.filter(person=agreed.person).exists()


def test_words_of_an_erased_person_never_leave(by: Actor, agreed: Claim, road: Road) -> None:
    erase_as_asked("person-asked", by, agreed.person_id)

    road.through()

    assert not road.of_kind(WORD)
    assert not Word.objects.exists()


def test_on_the_page_of_words_that_wait_nobody_takes_them_back_by_hand(agreed: Claim, client_for: Any) -> None:
    page = client_for("family-links").get(reverse("asking:claim", args=[agreed.pk])).content.decode()

    assert "take_back" not in page


def again(by: Actor, road: Road, relation: str = "cousin") -> Claim:
    """Another enquirer of the same node looks for the same person."""
    claimed(by, registered(by, "Somebody", "Else").person, road, relation=relation)
    return Claim.objects.order_by("came_at").last()  # type: ignore[return-value]


@pytest.mark.parametrize("never", ["asker", "country"])
def test_whom_a_person_bars_has_no_open_claim_left(by: Actor, claim: Claim, road: Road, never: str) -> None:
    other = again(by, road)
    assert other != claim

    deciding.decline(by=by, claim_id=claim.pk, note="", never=never)

    other.refresh_from_db()
    assert other.state == ClaimState.DECLINED
    with pytest.raises(WrongState):
        deciding.go_on(by=by, claim_id=other.pk, act=ClaimAct.ASK)


def test_who_is_withheld_while_a_claim_waits_is_told_nothing(by: Actor, claim: Claim) -> None:
    people.give_consent(
        by=by,
        person_id=claim.person_id,
        purpose=Purpose.TRACING,
        recipient_kind=RecipientKind.SOCIETY,
        document=ConsentDocument(read_back=True, withheld=(claim.peer.name,)),
        expires_on=clock.today() + timedelta(days=9),
    )

    with pytest.raises(NotFindable):
        deciding.go_on(by=by, claim_id=claim.pk, act=ClaimAct.ASK)


def test_what_who_asks_claims_to_be_stands_in_no_column(claim: Claim) -> None:
    names = {field.name for field in Claim._meta.get_fields()}

    assert not names & {"relation", "checked_by"}
    assert b"brother" not in bytes(claim.sealed or b"")
