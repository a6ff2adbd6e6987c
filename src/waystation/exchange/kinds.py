"""The registry of kinds: what messages exist, what each may hold and why, and what happens when one comes.

A room declares its kinds in its `messages.py` and registers them when it is ready:

    register(
        Kind(
            code="handover.offer",
            version=1,
            purpose=_("…"),
            legal_basis=_("…"),
            fields={"exchange": Field("bytes", most=16), "needs": Field("texts", most=40, needed=False)},
            retention_days=90,
            handler=take_offer,
        )
    )

The sender builds a body from this declaration alone, and the receiver refuses what is not declared. On the wire a kind
is "code/version".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from waystation.kernel.actors import Actor, Via
from waystation.kernel.errors import Text
from waystation.vault.actors import system_actor

Type = Literal["text", "bytes", "number", "truth", "texts", "byte_strings", "map", "items"]
LONGEST_TEXT, LONGEST_LIST = 20_000, 1_000
PLAIN: dict[str, type[str] | type[bytes]] = {"text": str, "bytes": bytes}
MEMBERS: dict[str, type[str] | type[bytes]] = {"texts": str, "byte_strings": bytes}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a body.

    `type`: "text", "bytes", "truth"; "number" (a whole one); "texts", "byte_strings" (lists); "map" (text to text);
    "items" (a list of maps, each with `fields`). `most` is the longest text or byte string, the largest number, or the
    longest list. A field that is not `needed` may be left out; none may be null.
    """

    type: Type
    most: int = LONGEST_TEXT
    needed: bool = True
    fields: "Mapping[str, Field]" = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """A message at its handler: `body` holds declared fields only. `at` is the sender's clock, `came_at` ours.

    The handler runs inside the transaction that writes that the message came. A `kernel.errors.Problem` it raises
    refuses the message: nothing it wrote stays, and the sender is told `problem.code`. Any other exception leaves the
    message untaken (it comes again, and stands among what could not be taken).
    """

    id: UUID
    peer_id: UUID
    kind: str
    version: int
    at: datetime
    came_at: datetime
    road: str
    body: Mapping[str, Any]

    @property
    def by(self) -> Actor:
        """Who acts in the journal when a handler writes: the node itself, through the exchange."""
        return replace(system_actor(), via=Via.EXCHANGE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """How a message of ours ended: `state` is "received", "refused" (with the code in `reason`) or "given_up".

    "received" with the reason "unknown-kind": they keep it until they know that kind.
    """

    id: UUID
    peer_id: UUID
    kind: str
    subject: UUID | None
    state: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """What messages of one kind are for and may hold.

    `retention_days`: how long the receiver keeps what it holds, unless its own clock says less. `answered` is called
    in the transaction in which we learn how a message of ours ended. `counted`: numbered, receipted, exactly once;
    what is not counted (receipts) may come twice or never. `begins`: it opens something (an offer, a question), so a
    circle of both nodes has to allow it; answers, withdrawals and ends are always allowed.
    """

    code: str
    version: int
    purpose: Text
    legal_basis: Text
    fields: Mapping[str, Field]
    retention_days: int
    handler: Callable[[Received], None]
    answered: Callable[[Answered], None] | None = None
    counted: bool = True
    begins: bool = False

    @property
    def wire(self) -> str:
        """What stands in an envelope."""
        return f"{self.code}/{self.version}"


class WrongBody(ValueError):  # noqa: N818 - a family of reasons
    """A body that is not as its kind declares; `reason` is a code, `name` the field."""

    def __init__(self, reason: str, name: str) -> None:
        self.reason, self.name = reason, name
        super().__init__(f"{reason}: {name}")


_kinds: dict[str, Kind] = {}
_newest: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind. Raises ValueError for one code and version declared in two ways."""
    if _kinds.get(kind.wire, kind) != kind:
        raise ValueError(f"Kind {kind.wire} is declared in two ways.")
    _kinds[kind.wire] = kind
    _newest[kind.code] = max(_newest.get(kind.code, kind), kind, key=lambda one: one.version)


def forget(wire: str) -> None:
    """Take a kind away again (a room that is gone, a test)."""
    kind = _kinds.pop(wire, None)
    if kind is not None and _newest.get(kind.code) == kind:
        del _newest[kind.code]


def known() -> tuple[Kind, ...]:
    """All kinds, by code and version."""
    return tuple(sorted(_kinds.values(), key=lambda kind: (kind.code, kind.version)))


def find(wire: str) -> Kind | None:
    """The kind an envelope names; None when nobody here knows it."""
    return _kinds.get(wire)


def newest(code: str) -> Kind:
    """What we send for a code. Raises ValueError for one that nobody registered."""
    if code not in _newest:
        raise ValueError(f"No kind {code} is registered.")
    return _newest[code]


def beginning() -> tuple[Kind, ...]:
    """The newest kinds that begin something, by code: what a circle may allow its members."""
    return tuple(kind for _code, kind in sorted(_newest.items()) if kind.begins)


def checked(fields: Mapping[str, Field], body: Mapping[str, Any]) -> dict[str, Any]:
    """The body when it is as declared.

    Raises WrongBody: "undeclared-field", "missing-field", "wrong-field".
    """
    for name in body:
        if name not in fields:
            raise WrongBody("undeclared-field", str(name))
    for name, declared in fields.items():
        if name in body:
            if not _fits(declared, body[name]):
                raise WrongBody("wrong-field", name)
        elif declared.needed:
            raise WrongBody("missing-field", name)
    return dict(body)


def _fits(declared: Field, value: Any) -> bool:
    kind, most = declared.type, declared.most
    if kind == "truth":
        return isinstance(value, bool)
    if kind == "number":
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= most
    if kind in PLAIN:
        return isinstance(value, PLAIN[kind]) and len(value) <= most and not _has_nul(value)
    if kind == "map":
        return isinstance(value, dict) and len(value) <= most and all(map(_is_line, (*value, *value.values())))
    return isinstance(value, list | tuple) and len(value) <= min(most, LONGEST_LIST) and _members_fit(declared, value)


def _members_fit(declared: Field, values: Any) -> bool:
    if declared.type in MEMBERS:
        wanted = MEMBERS[declared.type]
        return all(isinstance(one, wanted) and len(one) <= LONGEST_TEXT and not _has_nul(one) for one in values)
    try:
        return all(isinstance(one, dict) and checked(declared.fields, one) == one for one in values)
    except WrongBody:
        return False


def _is_line(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT and not _has_nul(value)


def _has_nul(value: Any) -> bool:
    """Text that no column of PostgreSQL can hold."""
    return isinstance(value, str) and "\0" in value
