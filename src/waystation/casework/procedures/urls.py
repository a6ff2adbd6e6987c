"""Addresses of procedures."""

from django.urls import path

from waystation.casework.procedures.views import days, listing, procedure

app_name = "procedures"
urlpatterns = [
    path("", listing.days, name="days"),
    path("file/", listing.file, name="file"),
    path("of/<uuid:person_id>/", procedure.of_person, name="of"),
    path("of/<uuid:person_id>/begin/", procedure.begin, name="begin"),
    path("sheet/<uuid:person_id>/", listing.sheet, name="sheet"),
    path("<uuid:procedure_id>/", procedure.one, name="procedure"),
    path("<uuid:procedure_id>/write/", procedure.write, name="write"),
    path("<uuid:procedure_id>/step/<slug:act>/", procedure.step, name="step"),
    path("<uuid:procedure_id>/back/", procedure.back, name="back"),
    path("<uuid:procedure_id>/represent/", procedure.represent, name="represent"),
    path("<uuid:procedure_id>/unrepresented/", procedure.unrepresented, name="unrepresented"),
    path("<uuid:procedure_id>/interpret/", procedure.interpret, name="interpret"),
    path("<uuid:procedure_id>/hand/", procedure.hand, name="hand"),
    path("<uuid:procedure_id>/day/", days.add, name="add-day"),
    path("days/<uuid:day_id>/", days.of_day, name="of-day"),
    path("days/<uuid:day_id>/move/", days.move, name="move-day"),
    path("days/<uuid:day_id>/came/<slug:act>/", days.came, name="came"),
    path("days/<uuid:day_id>/ready/", days.ready, name="ready"),
]
