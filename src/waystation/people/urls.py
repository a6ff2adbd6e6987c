"""Addresses of people."""

from django.urls import path

from waystation.people import views

app_name = "people"
urlpatterns = [
    path("", views.people, name="people"),
    path("<uuid:person_id>/", views.person, name="person"),
    path("<uuid:person_id>/correct/", views.correct, name="correct"),
    path("<uuid:person_id>/journey/", views.journey, name="journey"),
    path("<uuid:person_id>/household/", views.household, name="household"),
    path("<uuid:person_id>/permissions/", views.permissions, name="permissions"),
    path("<uuid:person_id>/notice/", views.notice, name="notice"),
    path("<uuid:person_id>/slip/", views.slip, name="slip"),
    path("<uuid:person_id>/history/", views.history, name="history"),
    path("<uuid:person_id>/merge/", views.merge, name="merge"),
    path("<uuid:person_id>/erase/", views.erase, name="erase"),
    path("merges/<uuid:merge_id>/split/", views.split, name="split"),
]
