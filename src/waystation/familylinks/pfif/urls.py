"""Addresses of what leaves as PFIF."""

from django.urls import path

from waystation.familylinks.pfif import views

app_name = "pfif"
urlpatterns = [
    path("", views.records, name="records"),
    path("write/", views.write, name="write"),
    path("over/", views.over, name="over"),
]
