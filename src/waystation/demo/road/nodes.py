"""The four nodes of the road, as data: a post, its headquarters, a society at the destination, one at the origin."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import Role
from waystation.demo.accounts import DemoAccount
from waystation.kernel.errors import Text

STICK = "stick"
"""The folder beside the nodes that all of them read and write, as if one carried it from one to the other."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RoadNode:
    """One node: its folder's name, whose it is, what it is on this road, who works there.

    Without `has_address` nobody reaches it by the line: it fetches its mail from its headquarters.
    """

    name: str
    part: Text
    organisation: str
    country: str
    post: str
    kind: str
    coordinator: DemoAccount
    caseworker: DemoAccount
    has_address: bool = True

    @property
    def staff(self) -> tuple[DemoAccount, DemoAccount]:
        """Who may sign in there, the officer first."""
        return self.coordinator, self.caseworker


POST = RoadNode(
    name="post",
    part=_("Post in the country of transit"),
    organisation="Two Rivers Society, Border bridge",
    country="IT",
    post="Border bridge",
    kind="border",
    coordinator=DemoAccount("nadia", Role.COORDINATOR, "Nadia", "Border bridge"),
    caseworker=DemoAccount("aicha", Role.CASEWORKER, "Aïcha", "Border bridge"),
    has_address=False,
)
HEADQUARTERS = RoadNode(
    name="headquarters",
    part=_("Headquarters of the post"),
    organisation="Two Rivers Society, headquarters",
    country="IT",
    post="House of the society",
    kind="headquarters",
    coordinator=DemoAccount("lena", Role.COORDINATOR, "Lena", "House of the society"),
    caseworker=DemoAccount("sandro", Role.CASEWORKER, "Sandro", "House of the society"),
)
DESTINATION = RoadNode(
    name="destination",
    part=_("Society at the destination"),
    organisation="Society of the Green Valley",
    country="FR",
    post="Station square",
    kind="fixed",
    coordinator=DemoAccount("maud", Role.COORDINATOR, "Maud", "Station square"),
    caseworker=DemoAccount("yanis", Role.CASEWORKER, "Yanis", "Station square"),
)
ORIGIN = RoadNode(
    name="origin",
    part=_("Society at the origin"),
    organisation="Lagoon Relief Association",
    country="SN",
    post="House by the lagoon",
    kind="fixed",
    coordinator=DemoAccount("khady", Role.COORDINATOR, "Khady", "House by the lagoon"),
    caseworker=DemoAccount("moussa", Role.CASEWORKER, "Moussa", "House by the lagoon"),
)
ROAD = (POST, HEADQUARTERS, DESTINATION, ORIGIN)


def port_of(node: RoadNode, first: int) -> int:
    """The port of a node, where the road begins at port `first`."""
    return first + ROAD.index(node)


def node_in(folder: Path) -> RoadNode:
    """The node whose folder this is. Raises KeyError."""
    return {node.name: node for node in ROAD}[folder.name]


def folder_of(node: RoadNode) -> Path:
    """The folder of a node, on the machine that all of them share."""
    return Path(settings.DATA).parent / node.name


def stick() -> Path:
    """The stick's folder."""
    return Path(settings.DATA).parent / STICK
