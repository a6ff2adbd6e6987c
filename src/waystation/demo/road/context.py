"""What each page of a node of the road says: which node this is, where the others are, whether its line is cut."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from waystation.demo.road.nodes import ROAD, RoadNode, folder_of, node_in, port_of, stick
from waystation.exchange import cutting
from waystation.exchange.folders import SUFFIX


@dataclass(frozen=True, slots=True)
class Stop:
    """One node of the road as it is shown."""

    node: RoadNode
    address: str
    is_here: bool
    is_cut: bool


def stops() -> list[Stop]:
    """All nodes of the road, in order."""
    here = node_in(settings.DATA)
    return [
        Stop(
            node,
            # By this name browsers take passkeys.
            f"http://localhost:{port_of(node, settings.DEMO_ROAD)}/",
            node is here,
            (folder_of(node) / cutting.MARK).exists(),
        )
        for node in ROAD
    ]


def frame(_request: HttpRequest) -> dict[str, Any]:
    """For every page."""
    return {"demo_road": {"stops": stops(), "is_cut": cutting.is_cut(), "on_stick": on_stick}}


def on_stick() -> int:
    """How many files are on the stick."""
    return len(list(stick().glob(f"*{SUFFIX}")))
