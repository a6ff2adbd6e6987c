"""Addresses of stock."""

from django.urls import path

from waystation.casework.supplies import views

app_name = "supplies"
urlpatterns = [
    path("", views.stock, name="stock"),
    path("sheet/", views.sheet, name="sheet"),
    path("csv/", views.table, name="csv"),
    path("ledger/csv/", views.ledger_table, name="ledger-csv"),
    path("things/", views.things, name="things"),
    path("things/<uuid:item_id>/", views.thing, name="thing"),
    path("arrived/<uuid:sent_id>/", views.arrived, name="arrived"),
    path("back/<uuid:movement_id>/", views.back, name="back"),
    path("<uuid:item_id>/", views.item, name="item"),
    path("<uuid:item_id>/<slug:act>/", views.move, name="move"),
]
