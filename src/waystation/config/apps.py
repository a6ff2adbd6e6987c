"""The room that puts the others together: settings, addresses, and the checks a node must pass to start."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the node's own checks."""

    name = "waystation.config"
    label = "config"
