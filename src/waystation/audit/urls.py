"""Addresses of this room."""

from django.urls import path

from waystation.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.log, name="log"),
    path("export/", views.export, name="export"),
    path("checkpoint/", views.checkpoint, name="checkpoint"),
]
