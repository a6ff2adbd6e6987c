"""Addresses of what is to be done."""

from django.urls import path

from waystation.casework.followups import views

app_name = "followups"
urlpatterns = [
    path("", views.work, name="work"),
    path("covers/", views.covers, name="covers"),
    path("<uuid:follow_up_id>/end/", views.end, name="end"),
    path("<uuid:follow_up_id>/reopen/", views.reopen, name="reopen"),
    path("<uuid:follow_up_id>/take/", views.take, name="take"),
]
