"""Addresses that only a node of the road has."""

from django.urls import path

from waystation.demo.road import views

app_name = "demo"
urlpatterns = [
    path("road/", views.road, name="road"),
    path("road/line/", views.line, name="line"),
    path("road/stick/", views.stick, name="stick"),
]
