"""The page of photos."""

from django.apps import AppConfig


class PhotosConfig(AppConfig):
    """Connects this noun with the others."""

    name = "waystation.familylinks.photos"
    label = "photos"
