"""How the code of a slip finds a sealed record."""

from waystation.vault.secrets import node_mac

PURPOSE = "retention-card"


def card_mac(code: str) -> bytes:
    """What stands beside a sealed record for its slip: 40 random bits say nothing of anyone. Raises NodeLocked."""
    return node_mac(PURPOSE, code.encode())
