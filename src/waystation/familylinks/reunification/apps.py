"""Family reunification."""

from django.apps import AppConfig


class ReunificationConfig(AppConfig):
    """Connects this noun with the others."""

    name = "waystation.familylinks.reunification"
    label = "reunification"
