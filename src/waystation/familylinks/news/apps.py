"""Family news."""

from django.apps import AppConfig


class FamilyNewsConfig(AppConfig):
    """Connects this noun with the others."""

    name = "waystation.familylinks.news"
    label = "familynews"
