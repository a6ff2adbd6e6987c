"""PFIF, the format in which registries of missing people exchange records."""

from django.apps import AppConfig


class PfifConfig(AppConfig):
    """Connects this noun with the others."""

    name = "waystation.familylinks.pfif"
    label = "pfif"

    def ready(self) -> None:
        """Connect this noun with the others."""
        from waystation.familylinks.pfif import importing

        importing.declare()
