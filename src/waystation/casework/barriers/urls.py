"""Addresses of barriers."""

from django.urls import path

from waystation.casework.barriers import views

app_name = "barriers"
urlpatterns = [
    path("", views.barriers, name="barriers"),
    path("add/", views.add, name="add"),
    path("figures/", views.figures, name="figures"),
    path("figures/file/", views.file, name="file"),
    path("of/<uuid:person_id>/", views.of_person, name="of"),
    path("<uuid:barrier_id>/", views.barrier, name="barrier"),
    path("<uuid:barrier_id>/correct/", views.correct, name="correct"),
    path("<uuid:barrier_id>/take-back/", views.take_back, name="take-back"),
]
