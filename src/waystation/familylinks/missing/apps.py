"""Missing on the way and the dead."""

from django.apps import AppConfig


class MissingConfig(AppConfig):
    """Connects this noun with the others."""

    name = "waystation.familylinks.missing"
    label = "missing"
