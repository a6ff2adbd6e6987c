"""Files of the Missing Migrants Project: read as they are published, and nothing dropped in silence."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waystation.familylinks.missing.codes import Why
from waystation.familylinks.missing.reading import MOST_BYTES, Read, read
from waystation.kernel.errors import Invalid

ENTRY = {
    "web_id": "2031.MMP00017",
    "region": "Mediterranean",
    "reported_date": "2031-04-02",
    "number_dead": "3",
    "number_missing": "12",
    "total_dead_and_missing": "15",
    "number_of_survivors": "",
    "number_of_female": "2",
    "number_of_male": "1",
    "number_of_children": "",
    "cause_death": "Drowning\u00a0",
    "country_of_incident": "Tunisia",
    "location_description": "Off the coast,\nnorth of the lighthouse\n",
    "location_coodinates": "36.81234, 11.09876",
    "migration_route": "Central Mediterranean",
    "information_source": "The Evening Paper",
    "url": "",
    "source_quality": "1",
}
HEADS = (
    "Main ID,Incident ID,Incident date,Incident year,No. dead,No. missing,No. dead/missing,Cause of death (category),"
    "Route,Latitude,Longitude,Source Quality"
)


def listed(*changes: dict[str, Any]) -> Read:
    """The list in JSON with an entry for each change."""
    return read(json.dumps([ENTRY | change for change in changes]).encode())


def table(*lines: str) -> Read:
    """The table with these lines."""
    return read("\r\n".join([HEADS, *lines]).encode())


def test_an_entry_of_a_list_becomes_a_row_in_our_terms() -> None:
    found = listed({})
    assert found.remarks == []
    row = found.rows[0]
    assert (row.key, row.part, row.line) == ("2031.MMP00017", 1, 1)
    values = row.values
    assert (values["dead"], values["missing"], values["total"], values["survivors"]) == (3, 12, 15, None)
    assert (values["latitude"], values["longitude"]) == (36.81, 11.1)
    assert values["cause"] == "Drowning"
    assert values["place"] == "Off the coast, north of the lighthouse"
    assert values["year"] == 2031


def test_a_table_gives_the_same_as_a_list_and_its_merged_parts_are_one_row() -> None:
    found = table('2031.MMP00017,"2031.MMP171,2031.MMP172",2031-04-02,2031,3,12,15,Drowning,Darien,36.8,11.1,45')
    assert found.remarks == []
    values = found.rows[0].values
    assert found.rows[0].key == "2031.MMP00017"
    assert (values["total"], values["quality"], values["route"]) == (15, 4, "Darien")


def test_the_table_of_their_own_page_is_read_by_its_heads() -> None:
    heads = "Main ID,Incident Date,Number of Dead,Minimum Estimated Number of Missing,Migration route,Coordinates"
    found = read(f'\ufeff{heads}\n2031.MMP0002,2031-05-01,1,NA,Darien,"8.1, -77.5"\n'.encode())
    assert (found.rows[0].values["total"], found.rows[0].values["longitude"]) == (1, -77.5)


def test_rows_of_one_number_are_its_parts_in_order() -> None:
    found = listed({}, {"number_dead": "1"}, {"web_id": "2031.MMP00018"}, {"number_dead": "9"})
    assert [(row.key[-2:], row.part) for row in found.rows] == [("17", 1), ("17", 2), ("18", 1), ("17", 3)]


@pytest.mark.parametrize(
    ("change", "field", "why", "taken"),
    [
        ({"web_id": ""}, "key", Why.NO_ID, False),
        ({"web_id": "it will be included "}, "key", Why.ODD_ID, True),
        ({"reported_date": ""}, "day", Why.NO_DAY, True),
        ({"reported_date": "", "web_id": "x"}, "day", Why.NO_YEAR, False),
        ({"number_dead": "many"}, "dead", Why.NUMBER, True),
        ({"number_dead": "٣"}, "dead", Why.NUMBER, True),
        ({"number_dead": "3000000"}, "dead", Why.NUMBER, True),
        ({"number_missing": "-1", "total_dead_and_missing": "2"}, "missing", Why.BELOW_ZERO, True),
        ({"total_dead_and_missing": "14"}, "total", Why.SUM, True),
        ({"number_dead": "", "number_missing": "", "total_dead_and_missing": ""}, "total", Why.NO_COUNT, False),
        ({"location_coodinates": "north, south"}, "point", Why.PLACE, True),
        ({"location_coodinates": "136.8, 11"}, "point", Why.PLACE, True),
        ({"location_coodinates": "36.8"}, "point", Why.PLACE, True),
        ({"source_quality": "7"}, "quality", Why.QUALITY, True),
        ({"cause_death": "x" * 301}, "cause", Why.CUT, True),
    ],
)
def test_what_cannot_be_read_is_kept_by_entry_field_and_reason(
    change: dict[str, str], field: str, why: Why, taken: bool
) -> None:
    found = listed({}, change)
    remark = next(one for one in found.remarks if one.field == field)
    assert (remark.line, remark.why, remark.taken) == (2, why, taken)
    assert len(found.rows) == 1 + taken


def test_a_total_with_a_comma_and_one_below_zero_count_as_the_source_says() -> None:
    found = listed(
        {"number_missing": "1,019", "total_dead_and_missing": "1,022"},
        {"number_dead": "69", "number_missing": "-13", "total_dead_and_missing": "56"},
    )
    assert [row.values["total"] for row in found.rows] == [1022, 56]


def test_a_day_that_is_missing_leaves_the_year_of_the_number() -> None:
    values = listed({"reported_date": ""}).rows[0].values
    assert (values["day"], values["year"]) == (None, 2031)


def test_lines_of_a_table_are_named_as_an_editor_counts_them() -> None:
    found = table(
        '2031.MMP1,x,2031-04-02,2031,1,0,1,Drowning,"a route\nin two lines",36,11,4',
        "2031.MMP2,x,2031-04-02,2031,1,0,1,Drowning",
        "",
        "2031.MMP3,x,2031-04-02,2031,1,0,1,Drowning,Darien,36,11,4",
    )
    assert [(one.line, one.why, one.taken) for one in found.remarks] == [(4, Why.CELLS, False)]
    assert [row.line for row in found.rows] == [2, 6]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[", b"{}", b"[1, 2]", b"[[]]", b"\xff\xfe[\x00", b"a,b,c\n1,2,3\n", b'[{"web_id": "1"}]',
        b"x" * (MOST_BYTES + 1),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_such_file_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        read(data)
    assert str(refused.value.fields["file"])


def test_an_entry_that_is_none_is_kept_and_the_others_are_read() -> None:
    found = read(json.dumps([ENTRY, "oops", None, ENTRY]).encode())
    assert [(one.line, one.why) for one in found.remarks] == [(2, Why.NO_ENTRY), (3, Why.NO_ENTRY)]
    assert len(found.rows) == 2


PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
CELL = st.one_of(st.text(max_size=30), st.integers().map(str), st.none(), st.floats().map(str), st.just("NA"))


@PATIENT
@given(st.lists(st.dictionaries(st.sampled_from(sorted(ENTRY)), CELL), max_size=6))
def test_every_entry_is_taken_or_refused_with_a_reason(entries: list[dict[str, Any]]) -> None:
    found = read(json.dumps([ENTRY, *entries]).encode())
    refused = {one.line for one in found.remarks if not one.taken}
    assert {row.line for row in found.rows} | refused == set(range(1, len(entries) + 2))
    assert not {row.line for row in found.rows} & refused
    assert len({(row.key, row.part) for row in found.rows}) == len(found.rows)
    for row in found.rows:
        assert row.values["latitude"] is None or -90 <= row.values["latitude"] <= 90
        assert len(row.key) <= 80


@PATIENT
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: (HEADS + "\n" + text).encode(errors="replace")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read(data)
    except Invalid as refused:
        assert str(refused.fields["file"])


def test_a_number_longer_than_any_count_is_told_and_left_out() -> None:
    found = listed({"number_dead": "1" * 5000, "total_dead_and_missing": ""})
    assert [(one.field, one.why) for one in found.remarks] == [("dead", Why.NUMBER)]
    assert found.rows[0].values["total"] == 12
