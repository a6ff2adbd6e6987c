"""Tracing requests."""

from django.apps import AppConfig


class TracingConfig(AppConfig):
    """Connects this noun with the others."""

    name = "waystation.familylinks.tracing"
    label = "tracing"
