"""A need that only some may know of stands in no column; who sees which it is leaves a trace."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.people.factories import registered
from waystation.audit.models import Leaf
from waystation.casework import queries
from waystation.casework.actions import HelpDraft, NeedDraft, attach_encounter, record_help, record_urgent
from waystation.casework.codes import NEEDS
from waystation.casework.models import Need
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid
from waystation.people.models import Person

KEPT = sorted(code for code, card in NEEDS.items() if card.seen != Compartment.BASIC and card.chosen)


def needs(by: Actor, code: str, person: Person | None = None) -> Need:
    draft = HelpDraft(needs=[NeedDraft(code=code, severity="high")])
    if person is None:
        return record_urgent(by=by, draft=draft).needs.get()
    return record_help(by=by, person_id=person.pk, draft=draft).needs.get()


@pytest.mark.parametrize("code", KEPT)
def test_which_need_it_is_stands_in_no_column(actors: dict[str, Actor], code: str) -> None:
    row = needs(actors["health"], code, registered(actors["health"], "Selam").person)
    columns = Need.objects.filter(pk=row.pk).values().get()
    assert code not in {str(value) for value in columns.values()}
    assert code.encode() not in bytes(columns["detail"])


def test_who_may_know_is_told_and_it_is_logged_and_others_see_nothing(actors: dict[str, Actor]) -> None:
    person = registered(actors["health"], "Selam").person
    needs(actors["health"], "hiv", person)
    before = Leaf.objects.filter(action="vault.read").count()
    ((need, _note),) = queries.needs_of(person, by=actors["health"])
    assert str(need.label) == "HIV or AIDS"
    assert Leaf.objects.filter(action="vault.read").count() == before + 1
    assert queries.needs_of(person, by=actors["volunteer"]) == []
    assert queries.waiting_list(actors["volunteer"]) == []


def test_today_says_which_need_to_who_opens_it(actors: dict[str, Actor], client_for: Callable[..., Client]) -> None:
    needs(actors["health"], "tuberculosis", registered(actors["health"], "Selam").person)
    assert "Tuberculosis" in client_for("health").get("/today/").content.decode()
    for role in ("volunteer", "coordinator"):
        page = client_for(role).get("/today/").content.decode()
        assert "Tuberculosis" not in page
        assert "Selam" not in page


def test_urgent_help_seals_it_once_it_is_somebodys(actors: dict[str, Actor]) -> None:
    row = needs(actors["health"], "hiv")
    person = registered(actors["health"], "Selam").person
    attach_encounter(by=actors["health"], encounter_id=row.encounter_id, person_id=person.pk)
    row.refresh_from_db()
    assert row.code == "kept_health"
    assert [need.told for need, _note in queries.needs_of(person, by=actors["health"])] == ["hiv"]


def test_what_only_stands_for_another_need_cannot_be_chosen(actors: dict[str, Actor]) -> None:
    with pytest.raises(Invalid):
        needs(actors["health"], "kept_health", registered(actors["health"], "Selam").person)
