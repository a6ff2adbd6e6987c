"""The vault."""

from typing import Any

from django.apps import AppConfig
from django.core.signals import request_finished, request_started
from django.db.backends.signals import connection_created


def overwrite_what_is_deleted(*, connection: Any, **_signal: object) -> None:
    """On SQLite, whatever the settings say: deleted bytes are overwritten, temporary tables stay in memory."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")
            cursor.execute("PRAGMA temp_store=MEMORY")


class VaultConfig(AppConfig):
    """Declares permissions, guards every database connection, and drops keys at hand around every request."""

    name = "waystation.vault"
    label = "vault"

    def ready(self) -> None:
        """Connect what must happen around each connection and each request."""
        from waystation.vault import budget, letterbox, node, policies  # noqa: F401 - declares permissions
        from waystation.vault.persons import forget_held_keys

        node.on_unlock(letterbox.ensure)
        connection_created.connect(overwrite_what_is_deleted, dispatch_uid="vault.overwrite")
        for signal, when in ((request_started, "start"), (request_finished, "finish")):
            signal.connect(forget_held_keys, dispatch_uid=f"vault.keys.{when}")
            signal.connect(budget.forget_counted, dispatch_uid=f"vault.counted.{when}")
