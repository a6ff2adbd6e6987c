"""Addresses of screening."""

from django.urls import path

from waystation.casework.screening import views

app_name = "screening"
urlpatterns = [
    path("of/<uuid:person_id>/", views.begin, name="begin"),
    path("<uuid:screening_id>/", views.screening, name="screening"),
    path("<uuid:screening_id>/look-at/<slug:domain>/", views.look_at, name="look-at"),
    path("<uuid:screening_id>/finish/", views.finish, name="finish"),
    path("<uuid:screening_id>/stop/", views.stop, name="stop"),
    path("signs/of/<uuid:person_id>/", views.signs, name="signs"),
    path("signs/<uuid:signs_id>/", views.sign, name="sign"),
]
