"""Signs are weighed by the published rule; whoever helps passes them on, and only protection reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people.factories import registered
from waystation.casework.followups.models import FollowUp
from waystation.casework.screening import actions, queries
from waystation.casework.screening.indicators import SIGNS, Found, Strength, found
from waystation.casework.screening.models import Signs, SignsDocument
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ((), Found.NONE),
        (("watched",), Found.WATCH),
        (("watched", "locked"), Found.LIKELY),
        (("watched", "afraid"), Found.LIKELY),
        (("watched", "lied_work", "taken"), Found.WATCH),
        (("threats", "injuries"), Found.WATCH),
        (("threats", "injuries", "afraid"), Found.LIKELY),
        (("same_words", "afraid"), Found.WATCH),
    ],
)
def test_two_in_one_dimension_weigh_as_the_operational_indicators_say(signs: tuple[str, ...], expected: Found) -> None:
    assert found(signs, is_child=False) is expected


def test_for_a_child_exploitation_alone_is_enough() -> None:
    assert found(("begs",), is_child=False) is Found.WATCH
    assert found(("begs",), is_child=True) is Found.LIKELY


@given(signs=st.sets(st.sampled_from(sorted(SIGNS))), more=st.sampled_from(sorted(SIGNS)), is_child=st.booleans())
def test_one_more_sign_never_makes_it_less(signs: set[str], more: str, *, is_child: bool) -> None:
    order = [Found.NONE, Found.WATCH, Found.LIKELY]
    assert order.index(found(signs | {more}, is_child=is_child)) >= order.index(found(signs, is_child=is_child))


def test_every_dimension_can_count() -> None:
    for dimension in {sign.dimension for sign in SIGNS.values()}:
        codes = [code for code, sign in SIGNS.items() if sign.dimension is dimension]
        assert found(codes, is_child=False) is Found.LIKELY
        assert any(SIGNS[code].strength is not Strength.WEAK for code in codes)


@pytest.mark.parametrize("role", ["volunteer", "health", "detention"])
def test_who_passes_signs_on_cannot_read_them_again(actors: dict[str, Actor], role: str) -> None:
    by = actors[role]
    person = registered(by, "Blessing", "Osagie").person
    assert actions.pass_on_signs(by=by, person_id=person.pk, document=SignsDocument(signs=("watched",))) is Found.WATCH
    assert queries.signs_of(person, by=by) == []
    ((row, text),) = queries.signs_of(person, by=actors["caseworker"])
    assert text.signs == ("watched",)
    assert not FollowUp.objects.get(subject=row.pk).immediate


def test_strong_signs_stand_under_immediate_threats(actors: dict[str, Actor]) -> None:
    by = actors["volunteer"]
    person = registered(by, "Blessing", "Osagie").person
    document = SignsDocument(signs=("watched", "locked"), words="Her phone is in his pocket")
    assert actions.pass_on_signs(by=by, person_id=person.pk, document=document) is Found.LIKELY
    assert FollowUp.objects.get().immediate
    assert b"pocket" not in bytes(Signs.objects.get().sealed)


def test_nothing_seen_and_nothing_said_is_not_passed_on(actors: dict[str, Actor]) -> None:
    by = actors["volunteer"]
    person = registered(by, "Blessing").person
    with pytest.raises(Invalid):
        actions.pass_on_signs(by=by, person_id=person.pk, document=SignsDocument())
