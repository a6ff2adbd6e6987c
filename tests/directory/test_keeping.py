"""Who keeps the directory, what is confirmed and when it is asked about, and what nobody outside is ever shown."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.directory.factories import SAFE, draft, placed, service, texts
from waystation.casework.followups.models import FollowUp
from waystation.directory import actions, coverage, keeping, places, queries
from waystation.directory.codes import TABLE, Act, Safety, Status
from waystation.directory.models import Location, Provider, Service, ServiceAt
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.organisations.models import Partner, Post


def open_asks(provider: Provider) -> list[Any]:
    return list(FollowUp.objects.filter(kind="directory.confirm", subject=provider.pk, state="open"))


def old(row: Service, days: int) -> None:
    Service.objects.filter(pk=row.pk).update(assured_on=clock.today() - timedelta(days=days))
    row.refresh_from_db()


def test_volunteers_see_the_directory_and_do_not_change_it(actors: dict[str, Actor]) -> None:
    row = service(actors["caseworker"])
    assert queries.get_for(actors["volunteer"], row.pk) == row
    with pytest.raises(NotAllowed):
        service(actors["volunteer"])
    with pytest.raises(NotAllowed):
        actions.mark_safe(by=actors["health"], service_id=row.pk, checks=SAFE)
    with pytest.raises(NotFound):
        queries.get_for(actors["administrator"], row.pk)


def test_what_is_missing_is_said_field_by_field(actors: dict[str, Actor]) -> None:
    wrong = actions.ServiceDraft(
        texts=texts("", language="xx"),
        kind="magic",
        phones=("call me",),
        minimum_age=18,
        maximum_age=5,
        languages=("qqq",),
        website="clinic",
        email="clinic",
    )
    with pytest.raises(Invalid) as refused:
        actions.add_service(by=actors["caseworker"], draft=wrong)
    assert set(refused.value.fields) == {
        "name", "language", "kind", "phones", "maximum_age", "languages", "website", "email", "provider_name",
    }  # fmt: skip
    assert not Service.objects.exists()
    assert not Provider.objects.exists()


def test_a_partner_stands_once_whatever_it_offers(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    partner = Partner.objects.create(name="Casa Aperta", kind="shelter", services="A bed")
    first = service(by, "A bed", provider=f"partner:{partner.pk}", provider_name="")
    second = service(by, "A shower", provider=str(first.provider_id), provider_name="")
    third = service(by, "A meal", provider=f"partner:{partner.pk}", provider_name="")
    assert {first.provider_id, second.provider_id, third.provider_id} == {first.provider_id}
    assert first.provider.partner == partner


def test_confirming_sets_the_next_question_six_months_on(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = service(by)
    [ask] = open_asks(row.provider)
    assert (ask.due_at.date() - clock.today()).days == 183
    old(row, 200)
    assert row.is_stale
    actions.set_clock(by, row.provider)
    [ask] = open_asks(row.provider)
    assert ask.due_at < clock.now()
    actions.confirm_all(by=by, provider_id=row.provider_id)
    [ask] = open_asks(row.provider)
    assert ask.due_at > clock.now() + timedelta(days=180)
    row.refresh_from_db()
    assert not row.is_stale
    actions.go_on(by=by, service_id=row.pk, act=Act.END)
    assert open_asks(row.provider) == []


def test_the_entry_confirmed_longest_ago_sets_the_day(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    older = service(by)
    service(by, "Pharmacy", provider=str(older.provider_id), provider_name="")
    old(older, 180)
    actions.set_clock(by, older.provider)
    [ask] = open_asks(older.provider)
    assert (ask.due_at.date() - clock.today()).days == 3


def test_the_last_day_of_half_a_year_still_counts(actors: dict[str, Actor]) -> None:
    row = service(actors["caseworker"])
    old(row, 183)
    assert not row.is_stale
    old(row, 184)
    assert row.is_stale


def test_safe_needs_every_check_and_unsafe_is_gone_at_once(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    at = placed(by)
    with pytest.raises(Invalid) as refused:
        actions.mark_safe(by=by, service_id=at.service_id, checks=SAFE[1:])
    assert "Nobody is asked there to show who they are" in str(refused.value.fields["checks"])
    row = actions.mark_safe(by=by, service_id=at.service_id, checks=SAFE)
    assert (row.safety, row.safe_on, row.safe_by) == (Safety.SAFE, clock.today(), by.account_id)
    actions.mark_unsafe(by=by, service_id=at.service_id)
    assert not queries.shown().exists()
    assert not queries.shown_places().exists()
    assert not queries.shown_points().exists()
    assert queries.shown_languages() == []
    with pytest.raises(NotFound):
        queries.shown_one(at.service_id)


def test_without_a_place_nobody_outside_is_shown_it(actors: dict[str, Actor]) -> None:
    row = service(actors["caseworker"])
    assert not queries.shown().filter(pk=row.pk).exists()


def test_a_post_of_ours_stands_there_until_it_closes(actors: dict[str, Actor], node: Post) -> None:
    row = actions.list_post(by=actors["coordinator"], post_id=node.pk)
    assert row.provider.is_own
    assert [at.location.title for at in queries.shown_places()] == ["Lakeside crossing"]
    with pytest.raises(Invalid):
        actions.list_post(by=actors["coordinator"], post_id=node.pk)
    Post.objects.filter(pk=node.pk).update(is_open=False, name="Old crossing")
    assert not queries.shown().exists()
    Post.objects.filter(pk=node.pk).update(is_open=True)
    assert [at.location.title for at in queries.shown_places()] == ["Old crossing"]


def test_places_of_detention_are_never_listed(actors: dict[str, Actor]) -> None:
    held = Post.objects.create(name="Centre", kind="detention")
    assert held not in queries.posts_not_listed(actors["coordinator"], actions.NOT_PUBLIC_POSTS)
    with pytest.raises(NotFound):
        actions.list_post(by=actors["coordinator"], post_id=held.pk)


def test_a_place_needs_some_where_and_a_zone_that_is(actors: dict[str, Actor]) -> None:
    row = service(actors["caseworker"])
    with pytest.raises(Invalid) as refused:
        places.add_place(by=actors["caseworker"], service_id=row.pk, draft=places.PlaceDraft(zone="Mars/Olympus"))
    assert set(refused.value.fields) == {"zone", "address"}
    with pytest.raises(Invalid) as refused:
        wrong = places.PlaceDraft(city="Kisumu", point="91, 3", country="XX")
        places.add_place(by=actors["caseworker"], service_id=row.pk, draft=wrong)
    assert set(refused.value.fields) == {"point", "country"}
    assert not Location.objects.exists()


def test_hours_that_give_no_day_are_refused(actors: dict[str, Actor]) -> None:
    at = placed(actors["caseworker"], hours=None)
    nine = {"opens_at": time(9), "closes_at": time(17)}
    for wrong, field in (
        ({"days": ()}, "days"),
        ({"freq": ""}, "dtstart"),
        ({"days": ("MO",), "interval": 2}, "dtstart"),
        ({"days": ("MO",), "dtstart": date(2026, 5, 2), "until": date(2026, 5, 1)}, "until"),
        ({"days": ("MO",), "freq": "YEARLY"}, "freq"),
    ):
        with pytest.raises(Invalid) as refused:
            places.add_hours(by=actors["caseworker"], at_id=at.pk, draft=places.HoursDraft(**nine, **wrong))  # type: ignore[arg-type]
        assert field in refused.value.fields
    assert not at.schedules.exists()


def test_leaving_a_place_takes_it_only_when_nobody_else_is_there(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    first = placed(by)
    other = places.use_place(by=by, service_id=service(by, "Pharmacy").pk, location_id=first.location_id)
    places.leave_place(by=by, at_id=first.pk)
    assert Location.objects.count() == 1
    places.leave_place(by=by, at_id=other.pk)
    assert not Location.objects.exists()


def test_words_in_another_language_stand_once(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = service(by)
    for name in ("عيادة", "عيادة البحيرة"):
        actions.write_in(by=by, service_id=row.pk, texts=texts(name, language="ara"))
    assert [wording.name for wording in row.wordings.all()] == ["عيادة البحيرة"]
    with pytest.raises(Invalid):
        actions.write_in(by=by, service_id=row.pk, texts=texts("Clinic", language="eng"))


def test_gaps_are_counted_by_post_town_and_language(actors: dict[str, Actor], node: Post) -> None:
    by = actors["coordinator"]
    row = actions.list_post(by=by, post_id=node.pk)
    at = ServiceAt.objects.get(service=row)
    places.change_place(by=by, at_id=at.pk, draft=places.PlaceDraft(point="0.1, 34.7"))
    placed(by, point="0.1, 34.75")
    placed(by, "Far clinic", point="0.9, 34.75", where={"city": "Busia"})
    tables = {table.title: table for table in coverage.tables(by, 10)}
    near = dict(tables["Within 10 km of our posts"].lines)
    assert (near["Health care"], near["Shelter"], near["Social support"]) == ([1], [0], [1])
    town = tables["By town"]
    assert town.heads == ["Busia", "Kisumu"]
    assert dict(town.lines)["Health care"] == [1, 1]
    spoken = tables["Spoken there, by language"]
    assert dict(zip(spoken.heads, dict(spoken.lines)["Health care"], strict=True))["Arabic"] == 0
    assert dict(zip(spoken.heads, dict(spoken.lines)["Health care"], strict=True))["Swahili"] == 2
    with pytest.raises(NotAllowed):
        coverage.tables(actors["administrator"], 10)


def test_what_ended_is_forgotten_with_its_places(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    at = placed(by)
    actions.go_on(by=by, service_id=at.service_id, act=Act.END)
    assert keeping.forget_ended(clock.now() - timedelta(days=1)) == 0
    assert keeping.forget_ended(clock.now() + timedelta(days=1)) == 1
    assert not Service.objects.exists()
    assert not Location.objects.exists()
    assert not Provider.objects.exists()


def test_nobody_confirms_what_is_not_there(actors: dict[str, Actor]) -> None:
    with pytest.raises(NotFound):
        actions.confirm(by=actors["caseworker"], service_id=uuid4())
    with pytest.raises(NotFound):
        actions.change_service(by=actors["caseworker"], service_id=uuid4(), draft=draft())
    with pytest.raises(NotFound):
        service(actors["caseworker"], provider="partner:nonsense", provider_name="")


@given(acts=st.lists(st.sampled_from(Act.values), max_size=6))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_acts_goes_only_where_the_table_leads(actors: dict[str, Actor], acts: list[str]) -> None:
    by = actors["caseworker"]
    number: UUID = placed(by).service_id
    for act in acts:
        before = Service.objects.get(pk=number).status
        if TABLE.allows(before, act):
            actions.go_on(by=by, service_id=number, act=act)
            now = Service.objects.get(pk=number).status
            assert now == TABLE.after(before, act)
            assert queries.shown().filter(pk=number).exists() is (now in {Status.ACTIVE, Status.CLOSED})
        else:
            with pytest.raises(WrongState):
                actions.go_on(by=by, service_id=number, act=act)
    assert TABLE.reachable() == set(Status.values)
