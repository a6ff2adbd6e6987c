"""Addresses about the missing and the dead."""

from django.urls import path

from waystation.familylinks.missing.views import incidents

app_name = "missing"
urlpatterns = [
    path("", incidents.totals, name="totals"),
    path("file/", incidents.totals_file, name="totals-file"),
    path("incidents/", incidents.listed, name="incidents"),
    path("incidents/file/", incidents.list_file, name="incidents-file"),
    path("incidents/add/", incidents.add, name="add"),
    path("incidents/read/", incidents.read, name="read"),
    path("incidents/read/<uuid:reading_id>/", incidents.came, name="came"),
    path("incidents/<uuid:incident_id>/", incidents.incident, name="incident"),
    path("incidents/<uuid:incident_id>/correct/", incidents.correct, name="correct"),
]
