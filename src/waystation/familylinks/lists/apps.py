"""Lists of people that others keep."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Connects this noun with the others."""

    name = "waystation.familylinks.lists"
    label = "lists"

    def ready(self) -> None:
        """Connect this noun with the others."""
        from waystation.familylinks.lists import policies  # noqa: F401 - declares permissions
