"""Somebody is asked for blindly, found, and decides; whoever declines looks from outside like whoever is not known."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import cbor2
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.familylinks.asking.mirror import BROTHER, STRANGER, Road, asked, brother, claimed, findable
from tests.people.factories import registered
from waystation.casework.followups.models import FollowUp
from waystation.exchange.models import Incoming, Outgoing
from waystation.familylinks.asking import deciding, finding, holding, housekeeping, queries
from waystation.familylinks.asking import road as asking_road
from waystation.familylinks.asking import words as telling
from waystation.familylinks.asking.codes import (
    ANSWER,
    CLAIM,
    CLAIMED,
    LASTS_IN_DANGER,
    QUERY,
    WORD,
    ClaimAct,
    ClaimState,
)
from waystation.familylinks.asking.deciding import Answer
from waystation.familylinks.asking.models import Answered, Asking, Bars, Claim, OwnPublication, Question, Word
from waystation.familylinks.asking.protocol import keys, questions, tokens
from waystation.familylinks.tracing.codes import State as RequestState
from waystation.familylinks.tracing.documents import RequestDocument
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.states import WrongState
from waystation.people import actions as people
from waystation.people.models import Consent, Disclosure, Person

WORDS = Answer(words="Selam, I work and I am well. Write to me.", read_back=True, language="tir")


def test_from_a_question_without_a_name_to_the_brother_s_own_words(
    by: Actor, enquirer: Person, known: Person, road: Road, published: OwnPublication
) -> None:
    row = claimed(by, enquirer, road)

    claim = Claim.objects.get()
    said = queries.document_of(claim, by=by)
    assert (claim.person, said.relation, said.checked_by, claim.state) == (known, "brother", "document", "waiting")
    assert FollowUp.objects.filter(kind="asking.decide", subject=claim.pk, state="open").exists()
    assert not Word.objects.exists()

    deciding.go_on(by=by, claim_id=claim.pk, act=ClaimAct.ASK)
    deciding.agree(by=by, claim_id=claim.pk, answer=WORDS)
    assert road.through() == []

    word = Word.objects.get()
    (line,) = queries.words_of(row.request, by=by)
    assert line[1].words == WORDS.words
    assert FollowUp.objects.filter(kind="asking.read", subject=word.pk, state="open").exists()
    telling.tell(by=by, word_id=word.pk, how="face", on=None, answer="She wept.")
    row.request.refresh_from_db()
    assert row.request.state == RequestState.FOUND
    assert row.request.told.get().news == "found"
    with pytest.raises(WrongState):
        telling.tell(by=by, word_id=word.pk, how="face", on=None, answer="")


def test_what_is_sent_is_listed_and_stands_under_a_consent_to_this_organisation(
    by: Actor, enquirer: Person, known: Person, road: Road, published: OwnPublication
) -> None:
    claimed(by, enquirer, road)
    claim = Claim.objects.get()
    deciding.go_on(by=by, claim_id=claim.pk, act=ClaimAct.ASK)
    deciding.agree(by=by, claim_id=claim.pk, answer=WORDS)

    told = Disclosure.objects.get(person=known)
    sent = Outgoing.objects.get(kind=f"{WORD}/1")
    assert told.pk == sent.pk
    assert told.consent is not None
    assert Consent.objects.filter(person=known).count() == 2
    assert set(road.far.opened(bytes(sent.envelope.file)).body) == {"exchange", "words"}


def as_seen(row: Asking, client: Client) -> tuple[Any, ...]:
    """Everything that the asking caseworker's node holds or shows about a question, numbers and moments taken out."""
    question = Question.objects.get(asking=row)
    left = Outgoing.objects.filter(subject=question.pk).order_by("seq").values_list("kind", "size", "state", "reason")
    came = Incoming.objects.filter(kind__in=[f"{ANSWER}/1", f"{WORD}/1"]).count()
    owed = FollowUp.objects.filter(subject__in=[question.pk, row.pk, row.request_id]).values_list("kind", "state")
    addresses = [reverse(name, args=[row.request_id]) for name in ("asking:ask", "tracing:request")]
    with time_machine.travel(row.request.opened_at + timedelta(hours=2), tick=False):  # pages say how long ago
        pages = [client.get(address).content for address in addresses]
    shown = [" ".join(page.decode().split()) for page in pages]
    for own in (str(row.request_id), row.request.number):
        shown = [page.replace(own, "#") for page in shown]
    return (
        (question.state, question.sealed, row.state, row.request.state, Word.objects.count()),
        list(left),
        came,
        sorted(owed),
        [_without_tokens(page) for page in shown],
    )


def _without_tokens(page: str) -> str:
    page = re.sub(r'(name="csrfmiddlewaretoken" value=|nonce=)"[^"]+"', "", page)
    return re.sub(r'datetime="[^"]+"|\d{1,2}:\d\d\s[AP]M', "", page)


def test_known_and_declined_looks_like_unknown(
    by: Actor, enquirer: Person, road: Road, circle: UUID, client_for: Any
) -> None:
    """The same question, once when nobody is known and once when somebody declined: rows, messages with their sizes
    and pages are the same."""
    client, seen = client_for("family-links"), []
    findable(by, registered(by, "Yonas", "Berhane Haile", birth_year=1980, origin="ER").person)
    for is_known in (False, True):
        if is_known:
            brother(by)
        holding.begin(by=by, circle_id=circle)
        assert road.through() == []
        row = asked(by, enquirer)
        assert road.hour() == []
        assert Claim.objects.exists() is is_known
        for claim in Claim.objects.all():
            deciding.go_on(by=by, claim_id=claim.pk, act=ClaimAct.ASK)
            deciding.decline(by=by, claim_id=claim.pk, note="He fears her husband.", never="nobody")
        assert road.through() == []
        seen.append(as_seen(row, client))
        Incoming.objects.all().update(kind="seen/1")
    unknown, declined = seen
    assert declined[:-1] == unknown[:-1]
    for one, other in zip(declined[-1], unknown[-1], strict=True):
        assert one.split(">") == other.split(">")


def test_the_page_says_the_one_sentence(
    by: Actor, enquirer: Person, published: OwnPublication, client_for: Any
) -> None:
    row = asked(by, enquirer)

    page = client_for("family-links").get(reverse("asking:ask", args=[row.request_id])).content.decode()

    assert "<p>Asked. If someone knows this person and the person agrees, you will hear.</p>" in page


def test_nothing_that_leaves_says_who_is_sought(
    by: Actor, enquirer: Person, known: Person, road: Road, published: OwnPublication
) -> None:
    """Neither as it crosses, nor opened by who is asked: no name, no skeleton, no token, and in a query no tag."""
    claimed(by, enquirer, road)
    document = RequestDocument(names=BROTHER, birth_year=1999, country="ER")
    facts = asking_road.facts_of(document)
    words = {word.encode() for part in BROTHER for word in (part.text, part.text.lower())}
    words |= {b"Mikael", b"Tekle", b"Gebre"}
    for parts in (keys.keys_of(name) for name in facts.names):
        words |= {key.encode() for part in parts for key in (*part.near, *part.far) if len(key) > 3}
    words |= set(tokens.asked(facts, few=True)) | set(tokens.asked(facts, few=False))
    tags = {tag for message in road.of_kind(CLAIM) for tag in message.body["tags"]}
    assert len(words) > 20
    assert len(tags) == CLAIMED

    opened = b"".join(cbor2.dumps(message.body) for message in road.said)
    crossed = b"".join(file for _sent, _came, file in road.waiting)
    assert not [word for word in words if word in opened or word in crossed]
    asked_and_answered = b"".join(
        cbor2.dumps(message.body) for message in (*road.of_kind(QUERY), *road.of_kind(ANSWER))
    )
    assert not [tag for tag in tags if tag in asked_and_answered]


def test_every_answer_is_followed_by_a_claim_of_the_same_form(
    by: Actor, enquirer: Person, road: Road, published: OwnPublication
) -> None:
    claimed(by, enquirer, road)
    claimed(by, enquirer, road, names=STRANGER)

    one, other = road.of_kind(CLAIM)
    assert [len(message.body["tags"]) for message in (one, other)] == [CLAIMED, CLAIMED]
    assert set(one.body) == set(other.body)
    assert Claim.objects.count() == 1
    assert Answered.objects.filter(meant=True).count() == 1
    assert Answered.objects.filter(claimed_at__isnull=False).count() == 2


def test_who_did_not_say_yes_or_took_it_back_is_not_found(
    by: Actor, enquirer: Person, known: Person, road: Road, circle: UUID
) -> None:
    (consent,) = Consent.objects.filter(person=known)
    people.withdraw_consent(by=by, consent_id=consent.pk)
    holding.begin(by=by, circle_id=circle)
    road.through()

    claimed(by, enquirer, road)

    assert not Claim.objects.exists()


def test_a_yes_taken_back_after_publishing_counts_at_once(
    by: Actor, enquirer: Person, known: Person, road: Road, published: OwnPublication
) -> None:
    (consent,) = Consent.objects.filter(person=known)
    people.withdraw_consent(by=by, consent_id=consent.pk)

    claimed(by, enquirer, road)

    assert not Claim.objects.exists()


def test_a_yes_taken_back_ends_what_an_officer_was_asked(
    by: Actor, enquirer: Person, known: Person, road: Road, published: OwnPublication
) -> None:
    claimed(by, enquirer, road)
    claim = Claim.objects.get()
    deciding.go_on(by=by, claim_id=claim.pk, act=ClaimAct.ASK)
    (consent,) = Consent.objects.filter(person=known)
    people.withdraw_consent(by=by, consent_id=consent.pk)

    claim.refresh_from_db()
    assert claim.state == ClaimState.DECLINED
    with pytest.raises(WrongState):
        deciding.agree(by=by, claim_id=claim.pk, answer=WORDS)
    assert not road.of_kind(WORD)


def test_a_yes_that_names_another_circle_is_no_yes_to_this(by: Actor, circle: UUID) -> None:
    person = registered(by, "Mikael", "Tekle Gebre", birth_year=2000, origin="ER").person
    findable(by, person, recipients=("Another circle",))

    assert list(finding.findable("Family links of the coast")) == []
    assert [number for number, _facts in finding.findable("Another circle")] == [person.pk]


@pytest.mark.parametrize("never", ["asker", "country"])
def test_who_is_barred_asks_in_vain(
    by: Actor, enquirer: Person, known: Person, road: Road, published: OwnPublication, never: str
) -> None:
    claimed(by, enquirer, road)
    claim = Claim.objects.get()
    deciding.decline(by=by, claim_id=claim.pk, note="", never=never)
    assert Bars.objects.get().person == known

    other = registered(by, "Somebody", "Else").person
    claimed(by, other, road)

    assert Claim.objects.count() == 1


def test_whoever_declined_hears_nothing_more_of_the_same_search_and_may_hear_of_another(
    by: Actor, enquirer: Person, road: Road, published: OwnPublication, circle: UUID
) -> None:
    row = claimed(by, enquirer, road)
    deciding.decline(by=by, claim_id=Claim.objects.get().pk, note="", never="nobody")
    with time_machine.travel(clock.now() + LASTS_IN_DANGER, tick=False):
        holding.begin(by=by, circle_id=circle)
        road.through()
        asking_road.ask_on()
        assert road.hour() == []
        assert row.questions.count() == 2
        assert Claim.objects.count() == 1

    claimed(by, registered(by, "Somebody", "Else").person, road)

    assert Claim.objects.count() == 2


def test_an_organisation_withheld_in_a_consent_asks_in_vain(
    by: Actor, enquirer: Person, road: Road, circle: UUID
) -> None:
    person = registered(by, "Mikael", "Tekle Gebre", birth_year=2000, origin="ER").person
    findable(by, person, withheld=("Society of the Far Shore",))
    holding.begin(by=by, circle_id=circle)
    road.through()

    claimed(by, enquirer, road)

    assert Answered.objects.get().meant
    assert not Claim.objects.exists()


def test_a_child_is_found_only_by_a_guardian_s_yes(by: Actor, circle: UUID) -> None:
    child = registered(by, "Mikael", "Tekle Gebre", birth_year=2015, origin="ER").person
    findable(by, child)
    assert list(finding.findable("x")) == []

    findable(by, child, given_by="guardian")
    assert [number for number, _facts in finding.findable("x")] == [child.pk]


def test_an_answer_of_another_key_finds_nobody_and_is_noted(
    by: Actor, enquirer: Person, road: Road, published: OwnPublication
) -> None:
    asked(by, enquirer)
    road.through()
    other = questions.new_keys()
    row = Answered.objects.get()
    elements = bytes(row.elements)
    evaluated, proof = questions.answer(other, [elements[at : at + 32] for at in range(0, len(elements), 32)])
    Answered.objects.update(elements=b"".join(evaluated), proof=proof)

    road.hour()

    assert not Claim.objects.exists()
    assert len(road.of_kind(CLAIM)) == 1


def test_answers_leave_with_the_hour(by: Actor, enquirer: Person, road: Road, published: OwnPublication) -> None:
    asked(by, enquirer)
    road.through()
    housekeeping.leave()
    assert not road.of_kind(ANSWER)
    row = Answered.objects.get()
    assert row.leaves_at.minute == row.leaves_at.second == 0
    assert row.leaves_at > row.came_at


def test_with_the_next_publication_the_key_is_gone_and_whoever_is_sought_is_asked_about_again(
    by: Actor, enquirer: Person, road: Road, published: OwnPublication, circle: UUID
) -> None:
    row = claimed(by, enquirer, road)
    Claim.objects.all().delete()  # as if nobody had been known
    holding.begin(by=by, circle_id=circle)
    road.through()
    published.refresh_from_db()
    assert published.ended_at is not None
    assert (published.sealed, bytes(published.tags)) == (None, b"")
    assert not published.held.exists()

    asking_road.ask_on()
    assert row.questions.count() == 1, "once a week at most, whatever is published"
    with time_machine.travel(clock.now() + LASTS_IN_DANGER, tick=False):
        asking_road.ask_on()
        assert road.hour() == []

    assert row.questions.count() == 2
    assert Claim.objects.count() == 1


def test_a_question_about_a_publication_that_is_over_is_refused_and_asked_anew(
    by: Actor, enquirer: Person, road: Road, published: OwnPublication, circle: UUID
) -> None:
    row = asked(by, enquirer)
    holding.begin(by=by, circle_id=circle)
    assert road.through() == ["publication-over"]
    asking_road.ask_on()
    assert road.hour() == []
    assert row.questions.count() == 2
    assert Claim.objects.count() == 1
