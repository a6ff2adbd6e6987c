"""Addresses of outreach."""

from django.urls import path

from waystation.casework.outreach import views

app_name = "outreach"
urlpatterns = [
    path("", views.rounds, name="rounds"),
    path("plan/", views.plan, name="plan"),
    path("doors/", views.doors, name="doors"),
    path("doors/<uuid:door_id>/", views.door, name="door"),
    path("places/", views.places, name="places"),
    path("fears/", views.fears, name="fears"),
    path("<uuid:round_id>/", views.one, name="round"),
    path("<uuid:round_id>/take-back/", views.take_back, name="take-back"),
    path("<uuid:round_id>/go-on/<slug:act>/", views.go_on, name="go-on"),
]
