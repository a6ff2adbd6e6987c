"""Who may do what: each room declares its permissions in one table; pages, API and commands all ask here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q

from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotAllowed, Text

RowRule = Callable[[Actor], Q]


def every_row(_actor: Actor) -> Q:
    """The row rule of a permission that is not narrowed further."""
    return Q()


@dataclass(frozen=True, kw_only=True, slots=True)
class Permission:
    """One line of a room's table: its name (`people.view`), the roles that have it, words for a person, which rows."""

    name: str
    roles: frozenset[str]
    says: Text
    rows: RowRule = every_row


_table: dict[str, Permission] = {}


def declare(permissions: Iterable[Permission]) -> None:
    """Add a room's permissions to the node's table. Raises ValueError for one name declared in two ways."""
    for permission in permissions:
        if _table.get(permission.name, permission) != permission:
            raise ValueError(f"Permission {permission.name} is declared in two ways.")
        _table[permission.name] = permission


def declared() -> tuple[Permission, ...]:
    """All permissions of this node, by name."""
    return tuple(_table[name] for name in sorted(_table))


def roles(name: str) -> frozenset[str]:
    """The roles that have a permission. Raises KeyError for a name nobody declared."""
    return _table[name].roles


def permits(actor: Actor, name: str) -> bool:
    """Whether the actor's role has a permission. Raises KeyError for a name nobody declared."""
    return actor.role in roles(name)


def require(actor: Actor, name: str) -> None:
    """Raise NotAllowed unless the actor's role has the permission."""
    if not permits(actor, name):
        raise NotAllowed


def rows(actor: Actor, name: str) -> Q:
    """Which rows the permission covers for this actor: the same rule that decides one row. None for other roles."""
    if not permits(actor, name):
        return Q(pk__in=[])
    return _table[name].rows(actor)
