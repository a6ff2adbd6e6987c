"""Addresses of the frame."""

from django.urls import path

from waystation.web import views

app_name = "web"
urlpatterns = [
    path("favicon.ico", views.mark, name="mark"),
    path("start/", views.start, name="start"),
    path("more/", views.more, name="more"),
    path("language/", views.language, name="language"),
    path("gallery/", views.gallery, name="gallery"),
]
