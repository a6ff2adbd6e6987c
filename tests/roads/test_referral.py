"""Bar: nodes as real processes; help is asked by the line, given, and what was told is forgotten by stick."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.roads.test_exchange import Node, befriend
from tests.roads.test_handover import by_stick, quiet

STEPS = "tests.roads.referral_node"


@pytest.mark.long
def test_a_bed_on_the_other_shore(made: Callable[..., Node], tmp_path: Path) -> None:
    post, shore = made("post"), made("shore")
    _post_id, shore_id = befriend(post, shore)
    post.serve()
    shore.serve()
    referral = post.do("refer", shore_id)
    quiet(post, shore)
    assert (post.do("stand")["ours"], shore.do("stand")["asked"]) == (["acknowledged"], ["asked"])
    assert shore.do("stand")["people"] == []
    shore.do("answer", "accept")
    quiet(post, shore)
    post.do("tell", referral)
    quiet(post, shore)
    found = shore.do("stand")
    assert (found["asked"], found["people"], found["cases"]) == (["told"], ["Selam Tesfaye"], 0)
    assert "reason" in found["told"][0]
    shore.do("answer", "start")
    quiet(post, shore)
    assert post.do("stand")["ours"] == ["started"]
    post.kill()
    shore.kill()

    shore.do("answer", "complete")
    post.do("take-back", referral)
    by_stick(tmp_path / "stick", post, shore)
    by_stick(tmp_path / "again", shore, post)
    found = shore.do("stand")
    assert (post.do("stand")["ours"], found["asked"], found["told"]) == (["recalled"], ["withdrawn"], [[]])
