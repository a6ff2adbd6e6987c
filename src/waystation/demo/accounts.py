"""Who works at the demo node. One passphrase for all; the second step's code is shown on the demo's own page."""

from dataclasses import dataclass

from waystation.accounts.roles import Role
from waystation.demo.people import BRIDGE, HARBOUR, TRAIN

ORGANISATION, COUNTRY = "Two Rivers Society", "IT"
PASSPHRASE = "lantern harbour seven quiet rivers"
POSTS = ((HARBOUR, "port"), (BRIDGE, "border"), (TRAIN, "mobile"))


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One invented member of staff."""

    handle: str
    role: Role
    name: str
    post: str

    @property
    def roams(self) -> bool:
        """Whether they work at every post."""
        return self.role not in {Role.VOLUNTEER, Role.HEALTH}


OFFICER = DemoAccount("nadia", Role.COORDINATOR, "Nadia", BRIDGE)
STAFF = (
    DemoAccount("tomas", Role.VOLUNTEER, "Tomás", HARBOUR),
    DemoAccount("aicha", Role.CASEWORKER, "Aïcha", BRIDGE),
    DemoAccount("giulia", Role.HEALTH, "Giulia", HARBOUR),
    DemoAccount("karim", Role.FAMILY_LINKS, "كريم", TRAIN),
    DemoAccount("sofia", Role.FAMILY_LINKS, "Sofía", HARBOUR),
    DemoAccount("ines", Role.DETENTION, "Inês", BRIDGE),
    DemoAccount("per", Role.ADMINISTRATOR, "Per", HARBOUR),
    DemoAccount("lena", Role.COORDINATOR, "Lena", HARBOUR),
)
