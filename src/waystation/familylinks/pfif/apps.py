"""PFIF, the format in which registries of missing people exchange records."""

from django.apps import AppConfig


class PfifConfig(AppConfig):
    """Connects this noun with the others."""

    name = "waystation.familylinks.pfif"
    label = "pfif"
