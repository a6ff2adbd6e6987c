"""Addresses about children."""

from django.urls import path

from waystation.casework.children import views

app_name = "children"
urlpatterns = [
    path("<uuid:case_id>/", views.child, name="child"),
    path("<uuid:case_id>/guardian/", views.guardian, name="guardian"),
    path("guardians/<uuid:guardian_id>/end/", views.end_guardian, name="end-guardian"),
    path("<uuid:case_id>/care/", views.care, name="care"),
    path("<uuid:case_id>/best-interests/", views.begin, name="begin"),
    path("best-interests/<uuid:row_id>/panel/", views.panel, name="panel"),
    path("best-interests/<uuid:row_id>/decide/", views.decide, name="decide"),
    path("best-interests/<uuid:row_id>/look-again/", views.look_again, name="look-again"),
]
