"""Addresses of safety. None of them says so: browsers print the address of a page on paper."""

from django.urls import path

from waystation.casework.safety.views import figures, plans, risks, times

app_name = "safety"
urlpatterns = [
    path("road/", figures.figures, name="figures"),
    path("road/table/", figures.table, name="table"),
    path("of/<uuid:person_id>/", plans.person, name="person"),
    path("of/<uuid:person_id>/write/", plans.write, name="write"),
    path("of/<uuid:person_id>/none/", plans.refuse, name="refuse"),
    path("in/<uuid:case_id>/", plans.of_case, name="of-case"),
    path("<uuid:plan_id>/", plans.plan, name="plan"),
    path("<uuid:plan_id>/read-back/", plans.read_back, name="read-back"),
    path("<uuid:plan_id>/look-again/", plans.look_again, name="look-again"),
    path("<uuid:plan_id>/end/", plans.end, name="end"),
    path("<uuid:plan_id>/paper/", plans.paper, name="paper"),
    path("events/of/<uuid:person_id>/", risks.add, name="add-risk"),
    path("events/<uuid:risk_id>/", risks.correct, name="correct-risk"),
    path("events/<uuid:risk_id>/strike/", risks.strike, name="strike-risk"),
    path("time/in/<uuid:case_id>/", times.offer, name="offer"),
    path("time/<uuid:time_id>/<slug:act>/", times.go_on, name="time"),
]
