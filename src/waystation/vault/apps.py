"""The vault."""

from django.apps import AppConfig
from django.core.signals import request_finished, request_started


class VaultConfig(AppConfig):
    """Declares permissions, and drops keys at hand around every request."""

    name = "waystation.vault"
    label = "vault"

    def ready(self) -> None:
        """Connect what must happen around each request."""
        from waystation.vault import policies, slots  # noqa: F401 - declares permissions
        from waystation.vault.persons import forget_held_keys

        request_started.connect(forget_held_keys, dispatch_uid="vault.keys.start")
        request_finished.connect(forget_held_keys, dispatch_uid="vault.keys.finish")
