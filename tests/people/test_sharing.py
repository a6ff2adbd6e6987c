"""A list for a partner holds who allows it at that moment, tells each of them, and nobody else."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.people.factories import registered
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed
from waystation.people import actions, coverage, queries
from waystation.people.codes import USUAL_CONSENT
from waystation.people.documents import ConsentDocument
from waystation.people.models import Consent, Disclosure, Person

CLINIC = coverage.Question(
    purpose="services", recipient_kind="health", kind="paper", recipient="Harbour Clinic", fields=("name", "sex")
)


def allowing(by: Actor, name: str, **said: Any) -> tuple[Person, Consent]:
    person = registered(by, name).person
    consent = actions.give_consent(
        by=by,
        person_id=person.pk,
        purpose="services",
        recipient_kind="health",
        document=ConsentDocument(read_back=True, **said),
        expires_on=clock.today() + USUAL_CONSENT,
    )
    return person, consent


def names(lines: list[list[str]]) -> list[str]:
    return [line[0] for line in lines]


def test_who_took_it_back_is_left_out_and_what_left_before_stays_listed(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    stays, _yes = allowing(by, "Hodan")
    leaves, consent = allowing(by, "Yusra")
    registered(by, "Nobody asked her")
    assert names(actions.share_list(by=by, question=CLINIC)) == ["Hodan", "Yusra"]
    actions.withdraw_consent(by=by, consent_id=consent.pk)
    assert names(actions.share_list(by=by, question=CLINIC)) == ["Hodan"]
    assert len(queries.disclosures_of(leaves, by=by)) == 1
    assert len(queries.disclosures_of(stays, by=by)) == 2


@pytest.mark.parametrize(
    "said", [{"recipients": ("City Hospital",)}, {"withheld": ("Harbour Clinic",)}], ids=["only another", "never them"]
)
def test_who_named_others_only_or_withheld_them_is_left_out(actors: dict[str, Actor], said: dict[str, Any]) -> None:
    by = actors["caseworker"]
    allowing(by, "Yusra", **said)
    with pytest.raises(Invalid, match="Nobody allows this"):
        actions.share_list(by=by, question=CLINIC)
    assert not Disclosure.objects.exists()


def test_a_yes_that_is_over_is_none(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    allowing(by, "Yusra")
    with time_machine.travel(clock.now() + USUAL_CONSENT + timedelta(days=1), tick=False):
        assert coverage.covered(by, CLINIC) == []


def test_an_authority_gets_no_list(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    question = coverage.Question(
        purpose="services", recipient_kind="authority", kind="paper", recipient="District police", fields=("name",)
    )
    with pytest.raises(actions.AuthorityRefused):
        actions.share_list(by=by, question=question)


def test_a_volunteer_makes_no_lists(actors: dict[str, Actor]) -> None:
    with pytest.raises(NotAllowed):
        actions.share_list(by=actors["volunteer"], question=CLINIC)


def test_one_kept_to_another_post_is_not_on_it(actors: dict[str, Actor], elsewhere: Actor) -> None:
    by = actors["caseworker"]
    person, _consent = allowing(by, "Yusra")
    actions.keep_to_post(by=by, person_id=person.pk, kept=True)
    assert len(coverage.covered(by, CLINIC)) == 1
    assert coverage.covered(elsewhere, CLINIC) == []


def test_the_file_says_it_and_no_cell_is_a_formula(actors: dict[str, Actor], client_for: Any) -> None:
    by = actors["caseworker"]
    allowing(by, "=cmd|'/c calc'!A1")
    answers = {
        "purpose": "services", "recipient_kind": "health", "recipient": "Harbour Clinic", "kind": "paper",
        "fields_told": ["name"], "write": "yes",
    }  # fmt: skip
    answer = client_for("caseworker").post("/people/list-for-partner/", answers)
    (head, line) = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert head == ["Name"]
    assert line[0].startswith("'=")
