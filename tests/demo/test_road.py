"""The road of the demo as it is declared; `tests/roads/test_road_demo.py` starts it."""

from collections import Counter

from waystation.casework.referrals.codes import Service
from waystation.demo.road import story, urls
from waystation.demo.road.nodes import DESTINATION, ORIGIN, POST, ROAD
from waystation.demo.road.people import HANDINGS, OFFERED, STAGES
from waystation.kernel.pages import ANYONE


def test_every_page_of_the_road_declares_who_may_see_it() -> None:
    """No table of addresses holds them: they are there on the nodes of a road alone."""
    declared = {pattern.name: getattr(pattern.callback, "permission", "") for pattern in urls.urlpatterns}
    assert declared == {"road": ANYONE, "line": "exchange.carry", "stick": "exchange.carry"}


def test_handovers_stand_open_both_ways_and_in_every_stage() -> None:
    open_ways = Counter((one.giver, one.taker) for one in HANDINGS if one.stage == OFFERED)
    assert set(open_ways) == {(POST, DESTINATION), (DESTINATION, POST), (DESTINATION, ORIGIN), (ORIGIN, DESTINATION)}
    assert {one.stage for one in HANDINGS} == set(STAGES)
    assert {code for one in HANDINGS for code in one.asked} <= set(Service.values)


def test_nobody_and_nothing_of_the_road_is_there_twice() -> None:
    once = [
        [node.name for node in ROAD],
        [node.organisation for node in ROAD],
        [who.handle for node in ROAD for who in node.staff],
        [one.key for one in HANDINGS],
    ]
    assert [sorted(names) for names in once] == [sorted(set(names)) for names in once]


def test_every_step_in_the_order_is_there() -> None:
    assert {*story.FIRST_TIME, *story.AGAIN} == set(story.STEPS)
