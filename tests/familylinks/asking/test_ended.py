"""What has ended is asked about no more: found otherwise, stopped, closed, forbidden."""

from dataclasses import replace
from uuid import UUID

import pytest
import time_machine

from tests.exchange.far import Far
from tests.familylinks.asking.mirror import BROTHER, Road, asked, claimed
from tests.familylinks.factories import searching
from waystation.familylinks.asking import deciding, holding
from waystation.familylinks.asking import road as asking_road
from waystation.familylinks.asking.codes import (
    CLAIM,
    LASTS_IN_DANGER,
    ClaimAct,
)
from waystation.familylinks.asking.deciding import Answer, NotFindable
from waystation.familylinks.asking.models import Asking, Claim, OwnPublication, Question
from waystation.familylinks.tracing import actions as tracing
from waystation.familylinks.tracing.actions import MoveDraft
from waystation.familylinks.tracing.codes import Act
from waystation.familylinks.tracing.codes import State as RequestState
from waystation.familylinks.tracing.documents import RequestDocument
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people.models import Consent, Person
from waystation.vault import open_document, seal

WORDS = Answer(words="Selam, I work and I am well. Write to me.", read_back=True, language="tir")


def test_who_is_found_otherwise_is_asked_about_no_more(
    by: Actor, enquirer: Person, road: Road, published: OwnPublication, circle: UUID
) -> None:
    row = claimed(by, enquirer, road)
    TracingRequest.objects.filter(pk=row.request_id).update(state=RequestState.FOUND)
    holding.begin(by=by, circle_id=circle)
    road.through()

    asking_road.ask_on()

    assert row.questions.count() == 1
    assert Asking.objects.get().state == "stopped"


def test_not_findable_is_said_when_the_officer_goes_on_too_late(
    by: Actor, enquirer: Person, known: Person, road: Road, published: OwnPublication, far: Far
) -> None:
    claimed(by, enquirer, road)
    Consent.objects.filter(person=known).update(expires_on="2020-01-01")

    with pytest.raises(NotFindable):
        deciding.go_on(by=by, claim_id=Claim.objects.get().pk, act=ClaimAct.ASK)


def test_stopped_before_an_answer_came_and_asked_again_it_is_asked_again(
    by: Actor, enquirer: Person, known: Person, road: Road, published: OwnPublication
) -> None:
    row = asked(by, enquirer)
    asking_road.stop(by=by, request_id=row.request_id)
    assert not row.questions.exists()

    asking_road.ask(by=by, request_id=row.request_id, checked_by="document")
    assert road.hour() == []

    assert row.questions.get().state == "over"
    assert Claim.objects.get().person == known


def test_stopped_after_an_answer_was_read_the_same_publication_is_not_asked_again(
    by: Actor, enquirer: Person, known: Person, road: Road, published: OwnPublication
) -> None:
    row = claimed(by, enquirer, road)
    asking_road.stop(by=by, request_id=row.request_id)
    asking_road.ask(by=by, request_id=row.request_id, checked_by="document")

    assert row.questions.get().state == "over"


def closed(by: Actor, row: TracingRequest) -> None:
    tracing.move(by=by, request_id=row.pk, draft=MoveDraft(act=Act.CLOSE, ending="withdrawn"))


def forbidden(row: TracingRequest, by: Actor) -> None:
    """The enquirer no longer lets nodes be asked."""
    said = open_document(row, RequestDocument, by=by)
    seal(row, "sealed", replace(said, may_ask=()))
    row.save()


def test_of_a_closed_request_no_answer_is_read_and_nothing_claimed(
    by: Actor, enquirer: Person, known: Person, road: Road, published: OwnPublication
) -> None:
    row = asked(by, enquirer)
    closed(by, row.request)

    assert road.hour() == []

    assert Asking.objects.get().state == "stopped"
    assert not Question.objects.filter(sealed__isnull=False).exists()
    assert not Claim.objects.exists()
    assert not road.of_kind(CLAIM)


@pytest.mark.parametrize("how", ["closed", "forbidden"])
def test_what_ended_before_the_second_officer_agreed_is_not_asked(
    by: Actor, enquirer: Person, road: Road, published: OwnPublication, how: str
) -> None:
    row = searching(by, enquirer, names=BROTHER, birth_year=1999, country="ER", may_ask=("nodes",))
    waits = Asking.objects.create(request=row, state="waiting", checked_by="document", at=clock.now(), by=by.account_id)
    closed(by, row) if how == "closed" else forbidden(row, by)

    asking_road.allow(by, waits.pk)

    assert not Question.objects.exists()
    assert Asking.objects.get().state == "stopped"


def test_once_nodes_may_not_be_asked_any_more_nothing_is_asked_on(
    by: Actor, enquirer: Person, road: Road, published: OwnPublication, circle: UUID
) -> None:
    row = asked(by, enquirer)
    assert road.hour() == []
    forbidden(row.request, by)
    with time_machine.travel(clock.now() + LASTS_IN_DANGER, tick=False):
        holding.begin(by=by, circle_id=circle)
        road.through()
        asking_road.ask_on()

    assert row.questions.count() == 1
    assert Asking.objects.get().state == "stopped"
