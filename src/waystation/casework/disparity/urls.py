"""Addresses of the disparity report."""

from django.urls import path

from waystation.casework.disparity import views

app_name = "disparity"
urlpatterns = [
    path("", views.report, name="report"),
    path("table/", views.table, name="table"),
]
