"""Addresses of the desk."""

from django.urls import path

from waystation.casework import views

app_name = "casework"
urlpatterns = [
    path("", views.front_desk, name="front-desk"),
    path("register/", views.register, name="register"),
    path("register/likely/", views.likely_doubles, name="likely"),
    path("urgent/<uuid:encounter_id>/", views.whose, name="whose"),
    path("urgent/", views.urgent, name="urgent"),
    path("today/", views.today, name="today"),
    path("count/", views.count, name="count"),
    path("help/<uuid:person_id>/", views.help_person, name="help"),
    path("needs/<uuid:need_id>/state/", views.need_state, name="need-state"),
]
