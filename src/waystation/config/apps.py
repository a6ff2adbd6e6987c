"""The room that puts the others together: settings, addresses, and the checks a node must pass to start."""

from django.apps import AppConfig
from django.core.checks import register


class ConfigConfig(AppConfig):
    """Registers the node's own checks."""

    name = "waystation.config"
    label = "config"

    def ready(self) -> None:
        """Run our checks whenever Django checks itself: `waystation check`, `serve`, `demo`, `migrate`."""
        from waystation.config.checks import status_is_never_asked, the_road_can_be_asked

        register(status_is_never_asked, "waystation")
        register(the_road_can_be_asked, "waystation")
