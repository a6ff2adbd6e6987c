"""Asking the road."""

from django.apps import AppConfig


class AskingConfig(AppConfig):
    """Connects this noun with the others."""

    name = "waystation.familylinks.asking"
    label = "asking"
