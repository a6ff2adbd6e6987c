"""Addresses of handovers."""

from waystation.casework.handover import models  # noqa: F401

app_name = "handover"
urlpatterns: list[object] = []
