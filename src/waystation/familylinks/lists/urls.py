"""Addresses of lists."""

from django.urls import path

from waystation.familylinks.lists import views

app_name = "lists"
urlpatterns = [
    path("", views.lists, name="lists"),
    path("bring/", views.bring, name="bring"),
    path("people/<uuid:listed_id>/", views.person, name="person"),
    path("<uuid:list_id>/", views.one, name="list"),
    path("<uuid:list_id>/look/", views.look, name="look"),
    path("<uuid:list_id>/to-mend/", views.faults, name="faults"),
    path("<uuid:list_id>/delete/", views.delete, name="delete"),
]
