"""Addresses of health."""

from django.urls import path

from waystation.casework.health.views import calls, care, coverage, person, screenings, summary

app_name = "health"
urlpatterns = [
    path("", person.desk, name="desk"),
    path("of/<uuid:person_id>/", person.health, name="person"),
    path("of/<uuid:person_id>/support/", person.support, name="support"),
    path("found/<uuid:subject>/", person.found, name="found"),
    path("of/<uuid:person_id>/contact/", care.contact, name="contact"),
    path("of/<uuid:person_id>/thing/", care.thing, name="thing"),
    path("things/<uuid:lent_id>/", care.settle, name="settle"),
    path("of/<uuid:person_id>/session/", care.session, name="session"),
    path("group/", care.group, name="group"),
    path("of/<uuid:person_id>/screening/", screenings.ask, name="ask"),
    path("screenings/<uuid:screening_id>/", screenings.screening, name="screening"),
    path("screenings/<uuid:screening_id>/<slug:act>/", screenings.step, name="step"),
    path("call/<uuid:person_id>/", calls.call, name="call"),
    path("calls/<uuid:call_id>/", calls.called, name="called"),
    path("calls/<uuid:call_id>/see/", calls.see, name="see"),
    path("calls/<uuid:call_id>/plan/", calls.plan, name="plan"),
    path("calls/<uuid:call_id>/close/", calls.close, name="close"),
    path("of/<uuid:person_id>/line/", summary.line, name="line"),
    path("of/<uuid:person_id>/none/", summary.none, name="none"),
    path("lines/<uuid:line_id>/end/", summary.end, name="end-line"),
    path("of/<uuid:person_id>/hand-over/", summary.hand_over, name="hand-over"),
    path("of/<uuid:person_id>/read/", summary.read, name="read"),
    path("received/<uuid:received_id>/", summary.received, name="received"),
    path("received/<uuid:received_id>/file/", summary.original, name="original"),
    path("received/<uuid:received_id>/take/", summary.take_over, name="take-over"),
    path("coverage/", coverage.report, name="coverage"),
    path("coverage/table/", coverage.table, name="coverage-table"),
]
