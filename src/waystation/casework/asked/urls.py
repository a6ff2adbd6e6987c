"""Addresses of what is referred to us."""

from django.urls import path

from waystation.casework.asked import views

app_name = "asked"
urlpatterns = [
    path("", views.asked, name="asked"),
    path("<uuid:asked_id>/", views.one, name="one"),
    path("<uuid:asked_id>/go-on/", views.go_on, name="go-on"),
    path("<uuid:asked_id>/<slug:act>/", views.answer, name="answer"),
]
