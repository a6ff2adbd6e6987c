"""Addresses of the directory: what anybody may ask, and what its keepers do."""

from django.urls import path

from waystation.directory import import_views, place_views, public, views

app_name = "directory"
urlpatterns = [
    path("services/", public.ask, name="ask"),
    path("services/found/", public.found, name="found"),
    path("services/sheet/", public.sheet, name="sheet"),
    path("services/hsds.json", import_views.as_json, name="hsds"),
    path("services/hsds.zip", import_views.as_tables, name="hsds-tables"),
    path("services/<uuid:service_id>/", public.service, name="service"),
    path("directory/", views.entries, name="list"),
    path("directory/export/", views.export, name="export"),
    path("directory/add/", views.add, name="add"),
    path("directory/import/", import_views.read, name="import"),
    path("directory/import/<uuid:import_id>/", import_views.imported, name="imported"),
    path("directory/missing/", views.missing, name="coverage"),
    path("directory/posts/<uuid:post_id>/", views.list_post, name="list-post"),
    path("directory/organisations/<uuid:provider_id>/", views.provider, name="provider"),
    path("directory/places/<uuid:at_id>/", place_views.change_place, name="place"),
    path("directory/places/<uuid:at_id>/hours/", place_views.hours, name="hours"),
    path("directory/places/<uuid:at_id>/hours/<uuid:schedule_id>/", place_views.drop_hours, name="drop-hours"),
    path("directory/places/<uuid:at_id>/days-off/", place_views.days_off, name="days-off"),
    path("directory/<uuid:service_id>/", views.entry, name="entry"),
    path("directory/<uuid:service_id>/change/", views.change, name="change"),
    path("directory/<uuid:service_id>/write/", views.write_in, name="write-in"),
    path("directory/<uuid:service_id>/write/<slug:language>/", views.write_in, name="write-again"),
    path("directory/<uuid:service_id>/place/", place_views.add_place, name="add-place"),
    path("directory/<uuid:service_id>/safe/", views.safe, name="safe"),
    path("directory/<uuid:service_id>/confirm/", views.confirm, name="confirm"),
    path("directory/<uuid:service_id>/go-on/<slug:act>/", views.go_on, name="go-on"),
]
