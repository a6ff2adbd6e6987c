"""Rows that are written together read back as they were, whatever their neighbours say."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waystation.exchange.models import Held, Peer
from waystation.kernel.rows import insert

FIRST = datetime(2026, 11, 1, 8, tzinfo=UTC)
MOMENTS = st.sampled_from([FIRST + timedelta(hours=hours) for hours in range(3)])
SAID = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["", "Post", "نقطة", "%s"]),
        "root": st.binary(max_size=4),
        "addresses": st.sampled_from([[], ["https://a.example"], [1], [True], [None], {"a": "%s"}]),
        "met_at": MOMENTS,
        "compared_at": st.none() | MOMENTS,
        "compared_by": st.none() | st.uuids(),
        "next_seq": st.integers(0, 2**53),
        "owes": st.booleans(),
    }
)


def peers(said: list[dict[str, Any]]) -> list[Peer]:
    return [Peer(id=UUID(int=place), number=1, country="IT", **one) for place, one in enumerate(said)]


def kept() -> list[dict[str, Any]]:
    rows = Peer.objects.order_by("id").values()
    return [{name: bytes(it) if isinstance(it, memoryview) else it for name, it in row.items()} for row in rows]


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SAID, max_size=6))
def test_rows_stand_as_django_itself_would_have_written_them(said: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        Peer.objects.bulk_create(peers(said))
        expected = kept()
        Peer.objects.all().delete()
        insert(peers(said))
        assert repr(kept()) == repr(expected)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_keys_that_the_database_counts_are_counted() -> None:
    insert([Held(size=1, digest=digest, reason="r", road="stick", came_at=FIRST) for digest in "abc"])
    assert Held.objects.values_list("pk", flat=True).distinct().count() == 3
    insert([])
    assert Held.objects.count() == 3


@pytest.mark.django_db
def test_a_row_that_may_not_stand_keeps_its_neighbours_out() -> None:
    rows = [Held(size=1, digest=digest, reason="r", road="stick", came_at=FIRST) for digest in "aba"]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(rows)
    assert not Held.objects.exists()


@pytest.mark.django_db
def test_as_many_questions_for_a_thousand_as_for_two(django_assert_num_queries: Any) -> None:
    for count in (2, 1000):
        rows = [Held(size=1, digest=f"{count}/{one}", reason="r", road="stick", came_at=FIRST) for one in range(count)]
        with django_assert_num_queries(1):
            insert(rows)
