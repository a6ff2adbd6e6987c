"""Addresses of a post's day. The worker's address decides which pages it may keep: those below `phone/` alone."""

from django.urls import path

from waystation.casework.tally import phone_views, views

app_name = "tally"
urlpatterns = [
    path("", views.day, name="day"),
    path("csv/", views.day_table, name="day-csv"),
    path("trend/", views.trend, name="trend"),
    path("trend/csv/", views.trend_table, name="trend-csv"),
    path("post/<slug:act>/", views.go_on, name="go-on"),
    path("phone/", phone_views.phone, name="phone"),
    path("phone/kept/", phone_views.kept, name="phone-kept"),
    path("phone/back/", phone_views.back, name="phone-back"),
    path("phone/sync/", phone_views.sync, name="phone-sync"),
    path("phone/worker.js", phone_views.worker, name="phone-worker"),
]
