"""Lists of people that others keep."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Connects this noun with the others."""

    name = "waystation.familylinks.lists"
    label = "lists"
