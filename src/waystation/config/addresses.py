"""Every address of the node with the one permission it declares: the table of who may go where, made from the code."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from waystation.accounts.roles import Role
from waystation.kernel import policies
from waystation.kernel.pages import ANYONE, SIGNED_IN


@dataclass(frozen=True, slots=True)
class Address:
    """One route: how it is written, the names and kinds of what stands in it, and the permission its view declares."""

    route: str
    parts: tuple[tuple[str, str], ...]
    permission: str

    def allows(self, role: str) -> bool:
        """Whether a signed-in account of a role may go there."""
        if self.permission in {ANYONE, SIGNED_IN}:
            return True
        return any(role in declared.roles for declared in policies.declared() if declared.name == self.permission)


def addresses() -> list[Address]:
    """All addresses, by route. A view without a declaration has an empty permission, which a test refuses."""
    return sorted(_walk(get_resolver().url_patterns, "/", ()), key=lambda address: address.route)


def _walk(
    patterns: Iterable[URLPattern | URLResolver], prefix: str, parts: tuple[tuple[str, str], ...]
) -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        converters = getattr(pattern.pattern, "converters", {})
        here = (*parts, *((name, type(kind).__name__) for name, kind in converters.items()))
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route, here)
        else:
            yield Address(route, here, getattr(pattern.callback, "permission", ""))


def table() -> str:
    """The whole table as Markdown: a line an address, a column a role."""
    roles = [role.value for role in Role]
    lines = ["| address | permission | " + " | ".join(roles) + " |", "| --- | --- |" + " :-: |" * len(roles)]
    for address in addresses():
        marks = " | ".join("yes" if address.allows(role) else "–" for role in roles)
        lines.append(f"| `{address.route}` | {address.permission} | {marks} |")
    return "\n".join(lines)


def permissions_table() -> str:
    """Every permission in words, with the roles that have it, as Markdown."""
    lines = ["| permission | what it allows | roles |", "| --- | --- | --- |"]
    lines += [
        f"| {declared.name} | {declared.says} | {', '.join(sorted(declared.roles))} |"
        for declared in policies.declared()
    ]
    return "\n".join(lines)
