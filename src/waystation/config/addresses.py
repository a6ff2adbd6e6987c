"""Every address of the node with the one permission it declares: the table of who may go where, made from the code.

Pages declare theirs with `@page`, operations of the API with `PersonalToken`, which the contract repeats.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from waystation.accounts.roles import Role
from waystation.config.api import api
from waystation.kernel import policies
from waystation.kernel.pages import ANYONE, SIGNED_IN


@dataclass(frozen=True, slots=True)
class Address:
    """One route: how it is written, the names and kinds of what stands in it, and the permission its view declares.

    `method` is empty for a page, which decides itself what it does with a form.
    """

    route: str
    parts: tuple[tuple[str, str], ...]
    permission: str
    method: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.route}".strip()

    def allows(self, role: str) -> bool:
        """Whether a signed-in account of a role may go there."""
        if self.permission in {ANYONE, SIGNED_IN}:
            return True
        return any(role in declared.roles for declared in policies.declared() if declared.name == self.permission)


def addresses() -> list[Address]:
    """All pages, by route. A view without a declaration has an empty permission, which a test refuses."""
    # One address of the API holds several operations, each with a permission of its own: see `operations`.
    pages = [page for page in _walk(get_resolver().url_patterns, "/", ()) if page.permission or not _is_api(page)]
    return sorted(pages, key=lambda address: address.route)


def operations() -> list[Address]:
    """All operations of the API, by route, as the contract declares them; `{person_id}` stands for a number."""
    found = [
        Address(route, (), _permission(details), method.upper())
        for route, methods in api.get_openapi_schema()["paths"].items()
        for method, details in methods.items()
    ]
    return sorted(found, key=str)


def _is_api(address: Address) -> bool:
    return address.route.startswith(reverse(f"{api.urls_namespace}:api-root"))


def _permission(details: dict[str, Any]) -> str:
    match details.get("security"):
        case [{"PersonalToken": [str(permission)]}]:
            return permission
    return ""


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
    for address in [*addresses(), *operations()]:
        marks = " | ".join("yes" if address.allows(role) else "–" for role in roles)
        lines.append(f"| `{address}` | {address.permission} | {marks} |")
    return "\n".join(lines)


def permissions_table() -> str:
    """Every permission in words, with the roles that have it, as Markdown."""
    lines = ["| permission | what it allows | roles |", "| --- | --- | --- |"]
    lines += [
        f"| {declared.name} | {declared.says} | {', '.join(sorted(declared.roles))} |"
        for declared in policies.declared()
    ]
    return "\n".join(lines)
