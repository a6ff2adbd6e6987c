"""The vault."""

from django.apps import AppConfig
from django.core.signals import request_finished, request_started


class VaultConfig(AppConfig):
    """Declares permissions, and drops keys at hand around every request."""

    name = "waystation.vault"
    label = "vault"

    def ready(self) -> None:
        """Connect what must happen around each request."""
        from waystation.vault import budget, policies  # noqa: F401 - declares permissions
        from waystation.vault.persons import forget_held_keys

        for signal, when in ((request_started, "start"), (request_finished, "finish")):
            signal.connect(forget_held_keys, dispatch_uid=f"vault.keys.{when}")
            signal.connect(budget.forget_counted, dispatch_uid=f"vault.counted.{when}")
