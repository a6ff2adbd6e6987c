"""The log."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Listens to everything that happens, looks at the log at each unlocking, signs a checkpoint at each locking."""

    name = "waystation.audit"
    label = "audit"

    def ready(self) -> None:
        """Start listening."""
        from waystation.audit import checkpoints, log, policies, watch  # noqa: F401 - declares permissions
        from waystation.kernel import journal
        from waystation.vault import node

        journal.listen(log.append)
        node.on_unlock(watch.look)
        node.on_lock(checkpoints.make_at_lock)
