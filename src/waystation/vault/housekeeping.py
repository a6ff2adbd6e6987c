"""What the vault does by itself while the node is unlocked; the server calls it every hour."""

from waystation.vault import budget, epochs, erasure
from waystation.vault.keyring import keyring


def tidy() -> None:
    """Overwrite what erasures still owe, drop old counts of openings, change the epoch when it is due."""
    if not keyring.is_full:
        return
    if erasure.owes():
        erasure.forget_deleted_bytes()
    budget.forget_old()
    if epochs.due():
        epochs.rotate()
