"""Two nodes as real processes agree on a circle by the line, and each holds itself and the other to it."""

from collections.abc import Callable

from tests.roads.test_exchange import Node, befriend, notes, until


def number(node: Node) -> int:
    return node.count("SELECT max(number) FROM exchange_knowncircle")


def test_a_circle_is_signed_at_both_ends_and_binds_both(made: Callable[..., Node]) -> None:
    transit, shore = made("transit"), made("shore")
    transit_id, shore_id = befriend(transit, shore)
    transit.serve()
    shore.serve()
    circle = transit.do("circle", shore_id)
    until(lambda: shore.count("SELECT count(*) FROM exchange_circledraft") == 1, "the draft did not come")
    assert shore.do("sign", circle) == "joined"
    until(lambda: number(transit) == number(shore) == 1, "it does not hold at both ends")
    transit.do("send", shore_id, "allowed-", "2")
    assert shore.do("refused", transit_id) == "wrong-circle"
    until(lambda: not transit.unanswered(), "not everything was answered")
    shore.do("leave", circle)
    shore.do("send", transit_id, "broken-", "1")
    until(lambda: shore.count("SELECT count(*) FROM exchange_outgoing WHERE reason = 'wrong-circle'") == 1, "not told")
    for node in (transit, shore):
        node.kill()
    assert shore.do("told")["taken"] == notes("allowed-", 2)
    assert transit.do("told")["taken"] == []
