"""Addresses about the missing and the dead."""

from django.urls import path

from waystation.familylinks.missing.views import families, hypotheses, incidents, lost

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
    path("incidents/<uuid:incident_id>/aboard/", lost.aboard, name="aboard"),
    path("incidents/<uuid:incident_id>/aboard/add/", lost.add_aboard, name="add-aboard"),
    path("aboard/<uuid:aboard_id>/", lost.mend_aboard, name="mend-aboard"),
    path("aboard/<uuid:aboard_id>/outcome/", lost.outcome, name="outcome"),
    path("found/", lost.bodies, name="bodies"),
    path("found/add/", lost.add_body, name="add-body"),
    path("found/<uuid:body_id>/", lost.body, name="body"),
    path("found/<uuid:body_id>/change/", lost.mend_body, name="mend-body"),
    path("families/", families.owed, name="owed"),
    path("families/file/", families.owed_file, name="owed-file"),
    path("of/<uuid:request_id>/", families.of, name="of"),
    path("of/<uuid:request_id>/plan/", families.plan, name="plan"),
    path("of/<uuid:request_id>/sooner/", families.asks, name="asks"),
    path("of/<uuid:request_id>/tell/", families.update, name="update"),
    path("of/<uuid:request_id>/features/", families.ante_mortem, name="ante-mortem"),
    path("of/<uuid:request_id>/may/", hypotheses.may, name="may"),
    path("of/<uuid:request_id>/raise/", hypotheses.add, name="raise"),
    path("hypotheses/<uuid:hypothesis_id>/", hypotheses.hypothesis, name="hypothesis"),
    path("hypotheses/<uuid:hypothesis_id>/tell/", hypotheses.plan_telling, name="plan-telling"),
    path("hypotheses/<uuid:hypothesis_id>/<slug:act>/", hypotheses.move, name="move"),
    path("tellings/<uuid:telling_id>/", hypotheses.told, name="told"),
    path("tellings/<uuid:telling_id>/call-off/", hypotheses.call_off, name="call-off"),
]
