"""Names for accounts and roles, told by the room above that knows them; without it the log shows ids and codes."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from waystation.kernel.errors import Text
from waystation.vault.actors import NOBODY

SYSTEM = "system"

_handles: Callable[[], Mapping[UUID, str]] = dict
_role_words: Callable[[str], Text] = str


def provide(*, handles: Callable[[], Mapping[UUID, str]], role_words: Callable[[str], Text]) -> None:
    """Register who knows all sign-in names by account (one query), and the words for a role."""
    global _handles, _role_words
    _handles, _role_words = handles, role_words


def handles() -> dict[UUID, str]:
    """The sign-in name of every account, by account."""
    return dict(_handles())


def who(account: UUID, known: Mapping[UUID, str]) -> str:
    """An account in words: its sign-in name, the node itself, or the beginning of its id."""
    if account == NOBODY:
        return _("The node itself")
    return known.get(account) or str(account)[:8]


def role_in_words(role: str) -> str:
    """A role in words; nothing for what the node does by itself."""
    return "" if role == SYSTEM else str(_role_words(role))
