"""Roles as data: what each opens, how many people an honest busy day needs, and in whose words."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waystation.kernel import policies
from waystation.kernel.actors import Compartment


class Role(StrEnum):
    """What an account is for. One account has one role."""

    VOLUNTEER = "volunteer"
    HEALTH = "health"
    CASEWORKER = "caseworker"
    FAMILY_LINKS = "family-links"
    DETENTION = "detention"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleCard:
    """One line of the table: compartments opened, distinct people an hour, whether it may hold a key slot."""

    label: Promise
    says: Promise
    compartments: frozenset[Compartment]
    people_per_hour: int
    may_unlock: bool = False


BASIC = Compartment.BASIC
COMPARTMENT_LABELS: dict[Compartment, Promise] = {
    BASIC: _("Who someone is, and help given"),
    Compartment.HEALTH: _("Health"),
    Compartment.PROTECTION: _("Protection"),
    Compartment.CHILD: _("Children"),
    Compartment.DETENTION: _("Detention"),
    Compartment.FAMILY_LINKS: _("Family links"),
    Compartment.LEGAL: _("Legal help"),
}

# People an hour: the busiest honest hour measured (a post of one volunteer, one registration a minute, each with a
# search that shows five people) needs 300; EXCHANGE.md section 1 sets the order of magnitude.
CARDS: dict[Role, RoleCard] = {
    Role.VOLUNTEER: RoleCard(
        label=_("Volunteer at a post"),
        says=_("Finds and registers people, records help given."),
        compartments=frozenset({BASIC}),
        people_per_hour=400,
    ),
    Role.HEALTH: RoleCard(
        label=_("Health worker"),
        says=_("What a volunteer does, and health notes."),
        compartments=frozenset({BASIC, Compartment.HEALTH}),
        people_per_hour=300,
    ),
    Role.CASEWORKER: RoleCard(
        label=_("Caseworker"),
        says=_("Follows people over time; protection, children and legal help."),
        compartments=frozenset({BASIC, Compartment.PROTECTION, Compartment.CHILD, Compartment.LEGAL}),
        people_per_hour=300,
    ),
    Role.FAMILY_LINKS: RoleCard(
        label=_("Family-links officer"),
        says=_("Looks for separated family members."),
        compartments=frozenset({BASIC, Compartment.FAMILY_LINKS}),
        people_per_hour=300,
    ),
    Role.DETENTION: RoleCard(
        label=_("Detention visitor"),
        says=_("Visits people who are held and records what they ask for."),
        compartments=frozenset({BASIC, Compartment.DETENTION}),
        people_per_hour=300,
    ),
    Role.COORDINATOR: RoleCard(
        label=_("Coordinator"),
        says=_("Opens and locks the node, leads the posts, is the second officer for what needs two."),
        compartments=frozenset({BASIC, Compartment.PROTECTION, Compartment.CHILD}),
        people_per_hour=300,
        may_unlock=True,
    ),
    Role.ADMINISTRATOR: RoleCard(
        label=_("Administrator"),
        says=_("Manages accounts and posts. Cannot open people."),
        compartments=frozenset(),
        people_per_hour=0,
    ),
}

SENSITIVE: frozenset[Compartment] = frozenset(Compartment) - {BASIC}
"""Compartments that also need a training record that has not lapsed (DOMAIN.md row 71)."""

HELPERS: frozenset[str] = frozenset(set(Role) - {Role.ADMINISTRATOR})
"""Everyone who meets people."""
EVERYONE: frozenset[str] = frozenset(Role)


def readers(permission: str, compartment: Compartment) -> frozenset[Role]:
    """The roles that may read something: they have its permission, and open its compartment once trained for it."""
    allowed = policies.roles(permission)
    return frozenset(role for role, card in CARDS.items() if role in allowed and compartment in card.compartments)


def label(role: str) -> Promise | str:
    """A role in words; its code when there is no such role (any more)."""
    return CARDS[Role(role)].label if role in EVERYONE else role
