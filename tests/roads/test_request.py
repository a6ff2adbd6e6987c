"""Bar: nodes as real processes; who is asked dies over the question, and what it knows comes by stick, once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.roads.test_exchange import Node, befriend
from tests.roads.test_handover import by_stick, quiet

STEPS = "tests.roads.request_node"


TOLD = {"given_name", "family_name", "assessment", "plan", "phone", "first_met", "last_met"}


def dies_over(kind: str, node: Node, meanwhile: Callable[[], Any]) -> None:
    """It is killed once a message of this kind is in its book and no receipt has left; then it is served again."""
    assert node.served is None
    node.served = node.begin("serve-until", kind, str(node.port))
    assert node.served.stdout is not None
    assert "http" in node.served.stdout.readline()
    meanwhile()
    assert node.served.wait(timeout=60) == -9
    assert came(node, kind) == 1
    node.kill()
    node.serve()


def came(node: Node, kind: str) -> int:
    """How many messages of a kind stand in its book."""
    return node.count(f"SELECT count(*) FROM exchange_incoming WHERE kind = '{kind}'")


def held(*nodes: Node) -> int:
    """How many files they could not take."""
    return sum(node.count("SELECT count(*) FROM exchange_held") for node in nodes)


def asked(shore: Node, post: Node, post_id: str) -> str:
    """A request of which the post knows whom it means; both are served."""
    request: str = shore.do("ask", post_id)
    quiet(shore, post)
    post.do("accept", request)
    quiet(shore, post)
    shore.do("name", request)
    quiet(shore, post)
    return request


@pytest.mark.long
def test_what_the_post_knows_comes_to_the_shore(made: Callable[..., Node], tmp_path: Path) -> None:
    shore, post = made("shore"), made("post")
    _shore_id, post_id = befriend(shore, post)
    person = post.do("know")
    shore.serve()
    requests: list[str] = []
    dies_over("request.ask/1", post, lambda: requests.append(shore.do("ask", post_id)))
    (request,) = requests
    quiet(shore, post)
    post.do("accept", request)
    quiet(shore, post)
    post.kill()
    dies_over("request.who/1", post, lambda: shore.do("name", request))
    quiet(shore, post)
    shore.kill()
    post.kill()

    assert post.do("tell", request, person) == "told"
    by_stick(tmp_path / "stick", post, shore)
    here, there = shore.do("stand"), post.do("stand")
    assert (here["ours"], there["theirs"]) == (["told"], ["told"])
    assert set(here["found"][request]) == TOLD
    assert here["found"][request]["family_name"] == "Tesfai"
    assert (here["fields"], here["listed"], there["listed"]) == (len(TOLD), 2, 1)
    assert there["means"] == 0, "whom they meant is forgotten where it was asked"
    assert (came(post, "request.ask/1"), came(post, "request.who/1"), came(shore, "request.told/1")) == (1, 1, 1)
    assert (shore.unanswered(), post.unanswered(), held(shore, post)) == (0, 0, 0)
    assert here["log"] == there["log"] == []


@pytest.mark.long
def test_taken_back_where_it_was_asked_the_answer_never_leaves(made: Callable[..., Node], tmp_path: Path) -> None:
    """Once before anything is told, once while the answer waits for the stick."""
    shore, post = made("shore"), made("post")
    _shore_id, post_id = befriend(shore, post)
    person = post.do("know")
    shore.serve()
    post.serve()
    early, late = asked(shore, post, post_id), asked(shore, post, post_id)
    shore.do("take-back", early)
    quiet(shore, post)
    assert post.do("tell", early, person) == "wrong-state"
    shore.kill()
    post.kill()

    assert post.do("tell", late, person) == "told"
    assert post.do("stand")["listed"] == 1
    shore.do("take-back", late)
    by_stick(tmp_path / "withdrawal", shore, post)
    by_stick(tmp_path / "what-waits", post, shore)
    here, there = shore.do("stand"), post.do("stand")
    assert (here["ours"], there["theirs"]) == (["withdrawn"] * 2, ["withdrawn"] * 2)
    assert (here["fields"], there["listed"], there["means"]) == (0, 0, 0)
    assert (came(shore, "request.told/1"), came(post, "request.withdraw/1")) == (0, 2)
    assert post.count("SELECT count(*) FROM exchange_outgoing WHERE kind = 'request.told/1'") == 0
    assert (shore.unanswered(), post.unanswered(), held(shore, post)) == (0, 0, 0)
    assert here["log"] == there["log"] == []
