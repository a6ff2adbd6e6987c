"""What the log's actions and reasons are called in words. Each room registers its own."""

from collections.abc import Iterable, Mapping

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
    "vault.new_recovery_code": _("Made a new recovery code"),
    "vault.rotate": _("Changed the epoch key"),
    "vault.release_budget": _("Released more people for an account"),
    "audit.export": _("Took the log out as a table"),
    "audit.checkpoint": _("Took a signed checkpoint of the log"),
    "audit.history": _("Read who had opened a record"),
}

_reasons: dict[str, Text] = {
    "idle": _("nobody worked for a while"),
    "panic": _("the panic lock"),
    "command": _("by command"),
    "stopped": _("the program was ended"),
    "recovery": _("with the recovery code"),
}

_parts: dict[str, Text] = {}

DOORS: dict[str, Text] = {
    "page": _("on a page"),
    "api": _("through the API"),
    "command": _("by command"),
    "exchange": _("in a message from another node"),
    "system": _("by itself"),
}


def register(words: Mapping[str, Text]) -> None:
    """Add a room's actions."""
    _words.update(words)


def register_reasons(reasons: Mapping[str, Text]) -> None:
    """Add the codes that a room gives as reasons."""
    _reasons.update(reasons)


def register_parts(parts: Mapping[str, Text]) -> None:
    """Say what each table with sealed columns holds, by its name, so that a history can tell what was opened."""
    _parts.update(parts)


def known() -> Mapping[str, Text]:
    """Every action with its words."""
    return _words


def in_words(action: str) -> Text:
    """Words for an action; its code where nobody gave it words."""
    return _words.get(action, action)


def reason(code: str) -> Text:
    """Words for a reason; its code where nobody gave it words."""
    return _reasons.get(code, code)


def door(via: str) -> Text:
    """Words for the door an act came through."""
    return DOORS.get(via, via)


def parts(tables: Iterable[str]) -> list[Text]:
    """What was opened, in words, each part once; tables that nobody gave words are passed over."""
    return [_parts[table] for table in dict.fromkeys(tables) if table in _parts]
