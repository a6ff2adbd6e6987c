"""The page frame and its components."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates and static files; knows no room of the domain."""

    name = "waystation.web"
    label = "web"
