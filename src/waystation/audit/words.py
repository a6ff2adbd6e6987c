"""What the log's actions are called in words. Each room registers its own."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Text

_words: dict[str, Text] = {
    "vault.read": _("Opened a record"),
    "vault.index": _("Built the search index"),
    "vault.initialise": _("Made the node"),
    "vault.unlock": _("Unlocked the node"),
    "vault.lock": _("Locked the node"),
    "vault.wrong_passphrase": _("Tried a wrong passphrase"),
    "vault.add_slot": _("Let an officer unlock the node"),
    "vault.change_slot": _("Changed an officer's passphrase"),
    "vault.remove_slot": _("Took away an officer's key"),
    "vault.rotate": _("Changed the epoch key"),
    "vault.release_budget": _("Released more people for an account"),
}


def register(words: Mapping[str, Text]) -> None:
    """Add a room's actions."""
    _words.update(words)


def known() -> Mapping[str, Text]:
    """Every action with its words."""
    return _words


def in_words(action: str) -> Text:
    """Words for an action; its code where nobody gave it words."""
    return _words.get(action, action)
