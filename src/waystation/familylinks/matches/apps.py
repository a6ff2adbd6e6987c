"""Possible matches."""

from django.apps import AppConfig


class MatchesConfig(AppConfig):
    """Connects this noun with the others."""

    name = "waystation.familylinks.matches"
    label = "matches"
