"""Five domains come to one rating, two places and the help to ask for; who may not read it finds nothing."""

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people.factories import registered
from waystation.casework.followups.models import FollowUp
from waystation.casework.referrals.codes import Service
from waystation.casework.screening import actions, placements, queries
from waystation.casework.screening.codes import CARDS, RATINGS, TABLE, Act, Domain, Rating, Screened, State
from waystation.casework.screening.models import DomainDocument, Screening, ScreeningDocument
from waystation.casework.screening.placements import FITS, FREE, ORDER, Placement
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState

LOOKED_AT = DomainDocument(rating="low", summary="Sleeps well, has friends")


def begun(by: Actor, **said: object) -> Screening:
    person = registered(by, "Miriam", "Tekle").person
    return actions.begin(by=by, person_id=person.pk, document=ScreeningDocument(**said))  # type: ignore[arg-type]


def rated(by: Actor, row: Screening, **ratings: str) -> None:
    for domain in Domain:
        rating = ratings.get(domain, "low")
        document = DomainDocument(rating=rating, harm="Could be found by him" if rating == "high" else "")
        actions.rate(by=by, screening_id=row.pk, domain=domain, document=document)


@pytest.mark.parametrize("ratings", list(product(RATINGS, repeat=3)))
def test_the_whole_is_the_highest_of_its_parts_and_places_go_from_least_restrictive(
    ratings: tuple[Rating, ...],
) -> None:
    rated_domains = dict(zip((Domain.CHILD, Domain.HEALTH, Domain.PROTECTION), ratings, strict=True))
    found = placements.suggest(rated_domains)
    assert found.overall == next(one for one in reversed(RATINGS) if one in ratings)
    assert len(found.places) == 2
    assert [ORDER.index(place) for place in found.places] == sorted(ORDER.index(place) for place in found.places)
    assert set(found.places) <= set(FREE)
    for domain in [one for one, rating in rated_domains.items() if rating is Rating.HIGH]:
        assert domain in found.domains
        assert any(place in FITS[domain] for place in found.places)


def test_a_tag_stands_last_and_every_help_is_one_that_referrals_know() -> None:
    assert ORDER[-1] is Placement.ELECTRONIC
    assert {one.service for card in CARDS.values() for one in card.helps} <= set(Service.values)
    assert set(CARDS) == set(FITS) == set(Domain)


def test_high_in_one_part_is_high_in_all_with_its_clocks(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = begun(by)
    rated(by, row, gender="high")
    done = actions.finish(by=by, screening_id=row.pk, placement="host", summary="Wants a room with a door")
    assert (done.state, done.overall) == (State.FINISHED, Rating.HIGH)
    assert set(FollowUp.objects.values_list("kind", flat=True)) == {Screened.ACT, Screened.AGAIN}
    assert queries.opened(done, by=by).said.placement == "host"


def test_what_cannot_wait_stands_under_immediate_threats(actors: dict[str, Actor]) -> None:
    begun(actors["caseworker"], immediate=("danger",))
    assert FollowUp.objects.get().immediate


def test_nothing_ends_half_looked_at_and_what_restricts_needs_a_reason(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = begun(by)
    actions.rate(by=by, screening_id=row.pk, domain="child", document=LOOKED_AT)
    with pytest.raises(Invalid, match="Not looked at yet"):
        actions.finish(by=by, screening_id=row.pk, placement="community")
    rated(by, row)
    with pytest.raises(Invalid) as refused:
        actions.finish(by=by, screening_id=row.pk, placement="reporting")
    assert "why" in refused.value.fields
    assert actions.finish(by=by, screening_id=row.pk, placement="reporting", why="A court asks").overall == Rating.LOW


def test_a_child_is_never_tagged(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    child = registered(by, "Yonas", age_band="12-17").person
    row = actions.begin(by=by, person_id=child.pk, document=ScreeningDocument())
    rated(by, row)
    with pytest.raises(Invalid) as refused:
        actions.finish(by=by, screening_id=row.pk, placement="electronic", why="A court asks")
    assert "placement" in refused.value.fields


def test_a_high_rating_says_what_harm_is_feared(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    with pytest.raises(Invalid) as refused:
        actions.rate(by=by, screening_id=begun(by).pk, domain="health", document=DomainDocument(rating="high"))
    assert "harm" in refused.value.fields


@given(acts=st.lists(st.sampled_from(Act.values), max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_acts_goes_only_where_the_table_leads(actors: dict[str, Actor], acts: list[str]) -> None:
    by = actors["caseworker"]
    row = begun(by)
    rated(by, row)
    do: dict[Act, Callable[[], object]] = {
        Act.RATE: lambda: actions.rate(by=by, screening_id=row.pk, domain="other", document=LOOKED_AT),
        Act.FINISH: lambda: actions.finish(by=by, screening_id=row.pk, placement="community"),
        Act.STOP: lambda: actions.stop(by=by, screening_id=row.pk),
    }
    for act in acts:
        before = Screening.objects.get(pk=row.pk).state
        if TABLE.allows(before, act):
            do[Act(act)]()
            assert Screening.objects.get(pk=row.pk).state == TABLE.after(before, act)
        else:
            with pytest.raises(WrongState):
                do[Act(act)]()
    assert TABLE.reachable() == set(State.values)


@pytest.mark.parametrize("role", ["volunteer", "health", "family-links", "detention"])
def test_who_does_not_work_on_protection_finds_nothing(actors: dict[str, Actor], role: str) -> None:
    row = begun(actors["caseworker"], words="He waits outside")
    other = actors[role]
    with pytest.raises((NotAllowed, NotFound)):
        actions.rate(by=other, screening_id=row.pk, domain="child", document=LOOKED_AT)
    assert not queries.visible_to(other).exists()
